// Departures, hops over sections and borders: trains and trucks. What ships share with them
// (queues at stops, room, loading, unloading) stands here too.

#include <algorithm>
#include <cmath>
#include <functional>

#include "karvan/base/hash.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

constexpr double kFull = 1.0 - 1e-9;
// So many under an embargo are passed over to load those behind them; no yard shunts more.
constexpr int kPassedOverMax = 100;
// A block train may be so much shorter than the longest that its service runs (41 of 55 units are
// usual) and still is a train of its own.
constexpr double kLeastBlockTrain = 0.6;
// All assumed: a change between electric and diesel, with brakes tested; and what a locomotive
// needs until it hauls again, for servicing, crew and, now and then, a run without train.
constexpr Time kTractionChange = kHour * 3 / 4;
constexpr Time kLocomotiveTurn = 6 * kHour;

}  // namespace

// --- departures

void Run::join_line(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_->stages[shipment.stage];
  const Line& line = model_->lines[stage.line];
  StopState& stop = stops_[stage.from_stop];
  if (leaves_as_block_train(index)) return;
  append(stop.queue, index);
  stop.wait.statistics.joined(now());
  switch (line.carriage) {
    case Carriage::kSchedule:
      return extra_departure(stage.line, stage.from_stop);
    case Carriage::kShuttle: {
      const double share = static_cast<double>(shipment.units) * stage.share_of_one;
      Time& free_from = shuttle_free_[stage.line];
      const Time start = open_from(line.restrictions, std::max(now(), free_from));
      const double left = std::max(share_left(line.restrictions, start), 1e-3);
      free_from = start + static_cast<Time>(share / left * static_cast<double>(kDay));
      engine_.at(start, event(Kind::kShuttleLeaves, stage.from_stop));
      return;
    }
    case Carriage::kVessels:
      return cargo_for_ships(stage.from_stop);
    case Carriage::kPipeline:
      change_tank(line.pipeline, shipment.kg);
      return pump(line.pipeline);
  }
}

// A shuttle takes the shipments of a stop one by one in the order in which they came.
void Run::shuttle_leaves(Index at) {
  StopState& stop = stops_[at];
  const Index first = pop(stop.queue);
  const Index vehicle = new_vehicle(model_->stops[at].line);
  served(stop.wait, shipments_[first], Activity::kWaitDeparture, now() - shipments_[first].since);
  put_aboard(vehicle, first, 0);
  vehicles_[vehicle].stop = at;
  leave_stop(vehicle);
}

// The first moment from t on in the hours of the day in which the service may leave.
Time Run::in_window(const Line& line, Time t) const {
  return line.window == kNone ? t : model_->calendars[line.window].next_opening(t);
}

void Run::schedule_departure(Index index) {
  const Line& line = model_->lines[index];
  if (line.carriage != Carriage::kSchedule) return;
  const std::uint64_t number = departures_[index]++;
  if (line.has_timetable) {
    if (number < line.timetable.size())
      engine_.at(line.timetable[static_cast<std::size_t>(number)], event(Kind::kDeparture, index));
    return;
  }
  const Time slot = model_->begin + line.phase + static_cast<Time>(number) * line.headway;
  const Time at = in_window(line, slot);
  if (at < model_->until) engine_.at(at, event(Kind::kDeparture, index));
}

// What a freight service offers is the least that runs: when a full train waits, it goes at once.
// Where all that wait are under an embargo it is not tried again for an hour.
void Run::extra_departure(Index index, Index stop) {
  const Line& line = model_->lines[index];
  StopState& state = stops_[stop];
  if (!line.goes_when_full || now() < state.extra_from || in_window(line, now()) > now()) return;
  if (state.queue.vehicles >= kFull && !run_train(index, stop, 0)) state.extra_from = now() + kHour;
}

