// The kernel against closed forms that hold without chance or on the same draws: equal to the last
// tick and unit, no tolerance.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/des/draws.h"
#include "karvan/des/engine.h"
#include "karvan/des/resource.h"
#include "karvan/des/sampler.h"
#include "karvan/des/tank.h"

namespace karvan::des {
namespace {

constexpr double kTicks = 1e6;  // of a unit of time

Time ticks(const Sampler& law, DrawKey key, std::uint32_t customer) {
  Draws draws{key, customer};
  return to_ticks(law.sample(draws), kTicks);
}

// ---- several servers ----

struct Station {
  Sampler gap;
  Sampler service;
  std::uint32_t servers = 1;
  std::uint32_t customers = 20'000;
  DrawKey gaps = draw_key(3, "gap");
  DrawKey services = draw_key(3, "service");
};

std::vector<Time> simulated_waits(const Station& station) {
  enum Kind : std::uint32_t { kArrive, kServe, kLeave };
  Engine engine;
  Resource servers{0, station.servers};
  std::vector<Ticket> tickets(station.customers);
  std::vector<Time> arrived(station.customers);
  std::vector<Time> waits(station.customers);
  const auto serve = [&](std::uint32_t customer) {
    waits[customer] = engine.now() - arrived[customer];
    engine.in(ticks(station.service, station.services, customer), {kLeave, customer});
  };
  engine.in(0, {kArrive, 0});
  engine.run([&](const Event& event) {
    const std::uint32_t customer = event.subject;
    if (event.kind == kServe) return serve(customer);
    if (event.kind == kLeave) return servers.release(engine, tickets[customer]);
    arrived[customer] = engine.now();
    if (customer + 1 < station.customers) {
      engine.in(ticks(station.gap, station.gaps, customer), {kArrive, customer + 1});
    }
    tickets[customer] = servers.request(engine, {.granted = {kServe, customer}});
    if (servers.holds(tickets[customer])) serve(customer);
  });
  EXPECT_TRUE(servers.wait_statistics().obeys_little(engine.now()));
  return waits;
}

// Kiefer, Wolfowitz 1955: the vector of the work before each server, the least first. The next one
// waits for the least, adds its service there, and time takes from all.
std::vector<Time> recursive_waits(const Station& station) {
  std::vector<Time> work(station.servers);
  std::vector<Time> waits;
  for (std::uint32_t customer = 0; customer < station.customers; ++customer) {
    waits.push_back(work.front());
    work.front() += ticks(station.service, station.services, customer);
    std::sort(work.begin(), work.end());
    const Time gap = ticks(station.gap, station.gaps, customer);
    for (Time& rest : work)
      rest = std::max(rest - gap, Time{0});
  }
  return waits;
}

TEST(Exact, SeveralServersEqualKieferAndWolfowitzToTheLastTick) {
  const Sampler service = *Sampler::gamma(0.5, 2);
  for (const std::uint32_t servers : {1U, 2U, 3U, 7U}) {
    for (const double load : {0.6, 0.95, 1.1}) {
      const Sampler gap = *Sampler::lognormal(1 / (load * servers), 1.5 / (load * servers));
      const Station station{.gap = gap, .service = service, .servers = servers};
      EXPECT_EQ(simulated_waits(station), recursive_waits(station)) << servers << ' ' << load;
    }
  }
}

// ---- a tank that fills at one rate and is emptied ----

// Batches go at once as soon as they are there. Their size over the inflow is no whole number of
// ticks; each is met at the tick after, and no error adds up.
TEST(Exact, TankGivesItsKthBatchAtKTimesThePeriod) {
  constexpr std::int64_t kBatch = 1'000;
  constexpr std::int64_t kInflow = 7;
  constexpr Time kSpan = 11;
  Engine engine;
  Tank tank{0, {.capacity = 5'000, .level = 0, .span = kSpan}};
  tank.set_inflow(0, kInflow);
  engine.at(tank.next_mark(0, kBatch), {});
  std::int64_t batches = 0;
  engine.run(
      [&](const Event&) {
        ++batches;
        EXPECT_EQ(engine.now(), (batches * kBatch * kSpan + kInflow - 1) / kInflow);
        EXPECT_TRUE(tank.remove(engine.now(), kBatch));
        engine.at(tank.next_mark(engine.now(), kBatch), {});
      },
      {.events = 10'000});
  EXPECT_EQ(batches, 10'000);
  EXPECT_TRUE(tank.conserves(engine.now()));
}

// Drawn off at a higher rate from full until empty: the period is the time to fill plus the time
// to empty, here 100 and 25 ticks a cycle, by the bounds the tank arms itself.
TEST(Exact, TankDrawnOffFromFullToEmptyHasThePeriodOfBothHalves) {
  constexpr std::int64_t kCapacity = 1'200;
  constexpr std::int64_t kInflow = 12;
  constexpr std::int64_t kOutflow = 60;
  constexpr Time kFill = kCapacity / kInflow;
  constexpr Time kEmpty = kCapacity / (kOutflow - kInflow);
  Engine engine;
  Tank tank{0, {.capacity = kCapacity, .level = 0}};
  tank.set_inflow(0, kInflow);
  tank.arm(engine, {});
  Time changes = 0;
  engine.run(
      [&](const Event&) {
        ++changes;
        const bool full = changes % 2 == 1;
        EXPECT_EQ(engine.now(), changes / 2 * (kFill + kEmpty) + (full ? kFill : 0));
        EXPECT_EQ(tank.is_full(engine.now()), full);
        EXPECT_EQ(tank.is_empty(engine.now()), !full);
        tank.set_outflow(engine.now(), full ? kOutflow : 0);
        tank.arm(engine, {});
      },
      {.events = 10'000});
  EXPECT_EQ(tank.delivered(engine.now()), WideInt{kOutflow} * kEmpty * (changes / 2));
  EXPECT_TRUE(tank.conserves(engine.now()));
}

// ---- batches through a line ----

struct Regime {
  Time from = 0;
  std::int64_t rate = 0;  // units a span
};

struct Line {
  std::int64_t fill = 0;
  Time span = 1;
  std::vector<Regime> regimes;  // by time, the first at 0, the last for ever and above 0
  std::vector<std::int64_t> batches;
};

// When the inflow since 0 first reaches `units`: the regimes are walked through, each a straight
// line; the tick at or after the crossing.
Time reached(const Line& line, std::int64_t units) {
  WideInt left = WideInt{units} * line.span;
  for (std::size_t i = 0;; ++i) {
    const Regime& regime = line.regimes[i];
    const bool last = i + 1 == line.regimes.size();
    const WideInt here =
        last ? left : WideInt{regime.rate} * (line.regimes[i + 1].from - regime.from);
    if (left <= here) {
      const WideInt ticks_on = left == 0 ? 0 : (left + regime.rate - 1) / regime.rate;
      return regime.from + static_cast<Time>(ticks_on);
    }
    left -= here;
  }
}

struct Passage {
  std::vector<Time> in;   // when the head of each batch enters
  std::vector<Time> out;  // and comes out
};

// A tank is the meter at the inlet. The heads are marks on it: one event for the next that enters,
// one for the next that comes out, both moved when the rate changes.
class MeteredLine {
 public:
  explicit MeteredLine(const Line& line)
      : line_{line},
        heads_(line.batches.size()),
        meter_{0, {.capacity = std::int64_t{1} << 40U, .span = line.span}} {
    std::exclusive_scan(line.batches.begin(), line.batches.end(), heads_.begin(), std::int64_t{0});
  }

  Passage run() {
    for (std::uint32_t i = 0; i < line_.regimes.size(); ++i)
      engine_.at(line_.regimes[i].from, {kRate, i}, kRateFirst);
    engine_.run([this](const Event& event) { handle(event); });
    return passage_;
  }

 private:
  enum Kind : std::uint32_t { kRate, kIn, kOut };
  static constexpr Priority kRateFirst = 0;

  void handle(const Event& event) {
    if (event.kind == kRate) meter_.set_inflow(engine_.now(), line_.regimes[event.subject].rate);
    if (event.kind == kIn) passage_.in.push_back(engine_.now());
    if (event.kind == kOut) passage_.out.push_back(engine_.now());
    arm(in_, kIn, passage_.in, 0);
    arm(out_, kOut, passage_.out, line_.fill);
  }
  // Several heads may pass within one tick, and a head may pass at the very tick of now.
  void arm(EventId& armed, Kind kind, std::vector<Time>& passed, std::int64_t behind) {
    const Time now = engine_.now();
    while (passed.size() < heads_.size() &&
           meter_.exact_level(now) >= WideInt{heads_[passed.size()] + behind} * line_.span)
      passed.push_back(now);
    const Time next = passed.size() == heads_.size()
                          ? kNever
                          : meter_.next_mark(now, heads_[passed.size()] + behind);
    if (next == kNever) {
      engine_.cancel(armed);
    } else if (!engine_.reschedule(armed, next)) {
      armed = engine_.at(next, {kind, 0});
    }
  }

  const Line& line_;
  std::vector<std::int64_t> heads_;  // units before each batch
  Engine engine_;
  Tank meter_;
  EventId in_;
  EventId out_;
  Passage passage_;
};

TEST(Exact, LineAtOneRateDelaysEachBatchByItsFillOverTheRate) {
  const Line line{
      .fill = 600, .span = 10, .regimes = {{0, 4}}, .batches = std::vector<std::int64_t>(50, 40)};
  const Passage passage = MeteredLine{line}.run();
  ASSERT_EQ(passage.in.size(), 50U);
  ASSERT_EQ(passage.out.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(passage.in[i], static_cast<Time>(i) * 40 * 10 / 4);
    EXPECT_EQ(passage.out[i] - passage.in[i], 600 * 10 / 4);
  }
}

// The head of batch i, before which B(i) units entered, comes out when B(i) + fill have entered,
// whatever the rates did between, standstills included.
TEST(Exact, LineAtChangingRatesDelaysEachBatchAsTheInverseOfItsInflowSays) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    Draws draws{draw_key(4, "line"), seed};
    const auto pick = [&draws](std::int64_t low, std::int64_t high) {
      return low +
             static_cast<std::int64_t>(draws.next() % static_cast<std::uint64_t>(high - low + 1));
    };
    Line line{.fill = pick(1, 3'000), .span = pick(1, 90)};
    Time from = 0;
    for (int i = 0; i < 100; ++i, from += pick(1, 400))
      line.regimes.push_back({from, pick(0, 3) == 0 ? 0 : pick(1, 25)});
    line.regimes.push_back({from, 3});
    for (int i = 0; i < 300; ++i)
      line.batches.push_back(pick(1, 60));
    const Passage passage = MeteredLine{line}.run();
    ASSERT_EQ(passage.in.size(), line.batches.size()) << seed;
    ASSERT_EQ(passage.out.size(), line.batches.size()) << seed;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < line.batches.size(); before += line.batches[i++]) {
      ASSERT_EQ(passage.in[i], reached(line, before)) << seed << ' ' << i;
      ASSERT_EQ(passage.out[i], reached(line, before + line.fill)) << seed << ' ' << i;
    }
  }
}

}  // namespace
}  // namespace karvan::des
