// The clock: what happens is dealt to the parts of the run; and what is counted from when on.

#include "karvan/simulate/detail/run.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace karvan::simulate::detail {
namespace {

// Those who wait for a line sit out a closure that is shorter.
constexpr Time kLongClosure = 7 * kDay;

// The first of the next calendar month.
Time next_month(Time t) {
  const std::chrono::year_month_day day{day_of(t)};
  return to_time(Instant{Date{(day.year() / day.month() + std::chrono::months{1}) / 1}});
}

}  // namespace

Run::Run(const Model& model, const Question& question)
    : model_{&model},
      question_{question},
      engine_{model.begin},
      logging_{question.keep_events || question.sent.has_value()} {
  const Time begin = model.begin;
  for (const Source& source : model.sources)
    sources_.push_back({.draws = demand_draws(source)});
  for (const Station& station : model.stations) {
    stations_.emplace_back(begin, station.units);
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
  lines_.resize(model.lines.size());
  sections_.resize(model.sections.size());
  locomotives_.resize(model.locomotives.size());
  borders_.resize(model.borders.size());
  places_.resize(model.places.size());
  for (const Berths& berth : model.berths)
    berths_.emplace_back(begin, berth.units);
  station_cargo_.resize(model.stations.size());
  berth_cargo_.resize(model.berths.size());
  berth_spent_.resize(model.berths.size());
  pipes_.resize(model.pipes.size());
  for (PipeState& pipe : pipes_)
    pipe.tank_since = begin;
  for (const Pipe& pipe : model.pipes) {
    terminals_.emplace_back(
        des::Tank{begin, {.capacity = pipe.terminal_kg, .level = 0, .span = kHour}});
    terminals_.back().level_since = begin;
  }
  markets_.resize(model.markets.size());
  draw_anew(question.replication);
  schedule_all();
}

des::Draws Run::demand_draws(const Source& source) const {
  return des::Draws{des::draw_key(question_.seed, "demand", question_.replication),
                    source.demand.index()};
}

// All chance from now on: that of a replication.
void Run::draw_anew(std::uint64_t replication) {
  static constexpr std::array<std::string_view, kStreams> kNames{
      "work",   "border",  "running", "sailing", "breakdown", "repair",
      "set-up", "lifting", "choice",  "link",    "crane",     "pump"};
  question_.replication = replication;
  for (std::size_t i = 0; i < kStreams; ++i)
    keys_[i] = des::draw_key(question_.seed, kNames[i], replication);
  for (Index s = 0; s < sources_.size(); ++s)
    sources_[s].draws = demand_draws(model_->sources[s]);
  make_storms();
  make_link_failures();
}

void Run::schedule_all() {
  engine_.at(model_->from, event(Kind::kCountingBegins, 0), 0);
  for (Index s = 0; s < sources_.size(); ++s)
    schedule_release(s);
  for (Index line = 0; line < model_->lines.size(); ++line) {
    schedule_departure(line);
    const Time end = model_->lines[line].valid_until;
    if (end > model_->begin && end < model_->until) engine_.at(end, event(Kind::kLineEnds, line));
    for (const Restriction& r : model_->lines[line].restrictions) {
      const bool begins = r.from > model_->begin && r.from < model_->until;
      if (begins && r.share_left <= 0 && r.until - r.from >= kLongClosure)
        engine_.at(r.from, event(Kind::kLineEnds, line));
    }
  }
  for (Index v = 0; v < model_->vessels.size(); ++v) {
    const Index vehicle = new_vehicle(model_->vessels[v].lines.front());
    vehicles_[vehicle].vessel = v;
    ships_.push_back(
        {.place = model_->vessels[v].home, .vehicle = vehicle, .since = model_->begin});
    set_state(v, ShipState::kIdle);
  }
  for (Index v = 0; v < ships_.size(); ++v)
    repair_if_due(v);
  engine_.in(kDay, event(Kind::kShipsLook, 0));
}

// What the engine calls.
struct Run::Handler {
  Run* run;
  void operator()(const des::Event& event) const { run->handle(event); }
  void foresee_later(const des::Event& event) const { run->foresee_later(event); }
  void foresee_next(const des::Event& event) const { run->foresee_next(event); }
};

std::optional<Error> Run::advance(Time until, const Watch& watch) {
  // Week by week: a gridlock once there never dissolves, so it need not be looked for at each
  // event.
  while (now() < std::min(until, model_->until)) {
    const Time week = now() - (now() - model_->begin) % (7 * kDay) + 7 * kDay;
    const Time before = now();
    des::Limits limits{.until = std::min({week, until, model_->until}), .stop = watch.stop};
    if (question_.most_events > 0) limits.events = question_.most_events - engine_.events();
    const des::StopReason reason = engine_.run(Handler{this}, limits);
    if (watch.pulse)
      watch.pulse(static_cast<double>(now() - before) /
                  static_cast<double>(model_->until - model_->begin));
    if (reason == des::StopReason::kEventLimit)
      return Error{.kind = ErrorKind::kUnavailable,
                   .message = "the run reached its limit of " +
                              std::to_string(question_.most_events) + " events on " +
                              date_to_text(day_of(now()))};
    if (reason == des::StopReason::kStopped)
      return Error{.kind = ErrorKind::kUnavailable, .message = "the run was stopped"};
    if (reason == des::StopReason::kNoProgress)
      return Error{.kind = ErrorKind::kInvalid,
                   .message = "the model turns in a circle at one instant"};
    if (reason == des::StopReason::kIdle) return std::nullopt;
    const std::string cycle = now() == week ? gridlock() : std::string{};
    if (!cycle.empty()) return gridlocked(cycle);
  }
  return std::nullopt;
}

Result<Answer> Run::finish(const Watch& watch) {
  if (std::optional<Error> error = advance(model_->until, watch)) return *std::move(error);
  if (delivered_count_ == 0)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "nothing arrived anywhere in these days; expected some cargo to move"};
  const std::string fault = unbalanced();
  if (!fault.empty())
    return Error{.kind = ErrorKind::kConflict,
                 .message = "a fault of the simulator: the " + fault + " do not balance"};
  return outcome();
}

