// Demand: the ways that shippers choose, as routes of stages, and the sources that release cargo.

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "karvan/base/hash.h"
#include "karvan/base/math.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/simulate/detail/compile.h"

namespace karvan::simulate::detail {
namespace {

std::int64_t kg_per_unit(const Consignment& load) {
  return std::max<std::int64_t>(1, std::llround(load.tonnes.value() * 1000 / load.units));
}

Index crane_station(Workshop& shop, Id<Place> place) {
  const std::string key = "cranes@" + shop.world[place].code;
  const auto known = shop.station_of.find(key);
  if (known != shop.station_of.end()) return known->second;
  Index units = 0;
  for (const Id<Crane> id : shop.world.ids<Crane>()) {
    if (shop.world[id].place == place)
      units += static_cast<Index>(std::max(0, shop.world[id].count));
  }
  Index station = kNone;
  if (units > 0) {
    station = static_cast<Index>(shop.model.stations.size());
    shop.model.stations.push_back({.name = shop.world[place].name + ", cranes",
                                   .code = key,
                                   .units = units,
                                   .calendar = shop.model.places[place.index()].calendar});
  }
  shop.station_of[key] = station;
  return station;
}

// All stands or gantries work one train at a time, each on a wagon of it: one station, as many
// times as fast.
Index gauge_station(Workshop& shop, Id<GaugeChange> id) {
  const GaugeChange& row = shop.world[id];
  const auto known = shop.station_of.find(row.code);
  if (known != shop.station_of.end()) return known->second;
  if (row.stands < 1) {
    shop.errors.push_back("gauge_changes " + row.code + ": stands is 0; expected 1 or more");
    return kNone;
  }
  const auto station = static_cast<Index>(shop.model.stations.size());
  shop.model.stations.push_back(
      {.name = shop.world[row.place].name + ", " + std::to_string(row.from.mm) + " to " +
               std::to_string(row.to.mm) + " mm, " + std::string{to_text(row.load_unit_kind)},
       .code = row.code,
       .is_gauge_change = true,
       .calendar = shop.model.places[row.place.index()].calendar});
  shop.station_of[row.code] = station;
  return station;
}

// A service that carries the load unit from `from` to `to` by sea as long as the run lasts.
std::optional<Leg> way_back(const Workshop& shop, Id<Place> from, Id<Place> to, Id<LoadUnit> unit) {
  for (const Id<Service> id : shop.world.ids<Service>()) {
    const Service& service = shop.world[id];
    if (service.mode != Mode::kSea || service.departs == DepartureRule::kTimetable) continue;
    const bool carries = std::ranges::any_of(shop.capacities[id], [&](Id<Capacity> c) {
      return shop.world[c].load_unit == unit && shop.world[c].units > 0;
    });
    const bool is_offered =
        (!service.valid_from || to_time(*service.valid_from) <= shop.model.from) &&
        (!service.valid_until || to_time(*service.valid_until) >= shop.model.until);
    if (!carries || !is_offered) continue;
    Leg leg{.service = id, .from = from, .to = to};
    bool boards = false;
    for (const Id<Call> call : shop.calls[id]) {
      if (shop.world[call].place == from && !boards) {
        leg.from_sequence = shop.world[call].sequence;
        boards = true;
      } else if (shop.world[call].place == to && boards) {
        leg.to_sequence = shop.world[call].sequence;
        leg.consignment = {.load_unit = unit, .units = 1, .tonnes = Tonnes{1}};
        return leg;
      }
    }
  }
  return std::nullopt;
}

// The ride of a leg; nothing, with an error, where the service does not do what the leg says.
std::optional<Stage> ride_stage(Workshop& shop, const Leg& leg, Index pool) {
  const Index index = line_of(shop, leg.service);
  const Line& line = shop.model.lines[index];
  Stage stage{.kind = StageKind::kRide,
              .pool = pool,
              .load_unit = static_cast<Index>(leg.consignment.load_unit.index()),
              .line = index,
              .place = static_cast<Index>(leg.from.index())};
  for (Index s = line.stops.begin; s < line.stops.end; ++s) {
    const Stop& stop = shop.model.stops[s];
    if (stop.sequence == leg.from_sequence) stage.from_stop = s;
    if (stop.sequence == leg.to_sequence) stage.to_stop = s;
  }
  for (const Fit& fit : line.fits) {
    if (fit.load_unit == stage.load_unit) stage.share_of_one = 1 / fit.units;
  }
  const bool carried = stage.share_of_one > 0;
  if (stage.from_stop != kNone && stage.to_stop != kNone && carried) return stage;
  shop.errors.push_back("services " + shop.world[leg.service].code +
                        ": an itinerary boards it where it does not call, or with a load unit it "
                        "does not carry");
  return std::nullopt;
}

Index empties_route(Workshop& shop, const Leg& leg, Index pool) {
  const Index line = line_of(shop, leg.service);
  const auto known = shop.empties_of.find({pool, line});
  if (known != shop.empties_of.end()) return known->second;
  const std::optional<Stage> ride = ride_stage(shop, leg, pool);
  if (!ride) return kNone;
  // Not into the stages of the route that is being written: empties have a list of their own.
  const auto route = static_cast<Index>(shop.model.empties.size());
  shop.model.empties.push_back(
      {.ride = *ride,
       .home = {
           .kind = StageKind::kHome, .pool = pool, .place = static_cast<Index>(leg.to.index())}});
  shop.empties_of[{pool, line}] = route;
  return route;
}

class RouteWriter {
 public:
  RouteWriter(Workshop& shop, const Itinerary& itinerary) : shop_{shop}, itinerary_{itinerary} {}

