// The kernel against queueing theory. Each case simulates a station of the kernel's own blocks with
// a fixed seed and holds a mean against its closed form. Tolerances are 2.7 to 5.5 times the
// scatter between seeds, measured over twelve of them at this length.

#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/des/draws.h"
#include "karvan/des/engine.h"
#include "karvan/des/resource.h"
#include "karvan/des/sampler.h"

namespace karvan::des {
namespace {

constexpr double kTicks = 1e6;  // of a unit of time

struct Station {
  Sampler gap;      // between arrivals
  Sampler service;  // of one customer
  std::uint32_t servers = 1;
  std::uint32_t customers = 400'000;
};

struct Measured {
  double wait = 0;          // mean in the queue, units of time
  double in_queue = 0;      // mean over time
  double utilization = 0;   // share of servers busy
  std::vector<Time> waits;  // of each customer, in ticks
  std::uint64_t fingerprint = 0;
};

enum Kind : std::uint32_t { kArrive, kServe, kLeave };

Time ticks(const Sampler& law, DrawKey key, std::uint32_t customer) {
  Draws draws{key, customer};
  return to_ticks(law.sample(draws), kTicks);
}

Measured simulate(const Station& station) {
  const DrawKey gaps = draw_key(1, "gap");
  const DrawKey services = draw_key(1, "service");
  Engine engine;
  Resource servers{0, station.servers};
  std::vector<Ticket> tickets(station.customers);
  std::vector<Time> arrived(station.customers);
  Measured measured;
  measured.waits.resize(station.customers);
  const auto serve = [&](std::uint32_t customer) {
    measured.waits[customer] = engine.now() - arrived[customer];
    engine.in(ticks(station.service, services, customer), {kLeave, customer});
  };
  engine.in(ticks(station.gap, gaps, 0), {kArrive, 0});
  engine.run([&](const Event& event) {
    const std::uint32_t customer = event.subject;
    switch (event.kind) {
      case kArrive:
        arrived[customer] = engine.now();
        if (customer + 1 < station.customers)
          engine.in(ticks(station.gap, gaps, customer + 1), {kArrive, customer + 1});
        tickets[customer] = servers.request(engine, {.granted = {kServe, customer}});
        if (servers.holds(tickets[customer])) serve(customer);
        break;
      case kServe:
        serve(customer);
        break;
      case kLeave:
        servers.release(engine, tickets[customer]);
        break;
      default:
        FAIL() << event.kind;
    }
  });
  EXPECT_TRUE(servers.wait_statistics().obeys_little(engine.now()));
  measured.wait = servers.wait_statistics().waits().mean() / kTicks;
  measured.in_queue = servers.wait_statistics().waiting().mean(engine.now());
  measured.utilization = servers.utilization(engine.now());
  measured.fingerprint = engine.fingerprint();
  return measured;
}

// Mean wait in the queue of M/M/c with unit service (Erlang C).
double erlang_c_wait(std::uint32_t servers, double load) {
  double term = 1;
  double sum = 1;
  for (std::uint32_t k = 1; k < servers; ++k) {
    term *= load / k;
    sum += term;
  }
  term *= load / servers;
  const double tail = term * servers / (servers - load);
  return tail / (sum + tail) / (servers - load);
}

TEST(Queueing, MM1WaitsAsTheFormulaSays) {
  const Measured measured =
      simulate({.gap = *Sampler::exponential(1 / 0.7), .service = *Sampler::exponential(1)});
  EXPECT_NEAR(measured.wait, 0.7 / (1 - 0.7), 0.10);
  EXPECT_NEAR(measured.utilization, 0.7, 0.01);
  EXPECT_NEAR(measured.in_queue, 0.7 * 0.7 / (1 - 0.7), 0.08);
}

TEST(Queueing, MMcWaitsAsErlangCSays) {
  for (const auto& [servers, tolerance] : {std::pair{2U, 0.07}, {5U, 0.045}}) {
    const double load = 0.8 * servers;
    const Measured measured = simulate({.gap = *Sampler::exponential(1 / load),
                                        .service = *Sampler::exponential(1),
                                        .servers = servers});
    EXPECT_NEAR(measured.wait, erlang_c_wait(servers, load), tolerance) << servers;
    EXPECT_NEAR(measured.utilization, 0.8, 0.01);
  }
}

// Pollaczek-Khinchine: half of lambda E[S^2] / (1 - rho).
TEST(Queueing, MD1AndMG1WaitAsPollaczekKhinchineSays) {
  const Sampler gap = *Sampler::exponential(1 / 0.6);
  const Measured fixed = simulate({.gap = gap, .service = *Sampler::deterministic(1)});
  EXPECT_NEAR(fixed.wait, 0.6 / (2 * 0.4), 0.03);
  const Measured uniform = simulate({.gap = gap, .service = *Sampler::uniform(0, 2)});
  EXPECT_NEAR(uniform.wait, 0.6 * (4.0 / 3) / (2 * 0.4), 0.04);
}

// Lindley: W(n+1) = max(0, W(n) + S(n) - A(n+1)), on the same draws, to the last tick.
TEST(Queueing, SingleServerEqualsLindleysRecursionToTheLastTick) {
  const Station station{
      .gap = *Sampler::exponential(1.1), .service = *Sampler::gamma(2, 0.5), .customers = 50'000};
  const Measured measured = simulate(station);
  const DrawKey gaps = draw_key(1, "gap");
  const DrawKey services = draw_key(1, "service");
  Time wait = 0;
  for (std::uint32_t n = 0; n < station.customers; ++n) {
    ASSERT_EQ(measured.waits[n], wait) << n;
    wait += ticks(station.service, services, n);
    if (n + 1 < station.customers) wait -= ticks(station.gap, gaps, n + 1);
    if (wait < 0) wait = 0;
  }
}

// Another number is another behavior: explain it, then write the new one.
TEST(Queueing, HistoryIsTheSameOnEveryCompiler) {
  const Station station{.gap = *Sampler::exponential(1.1),
                        .service = *Sampler::lognormal(1, 0.8),
                        .customers = 10'000};
  EXPECT_EQ(simulate(station).fingerprint, 17440170216391410561U);
}

}  // namespace
}  // namespace karvan::des
