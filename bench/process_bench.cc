// What coroutines cost: HOLD and a single server of a million customers, once as processes and once
// as the state machines that have the same history, and the memory of 100,000 live processes. Each
// pair is timed after its fingerprints were found equal.
//
//   process_bench [--benchmark_filter=hold|server|memory] [--benchmark_repetitions=5]

#include <cstddef>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "karvan/base/random.h"
#include "karvan/des/engine.h"
#include "karvan/des/process.h"
#include "karvan/des/resource.h"
#include "karvan/des/sampler.h"
#include "karvan/des/span_stream.h"
#include "karvan/des/statistics.h"

namespace karvan::des {
namespace {

constexpr double kTicks = 1e6;  // of a unit of time

SpanStream spans(double mean, const char* name) {
  return {*Sampler::exponential(mean), RandomStream{1, name}, kTicks};
}

// ---- HOLD: wait for an exponential time, again and again ----

class HoldMachine {
 public:
  explicit HoldMachine(std::uint32_t pending) {
    for (std::uint32_t i = 0; i < pending; ++i)
      engine_.in(gaps_.next(), {0, i});
  }
  void run(std::uint64_t events) {
    const auto handle = [this](const Event& event) {
      tally_.add(1.0);
      engine_.in(gaps_.next(), event);
    };
    engine_.run(handle, {.events = events});
  }
  const Engine& engine() const { return engine_; }

 private:
  Engine engine_;
  SpanStream gaps_ = spans(1, "hold");
  Tally tally_;
};

class HoldProcesses {
 public:
  explicit HoldProcesses(std::uint32_t pending) {
    for (std::uint32_t i = 0; i < pending; ++i)
      all_.start(wait_for_ever(all_));
  }
  void run(std::uint64_t events) { all_.run({.events = events}); }
  const Engine& engine() const { return engine_; }
  std::size_t memory() const { return all_.memory() + engine_.memory(); }

 private:
  Process wait_for_ever(Processes& all) {
    for (;;) {
      co_await all.delay(gaps_.next());
      tally_.add(1.0);
    }
  }

  Engine engine_;
  SpanStream gaps_ = spans(1, "hold");
  Tally tally_;
  Processes all_{engine_, 0};
};

bool hold_is_equal(std::uint32_t pending) {
  HoldMachine machine{pending};
  HoldProcesses processes{pending};
  machine.run(100'000);
  processes.run(100'000);
  return machine.engine().fingerprint() == processes.engine().fingerprint();
}

template <class Model>
void hold(benchmark::State& state) {
  constexpr std::uint64_t kEvents = 1'000'000;
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  if (!hold_is_equal(pending)) return state.SkipWithError("the histories differ");
  Model model{pending};
  model.run(std::uint64_t{2} * pending + kEvents);
  for (auto _ : state)
    model.run(kEvents);
  state.counters["per_event"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kEvents,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(hold<HoldMachine>)
    ->Name("hold/machine")
    ->RangeMultiplier(10)
    ->Range(10, 1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(hold<HoldProcesses>)
    ->Name("hold/process")
    ->RangeMultiplier(10)
    ->Range(10, 1'000'000)
    ->Unit(benchmark::kMillisecond);

// ---- a single server: arrivals every 1/0.9, service 1, both exponential ----

constexpr std::uint32_t kCustomers = 1'000'000;

// Number 0 is the source, the others are customers, as processes are numbered.
class ServerMachine {
 public:
  void run() {
    engine_.in(gaps_.next(), {0, 0});
    engine_.run([this](const Event& event) { handle(event.subject); });
  }
  const Engine& engine() const { return engine_; }

 private:
  struct Customer {
    Ticket ticket;
    bool in_service = false;
  };
  void handle(std::uint32_t subject) {
    if (subject == 0) return arrive();
    if (!customers_[subject].in_service) return serve(subject);
    server_.release(engine_, customers_[subject].ticket);
    free_.push_back(subject);
  }
  void arrive() {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(customers_.size()));
      customers_.emplace_back();
    }
    const std::uint32_t id = free_.back();
    free_.pop_back();
    const Ticket ticket = server_.request(engine_, {.granted = {0, id}});
    customers_[id] = {ticket, false};
    if (server_.holds(ticket)) serve(id);
    if (++arrived_ < kCustomers) engine_.in(gaps_.next(), {0, 0});
  }
  void serve(std::uint32_t id) {
    customers_[id].in_service = true;
    engine_.in(services_.next(), {0, id});
  }

  Engine engine_;
  Resource server_{0, 1};
  SpanStream gaps_ = spans(1 / 0.9, "gap");
  SpanStream services_ = spans(1, "service");
  std::vector<Customer> customers_ = std::vector<Customer>(1);
  std::vector<std::uint32_t> free_;
  std::uint32_t arrived_ = 0;
};

class ServerProcesses {
 public:
  void run() {
    all_.start(arrivals(all_));
    all_.run();
  }
  const Engine& engine() const { return engine_; }

 private:
  Process arrivals(Processes& all) {
    for (std::uint32_t i = 0; i < kCustomers; ++i) {
      co_await all.delay(gaps_.next());
      all.start(customer(all));
    }
  }
  Process customer(Processes& all) {
    const Held unit = co_await all.request(server_);
    co_await all.delay(services_.next());
  }

  Engine engine_;
  Resource server_{0, 1};
  SpanStream gaps_ = spans(1 / 0.9, "gap");
  SpanStream services_ = spans(1, "service");
  Processes all_{engine_, 0};
};

bool servers_are_equal() {
  ServerMachine machine;
  ServerProcesses processes;
  machine.run();
  processes.run();
  return machine.engine().fingerprint() == processes.engine().fingerprint();
}

template <class Model>
void server(benchmark::State& state) {
  if (!servers_are_equal()) return state.SkipWithError("the histories differ");
  for (auto _ : state) {
    Model model;
    model.run();
    benchmark::DoNotOptimize(model.engine().fingerprint());
  }
  state.counters["customers/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * kCustomers, benchmark::Counter::kIsRate);
}
BENCHMARK(server<ServerMachine>)->Name("server/machine")->Unit(benchmark::kMillisecond);
BENCHMARK(server<ServerProcesses>)->Name("server/process")->Unit(benchmark::kMillisecond);

// ---- memory ----

// Frames, handles, and the event that each waits for.
void memory(benchmark::State& state) {
  const auto live = static_cast<std::uint32_t>(state.range(0));
  std::size_t bytes = 0;
  for (auto _ : state) {
    HoldProcesses model{live};
    model.run(live);
    bytes = model.memory();
  }
  state.counters["bytes_each"] = static_cast<double>(bytes) / static_cast<double>(live);
}
BENCHMARK(memory)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace karvan::des
