#pragma once
// Run: the corridor alive. All state of one replication in flat copyable arrays; what happens is a
// switch over event kinds, each handled by the part of the run that it concerns:
//   run.cc        the clock, and what is counted from when on
//   demand.cc     releases, and the choice of ways
//   shipments.cc  shipments through their stages, empties, queues, the log
//   trains.cc     departures, hops over sections and borders: trains and trucks
//   yards.cc      room for what trains bring, embargoes, gridlock
//   vessels.cc    ships: berths, loading, weather, water, breakdowns
//   breakdowns.cc links, cranes and pumps that fail
//   pipes.cc      oil through pipelines as plugs
//   outcome.cc    what was seen, as an Answer

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/des/draws.h"
#include "karvan/des/engine.h"
#include "karvan/des/resource.h"
#include "karvan/des/station_statistics.h"
#include "karvan/des/tank.h"
#include "karvan/simulate/answer.h"
#include "karvan/simulate/detail/arena.h"
#include "karvan/simulate/detail/model.h"

namespace karvan::simulate::detail {

enum class Kind : std::uint32_t {
  kRelease,         // source
  kFixedDone,       // shipment: the fixed part of work is done
  kStationGranted,  // shipment
  kWorkDone,        // shipment
  kStationOpens,    // station
  kEmptyBack,       // entry of returns_
  kEmptySetsOut,    // entry of returns_: reaches the port
  kBorderDone,      // shipment: what came by ship is cleared
  kDeparture,       // line
  kShuttleLeaves,   // stop: its first shipment
  kHopDone,         // vehicle
  kStopDone,        // vehicle: dwell is over
  kYardFreed,       // yard
  kShipAtPort,      // vessel: may try for a berth
  kShipBerthed,     // vessel
  kShipUnloaded,    // vessel
  kShipDeadline,    // vessel: waits no longer for cargo
  kShipLoaded,      // vessel
  kShipHopDone,     // vessel
  kShipRepaired,    // vessel
  kShipInBallast,   // vessel: has come to where cargo waits
  kShipsLook,       // all idle ships
  kPumped,          // pipe: a parcel is in the line
  kPlugOut,         // pipe: its oldest plug leaves
  kPumpAgain,       // pipe: looks whether the tanks at its end have room again
  kTankerComes,     // lifting
  kTankerBerthed,   // lifting
  kTankerLoaded,    // lifting
  kLineEnds,        // line: its service is no longer offered, or is closed for long
  kWeekEnds,
  kCountingBegins,  // the end of the warm-up
  kMonthEnds,
};

// In two cache lines: what most events need, and the rest.
struct alignas(64) Shipment {
  Index source = 0;
  Index route = 0;
  Index stage = 0;  // in Model::stages
  Index next = kNone;
  std::int64_t kg = 0;
  std::int64_t units = 0;
  std::uint64_t entity = 0;  // names its chances: the same in every scenario
  Time since = 0;            // in the present wait or work
  des::Ticket ticket;
  Index yard = kNone;
  std::uint8_t yard_side = 0;
  bool is_empty = false;  // wagons or boxes on their way back over the sea

  double yard_amount = 0;
  Time released = 0;
  Time taken = 0;             // when its empties were taken; of empties: how long they were away
  std::uint32_t parts = 0;    // split off so far
  std::uint32_t arrived = 0;  // where it is, ticks after its release; meaningless aboard
  // Ticks, without those of the vehicle it is on: less than 0 while aboard, which wraps around;
  // the 136 years that 32 bits hold are longer than any run.
  std::array<std::uint32_t, kActivities> spent{};
};
static_assert(sizeof(Shipment) == 128);

// A queue of shipments, linked through Shipment::next.
struct Queue {
  Index first = kNone;
  Index last = kNone;
  std::int64_t kg = 0;
  double vehicles = 0;  // how many of the line they ride next they would fill
};

// A running total, cut at the ends of calendar months.
struct ByMonth {
  double before = 0;
  std::vector<float> tonnes;