// A block train is a train of its own as long as it holds together: it waits for no timetable and
// for nobody else. Under an embargo or where the line is cut back it queues like all others.
bool Run::leaves_as_block_train(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_->stages[shipment.stage];
  const Line& line = model_->lines[stage.line];
  const Source& source = model_->sources[shipment.source];
  if (line.longest_block_train <= 0 || line.carriage != Carriage::kSchedule) return false;
  if (source.pattern != ArrivalPattern::kBlockTrain || shipment.is_empty) return false;
  const double full = static_cast<double>(shipment.units) * stage.share_of_one;
  if (full < kLeastBlockTrain || full > line.longest_block_train + 1e-9) return false;
  if (now() < line.valid_from || now() >= line.valid_until || in_window(line, now()) > now() ||
      share_left(line.restrictions, now()) < 1)
    return false;
  const Index yard = yard_of(shipment, model_->stops[stage.to_stop].place);
  if (yard != kNone && yards_[yard].embargo) return false;
  StopState& stop = stops_[stage.from_stop];
  stop.wait.statistics.served_at_once();
  weigh(stop.wait.cargo, shipment, Activity::kWaitDeparture, 0);
  const Index vehicle = new_vehicle(stage.line);
  put_aboard(vehicle, index, stage.share_of_one);
  vehicles_[vehicle].stop = stage.from_stop;
  leave_stop(vehicle);
  return true;
}

void Run::departure(Index index) {
  schedule_departure(index);
  run_train(index, model_->lines[index].stops.begin, model_->lines[index].cutoff);
}

// False if the line is closed, nobody waits along it or nothing could board where it starts.
bool Run::run_train(Index index, Index start, Time cutoff) {
  const Line& line = model_->lines[index];
  if (now() < line.valid_from || now() >= line.valid_until) return false;
  const double left = share_left(line.restrictions, now());
  if (left <= 0) {
    for (Index s = start; s < line.stops.end; ++s)
      leaves_behind(stops_[s], cutoff);
    return false;
  }
  bool is_wanted = false;
  for (Index s = start; s < line.stops.end; ++s)
    is_wanted = is_wanted || stops_[s].queue.first != kNone;
  if (!is_wanted) return false;
  const Index vehicle = new_vehicle(index);
  vehicles_[vehicle].room = left;
  vehicles_[vehicle].cutoff = cutoff;
  vehicles_[vehicle].stop = start;
  load(vehicle, start);
  const bool has_cargo = vehicles_[vehicle].aboard.first != kNone;
  leave_stop(vehicle);
  return has_cargo;
}

Index Run::new_vehicle(Index line) {
  Fingerprint entity;
  entity.add(model_->lines[line].name_hash);
  entity.add(now());
  return vehicles_.add({.line = line,
                        .stop = model_->lines[line].stops.begin,
                        .entity = entity.value(),
                        .since = now()});
}

// --- loading and unloading

// Rail ferries carry wagons on the rails and trucks on the deck above, both at once.
bool Run::goes_above(const Vehicle& vehicle, Index load_unit) const {
  return vehicle.vessel != kNone &&
         model_->vessels[vehicle.vessel].kind == VesselKind::kRailFerry &&
         model_->world[Id<LoadUnit>{load_unit}].kind == LoadUnitKind::kTruck;
}

// How many of the shipment's units the vehicle has room for, and what one takes of it.
std::int64_t Run::units_that_fit(const Vehicle& vehicle,
                                 const Shipment& shipment,
                                 double* share_of_one) const {
  const Stage& stage = model_->stages[shipment.stage];
  const Line& line = model_->lines[vehicle.line];
  const double units = vehicle.vessel != kNone
                           ? ship_units(model_->vessels[vehicle.vessel], line, stage.load_unit)
                           : 1 / stage.share_of_one;
  if (units <= 0) return 0;
  const double full = goes_above(vehicle, stage.load_unit) ? vehicle.full_above : vehicle.full;
  *share_of_one = 1 / units;
  std::int64_t fit = static_cast<std::int64_t>(std::floor((vehicle.room - full) * units + 1e-6));
  // A single unit too large for what is left of a vehicle goes by an empty one.
  if (fit == 0 && vehicle.aboard.first == kNone && vehicle.room > 0) fit = 1;
  if (vehicle.vessel != kNone) {
    const double kg_each = static_cast<double>(shipment.kg) / static_cast<double>(shipment.units);
    const double kg_left = ships_[vehicle.vessel].kg_limit - static_cast<double>(vehicle.aboard.kg);
    const auto by_weight = static_cast<std::int64_t>(std::floor(kg_left / kg_each + 1e-6));
    fit = std::min(fit, std::max<std::int64_t>(by_weight, vehicle.aboard.first == kNone ? 1 : 0));
  }
  return std::min(fit, shipment.units);
}

