// The schema of money, carbon, uncertainty, demand and observations.

#include "karvan/load/schema.h"

namespace karvan::load {

template <>
TableSchema<Tariff> schema_of<Tariff>() {
  return TableSchema<Tariff>{"tariffs", "Prices of carriage; the most specific row that fits wins."}
      .key(&Tariff::code)
      .may("service", &Tariff::service, "For this service.")
      .may("operator", &Tariff::operator_, "For this operator's services.")
      .may("country", &Tariff::country, "For links in this country, priced link by link.")
      .must("mode", &Tariff::mode, "Mode.")
      .may("load_unit", &Tariff::load_unit, "For this load unit.")
      .may("load_unit_kind", &Tariff::load_unit_kind, "For this kind.")
      .may("goods", &Tariff::goods, "For these goods.")
      .may("quantity_from", &Tariff::quantity_from, "From so many units.", at_least(0))
      .may("currency", &Tariff::currency, "ISO 4217; converted at the rate valid on valid_from.")
      .may("fixed", &Tariff::fixed, "Per consignment.", at_least(0))
      .may("per_unit", &Tariff::per_unit, "Per load unit.", at_least(0))
      .may("per_unit_km", &Tariff::per_unit_km, "Per load unit and kilometre.", at_least(0))
      .may("per_t", &Tariff::per_t, "Per tonne.", at_least(0))
      .may("per_t_km", &Tariff::per_t_km, "Per tonne-kilometre.", at_least(0))
      .may("minimum", &Tariff::minimum, "Least price of a consignment.", at_least(0))
      .may("valid_from", &Tariff::valid_from, "First day.")
      .may("valid_until", &Tariff::valid_until, "First day without.")
      .fact(&Tariff::fact);
}

template <>
TableSchema<ThroughRate> schema_of<ThroughRate>() {
  return TableSchema<ThroughRate>{"through_rates", "Combined prices between two places."}
      .key(&ThroughRate::code)
      .must("from_place", &ThroughRate::from, "From.")
      .must("to_place", &ThroughRate::to, "To.")
      .must("load_unit", &ThroughRate::load_unit, "Load unit.")
      .may("operator", &ThroughRate::operator_, "Who quotes it; empty: the market.")
      .must("per_unit", &ThroughRate::per_unit, "Price of one unit.", at_least(0))
      .may("currency", &ThroughRate::currency, "ISO 4217.")
      .may("valid_from", &ThroughRate::valid_from, "First day.")
      .may("valid_until", &ThroughRate::valid_until, "First day without.")
      .fact(&ThroughRate::fact);
}

template <>
TableSchema<Storage> schema_of<Storage>() {
  return TableSchema<Storage>{"storage", "Storage after free time."}
      .key(&Storage::code)
      .may("place", &Storage::place, "Terminal; empty: everywhere without a row of its own.")
      .must("load_unit_kind", &Storage::load_unit_kind, "Kind.")
      .must("free_days", &Storage::free_days, "Free of charge.", between(0, 365))
      .must("usd_per_unit_day", &Storage::usd_per_unit_day, "After that.", between(0, 10000))
      .fact(&Storage::fact);
}

template <>
TableSchema<Detention> schema_of<Detention>() {
  return TableSchema<Detention>{"detention", "Keeping an operator's load units beyond free time."}
      .key(&Detention::code)
      .must("operator", &Detention::operator_, "Whose load units.")
      .must("load_unit", &Detention::load_unit, "Load unit.")
      .must(
          "clock", &Detention::clock,
          "What the days count, until it is back: from the hand-over at the origin (hire) or from "
          "being free at the destination.")
      .must("after_days", &Detention::after_days,
            "Started days before the rate; several rows are steps of it.", between(0, 365))
      .must("usd_per_unit_day", &Detention::usd_per_unit_day, "Each started day after them.",
            between(0, 10000))
      .fact(&Detention::fact);
}

template <>
TableSchema<EmptyReturn> schema_of<EmptyReturn>() {
  return TableSchema<EmptyReturn>{"empty_returns", "Giving an operator's load units back empty."}
      .key(&EmptyReturn::code)
      .must("operator", &EmptyReturn::operator_, "Whose load units.")
      .must("load_unit", &EmptyReturn::load_unit, "Load unit.")
      .may("place", &EmptyReturn::place,
           "Where it is emptied; empty: everywhere without a row of its own.")
      .may("depot", &EmptyReturn::depot, "Where it is given back; empty: at that place.")
      .must("days", &EmptyReturn::days,
            "From free at the destination until it is back: unpacking and the way.",
            between(0, 365))
      .must("usd_per_unit", &EmptyReturn::usd_per_unit,
            "The way to the depot, lifts and what the operator asks for being left it there.",
            between(0, 20000))
      .fact(&EmptyReturn::fact);
}

template <>
TableSchema<ExchangeRate> schema_of<ExchangeRate>() {
  return TableSchema<ExchangeRate>{"exchange_rates", "US dollars for one unit of a currency."}
      .key(&ExchangeRate::code)
      .must("currency", &ExchangeRate::currency, "ISO 4217.")
      .must("date", &ExchangeRate::date, "Valid from this day.")
      .must("usd_per_unit", &ExchangeRate::usd_per_unit, "Rate.", between(1e-6, 1000))
      .fact(&ExchangeRate::fact);
}

template <>
TableSchema<EmissionFactor> schema_of<EmissionFactor>() {
  return TableSchema<EmissionFactor>{"emission_factors", "CO2e of carriage, ISO 14083."}
      .key(&EmissionFactor::code)
      .must("mode", &EmissionFactor::mode, "Mode.")
      .may("traction", &EmissionFactor::traction, "Rail: traction.")
      .may("vessel_kind", &EmissionFactor::vessel_kind, "Water: kind of vessel.")
      .may("wtw_g_per_tkm", &EmissionFactor::wtw_g_per_tkm, "Well-to-wheel.", between(0, 2000))
      .may("ttw_g_per_tkm", &EmissionFactor::ttw_g_per_tkm, "Tank-to-wheel part.", between(0, 2000))
      .may("kwh_per_tkm", &EmissionFactor::kwh_per_tkm, "Electric: energy, losses included.",
           between(0, 1))
      .fact(&EmissionFactor::fact);
}

template <>
TableSchema<Delay> schema_of<Delay>() {
  return TableSchema<Delay>{"delays", "Spread of running times: actual = scheduled x factor."}
      .key(&Delay::code)
      .must("mode", &Delay::mode, "Mode.")
      .may("country", &Delay::country, "Country; empty: anywhere.")
      .must("factor", &Delay::factor, "Law of the factor.")
      .fact(&Delay::fact);
}

template <>
TableSchema<SeaLevel> schema_of<SeaLevel>() {
  return TableSchema<SeaLevel>{"sea_levels", "Yearly mean levels."}
      .key(&SeaLevel::code)
      .must("sea", &SeaLevel::sea, "Sea.")
      .must("date", &SeaLevel::date, "Middle of the period.")
      .must("level_m", &SeaLevel::level_m, "Baltic height system.", between(-100, 100))
      .fact(&SeaLevel::fact);
}

template <>
TableSchema<Weather> schema_of<Weather>() {
  return TableSchema<Weather>{"weather", "Closures by weather, by place and month."}
      .key(&Weather::code)
      .must("place", &Weather::place, "Port.")
      .must("month", &Weather::month, "1 to 12.", between(1, 12))
      .must("closed_share", &Weather::closed_share, "Share of the month.", between(0, 0.95))
      .must("closure_hours", &Weather::closure, "Law of one closure.")
      .may("storm", &Weather::storm, "Places with the same word close in the same storm.")
      .fact(&Weather::fact);
}

template <>
TableSchema<Closure> schema_of<Closure>() {
  return TableSchema<Closure>{"closures", "Dated restrictions."}
      .key(&Closure::code)
      .must("reach", &Closure::reach, "What kind of thing is restricted.")
      .must("code_of", &Closure::code_of, "Its id in its own table.")
      .must("from", &Closure::from, "First day.")
      .may("until", &Closure::until, "First day open again; empty: for good.")
      .may("share_left", &Closure::share_left, "Capacity that remains; 0 is closed.", between(0, 1))
      .must("reason", &Closure::reason, "Why.")
      .fact(&Closure::fact);
}

template <>
TableSchema<MonthProfile> schema_of<MonthProfile>() {
  return TableSchema<MonthProfile>{"month_profiles", "How a year's demand falls on its months."}
      .key(&MonthProfile::code)
      .must("name", &MonthProfile::name, "Name.")
      .must("weights", &MonthProfile::weights, "Twelve weights, January first, separated by ;.")
      .fact(&MonthProfile::fact);
}

template <>
TableSchema<Demand> schema_of<Demand>() {
  return TableSchema<Demand>{"demand", "What wants to move, by market and year."}
      .key(&Demand::code)
      .must("market", &Demand::market, "Name of the market.")
      .must("year", &Demand::year, "Calendar year.", between(2000, 2100))
      .must("from_place", &Demand::from, "Origin.")
      .must("to_place", &Demand::to, "Destination.")
      .must("goods", &Demand::goods, "Goods.")
      .must("load_unit", &Demand::load_unit, "Load unit at the origin.")
      .must("quantity", &Demand::quantity, "A year.", at_least(0))
      .must("unit", &Demand::unit, "Of the quantity.")
      .must("month_profile", &Demand::month_profile, "Season.")
      .must("arrivals", &Demand::arrivals, "How it arrives at the origin.")
      .may("batch", &Demand::batch, "Units of one arrival, in `unit`.", at_least(0.01))
      .may("via", &Demand::via, "Passes one of these places, separated by ;. Empty: any way.")
      .may("main_mode", &Demand::main_mode, "Carries it farthest. Empty: any mode.")
      .fact(&Demand::fact);
}

template <>
TableSchema<Observation> schema_of<Observation>() {
  return TableSchema<Observation>{"observations",
                                  "Published figures that answers are held against."}
      .key(&Observation::code)
      .must("quantity", &Observation::quantity, "In words.")
      .must("measure", &Observation::measure, "What part of the model it can be held against.")
      .may("from_place", &Observation::from, "From, or the place it is about.")
      .may("to_place", &Observation::to, "To.")
      .may("via", &Observation::via, "Places on the path that is meant, separated by ;.")
      .may("load_unit", &Observation::load_unit, "Load unit.")
      .may("market", &Observation::market,
           "How the markets begin whose demand is counted. Empty: all demand.")
      .must("low", &Observation::low, "Value, or low end of its range.")
      .must("high", &Observation::high, "Value, or high end of its range.")
      .must("unit", &Observation::unit, "Unit.")
      .must("period", &Observation::period, "When.")
      .must("kind", &Observation::kind,
            "observed, planned, stated, tariff, capacity, forecast, ...")
      .may("tolerance_percent", &Observation::tolerance_percent, "What counts as agreement.",
           between(0, 200))
      .may("use", &Observation::use,
           "What it is held against. Of transit times also what is counted: block trains (those "
           "only), P10 (what a tenth of the cargo keeps, for plans and best cases); else the mean "
           "of all.")
      .fact(&Observation::fact);
}

}  // namespace karvan::load