  void cut(double kg) {
    tonnes.push_back(static_cast<float>((kg - before) / 1000));
    before = kg;
  }
};

// A running total over time, cut at the ends of weeks into means.
struct ByWeek {
  double before = 0;
  std::vector<float> means;

  // `span` is a week, times the capacity where the mean is a share of it; no capacity, no share.
  void cut(double area, double span) {
    means.push_back(span > 0 ? static_cast<float>((area - before) / span) : 0.0F);
    before = area;
  }
};

// Quantiles of spans weighted by tonnes, and of how many observations they are made.
struct WeightedSpans {
  std::uint64_t count = 0;
  double kg = 0;
  double kg_squares = 0;
  double kg_ticks = 0;
  des::Histogram spans;

  void add(std::int64_t weight, Time span) {
    const auto w = static_cast<double>(weight);
    ++count;
    kg += w;
    kg_squares += w * w;
    kg_ticks += w * static_cast<double>(span);
    spans.add(span, static_cast<std::uint64_t>(weight / 1000 + 1));
  }
};

// What a place of waiting remembers of the cargo that waited there.
struct CargoWait {
  double kg_ticks = 0;
  double kg_short_ticks = 0;  // of them, for want of capacity
  double kg = 0;
  ByWeek queue;  // of those waiting
  ByWeek used;   // of its units, where it has some
  ByMonth by_month;

  void add(std::int64_t weight, Time waited, Time for_room) {
    kg += static_cast<double>(weight);
    kg_ticks += static_cast<double>(weight) * static_cast<double>(waited);
    kg_short_ticks += static_cast<double>(weight) * static_cast<double>(for_room);
  }
  void add(std::int64_t weight, Time waited) { add(weight, waited, waited); }
};
// The same where no resource of the kernel counts those who wait.
struct WaitRecord {
  explicit WaitRecord(Time start) : statistics{start} {}
  des::WaitStatistics statistics;
  CargoWait cargo;
};

// In three cache lines: what every stop needs, times, the rest.
struct alignas(64) Vehicle {
  Index line = 0;
  Index stop = 0;  // in Model::stops: where it is or goes next
  Index hop = 0;   // in Model::hops: the one it runs or runs next
  Index vessel = kNone;
  Queue aboard;
  std::uint64_t entity = 0;
  Time since = 0;
  std::uint32_t draws = 0;
  bool has_food = false;

  std::array<Time, kActivities> spent{};

  Time border_ashore = 0;  // ships: what customs take of their cargo after unloading
  double full = 0;         // share of its room taken
  double full_above = 0;   // rail ferries: of the truck deck above the rails
  double room = 1;         // share of its usual room that there is
  Time cutoff = 0;         // cargo must have waited so long to board
  double fullest = 0;      // share of its room taken, on the fullest of its legs
};
static_assert(sizeof(Vehicle) == 192);

enum class ShipState : std::uint8_t {
  kIdle,
  kOutside,  // for calm weather
  kWaiting,  // for a berth
  kUnloading,
  kLoading,
  kReady,  // at the quay, for calm weather
  kSailing,
  kBallast,
  kRepair
};
inline constexpr std::size_t kShipStates = 9;

struct Ship {
  ShipState state = ShipState::kIdle;
  Index place = 0;
  Index vehicle = 0;
  Index line = kNone;  // the one it runs or will load for
  Index berth = kNone;
  des::Ticket ticket;
  Time since = 0;
  Time fails_after = 0;  // ticks at sea until the next breakdown
  std::uint32_t failures = 0;
  double kg_limit = 0;
  double kg_called = 0;
  des::EventId deadline;
  std::array<Time, kShipStates> spent{};
  std::array<Time, kShipStates> spent_before{};  // until the last week ended
  std::vector<VesselWeek> weeks;
  std::uint64_t voyages = 0;
  double kg_carried = 0;
  double full_sum = 0;
  ByMonth by_month;
};

struct PoolState {
  explicit PoolState(Time start) : wait{start} {}
  std::int64_t free = 0;
  std::int64_t away = 0;  // with cargo
  std::int64_t returning = 0;
  Queue queue;
  WaitRecord wait;
  double busy_ticks = 0;
};

inline constexpr std::size_t kSides = 2;
struct YardState {
  explicit YardState(Time start) : wait{start} {}
  std::array<double, kSides> level{};  // onward by land, onward by ship
  std::deque<Index> held;              // vehicles
  bool embargo = false;
  WaitRecord wait;
  double level_ticks = 0;  // of both sides
  Time level_since = 0;

