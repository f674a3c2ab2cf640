// The schema of what is carried, by whom and in what: load units, goods, services, fleets.

#include "karvan/load/schema.h"

namespace karvan::load {

template <>
TableSchema<LoadUnit> schema_of<LoadUnit>() {
  return TableSchema<LoadUnit>{"load_units", "Boxes, wagons, trucks; a tonne of bulk or liquid."}
      .key(&LoadUnit::code)
      .must("name", &LoadUnit::name, "Name.")
      .must("kind", &LoadUnit::kind, "Family; handling and tariffs may be by kind.")
      .may("teu", &LoadUnit::teu, "Twenty-foot equivalents of one unit.", between(0, 4))
      .must("payload_t", &LoadUnit::payload, "Usual load of one unit; 1 for bulk and liquid.",
            between(0.1, 500))
      .may("tare_t", &LoadUnit::tare, "Empty mass of one unit.", between(0, 200))
      .may("length_m", &LoadUnit::length_m, "Length over all.", between(1, 60))
      .may("volume_m3", &LoadUnit::volume_m3, "Inside volume.", between(1, 500))
      .may("gauge_mm", &LoadUnit::gauge, "Wagons: gauge.")
      .may("refrigerated", &LoadUnit::is_refrigerated, "yes if it keeps a temperature.")
      .fact(&LoadUnit::fact);
}

template <>
TableSchema<Goods> schema_of<Goods>() {
  return TableSchema<Goods>{"goods", "What is shipped."}
      .key(&Goods::code)
      .must("name", &Goods::name, "Name.")
      .must("hs_chapter", &Goods::hs_chapter, "Harmonized System chapter, two digits.")
      .may("nhm", &Goods::nhm, "NHM code of the railways.")
      .may("density_t_per_m3", &Goods::density_t_per_m3, "Bulk density.", between(0.01, 25))
      .may("value_usd_per_t", &Goods::value_usd_per_t, "Value.", at_least(0))
      .may("hazard_class", &Goods::hazard_class, "ADR/RID/IMDG class; empty if not dangerous.")
      .may("un_number", &Goods::un_number, "UN number; empty if not dangerous.")
      .may("temperature_min_c", &Goods::temperature_min_c, "Coldest allowed.", between(-60, 200))
      .may("temperature_max_c", &Goods::temperature_max_c, "Warmest allowed.", between(-60, 200))
      .may("t_per_teu", &Goods::tonnes_per_teu, "Usual tonnes in one TEU.", between(0.5, 30))
      .may("food", &Goods::is_food, "yes if phytosanitary or veterinary inspection applies.")
      .must("load_units", &Goods::load_units, "Load units that may carry it, separated by ;.")
      .fact(&Goods::fact);
}

template <>
TableSchema<Operator> schema_of<Operator>() {
  return TableSchema<Operator>{"operators", "Railways, shipping lines, forwarders, pipelines."}
      .key(&Operator::code)
      .must("name", &Operator::name, "Name.")
      .must("country", &Operator::country, "Seat.")
      .fact(&Operator::fact);
}

template <>
TableSchema<Service> schema_of<Service>() {
  return TableSchema<Service>{"services", "What operators run over links; one direction each."}
      .key(&Service::code)
      .must("name", &Service::name, "Name, with its ends.")
      .must("operator", &Service::operator_, "Who runs it.")
      .must("mode", &Service::mode, "Mode.")
      .must("departs", &Service::departs, "How it decides to leave.")
      .may("departures_per_week", &Service::departures_per_week,
           "For frequency, and the mean seen for when_full.", between(0.01, 1000))
      .may("max_wait_hours", &Service::max_wait, "when_full: leaves then even if not full.",
           between(0, 2000))
      .may("window_from", &Service::window_from,
           "Local time of day: leaves the first call after it.")
      .may("window_until", &Service::window_until, "And before it; may pass midnight.")
      .may("vessel_kind", &Service::vessel_kind, "Sea and inland water: kind of vessel.")
      .may("traction", &Service::traction, "Rail: overrides the links' electrification.")
      .may("gauge_mm", &Service::gauge, "Rail and rail ferries: gauge of its wagons.")
      .may("border_in_timetable", &Service::border_in_timetable,
           "yes: its hours include the stops at borders it passes.")
      .may("cutoff_cargo_hours", &Service::cutoff_cargo, "Cargo in the terminal before departure.",
           between(0, 500))
      .may("cutoff_documents_hours", &Service::cutoff_documents, "Documents before departure.",
           between(0, 500))
      .may("cutoff_dangerous_hours", &Service::cutoff_dangerous,
           "Dangerous goods before departure; empty: not accepted.", between(0, 500))
      .may("train_length_m", &Service::train_length_m, "Train length.", between(50, 3000))
      .may("train_mass_t", &Service::train_mass_t, "Gross train mass.", between(100, 20000))
      .may("valid_from", &Service::valid_from, "First day of service.")
      .may("valid_until", &Service::valid_until, "First day without service.")
      .may("risk", &Service::risk, "Why a shipper may refuse it.")
      .fact(&Service::fact);
}

template <>
TableSchema<Call> schema_of<Call>() {
  return TableSchema<Call>{"calls", "Services at places, in order."}
      .key(&Call::code)
      .must("service", &Call::service, "Service.")
      .must("sequence", &Call::sequence, "1 at the first call, then 2, 3, ...", at_least(1))
      .must("place", &Call::place, "Where it calls.")
      .may("links", &Call::links, "Links from the call before, in order, separated by ;.")
      .may("hours", &Call::hours, "Running since the call before; empty: by the links' speeds.",
           between(0, 5000))
      .may("dwell_hours", &Call::dwell, "Stop here before going on.", between(0, 1000))
      .may("loads", &Call::loads, "no: nothing boards here.")
      .may("unloads", &Call::unloads, "no: nothing leaves here.")
      .fact(&Call::fact);
}

template <>
TableSchema<Departure> schema_of<Departure>() {
  return TableSchema<Departure>{"departures", "When timetabled services leave their first call."}
      .key(&Departure::code)
      .must("service", &Departure::service, "Service with departs = timetable.")
      .may("days", &Departure::days,
           "Mon;Tue;Wed;Thu;Fri;Sat;Sun, or daily. Empty if dates are given.")
      .may("dates", &Departure::dates, "Single days, separated by ;.")
      .must("leaves_at", &Departure::leaves_at, "Local time of day, hh:mm.")
      .may("valid_from", &Departure::valid_from, "First day.")
      .may("valid_until", &Departure::valid_until, "First day without.")
      .may("except", &Departure::except, "Cancelled days, separated by ;.")
      .fact(&Departure::fact);
}

template <>
TableSchema<Capacity> schema_of<Capacity>() {
  return TableSchema<Capacity>{"capacities",
                               "What one departure carries; only what is named boards."}
      .key(&Capacity::code)
      .must("service", &Capacity::service, "Service.")
      .must("load_unit", &Capacity::load_unit, "Load unit.")
      .must("units", &Capacity::units,
            "Units a departure; for on_demand services a day. A larger load takes several, but for "
            "timetables.",
            at_least(0))
      .fact(&Capacity::fact);
}

template <>
TableSchema<Booking> schema_of<Booking>() {
  return TableSchema<Booking>{"bookings", "What others have taken of dated departures."}
      .key(&Booking::code)
      .must("service", &Booking::service, "Service that has departures: not on_demand.")
      .must("departs_on", &Booking::departs_on, "Local day on which it leaves its first call.")
      .may("leaves_at", &Booking::leaves_at,
           "Local time there, hh:mm; empty: each departure of the day.")
      .must("load_unit", &Booking::load_unit, "Load unit that it carries.")
      .must("units", &Booking::units, "Units taken, from its first call to its last.", at_least(0))
      .fact(&Booking::fact);
}

template <>
TableSchema<HazardRefusal> schema_of<HazardRefusal>() {
  return TableSchema<HazardRefusal>{"hazard_refusals",
                                    "Dangerous goods that services which take some do not take."}
      .key(&HazardRefusal::code)
      .may("vessel_kind", &HazardRefusal::vessel_kind, "For all services by this kind of vessel,")
      .may("service", &HazardRefusal::service, "or for this service.")
      .must("hazard_class", &HazardRefusal::hazard_class,
            "Class or division with all within it: 1, 2.1, 1.4S.")
      .may("but_carries", &HazardRefusal::but_carries,
           "Within it, what is carried all the same, separated by ;.")
      .must("rule", &HazardRefusal::rule, "The rule that says so, as answers quote it.")
      .fact(&HazardRefusal::fact);
}

template <>
TableSchema<Vessel> schema_of<Vessel>() {
  return TableSchema<Vessel>{"vessels", "Named vessels, or classes of several alike."}
      .key(&Vessel::code)
      .must("name", &Vessel::name, "Name of the vessel or class.")
      .must("kind", &Vessel::kind, "Kind.")
      .must("operator", &Vessel::operator_, "Who runs it.")
      .may("imo", &Vessel::imo, "IMO number with its check digit.")
      .may("count", &Vessel::count, "How many alike; 1 for a named vessel.", between(1, 500))
      .may("capacity_teu", &Vessel::capacity_teu, "Containers.", between(1, 30000))
      .may("capacity_wagons", &Vessel::capacity_wagons, "Rail wagons.", between(1, 200))
      .may("capacity_trucks", &Vessel::capacity_trucks, "Trucks.", between(1, 1000))
      .may("deadweight_t", &Vessel::deadweight, "Deadweight.", between(100, 500000))
      .may("length_m", &Vessel::length_m, "Length over all.", between(20, 450))
      .may("beam_m", &Vessel::beam_m, "Breadth.", between(5, 70))
      .must("speed_kn", &Vessel::speed_kn, "Service speed, knots.", between(2, 40))
      .may("draught_m", &Vessel::draught_m, "Laden draught as designed.", between(1, 25))
      .may("t_per_cm", &Vessel::tonnes_per_cm, "Cargo lost for each centimetre of water missing.",
           between(0.1, 250))
      .may("built_year", &Vessel::built_year, "Year.", between(1940, 2040))
      .may("services", &Vessel::services, "Services it may run, separated by ;.")
      .fact(&Vessel::fact);
}

template <>
TableSchema<WagonPool> schema_of<WagonPool>() {
  return TableSchema<WagonPool>{"wagon_pools", "Wagons (or boxes) that belong together."}
      .key(&WagonPool::code)
      .must("name", &WagonPool::name, "Name.")
      .must("operator", &WagonPool::operator_, "Owner.")
      .must("load_unit", &WagonPool::load_unit, "Type; its gauge is there.")
      .must("count", &WagonPool::count, "How many.", at_least(1))
      .fact(&WagonPool::fact);
}

template <>
TableSchema<Locomotive> schema_of<Locomotive>() {
  return TableSchema<Locomotive>{"locomotives", "Locomotive classes."}
      .key(&Locomotive::code)
      .must("name", &Locomotive::name, "Class.")
      .must("operator", &Locomotive::operator_, "Owner.")
      .must("traction", &Locomotive::traction, "Traction.")
      .must("gauge_mm", &Locomotive::gauge, "Gauge.")
      .must("count", &Locomotive::count, "How many serve the corridor.", at_least(1))
      .may("power_kw", &Locomotive::power_kw, "Power.", between(100, 20000))
      .may("train_mass_t", &Locomotive::train_mass_t, "What one hauls.", between(100, 20000))
      .fact(&Locomotive::fact);
}

template <>
TableSchema<Breakdown> schema_of<Breakdown>() {
  return TableSchema<Breakdown>{"breakdowns", "Failures and repairs by kind of thing."}
      .key(&Breakdown::code)
      .must("of", &Breakdown::of, "What breaks.")
      .may("vessel_kind", &Breakdown::vessel_kind, "Vessels: which kind; empty: all.")
      .must("between_hours", &Breakdown::between, "Law of running hours between failures.")
      .must("repair_hours", &Breakdown::repair, "Law of repair.")
      .fact(&Breakdown::fact);
}

}  // namespace karvan::load
