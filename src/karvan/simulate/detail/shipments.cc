// Shipments through their stages; empties on their way back; queues; the log.

#include <algorithm>
#include <numeric>

#include "karvan/base/check.h"
#include "karvan/base/hash.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

// Calendar months from that of `from` to that of `t`.
std::size_t months_between(Time from, Time t) {
  const std::chrono::year_month_day a{day_of(from)};
  const std::chrono::year_month_day b{day_of(t)};
  return static_cast<std::size_t>((b.year() / b.month() - a.year() / a.month()).count());
}

}  // namespace

// --- stages

void Run::begin_stage(Index index) {
  for (;;) {
    Shipment& shipment = shipments_[index];
    const Stage& stage = model_->stages[shipment.stage];
    shipment.since = now();
    switch (stage.kind) {
      case StageKind::kPack:
        pack(shipment, stage);
        break;
      case StageKind::kTake: {
        PoolState& pool = pools_[stage.pool];
        if (pool.queue.first != kNone || pool.free < shipment.units) return take_empties(index);
        pool.free -= shipment.units;
        pool.away += shipment.units;
        shipment.taken = now();
        pool.wait.statistics.served_at_once();
        pool.wait.cargo.add(shipment.kg, 0);
        break;
      }
      case StageKind::kGive:
        give_empties(shipment, stage);
        break;
      case StageKind::kWork:
        return begin_work(index);
      case StageKind::kRide:
        if (!shipment.is_empty) choose_again(shipment);
        return join_line(index);
      case StageKind::kDeliver:
        return deliver(index);
      case StageKind::kHome:
        return come_home(index);
    }
    ++shipment.stage;
  }
}

void Run::pack(Shipment& shipment, const Stage& stage) {
  const bool was_in_yard = shipment.yard != kNone;
  leave_yard(shipment);
  shipment.units =
      std::max<std::int64_t>(1, (shipment.kg + stage.kg_per_unit / 2) / stage.kg_per_unit);
  if (was_in_yard) enter_yard(shipment, stage.place);
}

void Run::begin_work(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_->stages[shipment.stage];
  Time start = now();
  const Index calendar = model_->places[stage.place].calendar;
  if (calendar != kNone) start = model_->calendars[calendar].next_opening(start);
  spend(shipment, Activity::kWaitTerminal, start - now());
  const double hours = stage.law == kNone
                           ? 0.0
                           : draw(stage.law, Stream::kWork, shipment.entity * 31 + shipment.stage);
  Time work = hours_to_ticks(hours);
  if (stage.station == kNone)
    work += hours_to_ticks(stage.minutes_per_unit * static_cast<double>(shipment.units) / 60);
  spend(shipment, Activity::kHandling, work);
  engine_.at(start + work, event(Kind::kFixedDone, index));
}

void Run::fixed_done(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_->stages[shipment.stage];
  if (stage.station == kNone) {
    ++shipment.stage;
    return begin_stage(index);
  }
  shipment.since = now();
  des::Resource& station = stations_[stage.station];
  shipment.ticket = station.request(engine_, {.granted = event(Kind::kStationGranted, index)});
  if (station.holds(shipment.ticket)) station_granted(index);
}

void Run::station_granted(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_->stages[shipment.stage];
  weigh(station_cargo_[stage.station], shipment, Activity::kWaitTerminal, now() - shipment.since);
  const Time work =
      hours_to_ticks(stage.minutes_per_unit * static_cast<double>(shipment.units) / 60);
  const Time repair = model_->stations[stage.station].is_gauge_change
                          ? 0
                          : repair_within(model_->crane_failures, Stream::kCrane,
                                          shipment.entity * 31 + shipment.stage, work);
  spend(shipment, Activity::kHandling, work);
  spend(shipment, Activity::kWaitTerminal, repair);
  engine_.in(work + repair, event(Kind::kWorkDone, index));
}

void Run::work_done(Index index) {
  Shipment& shipment = shipments_[index];
  stations_[model_->stages[shipment.stage].station].release(engine_, shipment.ticket);
  ++shipment.stage;
  begin_stage(index);
}

// --- empties

void Run::take_empties(Index index) {
  PoolState& pool = pools_[model_->stages[shipments_[index].stage].pool];
  append(pool.queue, index);
  pool.wait.statistics.joined(now());
}

