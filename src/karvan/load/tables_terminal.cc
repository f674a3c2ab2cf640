// The schema of terminals and borders: equipment, handling, crossings, regimes, documents.

#include "karvan/load/schema.h"

namespace karvan::load {

template <>
TableSchema<Berth> schema_of<Berth>() {
  return TableSchema<Berth>{"berths", "Berths by type."}
      .key(&Berth::code)
      .must("place", &Berth::place, "Port.")
      .must("name", &Berth::name, "Name or number.")
      .may("count", &Berth::count, "How many alike.", between(1, 200))
      .must("vessel_kinds", &Berth::vessel_kinds, "Kinds of vessel it takes, separated by ;.")
      .may("length_m", &Berth::length_m, "Quay length.", between(10, 5000))
      .may("depth_m", &Berth::depth_m, "Depth at the sea's datum.", between(1, 40))
      .may("rate_t_per_h", &Berth::rate_t_per_h, "Bulk and liquids: tonnes an hour.",
           between(1, 50000))
      .may("turnround_hours", &Berth::turnround, "Usual hours alongside.", between(0, 500))
      .fact(&Berth::fact);
}

template <>
TableSchema<Crane> schema_of<Crane>() {
  return TableSchema<Crane>{"cranes", "Cranes by kind."}
      .key(&Crane::code)
      .must("place", &Crane::place, "Terminal.")
      .must("kind", &Crane::kind, "Kind.")
      .may("count", &Crane::count, "How many alike.", between(1, 200))
      .must("moves_per_hour", &Crane::moves_per_hour, "Each.", between(1, 100))
      .may("lift_t", &Crane::lift_t, "Safe working load.", between(1, 2000))
      .fact(&Crane::fact);
}

template <>
TableSchema<GaugeChange> schema_of<GaugeChange>() {
  return TableSchema<GaugeChange>{"gauge_changes", "How load units pass from one gauge to another."}
      .key(&GaugeChange::code)
      .must("place", &GaugeChange::place, "Where.")
      .must("from_gauge_mm", &GaugeChange::from, "Arriving gauge.")
      .must("to_gauge_mm", &GaugeChange::to, "Leaving gauge.")
      .must("method", &GaugeChange::method,
            "Lift the cargo over, or change what the wagon runs on.")
      .must("load_unit_kind", &GaugeChange::load_unit_kind, "What is changed.")
      .may("stands", &GaugeChange::stands, "Worked at once.", between(1, 200))
      .must("hours", &GaugeChange::hours, "Law of a consignment's fixed time.")
      .may("minutes_per_unit", &GaugeChange::minutes_per_unit, "Work of one stand on one unit.",
           between(0, 600))
      .may("usd_per_unit", &GaugeChange::usd_per_unit, "Price.", between(0, 10000))
      .fact(&GaugeChange::fact);
}

template <>
TableSchema<Yard> schema_of<Yard>() {
  return TableSchema<Yard>{"yards", "Storage by kind."}
      .key(&Yard::code)
      .must("place", &Yard::place, "Terminal.")
      .must("of", &Yard::of, "What it stores; containers are counted in TEU.")
      .must("capacity", &Yard::capacity, "How many at once.", at_least(1))
      .fact(&Yard::fact);
}

template <>
TableSchema<Tank> schema_of<Tank>() {
  return TableSchema<Tank>{"tanks", "Tank farms."}
      .key(&Tank::code)
      .must("place", &Tank::place, "Terminal.")
      .must("name", &Tank::name, "Name.")
      .must("goods", &Tank::goods, "What is in it.")
      .may("count", &Tank::count, "How many tanks.", between(1, 500))
      .must("capacity_t", &Tank::capacity, "Of all together.", at_least(1))
      .may("heel_t", &Tank::heel, "What cannot be pumped out.", at_least(0))
      .fact(&Tank::fact);
}

template <>
TableSchema<OpeningHours> schema_of<OpeningHours>() {
  return TableSchema<OpeningHours>{"opening_hours", "When terminals work; no row: round the clock."}
      .key(&OpeningHours::code)
      .must("place", &OpeningHours::place, "Terminal.")
      .must("days", &OpeningHours::days, "Mon;Tue;Wed;Thu;Fri;Sat;Sun, or daily.")
      .must("opens", &OpeningHours::opens, "Local time of day.")
      .must("closes", &OpeningHours::closes, "Local time of day; 24:00 is midnight.")
      .fact(&OpeningHours::fact);
}

template <>
TableSchema<Handling> schema_of<Handling>() {
  return TableSchema<Handling>{"handling", "Passing between two sides of a terminal."}
      .key(&Handling::code)
      .may("place", &Handling::place, "Terminal; empty: everywhere without a row of its own.")
      .must("from_side", &Handling::from, "Where the cargo comes from.")
      .must("to_side", &Handling::to, "Where it goes.")
      .must("from_kind", &Handling::from_kind, "Arriving kind of load unit.")
      .must("to_kind", &Handling::to_kind, "Leaving kind; differs where cargo is restowed.")
      .must("hours", &Handling::hours, "Law of a consignment's fixed time.")
      .may("minutes_per_unit", &Handling::minutes_per_unit, "Per arriving unit.", between(0, 600))
      .may("usd_per_unit", &Handling::usd_per_unit, "Per arriving unit (tonne for bulk).",
           between(0, 10000))
      .may("kg_co2e_per_t", &Handling::kg_co2e_per_t, "Well-to-wheel.", between(0, 100))
      .fact(&Handling::fact);
}

template <>
TableSchema<Regime> schema_of<Regime>() {
  return TableSchema<Regime>{"regimes", "Treaties, unions and organizations."}
      .key(&Regime::code)
      .must("name", &Regime::name, "Full name.")
      .must("kind", &Regime::kind, "What kind of instrument.")
      .may("modes", &Regime::modes, "Modes it governs, separated by ;. Empty: all.")
      .may("in_force_from", &Regime::in_force_from, "First day in force.")
      .must("effect", &Regime::effect, "What it changes for a consignment, in one sentence.")
      .fact(&Regime::fact);
}

template <>
TableSchema<Membership> schema_of<Membership>() {
  return TableSchema<Membership>{"memberships", "Which country belongs to which regime, and when."}
      .key(&Membership::code)
      .must("regime", &Membership::regime, "Regime.")
      .must("country", &Membership::country, "Country.")
      .must("status", &Membership::status, "Only members are bound.")
      .may("from", &Membership::from, "First day; empty: since before 2015.")
      .may("until", &Membership::until, "First day without.")
      .fact(&Membership::fact);
}

template <>
TableSchema<Crossing> schema_of<Crossing>() {
  return TableSchema<Crossing>{"crossings", "Borders by mode and direction."}
      .key(&Crossing::code)
      .must("name", &Crossing::name, "Name.")
      .must("mode", &Crossing::mode, "Mode.")
      .may("from_country", &Crossing::from, "Left; empty: any.")
      .may("to_country", &Crossing::to, "Entered; empty: any.")
      .may("link", &Crossing::link, "The border link; empty: all of these countries and mode.")
      .may("place", &Crossing::place, "Whose clock counts; empty: the place of arrival.")
      .may("opens", &Crossing::opens, "Local time of day; empty: round the clock.")
      .may("closes", &Crossing::closes, "Local time of day.")
      .fact(&Crossing::fact);
}

template <>
TableSchema<CrossingStep> schema_of<CrossingStep>() {
  return TableSchema<CrossingStep>{"crossing_steps", "What happens to a consignment at a crossing."}
      .key(&CrossingStep::code)
      .must("crossing", &CrossingStep::crossing, "Crossing.")
      .must("sequence", &CrossingStep::sequence, "Order.", at_least(1))
      .must("kind", &CrossingStep::kind, "What is done.")
      .must("hours", &CrossingStep::hours, "Law of its duration.")
      .may("share", &CrossingStep::share, "Share of consignments that undergo it.", between(0, 1))
      .may("food_only", &CrossingStep::food_only, "yes: only for food.")
      .may("usd_per_consignment", &CrossingStep::usd_per_consignment, "Fee.", between(0, 100000))
      .may("usd_per_unit", &CrossingStep::usd_per_unit,
           "Fee per box, wagon or truck; once for a hold or a pipe.", between(0, 10000))
      .fact(&CrossingStep::fact);
}

template <>
TableSchema<RegimeEffect> schema_of<RegimeEffect>() {
  return TableSchema<RegimeEffect>{"regime_effects",
                                   "What a regime does to a step where both countries are members."}
      .key(&RegimeEffect::code)
      .must("regime", &RegimeEffect::regime, "Regime.")
      .must("step", &RegimeEffect::step, "Kind of step.")
      .may("hours_factor", &RegimeEffect::hours_factor, "0: the step falls away.", between(0, 5))
      .may("share_factor", &RegimeEffect::share_factor, "On the share.", between(0, 5))
      .may("fee_factor", &RegimeEffect::fee_factor, "On the fees.", between(0, 5))
      .fact(&RegimeEffect::fact);
}

template <>
TableSchema<Document> schema_of<Document>() {
  return TableSchema<Document>{"documents", "Papers and messages a consignment needs."}
      .key(&Document::code)
      .must("name", &Document::name, "Name.")
      .may("regime", &Document::regime, "Instrument it belongs to; empty: custom or national law.")
      .may("modes", &Document::modes, "Modes, separated by ;. Empty: all.")
      .may("dangerous_only", &Document::dangerous_only, "yes: only for dangerous goods.")
      .may("food_only", &Document::food_only, "yes: only for food.")
      .may("crossing_only", &Document::crossing_only, "no: also without a border.")
      .may("lead_hours", &Document::lead, "Before departure.", between(0, 2000))
      .may("usd_per_consignment", &Document::usd_per_consignment, "Fee.", between(0, 10000))
      .fact(&Document::fact);
}

}  // namespace karvan::load
