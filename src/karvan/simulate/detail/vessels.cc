// Ships: where they go next, weather, berths, loading, water under the keel, breakdowns.
//
// A ship without cargo looks for a line that has some: first where it is, then where a line from
// here leads. Alongside it unloads, then loads until it is full, its schedule says so or it has
// waited long enough. It enters and leaves port when the weather lets it.

#include <algorithm>
#include <cmath>

#include "karvan/base/hash.h"
#include "karvan/base/math.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

constexpr double kUnderKeelM = 0.3;    // assumed: usual in sheltered Caspian ports
constexpr double kDraughtFloor = 0.1;  // of the deadweight: no ship sails with less room
constexpr Time kLongestScheduleWait = 10 * kDay;
constexpr double kShareFixed = 0.3;  // of a turn-round that does not depend on the load
constexpr double kNearlyFull = 0.97;
constexpr double kWorthFetching = 0.5;  // of a shipload (assumed)

// Of its two decks the fuller one.
double fullest(const Vehicle& vehicle) {
  return std::max(vehicle.full, vehicle.full_above);
}

std::size_t month_of(Time t) {
  const std::chrono::year_month_day day{day_of(t)};
  return static_cast<unsigned>(day.month()) - 1;
}

}  // namespace

// --- weather

// Storms of a sea come one after another, as long and as often as the worst place says; a place of
// lesser weather is closed by that part of them which its own closed share asks for.
void Run::make_storms() {
  for (PlaceState& place : places_)
    std::erase_if(place.closed, [this](const auto& storm) { return storm.first >= now(); });
  for (Index s = 0; s < model_->storms.size(); ++s) {
    const Storm& storm = model_->storms[s];
    Fingerprint name;
    name.add(std::string_view{storm.name});
    des::Draws draws{des::draw_key(question_.seed, "storm", question_.replication), name.value()};
    for (Time t = model_->begin; t < model_->until;) {
      const std::size_t month = month_of(t);
      const double share = storm.share[month];
      if (share <= 0 || storm.closure_law[month] == kNone) {
        t += kDay;
        continue;
      }
      const double mean = model_->laws[storm.closure_law[month]].mean();
      const double calm = -stable_log(des::open_uniform(draws)) * mean * (1 - share) / share;
      const Time start = t + hours_to_ticks(calm);
      // Calm that would outlast the month is drawn again from the next one's law.
      const Time next_month = t - t % kDay + 31 * kDay;
      if (start > next_month) {
        t = next_month;
        continue;
      }
      const Time end = start + hours_to_ticks(model_->laws[storm.closure_law[month]].sample(draws));
      const double u = draws.uniform01();
      for (Index p = 0; p < model_->places.size(); ++p) {
        const PlaceInfo& place = model_->places[p];
        const double own = place.storm == s ? place.closed_share[month_of(start)] : 0;
        if (own > 0 && u * storm.share[month_of(start)] < own) close_port(p, start, end);
      }
      t = std::max(end, t + 1);
    }
  }
}

// A storm that has begun goes on as it was drawn.
void Run::close_port(Index place, Time start, Time end) {
  auto& closed = places_[place].closed;
  if (start < now() || (!closed.empty() && start < closed.back().second)) return;
  closed.emplace_back(start, end);
}

// A ship with so much aboard is kept where it is by the weather until then.
void Run::kept_by_storm(Index at, std::int64_t kg, Time until) {
  PlaceState& place = places_[at];
  const Time span = std::min(until, model_->until) - now();
  ++place.storms;
  place.storm_ticks += static_cast<double>(span);
  place.storm_kg_ticks += static_cast<double>(span) * static_cast<double>(kg);
  place.storm_kg += static_cast<double>(kg);
  place.storm_spans.add(span);
}

// The first moment from t on at which ships may enter and leave.
Time Run::calm_from(Index place, Time t) const {
  t = open_from(model_->places[place].restrictions, t);
  const auto& closed = places_[place].closed;
  auto at = std::ranges::upper_bound(closed, t, {}, &std::pair<Time, Time>::first);
  if (at == closed.begin()) return t;
  --at;
  return std::max(t, at->second);
}

