// The clock, demand, and shipments through their stages.

#include "karvan/simulate/detail/run.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "karvan/base/check.h"
#include "karvan/base/hash.h"
#include "karvan/des/math.h"

namespace karvan::simulate::detail {
namespace {

// Calendar months from that of `from` to that of `t`.
std::size_t months_between(Time from, Time t) {
  const std::chrono::year_month_day a{day_of(from)};
  const std::chrono::year_month_day b{day_of(t)};
  return static_cast<std::size_t>((b.year() / b.month() - a.year() / a.month()).count());
}

}  // namespace

Run::Run(const Model& model, const Question& question)
    : model_{model}, question_{question}, engine_{model.begin}, logging_{question.keep_events} {
  const Time begin = model.begin;
  static constexpr std::array<std::string_view, kStreams> kNames{
      "work", "border", "running", "sailing", "breakdown", "repair", "set-up", "lifting", "choice"};
  for (std::size_t i = 0; i < kStreams; ++i)
    keys_[i] = des::draw_key(question.seed, kNames[i], question.replication);
  for (const Source& source : model.sources) {
    const des::DrawKey key = des::draw_key(question.seed, "demand", question.replication);
    sources_.push_back({.draws = des::Draws{key, source.demand.index()}});
  }
  for (const Station& station : model.stations) {
    stations_.emplace_back(begin, station.units);
    station_waits_.emplace_back(begin);
    const auto index = static_cast<Index>(stations_.size() - 1);
    if (station.calendar != kNone)
      stations_.back().follow(model.calendars[station.calendar], event(Kind::kStationOpens, index));
  }
  for (const Pool& pool : model.pools) {
    pools_.emplace_back(begin);
    pools_.back().free = pool.count;
  }
  yards_.resize(model.yards.size(), YardState{begin});
  stops_.resize(model.stops.size(), StopState{begin});
  shuttle_free_.resize(model.lines.size(), begin);
  departures_.resize(model.lines.size());
  sections_.resize(model.sections.size());
  borders_.resize(model.borders.size());
  places_.resize(model.places.size());
  for (const Berths& berth : model.berths)
    berths_.emplace_back(begin, berth.units);
  pipes_.resize(model.pipes.size());
  for (PipeState& pipe : pipes_)
    pipe.tank_since = begin;
  for (const Pipe& pipe : model.pipes) {
    terminals_.emplace_back(
        des::Tank{begin, {.capacity = pipe.terminal_kg, .level = 0, .span = kHour}});
    terminals_.back().level_since = begin;
  }
  markets_.resize(model.markets.size());
  make_storms();
}

Result<Answer> Run::go(const std::atomic<bool>* stop) {
  engine_.at(model_.from, event(Kind::kCountingBegins, 0), 0);
  for (Index s = 0; s < sources_.size(); ++s)
    schedule_release(s);
  for (Index line = 0; line < model_.lines.size(); ++line) {
    schedule_departure(line);
    const Time end = model_.lines[line].valid_until;
    if (end > model_.begin && end < model_.until) engine_.at(end, event(Kind::kLineEnds, line));
  }
  for (Index v = 0; v < model_.vessels.size(); ++v) {
    const Index vehicle = new_vehicle(model_.vessels[v].lines.front());
    vehicles_[vehicle].vessel = v;
    ships_.push_back({.place = model_.vessels[v].home, .vehicle = vehicle, .since = model_.begin});
    set_state(v, ShipState::kIdle);
  }
  for (Index v = 0; v < ships_.size(); ++v)
    repair_if_due(v);
  engine_.in(kDay, event(Kind::kShipsLook, 0));
  const des::StopReason reason =
      engine_.run([this](const des::Event& e) { handle(e); },
                  {.until = model_.until, .stop = stop, .events_between_pulses = 100'000});
  if (reason == des::StopReason::kStopped)
    return Error{.kind = ErrorKind::kUnavailable, .message = "the run was stopped"};
  if (reason == des::StopReason::kNoProgress)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "the model turns in a circle at one instant"};
  if (delivered_count_ == 0)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "nothing arrived anywhere in these days; expected some cargo to move"};
  return outcome();
}

void Run::handle(const des::Event& event) {
  const Index subject = event.subject;
  switch (static_cast<Kind>(event.kind)) {
    case Kind::kRelease:
      return release(subject);
    case Kind::kFixedDone:
      return fixed_done(subject);
    case Kind::kStationGranted:
      return station_granted(subject);
    case Kind::kWorkDone:
      return work_done(subject);
    case Kind::kStationOpens:
      return stations_[subject].on_opening(engine_);
    case Kind::kEmptyBack:
      return empty_back(subject);
    case Kind::kEmptySetsOut:
      return empty_sets_out(subject);
    case Kind::kBorderDone:
      return begin_stage(subject);
    case Kind::kDeparture:
      return departure(subject);
    case Kind::kShuttleLeaves:
      return shuttle_leaves(subject);
    case Kind::kHopDone:
      return hop_done(subject);
    case Kind::kStopDone:
      return stop_done(subject);
    case Kind::kYardFreed:
      return yard_freed(subject);
    case Kind::kShipAtPort:
      return at_port(subject);
    case Kind::kShipBerthed:
      return berthed(subject);
    case Kind::kShipUnloaded:
      return ship_unloaded(subject);
    case Kind::kShipDeadline:
      return finish_loading(subject);
    case Kind::kShipLoaded:
      return ship_loaded(subject);
    case Kind::kShipHopDone:
      return ship_hop_done(subject);
    case Kind::kShipRepaired:
      set_state(subject, ShipState::kIdle);
      return consider(subject);
    case Kind::kShipInBallast:
      return ballast_done(subject);
    case Kind::kShipsLook:
      return ships_look();
    case Kind::kPumped:
      return pumped(subject);
    case Kind::kPlugOut:
      return plug_out(subject);
    case Kind::kPumpAgain:
      return pump(subject);
    case Kind::kTankerComes:
      return tanker_comes(subject);
    case Kind::kTankerBerthed:
      return tanker_berthed(subject);
    case Kind::kTankerLoaded:
      return tanker_loaded(subject);
    case Kind::kLineEnds:
      return line_ends(subject);
    case Kind::kWeekEnds:
      return week_ends();
    case Kind::kCountingBegins:
      return begin_counting();
  }
}

// --- demand

// The k-th release comes when the expected number of arrivals reaches the sum of k exponential
// spans (Poisson), or k and a random part (block trains, flows): inversion, so that a busier month
// moves the same arrivals closer together.
Time Run::release_time(const Source& source, SourceState& state) {
  if (source.pattern == ArrivalPattern::kPoisson || source.pattern == ArrivalPattern::kBatch) {
    state.arrivals -= des::stable_log(des::open_uniform(state.draws));
  } else {
    state.arrivals += state.count == 0 ? des::open_uniform(state.draws) : 1.0;
  }
  while (state.month + 1 < source.months.size() &&
         source.months[state.month + 1].arrivals_before < state.arrivals)
    ++state.month;
  if (state.month + 1 >= source.months.size()) return des::kNever;
  const Month& month = source.months[state.month];
  const Month& next = source.months[state.month + 1];
  const double share =
      (state.arrivals - month.arrivals_before) / (next.arrivals_before - month.arrivals_before);
  return month.begin + static_cast<Time>(share * static_cast<double>(next.begin - month.begin));
}

void Run::schedule_release(Index index) {
  const Source& source = model_.sources[index];
  SourceState& state = sources_[index];
  Time at = release_time(source, state);
  for (++state.count; at < source.begin; ++state.count)
    at = release_time(source, state);
  if (at < source.end) engine_.at(at, event(Kind::kRelease, index));
}

// The season of a source that holds now.
const Season& Run::season_of(const Source& source, SourceState& state) const {
  while (state.season + 1 < source.seasons.size() && source.seasons[state.season + 1].from <= now())
    ++state.season;
  return source.seasons[state.season];
}

// One of the ways by which something of `season` can go on, by their shares and present delays.
Index Run::pick(const Season& season, double u) {
  double sum = 0;
  for (Option& option : options_) {
    if (question_.avoid_delays)
      option.weight *= des::stable_exp(-season.decay_per_hour * to_hours(delay_on(option.stages)));
    sum += option.weight;
  }
  double up_to = 0;
  std::size_t at = 0;
  for (; at + 1 < options_.size(); ++at) {
    up_to += options_[at].weight;
    if (u * sum < up_to) break;
  }
  return static_cast<Index>(at);
}

Index Run::pick_route(const Source& source, SourceState& state, double u) {
  const Season& season = season_of(source, state);
  options_.clear();
  for (Index c = season.choices.begin; c < season.choices.end; ++c) {
    const Choice& choice = model_.choices[c];
    options_.push_back({choice.share, choice.route, model_.routes[choice.route].stages});
  }
  return options_[options_.size() == 1 ? 0 : pick(season, u)].route;
}

// Before a ride the shipper looks at the ways of today that go on from here with the same load unit
// and empties, and may change to one of them. If the line it was meant for has ended, it must.
void Run::choose_again(Shipment& shipment) {
  const Stage& planned = model_.stages[shipment.stage];
  const bool has_ended = now() >= model_.lines[planned.line].valid_until;
  if (!has_ended && !question_.avoid_delays) return;
  const Season& season = season_of(model_.sources[shipment.source], sources_[shipment.source]);
  if (!has_ended && season.choices.size() == 1) return;
  options_.clear();
  if (!has_ended)
    options_.push_back(
        {0, shipment.route, {shipment.stage, model_.routes[shipment.route].stages.end}});
  for (Index c = season.choices.begin; c < season.choices.end; ++c) {
    const Choice& choice = model_.choices[c];
    const Range stages = model_.routes[choice.route].stages;
    for (Index i = stages.begin; i < stages.end; ++i) {
      const Stage& stage = model_.stages[i];
      const bool goes_on = stage.kind == StageKind::kRide && stage.place == planned.place &&
                           stage.load_unit == planned.load_unit && stage.pool == planned.pool &&
                           now() < model_.lines[stage.line].valid_until;
      if (!goes_on) continue;
      if (choice.route == shipment.route && i == shipment.stage) {
        options_.front().weight += choice.share;
      } else {
        options_.push_back({choice.share, choice.route, {i, stages.end}});
      }
      break;
    }
  }
  if (options_.empty() || (!has_ended && options_.size() == 1)) return;
  // A way that is no longer among those of today keeps the weight of the best of them.
  if (!has_ended && options_.front().weight <= 0) {
    for (const Option& option : options_)
      options_.front().weight = std::max(options_.front().weight, option.weight);
  }
  des::Draws draws = draws_of(Stream::kChoice, shipment.entity * 31 + shipment.stage);
  const Option& chosen = options_[pick(season, draws.uniform01())];
  shipment.route = chosen.route;
  shipment.stage = chosen.stages.begin;
}

// The line takes nobody any more: those who wait for it look for another way.
void Run::line_ends(Index index) {
  const Line& line = model_.lines[index];
  // A shuttle or a pipeline still takes those whose turn is settled.
  if (line.carriage == Carriage::kShuttle || line.carriage == Carriage::kPipeline) return;
  for (Index s = line.stops.begin; s < line.stops.end; ++s) {
    Queue waiting = std::exchange(stops_[s].queue, Queue{});
    while (waiting.first != kNone) {
      const Index at = pop(waiting);
      served(stops_[s].wait, shipments_[at], Activity::kWaitDeparture);
      begin_stage(at);
    }
  }
}

// What a shipper who asks around hears of a way: how long the first in each queue on it has waited.
Time Run::delay_on(Range range) const {
  Time delay = 0;
  for (Index i = range.begin; i < range.end; ++i) {
    const Stage& stage = model_.stages[i];
    if (stage.kind != StageKind::kRide) continue;
    const Index first = stops_[stage.from_stop].queue.first;
    if (first != kNone) delay += now() - shipments_[first].since;
    for (const Index yard : model_.places[model_.stops[stage.to_stop].place].yards) {
      if (yard == kNone || yards_[yard].held.empty()) continue;
      delay += now() - vehicles_[yards_[yard].held.front()].since;
    }
    for (Index h = model_.stops[stage.from_stop].hops.end; h < model_.stops[stage.to_stop].hops.end;
         ++h) {
      const Index section = model_.hops[h].section;
      const Time free_from =
          sections_[section]
              .free_from[model_.sections[section].is_single || !model_.hops[h].is_backward ? 0 : 1];
      delay += std::max<Time>(0, free_from - now());
    }
  }
  return delay;
}

Index Run::new_shipment() {
  if (!free_shipments_.empty()) {
    const Index index = free_shipments_.back();
    free_shipments_.pop_back();
    return index;
  }
  shipments_.emplace_back();
  return static_cast<Index>(shipments_.size() - 1);
}

void Run::release(Index index) {
  const Source& source = model_.sources[index];
  SourceState& state = sources_[index];
  Fingerprint entity;
  entity.add(source.demand.index());
  entity.add(state.count);
  const Index at = new_shipment();
  Shipment& shipment = shipments_[at];
  shipment = {.source = index,
              .route = pick_route(source, state, state.draws.uniform01()),
              .kg = source.kg,
              .entity = entity.value(),
              .released = now(),
              .since = now()};
  shipment.stage = model_.routes[shipment.route].stages.begin;
  ++shipment_count_;
  kg_in_transit_ += shipment.kg;
  if (counting_) markets_[source.market].kg_released += static_cast<double>(shipment.kg);
  log(shipment, Step::kCommissioning, model_.stages[shipment.stage].place, nullptr);
  schedule_release(index);
  begin_stage(at);
}

// --- stages

void Run::begin_stage(Index index) {
  for (;;) {
    Shipment& shipment = shipments_[index];
    const Stage& stage = model_.stages[shipment.stage];
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
  const Stage& stage = model_.stages[shipment.stage];
  Time start = now();
  const Index calendar = model_.places[stage.place].calendar;
  if (calendar != kNone) start = model_.calendars[calendar].next_opening(start);
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
  const Stage& stage = model_.stages[shipment.stage];
  if (stage.station == kNone) {
    ++shipment.stage;
    return begin_stage(index);
  }
  shipment.since = now();
  des::Resource& station = stations_[stage.station];
  shipment.ticket = station.request(engine_, {.granted = event(Kind::kStationGranted, index)});
  if (!station.holds(shipment.ticket)) return joined(station_waits_[stage.station]);
  station_waits_[stage.station].statistics.served_at_once();
  station_waits_[stage.station].kg += static_cast<double>(shipment.kg);
  work_at_station(index);
}

void Run::station_granted(Index index) {
  Shipment& shipment = shipments_[index];
  served(station_waits_[model_.stages[shipment.stage].station], shipment, Activity::kWaitTerminal);
  work_at_station(index);
}

void Run::work_at_station(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_.stages[shipment.stage];
  const Time work =
      hours_to_ticks(stage.minutes_per_unit * static_cast<double>(shipment.units) / 60);
  spend(shipment, Activity::kHandling, work);
  engine_.in(work, event(Kind::kWorkDone, index));
}

void Run::work_done(Index index) {
  Shipment& shipment = shipments_[index];
  stations_[model_.stages[shipment.stage].station].release(engine_, shipment.ticket);
  ++shipment.stage;
  begin_stage(index);
}

// --- empties

void Run::take_empties(Index index) {
  PoolState& pool = pools_[model_.stages[shipments_[index].stage].pool];
  append(pool.queue, index);
  joined(pool.wait);
}

void Run::serve_pool(Index at) {
  PoolState& pool = pools_[at];
  while (pool.queue.first != kNone && pool.free >= shipments_[pool.queue.first].units) {
    const Index index = pop(pool.queue);
    Shipment& shipment = shipments_[index];
    pool.free -= shipment.units;
    pool.away += shipment.units;
    shipment.taken = now();
    served(pool.wait, shipment, Activity::kWaitEmpty);
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
  const Index entry = new_return({.pool = stage.pool,
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

Index Run::new_return(const Return& back) {
  if (free_returns_.empty()) {
    returns_.push_back(back);
    return static_cast<Index>(returns_.size() - 1);
  }
  const Index entry = free_returns_.back();
  free_returns_.pop_back();
  returns_[entry] = back;
  return entry;
}

void Run::empty_sets_out(Index entry) {
  const Return back = returns_[entry];
  free_returns_.push_back(entry);
  const Index at = new_shipment();
  Fingerprint entity;
  entity.add(std::string_view{"empty"});
  entity.add(back.pool);
  entity.add(empties_count_++);
  Shipment& shipment = shipments_[at];
  shipment = {.source = back.source,
              .stage = model_.empties[back.back].first,
              .kg = back.units * model_.pools[back.pool].tare_kg,
              .units = back.units,
              .entity = entity.value(),
              .released = now(),
              .since = now(),
              .taken = back.away,
              .is_empty = true};
  log(shipment, Step::kCommissioning, model_.stages[shipment.stage].place, nullptr);
  begin_stage(at);
}

void Run::come_home(Index index) {
  Shipment& shipment = shipments_[index];
  const Stage& stage = model_.stages[shipment.stage];
  leave_yard(shipment);
  log(shipment, Step::kDecommissioning, stage.place, nullptr);
  const Index entry = new_return({.pool = stage.pool, .units = shipment.units});
  engine_.in(shipment.taken / 4, event(Kind::kEmptyBack, entry));
  free_shipments_.push_back(index);
}

void Run::empty_back(Index entry) {
  const Return back = returns_[entry];
  free_returns_.push_back(entry);
  pools_[back.pool].returning -= back.units;
  pools_[back.pool].free += back.units;
  serve_pool(back.pool);
}

// --- the end of the way

void Run::deliver(Index index) {
  Shipment& shipment = shipments_[index];
  const Source& source = model_.sources[shipment.source];
  leave_yard(shipment);
  log(shipment, Step::kDecommissioning, model_.stages[shipment.stage].place, nullptr);
  kg_in_transit_ -= shipment.kg;
  if (counting_) {
    DemandTally& tally = markets_[source.market];
    const auto kg = static_cast<double>(shipment.kg);
    const Time transit = now() - shipment.released;
    DCHECK(std::accumulate(shipment.spent.begin(), shipment.spent.end(), Time{0}) == transit);
    ++delivered_count_;
    tally.kg_delivered += kg;
    tally.teu_delivered += source.teu * kg / static_cast<double>(source.kg);
    tally.usd += model_.routes[shipment.route].usd_per_tonne * kg / 1000;
    tally.kg_co2e += model_.routes[shipment.route].kg_co2e_per_tonne * kg / 1000;
    tally.kg_ticks += kg * static_cast<double>(transit);
    for (std::size_t a = 0; a < kActivities; ++a)
      tally.kg_spent[a] += kg * static_cast<double>(shipment.spent[a]);
    tally.transit.add(transit, static_cast<std::uint64_t>(shipment.kg / 1000 + 1));
    const std::size_t month = months_between(model_.from, now());
    if (tally.kg_by_month.size() <= month) tally.kg_by_month.resize(month + 1);
    tally.kg_by_month[month] += kg;
  }
  free_shipments_.push_back(index);
}

// The part of a shipment that goes ahead: `units` of it, as a shipment of its own.
Index Run::split(Index index, std::int64_t units) {
  const Index at = new_shipment();
  Shipment& whole = shipments_[index];
  Shipment& part = shipments_[at];
  part = whole;
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
  log(part, Step::kDisaggregating, model_.stages[part.stage].place, nullptr, whole.entity);
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
      static_cast<double>(shipment.units) * model_.stages[shipment.stage].share_of_one;
}

Index Run::pop(Queue& queue) {
  const Index index = queue.first;
  const Shipment& shipment = shipments_[index];
  queue.first = shipment.next;
  queue.kg -= shipment.kg;
  queue.vehicles -=
      static_cast<double>(shipment.units) * model_.stages[shipment.stage].share_of_one;
  if (queue.first == kNone) queue = {};
  return index;
}

void Run::joined(WaitRecord& wait) {
  wait.statistics.joined(now());
}

void Run::served(WaitRecord& wait, Shipment& shipment, Activity activity) {
  wait.statistics.served(now(), shipment.since);
  weigh(wait, shipment, activity);
}

// The cargo's side of a wait that ends; for a part that goes ahead of its shipment all there is.
void Run::weigh(WaitRecord& wait, Shipment& shipment, Activity activity) {
  const Time waited = now() - shipment.since;
  wait.kg += static_cast<double>(shipment.kg);
  wait.kg_ticks += static_cast<double>(shipment.kg) * static_cast<double>(waited);
  spend(shipment, activity, waited);
}

void Run::log(const Shipment& shipment,
              Step step,
              Index place,
              const Vehicle* vehicle,
              std::uint64_t parent) {
  if (!logging_) return;
  const Stage& stage = model_.stages[shipment.stage];
  EventRow row{.time = to_instant(now()),
               .shipment = shipment.entity,
               .parent = parent,
               .kg = shipment.kg,
               .units = static_cast<std::int32_t>(shipment.units),
               .step = step,
               .place = model_.places[place].row};
  if (!shipment.is_empty) row.demand = model_.sources[shipment.source].demand;
  if (stage.kind == StageKind::kRide) {
    row.service = model_.lines[stage.line].service;
    row.load_unit = Id<LoadUnit>{stage.load_unit};
  }
  if (vehicle != nullptr) row.vehicle = vehicle->entity;
  events_.push_back(row);
}

// The mean number that waited in the week that ends now, of everything that waits.
void Run::week_ends() {
  constexpr auto kWeek = static_cast<double>(7 * kDay);
  const auto note = [this](WaitRecord& wait) {
    const auto area = static_cast<double>(wait.statistics.waiting().area(now()));
    wait.queue_by_week.push_back(static_cast<float>((area - wait.area_before) / kWeek));
    wait.area_before = area;
  };
  for (WaitRecord& wait : station_waits_)
    note(wait);
  for (PoolState& pool : pools_)
    note(pool.wait);
  for (YardState& yard : yards_)
    note(yard.wait);
  for (StopState& stop : stops_)
    note(stop.wait);
  for (SectionState& section : sections_) {
    section.queue_by_week.push_back(
        static_cast<float>((section.wait_ticks - section.wait_before) / kWeek));
    section.wait_before = section.wait_ticks;
  }
  engine_.in(7 * kDay, event(Kind::kWeekEnds, 0));
}

void Run::begin_counting() {
  counting_ = true;
  engine_.in(7 * kDay, event(Kind::kWeekEnds, 0));
  for (des::Resource& station : stations_)
    station.restart_statistics(now());
  for (des::Resource& berth : berths_)
    berth.restart_statistics(now());
  const auto restart = [this](WaitRecord& wait) {
    wait.statistics.restart(now());
    wait.kg = 0;
    wait.kg_ticks = 0;
    wait.area_before = 0;
  };
  for (WaitRecord& wait : station_waits_)
    restart(wait);
  for (PoolState& pool : pools_) {
    restart(pool.wait);
    pool.busy_ticks = 0;
  }
  for (YardState& yard : yards_)
    restart(yard.wait);
  for (StopState& stop : stops_)
    restart(stop.wait);
  for (SectionState& section : sections_)
    section = {.free_from = section.free_from};
  for (BorderState& border : borders_)
    border = {};
  for (PlaceState& place : places_)
    place = {.closed = std::move(place.closed)};
  for (Index s = 0; s < ships_.size(); ++s) {
    set_state(s, ships_[s].state);
    ships_[s].spent = {};
    ships_[s].voyages = 0;
    ships_[s].kg_carried = 0;
    ships_[s].full_sum = 0;
  }
  for (Index p = 0; p < pipes_.size(); ++p) {
    PipeState& pipe = pipes_[p];
    pipe.kg_out = 0;
    pipe.busy = 0;
    pipe.in_line_ticks = 0;
    pipe.plugs_out = 0;
    pipe.tank_kg_ticks = 0;
    pipe.tank_since = now();
    pipe.tank_full = 0;
    pipe.tank_empty = 0;
    pipe.tank_least = pipe.tank_kg;
    pipe.tank_greatest = pipe.tank_kg;
    watch_level(p);
    TerminalState& terminal = terminals_[p];
    terminal.trips = terminal.is_tripped ? 1 : 0;
    terminal.tripped = 0;
    terminal.tripped_since = now();
    terminal.liftings = 0;
    terminal.kg_lifted = 0;
    terminal.kg_ticks = 0;
    terminal.least = terminal.level;
    terminal.greatest = terminal.level;
  }
}

}  // namespace karvan::simulate::detail