  Index write() {
    Route route;
    route.stages.begin = static_cast<Index>(shop_.model.stages.size());
    for (std::size_t i = 0; i < itinerary_.legs.size(); ++i) {
      work(itinerary_.transfers[i], i == 0 ? i : i - 1);
      pack(itinerary_.legs[i]);
      if (!ride(itinerary_.legs[i])) return kNone;
    }
    work(itinerary_.transfers.back(), itinerary_.legs.size() - 1);
    give_back();
    add({.kind = StageKind::kDeliver,
         .place = static_cast<Index>(itinerary_.legs.back().to.index())});
    route.stages.end = static_cast<Index>(shop_.model.stages.size());
    look_onward(route.stages);
    const double tonnes = itinerary_.legs.front().consignment.tonnes.value();
    route.usd_per_tonne = itinerary_.cost.value() / tonnes;
    route.kg_co2e_per_tonne = itinerary_.co2e.value() / tonnes;
    route.planned = Duration{itinerary_.arrive - itinerary_.depart}.count();
    shop_.model.routes.push_back(route);
    return static_cast<Index>(shop_.model.routes.size() - 1);
  }

 private:
  void add(Stage stage) { shop_.model.stages.push_back(stage); }

  // What each stage leads to: a ship, or the land.
  void look_onward(Range stages) {
    bool by_ship = false;
    for (Index i = stages.end; i-- > stages.begin;) {
      Stage& stage = shop_.model.stages[i];
      stage.onward_by_ship = by_ship;
      if (stage.kind != StageKind::kRide) continue;
      const Mode mode = shop_.model.lines[stage.line].mode;
      by_ship = mode == Mode::kSea || mode == Mode::kInlandWater;
    }
  }

  void work(const Transfer& transfer, std::size_t arriving_leg) {
    Stage stage{.kind = StageKind::kWork, .place = static_cast<Index>(transfer.place.index())};
    const Consignment& arriving = itinerary_.legs[arriving_leg].consignment;
    if (transfer.gauge_change.valid()) {
      const GaugeChange& row = shop_.world[transfer.gauge_change];
      stage.law = shop_.law(row.hours, "gauge_changes " + row.code);
      stage.minutes_per_unit = row.minutes_per_unit / std::max(1, row.stands);
      stage.station = gauge_station(shop_, transfer.gauge_change);
    } else if (transfer.handling.valid()) {
      const Handling& row = shop_.world[transfer.handling];
      stage.law = shop_.law(row.hours, "handling " + row.code);
      stage.minutes_per_unit = row.minutes_per_unit;
      const bool is_box = shop_.world[arriving.load_unit].kind == LoadUnitKind::kContainer;
      if (is_box) stage.station = crane_station(shop_, transfer.place);
    } else {
      return;
    }
    add(stage);
  }

  // At a change of load unit the old ones are given back and new ones are taken.
  void pack(const Leg& leg) {
    const Id<LoadUnit> unit = leg.consignment.load_unit;
    if (unit == unit_) return;
    give_back();
    unit_ = unit;
    add({.kind = StageKind::kPack,
         .load_unit = static_cast<Index>(unit.index()),
         .kg_per_unit = kg_per_unit(leg.consignment),
         .place = static_cast<Index>(leg.from.index())});
    const auto pool = shop_.pool_of.find({unit, shop_.world[leg.from].country});
    if (pool == shop_.pool_of.end()) return;  // the shipper's or a foreign railway's own
    pool_ = pool->second;
    add({.kind = StageKind::kTake, .pool = pool_, .place = static_cast<Index>(leg.from.index())});
  }