  double level_ticks_at(Time now) const {
    return level_ticks + (level[0] + level[1]) * static_cast<double>(now - level_since);
  }
};

struct PipeState {
  std::deque<std::pair<Index, std::int64_t>> plugs;  // shipment, pumped total at which it leaves
  std::int64_t pumped = 0;
  Index pumping = kNone;
  std::int64_t kg_out = 0;
  ByMonth by_month;
  Time busy = 0;
  double in_line_ticks = 0;
  std::uint64_t plugs_out = 0;
  double tank_kg_ticks = 0;
  std::int64_t tank_kg = 0;
  std::int64_t tank_least = 0;
  std::int64_t tank_greatest = 0;
  Time tank_since = 0;
  Time tank_full = 0;
  Time tank_empty = 0;
  std::vector<float> tank_by_week;  // tonnes
};

// The tanks at the end of a pipeline and the tankers that empty them.
struct TerminalState {
  explicit TerminalState(const des::Tank& t) : tank{t} {}
  des::Tank tank;
  std::int64_t outflow = 0;  // kg per hour, of all tankers that load
  std::uint64_t liftings_made = 0;
  std::int64_t nominated = 0;  // kg that tankers are under way for or load
  des::EventId again;          // looks for room
  bool is_tripped = false;     // the line stands because the tanks are full
  std::uint64_t trips = 0;
  Time tripped_since = 0;
  Time tripped = 0;
  std::uint64_t liftings = 0;
  double kg_lifted = 0;
  double kg_ticks = 0;  // of the level
  std::int64_t level = 0;
  Time level_since = 0;
  std::int64_t least = 0;
  std::int64_t greatest = 0;
  std::vector<float> by_week;  // tonnes
};

// A tanker at such a terminal.
struct Lifting {
  Index pipe = 0;
  std::int64_t kg = 0;
  std::int64_t rate = 0;  // kg per hour
  des::Ticket ticket;
};

struct DemandTally {
  double kg_released = 0;
  std::int64_t kg_in_transit = 0;
  double kg_lost = 0;  // found no way
  double kg_late = 0;
  double kg_planned_ticks = 0;
  double teu_delivered = 0;
  double usd = 0;
  double kg_co2e = 0;
  ByActivity<double> kg_spent{};
  WeightedSpans transit;  // of what was delivered
  std::vector<double> kg_by_month;
};

class Run {
 public:
  Run(const Model& model, const Question& question);

  Time now() const { return engine_.now(); }
  // Up to `until`, at most to the end; nothing if all went well.
  std::optional<Error> advance(Time until, const Watch& watch);
  // To the end.
  Result<Answer> finish(const Watch& watch);
  // What is still to come takes the chance of another replication; what has begun ends as drawn.
  void draw_anew(std::uint64_t replication);