void Run::put_aboard(Index at, Index index, double share_of_one) {
  Vehicle& vehicle = vehicles_[at];
  Shipment& shipment = shipments_[index];
  leave_yard(shipment);
  stay_ends(shipment, model_->stages[shipment.stage].place);
  for (std::size_t a = 0; a < kActivities; ++a)
    shipment.spent[a] -= static_cast<std::uint32_t>(vehicle.spent[a]);
  (goes_above(vehicle, model_->stages[shipment.stage].load_unit) ? vehicle.full_above
                                                                 : vehicle.full) +=
      share_of_one * static_cast<double>(shipment.units);
  vehicle.has_food = vehicle.has_food || model_->sources[shipment.source].is_food;
  append(vehicle.aboard, index);
  log(shipment, Step::kLoading, model_->stages[shipment.stage].place, &vehicle);
}

// Cargo boards first come, first served; nobody overtakes one that does not fit.
void Run::load(Index at, Index stop) {
  StopState& state = stops_[stop];
  Queue left_behind;
  int passed_over = 0;
  const Index vessel = vehicles_[at].vessel;
  const Time cutoff = vehicles_[at].cutoff;
  const bool has_two_decks =
      vessel != kNone && model_->vessels[vessel].kind == VesselKind::kRailFerry;
  const auto has_room = [&] {
    const Vehicle& vehicle = vehicles_[at];
    return vehicle.full < vehicle.room * kFull ||
           (has_two_decks && vehicle.full_above < vehicle.room * kFull);
  };
  while (state.queue.first != kNone && has_room()) {
    const Index index = state.queue.first;
    if (now() - shipments_[index].since < cutoff) break;
    const Stage& stage = model_->stages[shipments_[index].stage];
    const Index yard = yard_of(shipments_[index], model_->stops[stage.to_stop].place);
    if (vehicles_[at].vessel == kNone && yard != kNone && yards_[yard].embargo) {
      if (++passed_over > kPassedOverMax) break;
      append(left_behind, pop(state.queue));
      continue;
    }
    double share = 0;
    const std::int64_t units = units_that_fit(vehicles_[at], shipments_[index], &share);
    if (units == 0) {
      // What stands on the other deck's lane does not bar the way.
      if (!has_two_decks || ++passed_over > kPassedOverMax) break;
      append(left_behind, pop(state.queue));
      continue;
    }
    if (units < shipments_[index].units) {
      const Index part = split(index, units);
      state.queue.kg -= shipments_[part].kg;
      state.queue.vehicles -= static_cast<double>(units) * stage.share_of_one;
      weigh(state.wait.cargo, shipments_[part], Activity::kWaitDeparture,
            waited_for_room(state, shipments_[part], cutoff));
      put_aboard(at, part, share);
    } else {
      pop(state.queue);
      served(state.wait, shipments_[index], Activity::kWaitDeparture,
             waited_for_room(state, shipments_[index], cutoff));
      put_aboard(at, index, share);
    }
  }
  if (left_behind.first == kNone) return leaves_behind(state, cutoff);
  shipments_[left_behind.last].next = state.queue.first;
  if (state.queue.first == kNone) state.queue.last = left_behind.last;
  state.queue.first = left_behind.first;
  state.queue.kg += left_behind.kg;
  state.queue.vehicles += left_behind.vehicles;
  leaves_behind(state, cutoff);
}

void Run::unload(Index at, Index stop) {
  const Index place = model_->stops[stop].place;
  Queue stay;
  Queue leave;
  while (vehicles_[at].aboard.first != kNone) {
    const Index index = pop(vehicles_[at].aboard);
    const bool here = model_->stages[shipments_[index].stage].to_stop == stop;
    append(here ? leave : stay, index);
  }
  vehicles_[at].aboard = stay;
  if (stay.first == kNone) {
    vehicles_[at].full = 0;
    vehicles_[at].full_above = 0;
  }
  while (leave.first != kNone) {
    const Index index = pop(leave);
    Shipment& shipment = shipments_[index];
    for (std::size_t a = 0; a < kActivities; ++a)
      shipment.spent[a] += static_cast<std::uint32_t>(vehicles_[at].spent[a]);
    log(shipment, Step::kUnloading, place, &vehicles_[at]);
    enter_yard(shipment, place);
    shipment.arrived = static_cast<std::uint32_t>(now() - shipment.released);
    ++shipment.stage;
    if (const Time ashore = vehicles_[at].border_ashore; ashore > 0) {
      spend(shipment, Activity::kBorder, ashore);
      engine_.in(ashore, event(Kind::kBorderDone, index));
    } else {
      begin_stage(index);
    }
  }
}