  void give_back() {
    if (pool_ != kNone) add({.kind = StageKind::kGive, .pool = pool_, .back = back_});
    pool_ = kNone;
    back_ = kNone;
  }

  bool ride(const Leg& leg) {
    const std::optional<Stage> stage = ride_stage(shop_, leg, pool_);
    if (!stage) return false;
    const Line& line = shop_.model.lines[stage->line];
    add(*stage);
    if (pool_ != kNone && line.carriage == Carriage::kVessels) back_ = way_of_empties(leg);
    return true;
  }

  // How the empties of this ride over the sea come back; by land if nothing sails.
  Index way_of_empties(const Leg& leg) {
    const auto back = way_back(shop_, leg.to, leg.from, leg.consignment.load_unit);
    return back ? empties_route(shop_, *back, pool_) : kNone;
  }

  Workshop& shop_;
  const Itinerary& itinerary_;
  Id<LoadUnit> unit_;
  Index pool_ = kNone;
  Index back_ = kNone;
};

// What a day costs a tonne: interest and decay, 0.3 % of its value (1000 USD/t where that is not
// known), and 0.5 USD for the wagon or box it keeps; both assumed.
double usd_per_day(const Workshop& shop, const Demand& demand, double tonnes) {
  const double value = shop.world[demand.goods].value_usd_per_t.value_or(1000);
  return (0.003 * value + 0.5) * tonnes;
}

// Logit on generalized cost, freight and fees and time: its scale makes a way that is a tenth
// dearer than the cheapest half as likely (assumed).
constexpr double kLogitScale = 6.93;

std::vector<double> generalized_costs(const std::vector<Itinerary>& ways, double usd_a_day) {
  std::vector<double> costs;
  for (const Itinerary& way : ways) {
    const double days = karvan::to_hours(way.arrive - way.depart).value() / 24;
    costs.push_back(way.cost.value() + usd_a_day * days);
  }
  return costs;
}

std::vector<double> shares_of(const std::vector<double>& costs, double least) {
  std::vector<double> shares;
  double sum = 0;
  for (const double cost : costs) {
    shares.push_back(stable_exp(-kLogitScale * (cost - least) / least));
    sum += shares.back();
  }
  for (double& share : shares)
    share /= sum;
  return shares;
}

// Ways used by fewer than one in fifty are left out, so that no line is compiled for a handful.
void drop_rare(std::vector<double>& shares) {
  double sum = 0;
  for (double& share : shares) {
    if (share < 0.02) share = 0;
    sum += share;
  }
  for (double& share : shares)
    share /= sum;
}

class SourceWriter {
 public:
  SourceWriter(Workshop& shop, const simulate::Alternator& alternatives)
      : shop_{shop}, alternatives_{alternatives} {}

  void write(Id<Demand> id) {
    const Demand& row = shop_.world[id];
    if (row.quantity <= 0) return;
    if (row.batch <= 0) {
      shop_.errors.push_back("demand " + row.code + ": batch is 0; expected more");
      return;
    }
    Source source{.demand = id, .pattern = row.arrivals};
    const double batch = std::min(row.batch, row.quantity);
    shipment_ = karvan::Shipment{
        .goods = row.goods,
        .quantity = batch,
        .unit = row.unit == DemandUnit::kTeu ? QuantityUnit::kTeu : QuantityUnit::kTonnes,
        .load_unit = row.load_unit};
    const Consignment packed = cost::pack(shop_.world, shipment_, row.load_unit);
    source.kg = std::max<std::int64_t>(1, std::llround(packed.tonnes.value() * 1000));
    source.teu = shop_.world[row.load_unit].teu.value() * packed.units;
    source.is_food = shop_.world[row.goods].is_food;
    source.market = market(row.market);
    const std::optional<Sent>& sent = shop_.question.sent;
    source.is_sent = sent && sent->demand == id;
    if (source.is_sent) {
      if (!send(to_time(sent->at), source)) return;
    } else if (!add_months(row, row.quantity * shop_.question.demand_factor / batch, source)) {
      return;
    }
    if (!add_seasons(id, row, packed.tonnes.value(), source)) return;
    shop_.model.sources.push_back(std::move(source));
  }

 private:
  Index market(const std::string& name) {
    std::vector<std::string>& names = shop_.model.markets;
    const auto at = std::ranges::find(names, name);
    if (at != names.end()) return static_cast<Index>(at - names.begin());
    names.push_back(name);
    return static_cast<Index>(names.size() - 1);
  }