// --- water

// Meters at the berth now: charted depth, and the sea's level against its datum, by the record and
// its trend, the season (highest in July) and the wind of the day.
double Run::water_depth(Index place, const Berths& berth, std::uint64_t entity) const {
  const Index sea = model_->places[place].sea;
  if (sea == kNone) return berth.depth_m;
  const WaterLevel& water = model_->waters[sea];
  double level = water.datum_m;
  if (!water.levels.empty()) {
    const auto next =
        std::ranges::upper_bound(water.levels, now(), {}, &std::pair<Time, double>::first);
    if (next == water.levels.begin()) {
      level = next->second;
    } else if (next == water.levels.end()) {
      const auto days =
          static_cast<double>(now() - water.levels.back().first) / static_cast<double>(kDay);
      level = water.levels.back().second + water.trend_m_per_day * days;
    } else {
      const auto before = next - 1;
      const double share = static_cast<double>(now() - before->first) /
                           static_cast<double>(next->first - before->first);
      level = before->second + share * (next->second - before->second);
    }
  }
  const std::chrono::year_month_day day{day_of(now())};
  const double days_from_july =
      static_cast<double>((Date{day} - Date{day.year() / std::chrono::July / 15}).count());
  // A cubic through the year's swing: no cosine, whose last bit would differ between machines.
  const double phase = std::abs(days_from_july) / 183.0;
  const double season = water.season_m * (1 - 2 * phase * phase * (3 - 2 * phase));
  des::Draws draws = draws_of(Stream::kSetUp, entity);
  const double wind = water.setup_m * normal_quantile(des::open_uniform(draws));
  return berth.depth_m + (level - water.datum_m) + season + wind;
}

// What the ship may carry over the shallower end of the line today.
double Run::draught_limit_kg(const Vessel& vessel, Index line, std::uint64_t entity) const {
  const double all = vessel.deadweight_kg > 0 ? vessel.deadweight_kg : 1e15;
  if (vessel.draught_m <= 0 || vessel.kg_per_cm <= 0) return all;
  double missing_m = 0;
  for (Index s = model_->lines[line].stops.begin; s < model_->lines[line].stops.end; ++s) {
    const Index place = model_->stops[s].place;
    const Range berths = model_->places[place].berths;
    double best = 0;
    for (Index b = berths.begin; b < berths.end; ++b) {
      const Berths& berth = model_->berths[b];
      if (berth.depth_m > 0 && std::ranges::find(berth.kinds, vessel.kind) != berth.kinds.end())
        best = std::max(best, water_depth(place, berth, entity + place));
    }
    if (best > 0) missing_m = std::max(missing_m, vessel.draught_m + kUnderKeelM - best);
  }
  return std::max(all - missing_m * 100 * vessel.kg_per_cm, kDraughtFloor * all);
}

// Units of one kind that fill the ship: its own figures, else those of the service.
double Run::ship_units(const Vessel& vessel, const Line& line, Index load_unit) const {
  const LoadUnit& unit = model_->world[Id<LoadUnit>{load_unit}];
  double units = 0;
  switch (unit.kind) {
    case LoadUnitKind::kContainer:
      units = unit.teu.value() > 0 ? vessel.teu / unit.teu.value() : 0;
      break;
    case LoadUnitKind::kWagon:
      units = vessel.wagons;
      break;
    case LoadUnitKind::kTruck:
      units = vessel.trucks;
      break;
    case LoadUnitKind::kBulk:
    case LoadUnitKind::kBreakBulk:
    case LoadUnitKind::kLiquid:
      units = vessel.deadweight_kg / 1000;
      break;
  }
  if (units > 0) return units;
  for (const Fit& fit : line.fits) {
    if (fit.load_unit == load_unit) return fit.units;
  }
  return 0;
}

// --- what a ship does next