 private:
  struct SourceState {
    des::Draws draws;
    double arrivals = 0;  // expected up to the next release
    std::uint64_t count = 0;
    std::size_t month = 0;
    std::size_t season = 0;
  };
  struct Option {
    double weight = 0;
    Index route = 0;
    Range stages;  // still to come
    Time delay = 0;
  };
  // Empties on their way back to a pool.
  struct Return {
    Index pool = 0;
    std::int64_t units = 0;
    Index source = 0;  // of the cargo they carried
    Index back = kNone;
    Time away = 0;
  };
  struct StopState {
    explicit StopState(Time start) : wait{start} {}
    Queue queue;
    WaitRecord wait;
    Time extra_from = 0;    // no extra train before
    Index loading = kNone;  // ship
    double kg_called = 0;   // room of the ships that sail here in ballast
    // Departures that left cargo behind, ascending, since the queue was last empty.
    std::vector<Time> left_behind;
  };
  struct LineState {
    std::uint64_t departures = 0;
    double full_sum = 0;
    std::array<double, kActivities> spent{};
  };
  struct SectionState {
    std::array<Time, 2> free_from{};
    std::uint64_t passed = 0;
    double busy_ticks = 0;
    double wait_ticks = 0;
    double wait_kg_ticks = 0;
    double kg = 0;
    des::Histogram spans;
    ByWeek queue;
    ByWeek used;
    ByMonth by_month;
    std::vector<std::pair<Time, Time>> down;  // by failures, ascending
  };
  // Locomotives of a pool, and what waited for one.
  struct LocomotiveState {
    std::vector<Time> busy_until;  // a heap, the earliest first
    std::uint64_t taken = 0;
    double busy_ticks = 0;
    double wait_ticks = 0;
    double wait_kg_ticks = 0;
    double kg = 0;
    des::Histogram spans;
    ByMonth by_month;
  };
  struct BorderState {
    std::uint64_t passed = 0;
    double ticks = 0;
    double kg_short_ticks = 0;  // for its hours, closures and what it lacks of its usual capacity
    double kg = 0;
    des::Histogram spans;
    ByMonth by_month;
  };
  struct PlaceState {
    std::vector<std::pair<Time, Time>> closed;  // by weather, ascending
    double kg_loaded = 0;
    double kg_unloaded = 0;
    ByMonth by_month;
    std::uint64_t storms = 0;  // that kept a ship, each ship counts
    double storm_ticks = 0;
    double storm_kg_ticks = 0;
    double storm_kg = 0;
    des::Histogram storm_spans;
    WeightedSpans stays;
  };

  // --- run.cc
  struct Handler;
  void schedule_all();
  des::Draws demand_draws(const Source& source) const;
  void handle(const des::Event& event);
  void foresee_later(const des::Event& event) const;
  void foresee_next(const des::Event& event) const;
  Error gridlocked(const std::string& cycle) const;
  void begin_counting();
  void week_ends();
  void note_week(Ship& ship) const;
  void month_ends();
  void note_months();
  static des::Event event(Kind kind, Index subject) {
    return {static_cast<std::uint32_t>(kind), subject};
  }
  // Names of streams; adding one changes no other.
  enum class Stream : std::uint8_t {
    kWork,
    kBorder,
    kRunning,
    kSailing,
    kBreakdown,
    kRepair,
    kSetUp,
    kLifting,
    kChoice,
    kLink,
    kCrane,
    kPump,
  };
  static constexpr std::size_t kStreams = 12;
  des::Draws draws_of(Stream stream, std::uint64_t entity) const {
    return {keys_[static_cast<std::size_t>(stream)], entity};
  }
  double draw(Index law, Stream stream, std::uint64_t entity) const {
    des::Draws draws = draws_of(stream, entity);
    return model_->laws[law].sample(draws);
  }

  // --- demand.cc
  void schedule_release(Index source);
  Time release_time(const Source& source, SourceState& state);
  void release(Index source);
  const Season& season_of(const Source& source, SourceState& state) const;
  void avoid_delays(const Season& season);
  Index pick(const Season& season, double u);
  Index pick_route(const Source& source, SourceState& state, double u);
  void choose_again(Shipment& shipment);
  void line_ends(Index line);
  Time delay_on(Range stages) const;