Error Run::gridlocked(const std::string& cycle) const {
  return Error{.kind = ErrorKind::kInvalid,
               .message = "gridlock by " + date_to_text(day_of(now())) + ": " + cycle +
                          "; give one of them more room in yards.csv, or send less there"};
}

// Most of a run's time was once the wait for memory: tens of thousands of shipments and vehicles,
// of which each event meets another. So what the event after next is about is asked for, and of
// the next one also what that points at.
void Run::foresee_later(const des::Event& event) const {
  switch (static_cast<Kind>(event.kind)) {
    case Kind::kFixedDone:
    case Kind::kStationGranted:
    case Kind::kWorkDone:
    case Kind::kBorderDone:
      return shipments_.prefetch(event.subject);
    case Kind::kHopDone:
    case Kind::kStopDone:
      return vehicles_.prefetch(event.subject);
    case Kind::kShuttleLeaves:
      return __builtin_prefetch(&stops_[event.subject]);
    case Kind::kRelease:
      return __builtin_prefetch(&sources_[event.subject]);
    default:
      return;
  }
}

void Run::foresee_next(const des::Event& event) const {
  switch (static_cast<Kind>(event.kind)) {
    case Kind::kFixedDone:
    case Kind::kStationGranted:
    case Kind::kWorkDone:
    case Kind::kBorderDone:
      return __builtin_prefetch(&model_->stages[shipments_[event.subject].stage]);
    case Kind::kHopDone:
    case Kind::kStopDone:
      if (const Index first = vehicles_[event.subject].aboard.first; first != kNone)
        shipments_.prefetch(first);
      return;
    case Kind::kShuttleLeaves:
      if (const Index first = stops_[event.subject].queue.first; first != kNone)
        shipments_.prefetch(first);
      return;
    default:
      return;
  }
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
    case Kind::kMonthEnds:
      return month_ends();
    case Kind::kCountingBegins:
      return begin_counting();
  }
}

// The mean number that waited in the week that ends now, of everything that waits, and the share of
// its capacity that was held; what tanks hold.
void Run::week_ends() {
  constexpr auto kWeek = static_cast<double>(7 * kDay);
  const auto note = [this](const des::WaitStatistics& statistics, CargoWait& cargo) {
    cargo.queue.cut(static_cast<double>(statistics.waiting().area(now())), kWeek);
  };
  const auto note_all = [&](const des::Resource& resource, CargoWait& cargo) {
    note(resource.wait_statistics(), cargo);
    cargo.used.cut(static_cast<double>(resource.busy_over_time().area(now())),
                   kWeek * resource.units());
  };
  for (Index s = 0; s < stations_.size(); ++s)
    note_all(stations_[s], station_cargo_[s]);
  for (Index b = 0; b < berths_.size(); ++b)
    note_all(berths_[b], berth_cargo_[b]);
  for (PoolState& pool : pools_)
    note(pool.wait.statistics, pool.wait.cargo);
  for (Index y = 0; y < yards_.size(); ++y) {
    CargoWait& cargo = yards_[y].wait.cargo;
    note(yards_[y].wait.statistics, cargo);
    cargo.used.cut(yards_[y].level_ticks_at(now()), kWeek * model_->yards[y].capacity);
  }
  for (StopState& stop : stops_)
    note(stop.wait.statistics, stop.wait.cargo);
  for (Index i = 0; i < sections_.size(); ++i) {
    sections_[i].queue.cut(sections_[i].wait_ticks, kWeek);
    sections_[i].used.cut(sections_[i].busy_ticks, kWeek * model_->sections[i].paths());
  }
  for (Ship& ship : ships_)
    note_week(ship);
  for (Index p = 0; p < pipes_.size(); ++p) {
    pipes_[p].tank_by_week.push_back(static_cast<float>(pipes_[p].tank_kg) / 1000);
    terminals_[p].by_week.push_back(static_cast<float>(terminals_[p].tank.level(now())) / 1000);
  }
  engine_.in(7 * kDay, event(Kind::kWeekEnds, 0));
}