void Run::set_state(Index s, ShipState state) {
  Ship& ship = ships_[s];
  const auto before = static_cast<std::size_t>(ship.state);
  ship.spent[before] += now() - ship.since;
  const bool is_alongside = ship.state == ShipState::kUnloading ||
                            ship.state == ShipState::kLoading || ship.state == ShipState::kReady;
  if (is_alongside && ship.berth != kNone) berth_spent_[ship.berth][before] += now() - ship.since;
  const bool has_cargo = ship.state != ShipState::kIdle && ship.state != ShipState::kRepair;
  if (has_cargo) {
    const Activity activity = ship.state == ShipState::kSailing     ? Activity::kMoving
                              : ship.state == ShipState::kLoading   ? Activity::kWaitDeparture
                              : ship.state == ShipState::kUnloading ? Activity::kHandling
                                                                    : Activity::kWaitPort;
    vehicles_[ship.vehicle].spent[static_cast<std::size_t>(activity)] += now() - ship.since;
  }
  ship.state = state;
  ship.since = now();
}

bool Run::is_usable(Index index) const {
  const Line& line = model_->lines[index];
  return now() >= line.valid_from && now() < line.valid_until &&
         share_left(line.restrictions, now()) > 0;
}

// How loud a line calls for the ship: the cargo it could take that no other ship comes for, times
// how long the first of it has waited. 0 if it does not.
double Run::call_of(Index s, Index index) const {
  const Index first = model_->lines[index].stops.begin;
  const StopState& stop = stops_[first];
  if (stop.queue.first == kNone || stop.loading != kNone || !is_usable(index)) return 0;
  const double room = model_->vessels[s].deadweight_kg > 0 ? model_->vessels[s].deadweight_kg : 1e7;
  const double kg = std::min(static_cast<double>(stop.queue.kg) - stop.kg_called, room);
  const auto waited = static_cast<double>(now() - shipments_[stop.queue.first].since);
  return std::max(0.0, kg) * (waited + static_cast<double>(kHour));
}

// The loudest call from a place.
double Run::loudest_at(Index s, Index place) const {
  double loudest = 0;
  for (const Index line : model_->vessels[s].lines) {
    if (model_->stops[model_->lines[line].stops.begin].place == place)
      loudest = std::max(loudest, call_of(s, line));
  }
  return loudest;
}

// The line from this place that calls loudest, with what calls at its far end; kNone if none has
// cargo.
Index Run::line_with_cargo(Index s, Index place) const {
  Index best = kNone;
  double loudest = 0;
  for (const Index line : model_->vessels[s].lines) {
    if (model_->stops[model_->lines[line].stops.begin].place != place) continue;
    double call = call_of(s, line);
    if (call <= 0) continue;
    call += loudest_at(s, model_->stops[model_->lines[line].stops.end - 1].place);
    if (call <= loudest) continue;
    loudest = call;
    best = line;
  }
  return best;
}

// How long the ship sails in ballast from where it is to the place, along one of its lines or back
// along it; 0 if none joins the two.
Time Run::ballast_time(Index s, Index place) const {
  const Vessel& vessel = model_->vessels[s];
  for (const Index index : vessel.lines) {
    const Line& line = model_->lines[index];
    const Index first = model_->stops[line.stops.begin].place;
    const Index last = model_->stops[line.stops.end - 1].place;
    const bool forth = first == ships_[s].place && last == place;
    const bool back = last == ships_[s].place && first == place;
    if (!forth && !back) continue;
    Time sum = 0;
    for (Index stop = line.stops.begin; stop < line.stops.end; ++stop) {
      for (Index h = model_->stops[stop].hops.begin; h < model_->stops[stop].hops.end; ++h)
        sum += hop_time(vessel, model_->hops[h]);
    }
    return std::max<Time>(sum, 1);
  }
  return 0;
}