void Run::serve_pool(Index at) {
  PoolState& pool = pools_[at];
  while (pool.queue.first != kNone && pool.free >= shipments_[pool.queue.first].units) {
    const Index index = pop(pool.queue);
    Shipment& shipment = shipments_[index];
    pool.free -= shipment.units;
    pool.away += shipment.units;
    shipment.taken = now();
    served(pool.wait, shipment, Activity::kWaitEmpty, now() - shipment.since);
    ++shipment.stage;
    begin_stage(index);
  }
}

// Empties come back by land in the time the cargo took; where the cargo crossed the sea they take a
// quarter of it to the port, a ship like everybody else, and a quarter of it home.
void Run::give_empties(Shipment& shipment, const Stage& stage) {
  PoolState& pool = pools_[stage.pool];
  const Time away = now() - shipment.taken;
  pool.away -= shipment.units;
  pool.returning += shipment.units;
  pool.busy_ticks += 2 * static_cast<double>(shipment.units) * static_cast<double>(away);
  const Index entry = returns_.add({.pool = stage.pool,
                                    .units = shipment.units,
                                    .source = shipment.source,
                                    .back = stage.back,
                                    .away = away});
  if (stage.back == kNone) {
    engine_.in(away, event(Kind::kEmptyBack, entry));
  } else {
    engine_.in(away / 4, event(Kind::kEmptySetsOut, entry));
  }
}

void Run::empty_sets_out(Index entry) {
  const Return back = returns_[entry];
  returns_.remove(entry);
  Fingerprint entity;
  entity.add(std::string_view{"empty"});
  entity.add(back.pool);
  entity.add(empties_count_++);
  const Index at = shipments_.add({.source = back.source,
                                   .stage = model_->empties[back.back].first,
                                   .kg = back.units * model_->pools[back.pool].tare_kg,
                                   .units = back.units,
                                   .entity = entity.value(),
                                   .since = now(),
                                   .is_empty = true,
                                   .released = now(),
                                   .taken = back.away});
  const Shipment& shipment = shipments_[at];
  log(shipment, Step::kCommissioning, model_->stages[shipment.stage].place, nullptr);
  begin_stage(at);
}

void Run::come_home(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_->stages[shipment.stage];
  leave_yard(shipment);
  log(shipment, Step::kDecommissioning, stage.place, nullptr);
  const Index entry = returns_.add({.pool = stage.pool, .units = shipment.units});
  engine_.in(shipment.taken / 4, event(Kind::kEmptyBack, entry));
  shipments_.remove(index);
}

void Run::empty_back(Index entry) {
  const Return back = returns_[entry];
  returns_.remove(entry);
  pools_[back.pool].returning -= back.units;
  pools_[back.pool].free += back.units;
  serve_pool(back.pool);
}

// --- the end of the way

void Run::deliver(Index index) {
  Shipment& shipment = shipments_[index];
  const Source& source = model_->sources[shipment.source];
  leave_yard(shipment);
  log(shipment, Step::kDecommissioning, model_->stages[shipment.stage].place, nullptr);
  DemandTally& tally = markets_[source.market];
  tally.kg_in_transit -= shipment.kg;
  if (counting_) {
    const auto kg = static_cast<double>(shipment.kg);
    const Time transit = now() - shipment.released;
    DCHECK(std::accumulate(shipment.spent.begin(), shipment.spent.end(), Time{0}) == transit);
    ++delivered_count_;
    tally.teu_delivered += source.teu * kg / static_cast<double>(source.kg);
    const double usd = model_->routes[shipment.route].usd_per_tonne * kg / 1000;
    const double kg_co2e = model_->routes[shipment.route].kg_co2e_per_tonne * kg / 1000;
    tally.usd += usd;
    tally.kg_co2e += kg_co2e;
    const Time planned = model_->routes[shipment.route].planned;
    tally.kg_planned_ticks += kg * static_cast<double>(planned);
    if (transit > planned + kDay) tally.kg_late += kg;
    for (std::size_t a = 0; a < kActivities; ++a)
      tally.kg_spent[a] += kg * static_cast<double>(shipment.spent[a]);
    tally.transit.add(shipment.kg, transit);
    stay_ends(shipment, model_->stages[shipment.stage].place);
    const std::size_t month = months_between(model_->from, now());
    if (tally.kg_by_month.size() <= month) tally.kg_by_month.resize(month + 1);
    tally.kg_by_month[month] += kg;
    if (is_logged(shipment)) {
      ShipmentRow& row =
          delivered_.emplace_back(ShipmentRow{.shipment = shipment.entity,
                                              .demand = source.demand,
                                              .released = to_instant(shipment.released),
                                              .delivered = to_instant(now()),
                                              .kg = shipment.kg,
                                              .planned_hours = to_hours(planned),
                                              .usd = usd,
                                              .kg_co2e = kg_co2e});
      for (std::size_t a = 0; a < kActivities; ++a)
        row.hours[a] = to_hours(shipment.spent[a]);
    }
  }
  shipments_.remove(index);
}