  // --- shipments.cc
  void begin_stage(Index shipment);
  void begin_work(Index shipment);
  void fixed_done(Index shipment);
  void station_granted(Index shipment);
  void work_at_station(Index shipment);
  void work_done(Index shipment);
  void pack(Shipment& shipment, const Stage& stage);
  void take_empties(Index shipment);
  void give_empties(Shipment& shipment, const Stage& stage);
  void empty_back(Index entry);
  void empty_sets_out(Index entry);
  void come_home(Index shipment);
  void serve_pool(Index pool);
  void deliver(Index shipment);
  void spend(Shipment& shipment, Activity activity, Time ticks) const {
    shipment.spent[static_cast<std::size_t>(activity)] += static_cast<std::uint32_t>(ticks);
  }
  Index split(Index shipment, std::int64_t units);
  void append(Queue& queue, Index shipment);
  Index pop(Queue& queue);
  void served(WaitRecord& wait, Shipment& shipment, Activity activity, Time for_room);
  void weigh(CargoWait& wait, Shipment& shipment, Activity activity, Time for_room);
  Time waited_for_room(const StopState& stop, const Shipment& shipment, Time cutoff) const;
  void leaves_behind(StopState& stop, Time cutoff);
  void stay_ends(const Shipment& shipment, Index place);
  bool is_logged(const Shipment& shipment) const;
  void log(const Shipment& shipment,
           Step step,
           Index place,
           const Vehicle* vehicle,
           std::uint64_t parent = 0);

  // --- outcome.cc
  Answer outcome();
  std::string unbalanced() const;
  void add_markets(Answer& answer) const;
  void add_queues(Answer& answer) const;
  void add_stations(Answer& answer) const;
  void add_lines(Answer& answer) const;
  void add_services(Answer& answer) const;
  void add_ships(Answer& answer) const;
  void add_places(Answer& answer) const;
  void add_harbors(Answer& answer) const;
  void add_pipes(Answer& answer);

  // --- trains.cc
  void join_line(Index shipment);
  Time in_window(const Line& line, Time t) const;
  void schedule_departure(Index line);
  void departure(Index line);
  void extra_departure(Index line, Index stop);
  bool leaves_as_block_train(Index shipment);
  bool run_train(Index line, Index start, Time cutoff);
  void shuttle_leaves(Index stop);
  Index new_vehicle(Index line);
  void load(Index vehicle, Index stop);
  bool goes_above(const Vehicle& vehicle, Index load_unit) const;
  std::int64_t units_that_fit(const Vehicle& vehicle,
                              const Shipment& shipment,
                              double* share_of_one) const;
  void put_aboard(Index vehicle, Index shipment, double share_of_one);
  void unload(Index vehicle, Index stop);
  void leave_stop(Index vehicle);
  void end_run(Index vehicle);
  void start_hop(Index vehicle);
  void hop_done(Index vehicle);
  void work_at_stop(Index vehicle);
  void stop_done(Index vehicle);
  Time sets_out(Vehicle& vehicle, const Hop& hop);
  Time pass_section(Vehicle& vehicle, const Hop& hop);
  Time take_locomotive(Vehicle& vehicle, const Hop& hop, Time at);
  Time pass_border(Vehicle& vehicle, const Hop& hop, Time at);

  // --- yards.cc
  void arrive_at_stop(Index vehicle);
  std::array<double, kSides> coming(const Vehicle& vehicle, Index yard) const;
  bool takes(Index yard, std::size_t side, double amount) const;
  bool has_room(const Vehicle& vehicle, Index yard) const;
  void enter_yard(Shipment& shipment, Index place);
  void leave_yard(Shipment& shipment);
  void watch_yard(YardState& yard) const;
  void yard_freed(Index yard);
  Index yard_of(const Shipment& shipment, Index place) const;
  double yard_amount(const Shipment& shipment, YardOf of) const;
  std::string gridlock() const;