// A ship that is free and not alongside: loads here, or sails in ballast to where more cargo waits
// than the ships that are on their way there will take.
void Run::consider(Index s) {
  Ship& ship = ships_[s];
  set_state(s, ShipState::kIdle);
  const Index here = line_with_cargo(s, ship.place);
  if (here != kNone) {
    ship.line = here;
    return at_port(s);
  }
  Index best = kNone;
  double most = 0;
  Time time = 0;
  for (const Index line : model_->vessels[s].lines) {
    const Index first = model_->lines[line].stops.begin;
    if (model_->stops[first].place == ship.place) continue;
    const double call = call_of(s, line);
    if (call <= most) continue;
    const Time span = ballast_time(s, model_->stops[first].place);
    if (span == 0) continue;
    best = line;
    most = call;
    time = span;
  }
  if (best == kNone) return;
  ship.line = best;
  ship.kg_called = model_->vessels[s].deadweight_kg;
  stops_[model_->lines[best].stops.begin].kg_called += ship.kg_called;
  const Time calm = calm_from(ship.place, now());
  set_state(s, ShipState::kBallast);
  ship.fails_after -= time;
  engine_.at(calm + time, event(Kind::kShipInBallast, s));
}

void Run::ballast_done(Index s) {
  Ship& ship = ships_[s];
  const Index stop = model_->lines[ship.line].stops.begin;
  stops_[stop].kg_called -= ship.kg_called;
  ship.kg_called = 0;
  ship.place = model_->stops[stop].place;
  vehicles_[ship.vehicle].spent = {};
  if (!repair_if_due(s)) consider(s);
}

// Cargo has come to a stop: a ship loading there takes it, or an idle one is called.
void Run::cargo_for_ships(Index stop) {
  if (stops_[stop].loading != kNone) return load_more(stops_[stop].loading);
  const Line& line = model_->lines[model_->stops[stop].line];
  if (stop != line.stops.begin || !is_usable(model_->stops[stop].line)) return;
  const Index place = model_->stops[stop].place;
  for (const Index s : line.vessels) {
    const Ship& ship = ships_[s];
    if (ship.place != place) continue;
    if (ship.state == ShipState::kIdle) return consider(s);
    // One that came to the end of its line here and will soon be free takes it.
    const bool comes = ship.state == ShipState::kOutside || ship.state == ShipState::kWaiting ||
                       ship.state == ShipState::kUnloading;
    const Vehicle& vehicle = vehicles_[ship.vehicle];
    if (comes && vehicle.stop + 1 == model_->lines[vehicle.line].stops.end) return;
  }
  for (const Index s : line.vessels) {
    if (ships_[s].state == ShipState::kIdle) {
      consider(s);
      if (ships_[s].state != ShipState::kIdle) return;
    }
  }
  fetch(stop);
}

// Cargo that no ship is free for: of those that wait at the far end for more, one leaves to fetch
// it, unless as many as are needed are already coming.
void Run::fetch(Index stop) {
  const Line& line = model_->lines[model_->stops[stop].line];
  const Index place = model_->stops[stop].place;
  double shiploads = stops_[stop].queue.vehicles;
  Index waiting = kNone;
  for (const Index s : line.vessels) {
    const Ship& ship = ships_[s];
    if (ship.state == ShipState::kIdle || ship.state == ShipState::kRepair) continue;
    const Line& other = model_->lines[ship.line];
    if (model_->stops[other.stops.end - 1].place != place) continue;
    const bool waits = ship.state == ShipState::kLoading &&
                       model_->world[other.service].departs == DepartureRule::kWhenFull;
    if (!waits) shiploads -= 1;
    if (waits && waiting == kNone) waiting = s;
  }
  if (waiting != kNone && shiploads >= kWorthFetching)
    engine_.reschedule(ships_[waiting].deadline, now());
}

// Once a day all idle ships look around: a line may have opened again.
void Run::ships_look() {
  for (Index s = 0; s < ships_.size(); ++s) {
    if (ships_[s].state == ShipState::kIdle) consider(s);
  }
  engine_.in(kDay, event(Kind::kShipsLook, 0));
}

// --- port