// The part of a shipment that goes ahead: `units` of it, as a shipment of its own.
Index Run::split(Index index, std::int64_t units) {
  const Index at = shipments_.add(shipments_[index]);
  Shipment& whole = shipments_[index];
  Shipment& part = shipments_[at];
  part.units = units;
  part.kg = whole.kg * units / whole.units;
  part.yard_amount =
      whole.yard_amount * static_cast<double>(units) / static_cast<double>(whole.units);
  part.next = kNone;
  part.parts = 0;
  Fingerprint entity;
  entity.add(whole.entity);
  entity.add(++whole.parts);
  part.entity = entity.value();
  whole.units -= units;
  whole.kg -= part.kg;
  whole.yard_amount -= part.yard_amount;
  log(part, Step::kDisaggregating, model_->stages[part.stage].place, nullptr, whole.entity);
  return at;
}

// --- queues

void Run::append(Queue& queue, Index index) {
  shipments_[index].next = kNone;
  (queue.last == kNone ? queue.first : shipments_[queue.last].next) = index;
  queue.last = index;
  const Shipment& shipment = shipments_[index];
  queue.kg += shipment.kg;
  queue.vehicles +=
      static_cast<double>(shipment.units) * model_->stages[shipment.stage].share_of_one;
}

Index Run::pop(Queue& queue) {
  const Index index = queue.first;
  const Shipment& shipment = shipments_[index];
  queue.first = shipment.next;
  queue.kg -= shipment.kg;
  queue.vehicles -=
      static_cast<double>(shipment.units) * model_->stages[shipment.stage].share_of_one;
  if (queue.first == kNone) queue = {};
  return index;
}

// `for_room` of it the cargo waited for want of capacity.
void Run::served(WaitRecord& wait, Shipment& shipment, Activity activity, Time for_room) {
  wait.statistics.served(now(), shipment.since);
  weigh(wait.cargo, shipment, activity, for_room);
}

// The cargo's side of a wait that ends; for a part that goes ahead of its shipment all there is.
void Run::weigh(CargoWait& wait, Shipment& shipment, Activity activity, Time for_room) {
  const Time waited = now() - shipment.since;
  wait.add(shipment.kg, waited, for_room);
  spend(shipment, activity, waited);
}

// From the first departure on that the shipment could have taken had there been room.
Time Run::waited_for_room(const StopState& stop, const Shipment& shipment, Time cutoff) const {
  const auto first = std::ranges::lower_bound(stop.left_behind, shipment.since + cutoff);
  return first == stop.left_behind.end() ? 0 : now() - *first;
}

// A departure leaves now, or should: whoever is still in the queue and was in time stays behind.
void Run::leaves_behind(StopState& stop, Time cutoff) {
  if (stop.queue.first == kNone) return stop.left_behind.clear();
  const bool was_in_time = now() - shipments_[stop.queue.first].since >= cutoff;
  if (was_in_time && (stop.left_behind.empty() || stop.left_behind.back() < now()))
    stop.left_behind.push_back(now());
}

void Run::stay_ends(const Shipment& shipment, Index place) {
  if (counting_ && !shipment.is_empty)
    places_[place].stays.add(shipment.kg, now() - shipment.released - Time{shipment.arrived});
}

bool Run::is_logged(const Shipment& shipment) const {
  if (!logging_ || question_.keep_events) return logging_;
  return !shipment.is_empty && model_->sources[shipment.source].is_sent;
}

void Run::log(const Shipment& shipment,
              Step step,
              Index place,
              const Vehicle* vehicle,
              std::uint64_t parent) {
  if (!is_logged(shipment)) return;
  const Stage& stage = model_->stages[shipment.stage];
  EventRow row{.time = to_instant(now()),
               .shipment = shipment.entity,
               .parent = parent,
               .kg = shipment.kg,
               .units = static_cast<std::int32_t>(shipment.units),
               .step = step,
               .place = model_->places[place].row};
  if (!shipment.is_empty) row.demand = model_->sources[shipment.source].demand;
  if (stage.kind == StageKind::kRide) {
    row.service = model_->lines[stage.line].service;
    row.load_unit = Id<LoadUnit>{stage.load_unit};
  }
  if (vehicle != nullptr) row.vehicle = vehicle->entity;
  events_.push_back(row);
}

}  // namespace karvan::simulate::detail
