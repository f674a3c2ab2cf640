#pragma once
// Corridor: everything that is known about a corridor, as tables of rows. Made once by `load`,
// never changed again. What differs in a scenario lives in an Overlay (overlay.h); rooms receive a
// World (world.h).

#include <string>
#include <tuple>
#include <type_traits>

#include "karvan/base/table.h"
#include "karvan/model/border.h"
#include "karvan/model/cargo.h"
#include "karvan/model/demand.h"
#include "karvan/model/fleet.h"
#include "karvan/model/link.h"
#include "karvan/model/place.h"
#include "karvan/model/service.h"
#include "karvan/model/tariff.h"
#include "karvan/model/terminal.h"
#include "karvan/model/uncertainty.h"

namespace karvan {

// corridor.toml: what the data set calls itself and the days its timetables cover.
struct CorridorInfo {
  std::string name;
  std::string title;
  std::string description;
  std::string license;
  Date calendar_from{};
  Date calendar_until{};  // first day without
};

struct Corridor {
  CorridorInfo info;
  Table<Source> sources;
  Table<Country> countries;
  Table<ZonePeriod> time_zones;
  Table<Sea> seas;
  Table<Place> places;
  Table<Link> links;
  Table<ShapePoint> shape_points;
  Table<Pipeline> pipelines;
  Table<LoadUnit> load_units;
  Table<Goods> goods;
  Table<Operator> operators;
  Table<Service> services;
  Table<Call> calls;
  Table<Departure> departures;
  Table<Capacity> capacities;
  Table<Booking> bookings;
  Table<HazardRefusal> hazard_refusals;
  Table<Vessel> vessels;
  Table<WagonPool> wagon_pools;
  Table<Locomotive> locomotives;
  Table<Breakdown> breakdowns;
  Table<Berth> berths;
  Table<Crane> cranes;
  Table<GaugeChange> gauge_changes;
  Table<Yard> yards;
  Table<Tank> tanks;
  Table<OpeningHours> opening_hours;
  Table<Handling> handling;
  Table<Regime> regimes;
  Table<Membership> memberships;
  Table<Crossing> crossings;
  Table<CrossingStep> crossing_steps;
  Table<RegimeEffect> regime_effects;
  Table<Document> documents;
  Table<Tariff> tariffs;
  Table<ThroughRate> through_rates;
  Table<Storage> storage;
  Table<Detention> detention;
  Table<EmptyReturn> empty_returns;
  Table<ExchangeRate> exchange_rates;
  Table<EmissionFactor> emission_factors;
  Table<Delay> delays;
  Table<SeaLevel> sea_levels;
  Table<Weather> weather;
  Table<Closure> closures;
  Table<MonthProfile> month_profiles;
  Table<Demand> demand;
  Table<Observation> observations;
};

// Every table once, in the order in which rows may refer to earlier tables.
inline constexpr auto kTables = std::tuple{&Corridor::sources,
                                           &Corridor::countries,
                                           &Corridor::time_zones,
                                           &Corridor::seas,
                                           &Corridor::places,
                                           &Corridor::links,
                                           &Corridor::shape_points,
                                           &Corridor::pipelines,
                                           &Corridor::load_units,
                                           &Corridor::goods,
                                           &Corridor::operators,
                                           &Corridor::services,
                                           &Corridor::calls,
                                           &Corridor::departures,
                                           &Corridor::capacities,
                                           &Corridor::bookings,
                                           &Corridor::hazard_refusals,
                                           &Corridor::vessels,
                                           &Corridor::wagon_pools,
                                           &Corridor::locomotives,
                                           &Corridor::breakdowns,
                                           &Corridor::berths,
                                           &Corridor::cranes,
                                           &Corridor::gauge_changes,
                                           &Corridor::yards,
                                           &Corridor::tanks,
                                           &Corridor::opening_hours,
                                           &Corridor::handling,
                                           &Corridor::regimes,
                                           &Corridor::memberships,
                                           &Corridor::crossings,
                                           &Corridor::crossing_steps,
                                           &Corridor::regime_effects,
                                           &Corridor::documents,
                                           &Corridor::tariffs,
                                           &Corridor::through_rates,
                                           &Corridor::storage,
                                           &Corridor::detention,
                                           &Corridor::empty_returns,
                                           &Corridor::exchange_rates,
                                           &Corridor::emission_factors,
                                           &Corridor::delays,
                                           &Corridor::sea_levels,
                                           &Corridor::weather,
                                           &Corridor::closures,
                                           &Corridor::month_profiles,
                                           &Corridor::demand,
                                           &Corridor::observations};

// The table of a row type: rows<Place>(corridor).
template <class Row>
const Table<Row>& rows(const Corridor& corridor) {
  return corridor.*std::get<Table<Row> Corridor::*>(kTables);
}
template <class Row>
Table<Row>& rows(Corridor& corridor) {
  return corridor.*std::get<Table<Row> Corridor::*>(kTables);
}

// Calls f.template operator()<Row>() for each table, in order.
template <class F>
void for_each_table(F&& f) {
  const auto visit = [&f]<class Row>(Table<Row> Corridor::*) { f.template operator()<Row>(); };
  std::apply([&visit](auto... member) { (visit(member), ...); }, kTables);
}

}  // namespace karvan