  // False, with an error, if the moment lies outside of the run.
  bool send(Time at, Source& source) const {
    source.begin = at;
    source.end = shop_.model.until;
    if (shop_.model.begin <= at && at < shop_.model.until) return true;
    shop_.errors.emplace_back("the shipment is sent outside of the days that are simulated");
    return false;
  }

  // Arrivals expected in each month of the year; false if none falls into the run.
  bool add_months(const Demand& row, double arrivals, Source& source) const {
    const std::vector<double>& weights = shop_.world[row.month_profile].weights;
    double sum = 0;
    for (const double w : weights)
      sum += w;
    double before = 0;
    const std::chrono::year year{row.year};
    for (unsigned month = 1; month <= 12; ++month) {
      source.months.push_back(
          {.begin = to_time(Date{year / std::chrono::month{month} / std::chrono::day{1}}),
           .arrivals_before = before});
      before += arrivals * weights[month - 1] / sum;
    }
    const Date end{(year + std::chrono::years{1}) / std::chrono::January / std::chrono::day{1}};
    source.months.push_back({.begin = to_time(end), .arrivals_before = before});
    source.begin = std::max(source.months.front().begin, shop_.model.begin);
    source.end = std::min(source.months.back().begin, shop_.model.until);
    return source.begin < source.end;
  }

  bool add_seasons(Id<Demand> id, const Demand& row, double tonnes, Source& source) {
    std::string refusal;
    for (const Time day : choice_days(source)) {
      const Alternatives found = alternatives_(id, shipment_, to_instant(day));
      if (found.itineraries.empty()) {
        if (refusal.empty()) refusal = found.refusal;
        continue;
      }
      add_season(row, found.itineraries, tonnes, source, day);
    }
    if (source.seasons.empty()) {
      const std::string why = "demand " + row.code + ": has no way to go: " + refusal;
      (shop_.question.lose_unserved ? shop_.warnings : shop_.errors).push_back(why);
      return shop_.question.lose_unserved;
    }
    if (!refusal.empty())
      shop_.warnings.push_back("demand " + row.code + ": finds no way in some months: " + refusal);
    source.seasons.front().from = source.begin;
    return true;
  }

  void add_season(const Demand& row,
                  const std::vector<Itinerary>& ways,
                  double tonnes,
                  Source& source,
                  Time day) {
    const double usd_a_day = usd_per_day(shop_, row, tonnes);
    const std::vector<double> costs = generalized_costs(ways, usd_a_day);
    const double least = std::max(1.0, *std::ranges::min_element(costs));
    std::vector<double> shares = shares_of(costs, least);
    drop_rare(shares);
    Season season{.from = day, .decay_per_hour = kLogitScale * usd_a_day / 24 / least};
    season.choices.begin = static_cast<Index>(shop_.model.choices.size());
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (shares[i] <= 0) continue;
      const Index route = compile_route(shop_, ways[i]);
      if (route == kNone) return;
      shop_.model.choices.push_back({.route = route, .share = shares[i]});
    }
    season.choices.end = static_cast<Index>(shop_.model.choices.size());
    source.seasons.push_back(season);
  }

  // When the source begins, then each month of choice.
  std::vector<Time> choice_days(const Source& source) const {
    std::set<Time> days{source.begin};
    for (const Month& month : source.months) {
      const std::chrono::year_month_day day{day_of(month.begin)};
      const int number = static_cast<int>(static_cast<unsigned>(day.month()));
      const auto& asked = shop_.question.choice_months;
      if (std::ranges::find(asked, number) == asked.end()) continue;
      if (month.begin > source.begin && month.begin < source.end) days.insert(month.begin);
    }
    // What is still under way when the year of the row ends meets the services of the next.
    if (source.end < shop_.model.until) days.insert(source.end);
    return {days.begin(), days.end()};
  }

  Workshop& shop_;
  const simulate::Alternator& alternatives_;
  karvan::Shipment shipment_;
};

}  // namespace

Index compile_route(Workshop& shop, const Itinerary& itinerary) {
  if (itinerary.legs.empty()) return kNone;
  return RouteWriter{shop, itinerary}.write();
}

void compile_demand(Workshop& shop, const simulate::Alternator& alternatives) {
  SourceWriter writer{shop, alternatives};
  for (const Id<Demand> id : shop.world.ids<Demand>())
    writer.write(id);
  for (Empties& empties : shop.model.empties) {
    empties.first = static_cast<Index>(shop.model.stages.size());
    shop.model.stages.push_back(empties.ride);
    shop.model.stages.push_back(empties.home);
  }
  if (shop.model.sources.empty() && shop.errors.empty())
    shop.errors.emplace_back("demand: no row falls into these days, so nothing would move");
}

}  // namespace karvan::simulate::detail