// --- running

void Run::leave_stop(Index at) {
  Vehicle& vehicle = vehicles_[at];
  const Line& line = model_->lines[vehicle.line];
  if (vehicle.stop + 1 == line.stops.end) return end_run(at);
  vehicle.fullest = std::max(vehicle.fullest, vehicle.full / vehicle.room);
  ++vehicle.stop;
  vehicle.hop = model_->stops[vehicle.stop].hops.begin;
  if (vehicle.hop == model_->stops[vehicle.stop].hops.end) return arrive_at_stop(at);
  start_hop(at);
}

void Run::end_run(Index at) {
  const Vehicle& vehicle = vehicles_[at];
  LineState& line = lines_[vehicle.line];
  ++line.departures;
  line.full_sum += vehicle.fullest;
  for (std::size_t a = 0; a < kActivities; ++a)
    line.spent[a] += static_cast<double>(vehicle.spent[a]);
  vehicles_.remove(at);
}

// When a train that comes now may enter the section: after the headway to the one before, and when
// the line is open.
Time Run::pass_section(Vehicle& vehicle, const Hop& hop) {
  const Section& section = model_->sections[hop.section];
  if (!section.is_limited()) return now();
  SectionState& state = sections_[hop.section];
  const std::vector<Restriction>& restrictions = model_->section_restrictions[hop.section];
  Time& free_from = state.free_from[direction(section, hop)];
  const Time start = working_from(state, open_from(restrictions, std::max(now(), free_from)));
  const double left = std::max(share_left(restrictions, start), 1e-3);
  const auto occupied = static_cast<double>(section.occupied(vehicle.aboard.kg));
  free_from = start + static_cast<Time>(occupied / left);
  state.busy_ticks += occupied;
  const auto waited = static_cast<double>(start - now());
  ++state.passed;
  state.wait_ticks += waited;
  state.wait_kg_ticks += waited * static_cast<double>(vehicle.aboard.kg);
  state.kg += static_cast<double>(vehicle.aboard.kg);
  state.spans.add(start - now());
  vehicle.spent[static_cast<std::size_t>(Activity::kWaitLine)] += start - now();
  return start;
}

// When a vehicle that comes to the border at `at` has done with its procedures.
Time Run::pass_border(Vehicle& vehicle, const Hop& hop, Time at) {
  if (hop.border == kNone) return at;
  const Border& border = model_->borders[hop.border];
  Time done = open_from(border.restrictions, at);
  if (border.calendar != kNone) done = model_->calendars[border.calendar].next_opening(done);
  const double left = std::max(share_left(border.restrictions, done), 0.05);
  double procedures = 0;  // hours at full capacity
  des::Draws draws = draws_of(Stream::kBorder, vehicle.entity * 31 + vehicle.draws++);
  for (const BorderStep& step : border.steps) {
    // The steps after one that is left out keep their chances.
    if (step.food_only && !vehicle.has_food) {
      draws.skip(2);
      continue;
    }
    if (draws.uniform01() >= step.share) {
      draws.skip(1);
      continue;
    }
    const double hours = model_->laws[step.law].sample(draws) * step.hours_factor;
    done += hours_to_ticks(hours / left);
    procedures += hours;
  }
  BorderState& state = borders_[hop.border];
  const auto ticks = static_cast<double>(done - at);
  ++state.passed;
  state.ticks += ticks;
  const double short_ticks = std::max(0.0, ticks - procedures * static_cast<double>(kHour));
  state.kg_short_ticks += short_ticks * static_cast<double>(vehicle.aboard.kg);
  state.kg += static_cast<double>(vehicle.aboard.kg);
  state.spans.add(done - at);
  if (vehicle.vessel == kNone)
    vehicle.spent[static_cast<std::size_t>(Activity::kBorder)] += done - at;
  return done;
}

