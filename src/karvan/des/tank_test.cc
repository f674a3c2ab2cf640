#include "karvan/des/tank.h"

#include <algorithm>
#include <cstdint>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

TEST(Tank, FillsAtTheRateThatArithmeticSays) {
  Tank tank{0, {.capacity = 1000, .level = 100, .span = 60}};
  tank.set_inflow(0, 30);   // in 60 ticks
  tank.set_outflow(0, 12);  // net 18 in 60 ticks
  EXPECT_EQ(tank.level(600), 100 + 180);
  // 900 x 60 / 18 = 3000 ticks.
  EXPECT_EQ(tank.next_bound(0), 3000);
  EXPECT_EQ(tank.next_mark(0, 550), 1500);
  EXPECT_FALSE(tank.is_full(2999));
  EXPECT_TRUE(tank.is_full(3000));
  EXPECT_TRUE(tank.conserves(5000));
  EXPECT_EQ(tank.level(5000), 1000);
}

TEST(Tank, BoundBetweenTicksIsMetAtTheTickAfter) {
  Tank tank{0, {.capacity = 10, .level = 0, .span = 1}};
  tank.set_inflow(0, 3);
  EXPECT_EQ(tank.next_bound(0), 4);
  EXPECT_EQ(tank.level(4), 10);
  EXPECT_EQ(tank.received(4), 10);
}

TEST(Tank, AtABoundOnlyAsMuchPassesAsTheOtherSideLets) {
  Tank tank{0, {.capacity = 100, .level = 0, .span = 1}};
  tank.set_outflow(0, 5);
  EXPECT_EQ(tank.delivered(10), 0) << "an empty tank gives nothing";
  tank.set_inflow(10, 2);
  EXPECT_EQ(tank.delivered(20), 20) << "what enters leaves";
  EXPECT_TRUE(tank.is_empty(20));
  EXPECT_TRUE(tank.conserves(20));
}

TEST(Tank, BatchesThatDoNotFitChangeNothing) {
  Tank tank{0, {.capacity = 100, .level = 90, .span = 7}};
  EXPECT_FALSE(tank.add(0, 11));
  EXPECT_TRUE(tank.add(0, 10));
  EXPECT_FALSE(tank.remove(0, 101));
  EXPECT_TRUE(tank.remove(0, 100));
  EXPECT_EQ(tank.next_mark(0, 50), kNever);
  EXPECT_TRUE(tank.conserves(0));
}

TEST(Tank, ArmedEventComesAtTheBound) {
  Engine engine;
  Tank tank{0, {.capacity = 100, .level = 0, .span = 1}};
  tank.set_inflow(0, 1);
  tank.arm(engine, {7, 0});
  tank.set_inflow(0, 2);
  tank.arm(engine, {7, 0});
  TraceObserver trace;
  engine.run([](const Event&) {}, {}, trace);
  ASSERT_EQ(trace.entries.size(), 1U);
  EXPECT_EQ(trace.entries[0].time, 50);
}

// Asking again at the bound once answered "now", for ever.
TEST(Tank, HandlerThatArmsAgainGoesOn) {
  Engine engine;
  Tank tank{0, {.capacity = 100, .level = 0, .span = 1}};
  tank.set_inflow(0, 10);
  tank.arm(engine, {7, 0});
  const auto again = [&](const Event&) { tank.arm(engine, {7, 0}); };
  EXPECT_EQ(engine.run(again, {.events = 1000}), StopReason::kIdle);
  EXPECT_EQ(engine.events(), 1U);
  EXPECT_EQ(engine.now(), 10);
}

// Goal: exactness. Method: the same random flows stepped tick by tick with the same clamping.
TEST(Tank, EqualsATankSteppedTickByTick) {
  RandomStream random{5, "tank_test"};
  constexpr std::int64_t kSpan = 10;
  constexpr std::int64_t kCapacity = 500;
  Tank tank{0, {.capacity = kCapacity, .level = 250, .span = kSpan}};
  std::int64_t level = 250 * kSpan;
  std::int64_t in = 0;
  std::int64_t out = 0;
  for (Time t = 0; t < 20'000; ++t) {
    if (random.bernoulli(0.02)) {
      in = random.uniform_int(0, 40);
      out = random.uniform_int(0, 40);
      tank.set_inflow(t, in);
      tank.set_outflow(t, out);
    }
    ASSERT_EQ(tank.exact_level(t), level);
    ASSERT_TRUE(tank.conserves(t));
    level = std::min(std::max(level + in - out, std::int64_t{0}), kCapacity * kSpan);
  }
}

}  // namespace
}  // namespace karvan::des
