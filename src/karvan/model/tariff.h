#pragma once
// Money and carbon as data: price lists, through rates, storage, detention, exchange rates,
// emission factors.

#include <optional>
#include <string>

#include "karvan/base/time.h"
#include "karvan/model/cargo.h"
#include "karvan/model/fleet.h"
#include "karvan/model/service.h"

namespace karvan {

// A price of carriage. The most specific row that fits wins: service before operator before country
// before mode; load unit before its kind; goods before none; among equals the largest
// `quantity_from` not above the shipment. A tariff by country prices each link in that country; a
// tariff by service or operator prices the whole leg.
//   price = max(minimum, fixed + units x (per_unit + per_unit_km x km)
//                              + tonnes x (per_t + per_t_km x km))
struct Tariff {
  std::string code;
  Id<Service> service;
  Id<Operator> operator_;
  Id<Country> country;
  Mode mode = Mode::kRail;
  Id<LoadUnit> load_unit;
  std::optional<LoadUnitKind> load_unit_kind;
  Id<Goods> goods;
  double quantity_from = 0;  // units
  std::string currency = "USD";
  Usd fixed;
  Usd per_unit;
  Usd per_unit_km;
  Usd per_t;
  Usd per_t_km;
  Usd minimum;
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;
  Fact fact;
};

// A combined price between two places, whatever the legs, below or above their sum.
struct ThroughRate {
  std::string code;
  Id<Place> from;
  Id<Place> to;
  Id<LoadUnit> load_unit;
  Id<Operator> operator_;
  Usd per_unit;
  std::string currency = "USD";
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;
  Fact fact;
};

// Storage after free time.
struct Storage {
  std::string code;
  Id<Place> place;  // empty: everywhere
  LoadUnitKind load_unit_kind = LoadUnitKind::kContainer;
  double free_days = 0;
  Usd usd_per_unit_day;
  Fact fact;
};

// What the days of a detention row count, always until the depot has the empty load unit back.
enum class DetentionClock {
  kHire,         // from the hand-over at the origin
  kDestination,  // from when the cargo is free at the destination
};

template <>
struct EnumTexts<DetentionClock> {
  static constexpr std::array values{
      std::pair{DetentionClock::kHire, std::string_view{"hire"}},
      std::pair{DetentionClock::kDestination, std::string_view{"destination"}}};
};

// What an operator asks for each started day that its load unit is kept beyond free time. Rows of
// one operator, load unit and clock that differ in `after_days` are steps of the rate: a day costs
// what the row with the most of them below it says.
struct Detention {
  std::string code;
  Id<Operator> operator_;
  Id<LoadUnit> load_unit;
  DetentionClock clock = DetentionClock::kHire;
  int after_days = 0;
  Usd usd_per_unit_day;
  Fact fact;
};

// Where an operator takes its load units back once they are empty, and what that takes.
struct EmptyReturn {
  std::string code;
  Id<Operator> operator_;
  Id<LoadUnit> load_unit;
  Id<Place> place;  // where it is emptied; empty: everywhere without a row of its own
  Id<Place> depot;  // empty: at that place
  double days = 0;  // from free at the destination until it is back
  Usd usd_per_unit;
  Fact fact;
};

struct ExchangeRate {
  std::string code;
  std::string currency;  // ISO 4217
  Date date{};           // valid from this day
  double usd_per_unit = 0;
  Fact fact;
};

// Grams CO2e per tonne-kilometre of cargo, ISO 14083: well-to-wheel, and its tank-to-wheel part. An
// electric train has kWh per tonne-km instead, times the country's grid.
struct EmissionFactor {
  std::string code;
  Mode mode = Mode::kRail;
  std::optional<Traction> traction;
  std::optional<VesselKind> vessel_kind;
  std::optional<double> wtw_g_per_tkm;
  std::optional<double> ttw_g_per_tkm;
  std::optional<double> kwh_per_tkm;
  Fact fact;
};

}  // namespace karvan