void Run::at_port(Index s) {
  Ship& ship = ships_[s];
  const Time calm = calm_from(ship.place, now());
  set_state(s, calm > now() ? ShipState::kOutside : ShipState::kWaiting);
  if (calm > now()) {
    kept_by_storm(ship.place, vehicles_[ship.vehicle].aboard.kg, calm);
    if (calm < model_->until) engine_.at(calm, event(Kind::kShipAtPort, s));
    return;
  }
  const Range berths = model_->places[ship.place].berths;
  double shortest = 0;
  ship.berth = kNone;
  for (Index b = berths.begin; b < berths.end; ++b) {
    const Berths& row = model_->berths[b];
    if (std::ranges::find(row.kinds, model_->vessels[s].kind) == row.kinds.end()) continue;
    const double queue = static_cast<double>(berths_[b].busy() + berths_[b].waiting()) / row.units;
    if (ship.berth == kNone || queue < shortest) {
      ship.berth = b;
      shortest = queue;
    }
  }
  if (ship.berth == kNone) return berthed(s);
  ship.ticket = berths_[ship.berth].request(engine_, {.granted = event(Kind::kShipBerthed, s)});
  if (berths_[ship.berth].holds(ship.ticket)) return berthed(s);
  make_room(ship.berth);
}

// A ship that waits for a berth does not wait for one that lies there half full for more cargo.
void Run::make_room(Index berth) {
  if (berths_[berth].waiting() == 0) return;
  for (const Ship& ship : ships_) {
    if (ship.berth != berth || ship.state != ShipState::kLoading) continue;
    const Vehicle& vehicle = vehicles_[ship.vehicle];
    const bool has_half = fullest(vehicle) >= 0.5 * vehicle.room ||
                          static_cast<double>(vehicle.aboard.kg) >= 0.5 * ship.kg_limit;
    if (has_half) engine_.reschedule(ship.deadline, now());
  }
}

// Whether the cargo is poured, pumped or lifted by the tonne.
bool Run::is_loose(const Vehicle& vehicle) const {
  if (vehicle.aboard.first == kNone) return false;
  const Index unit = model_->stages[shipments_[vehicle.aboard.first].stage].load_unit;
  const LoadUnitKind kind = model_->world[Id<LoadUnit>{unit}].kind;
  return kind == LoadUnitKind::kBulk || kind == LoadUnitKind::kBreakBulk ||
         kind == LoadUnitKind::kLiquid;
}

Time Run::work_time(const Ship& ship, const Vehicle& vehicle) const {
  const double share = std::min(1.0, static_cast<double>(vehicle.aboard.kg) /
                                         std::max(ship.kg_limit < 1e14 ? ship.kg_limit : 0.0, 1.0));
  const double load = ship.kg_limit < 1e14 ? std::max(fullest(vehicle), share) : fullest(vehicle);
  Time turnround = kDay;
  if (ship.berth != kNone) {
    const Berths& berth = model_->berths[ship.berth];
    turnround = berth.turnround;
    if (berth.rate_kg_per_h > 0 && is_loose(vehicle))
      return hours_to_ticks(static_cast<double>(vehicle.aboard.kg) / berth.rate_kg_per_h) +
             static_cast<Time>(kShareFixed / 2 * static_cast<double>(turnround));
  }
  return static_cast<Time>((kShareFixed + (1 - kShareFixed) * load) / 2 *
                           static_cast<double>(turnround));
}

void Run::berthed(Index s) {
  Ship& ship = ships_[s];
  if (ship.berth != kNone)
    berth_cargo_[ship.berth].add(vehicles_[ship.vehicle].aboard.kg, now() - ship.since);
  if (vehicles_[ship.vehicle].aboard.first != kNone) {
    set_state(s, ShipState::kUnloading);
    engine_.in(work_time(ship, vehicles_[ship.vehicle]), event(Kind::kShipUnloaded, s));
    return;
  }
  const StopState& stop = stops_[model_->lines[ship.line].stops.begin];
  if (stop.loading == kNone && stop.queue.first != kNone)
    return start_loading(s, model_->lines[ship.line].stops.begin);
  leave_berth(s);  // others were quicker
  consider(s);
}

