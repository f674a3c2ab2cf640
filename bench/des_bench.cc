// How long the kernel takes for an event: HOLD (Jones 1986) with cancels and a tally, a single
// server of a million customers, a small port for ten years. All stand on the general blocks, with
// entities as state machines. What is timed has passed its judge before: HOLD against an event list
// of the standard library, the server against Lindley's recursion, the port against Little's law
// and the conservation of ships. simpy_yardstick.py runs the same models.
//
//   des_bench [--benchmark_filter=hold|snapshot|server|port] [--benchmark_repetitions=5]

#include <array>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "karvan/base/random.h"
#include "karvan/des/engine.h"
#include "karvan/des/resource.h"
#include "karvan/des/sampler.h"
#include "karvan/des/span_stream.h"
#include "karvan/des/statistics.h"

namespace karvan::des {
namespace {

constexpr double kTicks = 1e6;  // of a unit of time
constexpr Time kHour = 3'600'000'000;

// What is timed, under a name that bench/instructions counts within.
template <class Model, class... Arguments>
[[gnu::noinline]] void counted(Model& model, Arguments... arguments) {
  model.run(arguments...);
}

// ---- HOLD ----

// The order of the engine by the plainest means, for the judge.
class PlainList {
 public:
  std::uint64_t in(Time delay, Event event) {
    queue_.push({now_ + delay, alive_.size(), event});
    alive_.push_back(true);
    return alive_.size() - 1;
  }
  void cancel(std::uint64_t id) { alive_[id] = false; }
  template <class Handler>
  void run(Handler&& handle, const Limits& limits) {
    for (std::uint64_t done = 0; done < limits.events;) {
      const Entry next = queue_.top();
      queue_.pop();
      if (!alive_[next.id]) continue;
      alive_[next.id] = false;
      now_ = next.time;
      fingerprint_.add(now_);
      fingerprint_.add((std::uint64_t{next.event.kind} << 32U) | next.event.subject);
      handle(next.event);
      ++done;
    }
  }
  std::uint64_t fingerprint() const { return fingerprint_.value(); }

 private:
  struct Entry {
    Time time;
    std::uint64_t id;
    Event event;

    friend bool operator<(const Entry& a, const Entry& b) {
      return a.time != b.time ? a.time > b.time : a.id > b.id;
    }
  };
  std::priority_queue<Entry> queue_;
  std::vector<bool> alive_;
  Fingerprint fingerprint_;
  Time now_ = 0;
};

// Each event schedules itself anew after an exponential time; one in eight also calls off the event
// of another entity and schedules that anew.
template <class List>
class Hold {
 public:
  explicit Hold(std::uint32_t pending) {
    for (std::uint32_t i = 0; i < pending; ++i)
      events_.push_back(list_.in(gap(), {0, i}));
  }
  void run(std::uint64_t events) {
    list_.run([this](const Event& event) { handle(event); }, {.events = events});
  }
  const List& list() const { return list_; }
  const Tally& tally() const { return tally_; }

 private:
  Time gap() { return gaps_.next(); }
  void handle(const Event& event) {
    const Time own = gap();
    tally_.add(static_cast<double>(own));
    events_[event.subject] = list_.in(own, event);
    if ((++count_ & 7U) != 0) return;
    const auto other = static_cast<std::uint32_t>(others_.next() % events_.size());
    list_.cancel(events_[other]);
    events_[other] = list_.in(gap(), {0, other});
  }