  // --- vessels.cc
  void make_storms();
  void close_port(Index place, Time start, Time end);
  void kept_by_storm(Index place, std::int64_t kg, Time until);
  Time calm_from(Index place, Time t) const;
  double water_depth(Index place, const Berths& berth, std::uint64_t entity) const;
  double draught_limit_kg(const Vessel& vessel, Index line, std::uint64_t entity) const;
  double ship_units(const Vessel& vessel, const Line& line, Index load_unit) const;
  void set_state(Index ship, ShipState state);
  void cargo_for_ships(Index stop);
  void fetch(Index stop);
  bool is_usable(Index line) const;
  double call_of(Index ship, Index line) const;
  double loudest_at(Index ship, Index place) const;
  Index line_with_cargo(Index ship, Index place) const;
  Time ballast_time(Index ship, Index place) const;
  void ballast_done(Index ship);
  static Time hop_time(const Vessel& vessel, const Hop& hop);
  void consider(Index ship);
  void ships_look();
  void at_port(Index ship);
  void berthed(Index ship);
  void ship_unloaded(Index ship);
  void start_loading(Index ship, Index stop);
  void make_room(Index berth);
  void load_more(Index ship);
  Time sails_at_latest(const Line& line) const;
  void finish_loading(Index ship);
  void ship_loaded(Index ship);
  void sail(Index ship);
  void ship_hop_done(Index ship);
  void leave_berth(Index ship);
  bool is_loose(const Vehicle& vehicle) const;
  Time work_time(const Ship& ship, const Vehicle& vehicle) const;
  bool repair_if_due(Index ship);
  void start_ship_hop(Index ship);

  // --- breakdowns.cc
  void make_link_failures();
  static Time working_from(const SectionState& section, Time t);
  Time repair_within(const Failures& laws, Stream stream, std::uint64_t entity, Time work);

  // --- pipes.cc
  void change_tank(Index pipe, std::int64_t by);
  void pump(Index pipe);
  void pumped(Index pipe);
  void plug_out(Index pipe);
  bool terminal_has_room(Index pipe, std::int64_t kg);
  void watch_level(Index pipe);
  void nominate(Index pipe);
  void tanker_comes(Index lifting);
  void tanker_berthed(Index lifting);
  void tanker_loaded(Index lifting);

  const Model* model_;
  Question question_;
  des::Engine engine_;
  std::array<des::DrawKey, kStreams> keys_;
  bool counting_ = false;
  bool logging_ = false;

  std::vector<SourceState> sources_;
  Arena<Shipment> shipments_;
  Arena<Vehicle> vehicles_;
  Arena<Return> returns_;
  std::vector<des::Resource> stations_;
  std::vector<CargoWait> station_cargo_;
  std::vector<PoolState> pools_;
  std::vector<YardState> yards_;
  std::vector<StopState> stops_;
  std::vector<Time> shuttle_free_;         // by line
  std::vector<std::uint64_t> departures_;  // by line
  std::vector<LineState> lines_;
  std::vector<SectionState> sections_;
  std::vector<LocomotiveState> locomotives_;
  std::vector<BorderState> borders_;
  std::vector<PlaceState> places_;
  std::vector<des::Resource> berths_;
  std::vector<CargoWait> berth_cargo_;
  std::vector<std::array<Time, kShipStates>> berth_spent_;  // by what the ships alongside do
  std::vector<Ship> ships_;
  std::vector<PipeState> pipes_;
  std::vector<TerminalState> terminals_;  // by pipe
  Arena<Lifting> liftings_;
  std::vector<DemandTally> markets_;
  std::vector<Option> options_;  // of the choice that is being made
  std::vector<EventRow> events_;
  std::vector<ShipmentRow> delivered_;
  std::uint64_t shipment_count_ = 0;
  std::uint64_t empties_count_ = 0;
  std::uint64_t delivered_count_ = 0;
};

}  // namespace karvan::simulate::detail