void Run::ship_unloaded(Index s) {
  set_state(s, ShipState::kReady);
  const Index vehicle = ships_[s].vehicle;
  const Index stop = vehicles_[vehicle].stop;
  PlaceState& place = places_[model_->stops[stop].place];
  const std::int64_t before = vehicles_[vehicle].aboard.kg;
  unload(vehicle, stop);
  place.kg_unloaded += static_cast<double>(before - vehicles_[vehicle].aboard.kg);
  const Line& line = model_->lines[vehicles_[vehicle].line];
  if (stop + 1 < line.stops.end && stops_[stop].loading == kNone) return start_loading(s, stop);
  vehicles_[vehicle].spent = {};
  if (repair_if_due(s)) return;
  const Index next = line_with_cargo(s, ships_[s].place);
  if (next == kNone) {
    leave_berth(s);
    return consider(s);
  }
  ships_[s].line = next;
  start_loading(s, model_->lines[next].stops.begin);
}

void Run::start_loading(Index s, Index stop) {
  Ship& ship = ships_[s];
  Vehicle& vehicle = vehicles_[ship.vehicle];
  const Line& line = model_->lines[ship.line];
  vehicle.line = ship.line;
  vehicle.stop = stop;
  if (vehicle.aboard.first == kNone) {  // a new voyage, not a call on the way
    Fingerprint entity;
    entity.add(std::string_view{model_->vessels[s].name});
    entity.add(now());
    vehicle.entity = entity.value();
    vehicle.draws = 0;
    vehicle.border_ashore = 0;
    vehicle.cutoff = 0;
    vehicle.full = 0;
    vehicle.full_above = 0;
  }
  vehicle.room = share_left(line.restrictions, now());
  ship.kg_limit = draught_limit_kg(model_->vessels[s], ship.line, vehicle.entity);
  set_state(s, ShipState::kLoading);
  stops_[vehicle.stop].loading = s;
  ship.deadline = engine_.at(std::max(now(), sails_at_latest(line)), event(Kind::kShipDeadline, s));
  load_more(s);
}

Time Run::sails_at_latest(const Line& line) const {
  const bool is_when_full = model_->world[line.service].departs == DepartureRule::kWhenFull;
  if (is_when_full || line.headway == 0) return now() + line.max_wait;
  const Time since = now() - model_->begin - line.phase;
  const Time slots = (since + line.headway - 1) / line.headway;
  const Time slot = in_window(line, model_->begin + line.phase + slots * line.headway);
  return std::min(slot, now() + kLongestScheduleWait);
}

void Run::load_more(Index s) {
  Ship& ship = ships_[s];
  Vehicle& vehicle = vehicles_[ship.vehicle];
  const Index stop = vehicle.stop;
  const std::int64_t before = vehicle.aboard.kg;
  // Those aboard already have waited for the ship to leave.
  set_state(s, ShipState::kLoading);
  load(ship.vehicle, stop);
  places_[ship.place].kg_loaded += static_cast<double>(vehicle.aboard.kg - before);
  const bool left_some = stops_[stop].queue.first != kNone;
  const bool is_full = fullest(vehicle) >= kNearlyFull * vehicle.room ||
                       static_cast<double>(vehicle.aboard.kg) >= kNearlyFull * ship.kg_limit ||
                       (left_some && vehicle.aboard.first != kNone);
  if (is_full) {
    engine_.reschedule(ship.deadline, now());
  } else if (ship.berth != kNone) {
    make_room(ship.berth);
  }
}

void Run::finish_loading(Index s) {
  Ship& ship = ships_[s];
  Vehicle& vehicle = vehicles_[ship.vehicle];
  stops_[vehicle.stop].loading = kNone;
  set_state(s, ShipState::kUnloading);  // the work, as of unloading
  if (vehicle.aboard.first == kNone) {
    leave_berth(s);
    return consider(s);
  }
  engine_.in(work_time(ship, vehicle), event(Kind::kShipLoaded, s));
  if (stops_[vehicle.stop].queue.first != kNone) cargo_for_ships(vehicle.stop);
}