// When the vehicle gets the line before it; a liner, when the storm in port is over.
Time Run::sets_out(Vehicle& vehicle, const Hop& hop) {
  const Line& line = model_->lines[vehicle.line];
  if (line.mode != Mode::kSea) return pass_section(vehicle, hop);
  const Stop& before = model_->stops[vehicle.stop - 1];
  const Time start = calm_from(before.place, now());
  if (start > now()) kept_by_storm(before.place, vehicle.aboard.kg, start);
  vehicle.spent[static_cast<std::size_t>(Activity::kWaitPort)] += start - now();
  return start;
}

// When a train that stands ready at `at` has a locomotive for the way before it.
Time Run::take_locomotive(Vehicle& vehicle, const Hop& hop, Time at) {
  if (hop.locomotives == kNone) return at;
  LocomotiveState& state = locomotives_[hop.locomotives];
  std::vector<Time>& busy = state.busy_until;
  const auto free_first = [&busy] {
    std::ranges::pop_heap(busy, std::greater{});
    busy.pop_back();
  };
  while (!busy.empty() && busy.front() <= at)
    free_first();
  Time start = at;
  if (busy.size() >= model_->locomotives[hop.locomotives].count) {
    start = busy.front();
    free_first();
  }
  busy.push_back(start + hop.hauled + kLocomotiveTurn);
  std::ranges::push_heap(busy, std::greater{});
  const auto waited = static_cast<double>(start - at);
  ++state.taken;
  state.busy_ticks += static_cast<double>(hop.hauled + kLocomotiveTurn);
  state.wait_ticks += waited;
  state.wait_kg_ticks += waited * static_cast<double>(vehicle.aboard.kg);
  state.kg += static_cast<double>(vehicle.aboard.kg);
  state.spans.add(start - at);
  vehicle.spent[static_cast<std::size_t>(Activity::kWaitLine)] += start - at;
  return start;
}

// Runs up to the next section that has to be queued for, or to the stop: all that lies between
// depends on nobody else and needs no event.
void Run::start_hop(Index at) {
  Vehicle& vehicle = vehicles_[at];
  Time t = sets_out(vehicle, model_->hops[vehicle.hop]);
  for (;; ++vehicle.hop) {
    const Hop& hop = model_->hops[vehicle.hop];
    if (hop.changes_traction) {
      vehicle.spent[static_cast<std::size_t>(Activity::kHandling)] += kTractionChange;
      t += kTractionChange;
    }
    t = take_locomotive(vehicle, hop, t);
    const double factor = hop.delay == kNone ? 1.0
                                             : draw(hop.delay, Stream::kRunning,
                                                    vehicle.entity * 31 + vehicle.draws++);
    const Time running = static_cast<Time>(static_cast<double>(hop.ticks) * std::max(factor, 0.5));
    vehicle.spent[static_cast<std::size_t>(Activity::kMoving)] += running;
    t = pass_border(vehicle, hop, t + running);
    const Index next = vehicle.hop + 1;
    if (next == model_->stops[vehicle.stop].hops.end) break;
    if (model_->sections[model_->hops[next].section].is_limited()) break;
  }
  engine_.at(t, event(Kind::kHopDone, at));
}

void Run::hop_done(Index at) {
  Vehicle& vehicle = vehicles_[at];
  if (++vehicle.hop < model_->stops[vehicle.stop].hops.end) return start_hop(at);
  arrive_at_stop(at);
}

void Run::work_at_stop(Index at) {
  unload(at, vehicles_[at].stop);
  const Index stop = vehicles_[at].stop;
  const Line& line = model_->lines[vehicles_[at].line];
  if (stop + 1 == line.stops.end) return end_run(at);
  const Time dwell = model_->stops[stop].dwell;
  if (dwell == 0) return stop_done(at);
  vehicles_[at].spent[static_cast<std::size_t>(Activity::kMoving)] += dwell;
  engine_.in(dwell, event(Kind::kStopDone, at));
}

void Run::stop_done(Index at) {
  if (model_->lines[vehicles_[at].line].carriage != Carriage::kShuttle)
    load(at, vehicles_[at].stop);
  leave_stop(at);
}

}  // namespace karvan::simulate::detail