void Run::note_week(Ship& ship) const {
  std::array<Time, kShipStates> spent = ship.spent;
  spent[static_cast<std::size_t>(ship.state)] += now() - ship.since;
  const auto days = [&](std::initializer_list<ShipState> states) {
    Time ticks = 0;
    for (const ShipState state : states) {
      const auto i = static_cast<std::size_t>(state);
      ticks += spent[i] - ship.spent_before[i];
    }
    return static_cast<float>(static_cast<double>(ticks) / static_cast<double>(kDay));
  };
  ship.weeks.push_back({.sea = days({ShipState::kSailing, ShipState::kBallast}),
                        .port = days({ShipState::kUnloading, ShipState::kLoading}),
                        .berth = days({ShipState::kWaiting}),
                        .weather = days({ShipState::kOutside, ShipState::kReady})});
  ship.spent_before = spent;
}

// What went through everything in the calendar month that ends now.
void Run::month_ends() {
  note_months();
  const Time next = next_month(now());
  if (next < model_->until) engine_.at(next, event(Kind::kMonthEnds, 0));
}

void Run::note_months() {
  for (CargoWait& cargo : station_cargo_)
    cargo.by_month.cut(cargo.kg);
  for (CargoWait& cargo : berth_cargo_)
    cargo.by_month.cut(cargo.kg);
  for (PoolState& pool : pools_)
    pool.wait.cargo.by_month.cut(pool.wait.cargo.kg);
  for (YardState& yard : yards_)
    yard.wait.cargo.by_month.cut(yard.wait.cargo.kg);
  for (StopState& stop : stops_)
    stop.wait.cargo.by_month.cut(stop.wait.cargo.kg);
  for (SectionState& section : sections_)
    section.by_month.cut(section.kg);
  for (LocomotiveState& pool : locomotives_)
    pool.by_month.cut(pool.kg);
  for (BorderState& border : borders_)
    border.by_month.cut(border.kg);
  for (PlaceState& place : places_)
    place.by_month.cut(place.kg_loaded + place.kg_unloaded);
  for (Ship& ship : ships_)
    ship.by_month.cut(ship.kg_carried);
  for (PipeState& pipe : pipes_)
    pipe.by_month.cut(static_cast<double>(pipe.kg_out));
}

void Run::begin_counting() {
  counting_ = true;
  engine_.in(7 * kDay, event(Kind::kWeekEnds, 0));
  if (next_month(now()) < model_->until) engine_.at(next_month(now()), event(Kind::kMonthEnds, 0));
  for (des::Resource& station : stations_)
    station.restart_statistics(now());
  for (des::Resource& berth : berths_)
    berth.restart_statistics(now());
  const auto restart = [this](WaitRecord& wait) {
    wait.statistics.restart(now());
    wait.cargo = {};
  };
  for (CargoWait& cargo : station_cargo_)
    cargo = {};
  for (CargoWait& cargo : berth_cargo_)
    cargo = {};
  for (PoolState& pool : pools_) {
    restart(pool.wait);
    pool.busy_ticks = 0;
  }
  for (YardState& yard : yards_) {
    restart(yard.wait);
    yard.level_ticks = 0;
    yard.level_since = now();
  }
  for (StopState& stop : stops_)
    restart(stop.wait);
  for (LineState& line : lines_)
    line = {};
  for (SectionState& section : sections_)
    section = {.free_from = section.free_from, .down = std::move(section.down)};
  for (LocomotiveState& pool : locomotives_)
    pool = {.busy_until = std::move(pool.busy_until)};
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
  for (auto& spent : berth_spent_)
    spent = {};
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