void Run::ship_loaded(Index s) {
  Ship& ship = ships_[s];
  if (ship.state != ShipState::kReady) set_state(s, ShipState::kReady);
  const Time calm = calm_from(ship.place, now());
  if (calm > now()) {
    kept_by_storm(ship.place, vehicles_[ship.vehicle].aboard.kg, calm);
    if (calm < model_->until) engine_.at(calm, event(Kind::kShipLoaded, s));
    return;
  }
  leave_berth(s);
  sail(s);
}

void Run::leave_berth(Index s) {
  Ship& ship = ships_[s];
  if (ship.berth == kNone) return;
  const Index berth = ship.berth;
  ship.berth = kNone;
  berths_[berth].release(engine_, ship.ticket);
}

// --- sea

void Run::sail(Index s) {
  Ship& ship = ships_[s];
  Vehicle& vehicle = vehicles_[ship.vehicle];
  set_state(s, ShipState::kSailing);
  ++ship.voyages;
  ship.kg_carried += static_cast<double>(vehicle.aboard.kg);
  ship.full_sum += fullest(vehicle);
  ++lines_[ship.line].departures;
  lines_[ship.line].full_sum += fullest(vehicle);
  ++vehicle.stop;
  vehicle.hop = model_->stops[vehicle.stop].hops.begin;
  start_ship_hop(s);
}

Time Run::hop_time(const Vessel& vessel, const Hop& hop) {
  return hop.km > 0 ? hours_to_ticks(hop.km / vessel.speed_kmh) : hop.ticks;
}

void Run::start_ship_hop(Index s) {
  Ship& ship = ships_[s];
  Vehicle& vehicle = vehicles_[ship.vehicle];
  const Hop& hop = model_->hops[vehicle.hop];
  Time running = hop_time(model_->vessels[s], hop);
  const double factor =
      hop.delay == kNone ? 1.0
                         : draw(hop.delay, Stream::kSailing, vehicle.entity * 31 + vehicle.draws++);
  running = static_cast<Time>(static_cast<double>(running) * std::max(factor, 0.5));
  ship.fails_after -= running;
  // Customs of both quays keep the cargo ashore, not the ship.
  if (vehicle.aboard.first != kNone)
    vehicle.border_ashore += pass_border(vehicle, hop, now() + running) - now() - running;
  engine_.in(running, event(Kind::kShipHopDone, s));
}

void Run::ship_hop_done(Index s) {
  Ship& ship = ships_[s];
  Vehicle& vehicle = vehicles_[ship.vehicle];
  if (++vehicle.hop < model_->stops[vehicle.stop].hops.end) return start_ship_hop(s);
  ship.place = model_->stops[vehicle.stop].place;
  if (vehicle.aboard.first != kNone) return at_port(s);
  vehicle.spent = {};
  if (repair_if_due(s)) return;
  consider(s);
}

// The ship that has run its time to failure goes out of service, without cargo, until mended.
bool Run::repair_if_due(Index s) {
  Ship& ship = ships_[s];
  const Vessel& vessel = model_->vessels[s];
  if (vessel.failures.between == kNone) return false;
  Fingerprint entity;
  entity.add(vessel.name);
  entity.add(ship.failures);
  const bool is_new = now() == model_->begin;
  if (!is_new && ship.fails_after > 0) return false;
  ++ship.failures;
  ship.fails_after =
      hours_to_ticks(draw(vessel.failures.between, Stream::kBreakdown, entity.value()));
  if (is_new) return false;
  leave_berth(s);
  set_state(s, ShipState::kRepair);
  engine_.in(hours_to_ticks(draw(vessel.failures.repair, Stream::kRepair, entity.value())),
             event(Kind::kShipRepaired, s));
  return true;
}

}  // namespace karvan::simulate::detail