  List list_;
  SpanStream gaps_{*Sampler::exponential(1), RandomStream{1, "hold/gap"}, kTicks};
  RandomStream others_{1, "hold/other"};
  std::vector<decltype(list_.in(0, Event{}))> events_;
  std::uint64_t count_ = 0;
  Tally tally_;
};

bool hold_is_right(std::uint32_t pending) {
  constexpr std::uint64_t kEvents = 100'000;
  Hold<Engine> ours{pending};
  Hold<PlainList> plain{pending};
  ours.run(kEvents);
  plain.run(kEvents);
  return ours.list().fingerprint() == plain.list().fingerprint() &&
         ours.list().pending() == pending && ours.tally().count() == kEvents &&
         ours.tally().mean() == plain.tally().mean();
}

void hold(benchmark::State& state) {
  constexpr std::uint64_t kEvents = 1'000'000;
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  if (!hold_is_right(pending)) return state.SkipWithError("differs from the plain event list");
  Hold<Engine> model{pending};
  model.run(std::uint64_t{2} * pending + kEvents);  // to the steady state of the buckets
  for (auto _ : state)
    counted(model, kEvents);
  state.counters["per_event"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kEvents,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(hold)->RangeMultiplier(10)->Range(10, 1'000'000)->Unit(benchmark::kMillisecond);

// ---- snapshots ----

// A copy of an engine in mid-run, made afresh or over an older copy, whose memory it then uses.
template <bool kAfresh>
void snapshot(benchmark::State& state) {
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  Hold<Engine> model{pending};
  model.run(std::uint64_t{2} * pending);
  Hold<Engine> older = model;
  Hold<Engine> again = model;
  model.run(pending);
  again.run(pending);
  if (model.list().fingerprint() != again.list().fingerprint()) {
    return state.SkipWithError("the copy has another future");
  }
  Engine over = older.list();
  for (auto _ : state) {
    if constexpr (kAfresh) {
      const Engine copy = model.list();
      benchmark::DoNotOptimize(copy.fingerprint());
    } else {
      over = model.list();
      benchmark::DoNotOptimize(over.fingerprint());
    }
  }
  state.counters["MB"] = static_cast<double>(model.list().memory()) / 1e6;
}
BENCHMARK(snapshot<true>)->Name("snapshot/afresh")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(snapshot<false>)->Name("snapshot/over")->Arg(100'000)->Unit(benchmark::kMillisecond);

// ---- a single server ----

// Arrivals every 1/0.9, service 1, both exponential; records of customers are used again.
class SingleServer {
 public:
  SingleServer(std::uint64_t seed, std::uint32_t customers)
      : gaps_{gap_law(), {seed, "gap"}, kTicks},
        services_{service_law(), {seed, "service"}, kTicks},
        to_come_{customers} {}

  // Each wait goes into `waits` too, unless that is null.
  void run(std::vector<Time>* waits) {
    waits_ = waits;
    engine_.in(gaps_.next(), {kArrive, 0});
    engine_.run([this](const Event& event) { handle(event); });
  }
  const WaitStatistics& statistics() const { return server_.wait_statistics(); }
  const Engine& engine() const { return engine_; }

  static Sampler gap_law() { return *Sampler::exponential(1 / 0.9); }
  static Sampler service_law() { return *Sampler::exponential(1); }

 private:
  enum Kind : std::uint32_t { kArrive, kServe, kLeave };
  struct Customer {
    Ticket ticket;
    Time arrived = 0;
  };

  std::uint32_t take_record() {
    if (free_.empty()) {
      customers_.emplace_back();
      return static_cast<std::uint32_t>(customers_.size() - 1);
    }
    const std::uint32_t record = free_.back();
    free_.pop_back();
    return record;
  }
  void serve(std::uint32_t customer) {
    if (waits_ != nullptr) waits_->push_back(engine_.now() - customers_[customer].arrived);
    engine_.in(services_.next(), {kLeave, customer});
  }
  void arrive() {
    if (--to_come_ > 0) engine_.in(gaps_.next(), {kArrive, 0});
    const std::uint32_t customer = take_record();
    const Ticket ticket = server_.request(engine_, {.granted = {kServe, customer}});
    customers_[customer] = {ticket, engine_.now()};
    if (server_.holds(ticket)) serve(customer);
  }
  void handle(const Event& event) {
    switch (event.kind) {
      case kArrive:
        arrive();
        break;
      case kServe:
        serve(event.subject);
        break;
      default:
        server_.release(engine_, customers_[event.subject].ticket);
        free_.push_back(event.subject);
    }
  }

  Engine engine_;
  Resource server_{0, 1};
  SpanStream gaps_;
  SpanStream services_;
  std::vector<Customer> customers_;
  std::vector<std::uint32_t> free_;
  std::vector<Time>* waits_ = nullptr;
  std::uint32_t to_come_;
};

constexpr std::uint32_t kCustomers = 1'000'000;

// Every wait is Lindley's on the same draws, to the last tick.
bool server_is_right() {
  std::vector<Time> waits;
  SingleServer model{1, kCustomers};
  model.run(&waits);
  if (waits.size() != kCustomers || !model.statistics().obeys_little(model.engine().now())) {
    return false;
  }
  RandomStream gaps{1, "gap"};
  RandomStream services{1, "service"};
  const auto draw = [](const Sampler& law, RandomStream& random) {
    return to_ticks(law.sample(random), kTicks);
  };
  const Sampler gap_law = SingleServer::gap_law();
  const Sampler service_law = SingleServer::service_law();
  draw(gap_law, gaps);
  Time wait = 0;
  for (const Time measured : waits) {
    if (measured != wait) return false;
    wait += draw(service_law, services) - draw(gap_law, gaps);
    if (wait < 0) wait = 0;
  }
  return true;
}

void server(benchmark::State& state) {
  if (!server_is_right()) return state.SkipWithError("differs from Lindley's recursion");
  std::uint64_t seed = 0;
  std::uint64_t events = 0;
  for (auto _ : state) {
    SingleServer model{++seed, kCustomers};
    counted(model, nullptr);
    events += model.engine().events();
    benchmark::DoNotOptimize(model.statistics().waits().mean());
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["customers/s"] =
      benchmark::Counter(runs * kCustomers, benchmark::Counter::kIsRate);
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}
BENCHMARK(server)->Unit(benchmark::kMillisecond);

// ---- a small port ----

// Ships every 9 h on average; 2 berths; two lots of cargo a ship, each of which keeps one of 3
// cranes for 6 h on average; an hour in and an hour out, begun only while no storm (8 h, every 72
// h) shuts the channel. All times but the sailing are exponential.
class Port {
 public:
  static constexpr Time kTenYears = 87'600 * kHour;

  explicit Port(std::uint64_t seed)
      : arrivals_{*Sampler::exponential(9), {seed, "arrivals"}, static_cast<double>(kHour)},
        work_{*Sampler::exponential(6), {seed, "work"}, static_cast<double>(kHour)},
        weather_{seed, "weather"} {}

  void run() {
    engine_.in(arrivals_.next(), {kArrive, 0});
    engine_.in(draw(kCalm, weather_), {kWeather, 0});
    engine_.run([this](const Event& event) { handle(event); }, {.until = kTenYears});
  }
  // No ship is lost; each holds a berth or waits for one; time in port adds up, place by place and
  // as a whole.
  bool is_right() const {
    const Time now = engine_.now();
    WideInt present = 0;
    for (const Ship& ship : ships_) {
      if (ship.in_port) present += now - ship.arrived;
    }
    const std::int64_t berthed = berths_.busy() + berths_.waiting();
    return now == kTenYears && arrived_ == departed_ + in_port_.level() &&
           in_port_.level() == berthed && in_port_.area(now) == stays_ + present &&
           berths_.wait_statistics().obeys_little(now) &&
           cranes_.wait_statistics().obeys_little(now) &&
           channel_.wait_statistics().obeys_little(now);
  }
  std::uint64_t events() const { return engine_.events(); }
  std::int64_t departed() const { return departed_; }
  double stay_hours() const {
    return static_cast<double>(stays_) / static_cast<double>(departed_) /
           static_cast<double>(kHour);
  }

 private:
  enum Kind : std::uint32_t {
    kArrive,
    kWeather,
    kBerthed,
    kSailIn,
    kInside,
    kCrane,  // of these two, the subject is twice the ship plus the lot
    kWorked,
    kSailOut,
    kOutside,
  };
  struct Ship {
    Time arrived = 0;
    Ticket berth;
    Ticket channel;
    std::array<Ticket, 2> cranes;
    std::uint32_t lots = 2;  // still to be worked
    bool in_port = false;
  };
  static constexpr std::uint32_t kChannelUnits = 1'000;  // more than there can be ships

  static inline const Sampler kCalm = *Sampler::exponential(72);
  static inline const Sampler kStorm = *Sampler::exponential(8);
  static Time draw(const Sampler& law, RandomStream& random) {
    return to_ticks(law.sample(random), static_cast<double>(kHour));
  }

  void arrive() {
    engine_.in(arrivals_.next(), {kArrive, 0});
    std::uint32_t id = 0;
    if (free_.empty()) {
      id = static_cast<std::uint32_t>(ships_.size());
      ships_.emplace_back();
    } else {
      id = free_.back();
      free_.pop_back();
    }
    ships_[id] = {.arrived = engine_.now(), .in_port = true};
    ++arrived_;
    in_port_.change(engine_.now(), 1);
    ships_[id].berth = berths_.request(engine_, {.granted = {kBerthed, id}});
    if (berths_.holds(ships_[id].berth)) enter(id);
  }
  void enter(std::uint32_t id) {
    ships_[id].channel = channel_.request(engine_, {.granted = {kSailIn, id}});
    if (channel_.holds(ships_[id].channel)) engine_.in(kHour, {kInside, id});
  }
  void work_lots(std::uint32_t id) {
    channel_.release(engine_, ships_[id].channel);
    for (std::uint32_t lot = 0; lot < 2; ++lot) {
      const std::uint32_t subject = 2 * id + lot;
      const Ticket ticket = cranes_.request(engine_, {.granted = {kCrane, subject}});
      ships_[id].cranes[lot] = ticket;
      if (cranes_.holds(ticket)) work(subject);
    }
  }
  void work(std::uint32_t subject) { engine_.in(work_.next(), {kWorked, subject}); }
  void worked(std::uint32_t subject) {
    const std::uint32_t id = subject / 2;
    cranes_.release(engine_, ships_[id].cranes[subject % 2]);
    if (--ships_[id].lots > 0) return;
    ships_[id].channel = channel_.request(engine_, {.granted = {kSailOut, id}});
    if (channel_.holds(ships_[id].channel)) engine_.in(kHour, {kOutside, id});
  }
  void leave(std::uint32_t id) {
    channel_.release(engine_, ships_[id].channel);
    berths_.release(engine_, ships_[id].berth);
    stays_ += engine_.now() - ships_[id].arrived;
    ships_[id].in_port = false;
    in_port_.change(engine_.now(), -1);
    ++departed_;
    free_.push_back(id);
  }
  void change_weather() {
    is_calm_ = !is_calm_;
    engine_.in(draw(is_calm_ ? kCalm : kStorm, weather_), {kWeather, 0});
    channel_.set_units(engine_, is_calm_ ? kChannelUnits : 0);
  }
  void handle(const Event& event) {
    switch (event.kind) {
      case kArrive:
        return arrive();
      case kWeather:
        return change_weather();
      case kBerthed:
        return enter(event.subject);
      case kSailIn:
        engine_.in(kHour, {kInside, event.subject});
        return;
      case kInside:
        return work_lots(event.subject);
      case kCrane:
        return work(event.subject);
      case kWorked:
        return worked(event.subject);
      case kSailOut:
        engine_.in(kHour, {kOutside, event.subject});
        return;
      default:
        return leave(event.subject);
    }
  }

  Engine engine_;
  Resource berths_{0, 2};
  Resource cranes_{0, 3};
  Resource channel_{0, kChannelUnits};
  SpanStream arrivals_;
  SpanStream work_;
  RandomStream weather_;
  std::vector<Ship> ships_;
  std::vector<std::uint32_t> free_;
  LevelTally in_port_;
  WideInt stays_ = 0;  // of those that departed
  std::int64_t arrived_ = 0;
  std::int64_t departed_ = 0;
  bool is_calm_ = true;
};

bool port_is_right() {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Port model{seed};
    model.run();
    if (!model.is_right()) return false;
  }
  return true;
}

void port(benchmark::State& state) {
  if (!port_is_right()) return state.SkipWithError("loses ships or breaks Little's law");
  std::uint64_t seed = 0;
  std::uint64_t events = 0;
  std::int64_t ships = 0;
  double stays = 0;
  for (auto _ : state) {
    Port model{++seed};
    counted(model);
    events += model.events();
    ships += model.departed();
    stays += model.stay_hours();
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["ships"] = static_cast<double>(ships) / runs;
  state.counters["stay_h"] = stays / runs;
}
BENCHMARK(port)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace karvan::des
