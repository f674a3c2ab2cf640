#include "karvan/des/tank.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

TEST(Tank, FillsAtTheTickAfterItsCrossing) {
  // 100 units of room at 3 units a tick: full between tick 33 and 34.
  Tank tank{0, {.capacity = 100}};
  tank.set_inflow(0, 3);
  EXPECT_EQ(tank.next_bound(0), 34);
  EXPECT_EQ(tank.level(33), 99);
  EXPECT_TRUE(tank.is_full(34));
  EXPECT_EQ(static_cast<std::int64_t>(tank.received(50)), 100);
  EXPECT_EQ(tank.next_bound(34), kNever);
  tank.set_outflow(50, 3);
  EXPECT_EQ(tank.level(60), 100);
  EXPECT_EQ(static_cast<std::int64_t>(tank.delivered(60)), 30);
  EXPECT_TRUE(tank.conserves(60));
}

TEST(Tank, AtItsBoundsOnlyAsMuchFlowsAsCan) {
  Tank tank{0, {.capacity = 100, .level = 20}};
  tank.set_inflow(0, 2);
  tank.set_outflow(0, 6);
  EXPECT_EQ(tank.next_bound(0), 5);
  EXPECT_EQ(tank.level(105), 0);
  // 20 that were there and 2 a tick that passed through.
  EXPECT_EQ(static_cast<std::int64_t>(tank.delivered(105)), 20 + 2 * 105);
  EXPECT_EQ(static_cast<std::int64_t>(tank.received(105)), 2 * 105);
}

TEST(Tank, ParcelsOfAnUnitAreNotLost) {
  // One unit an hour of microseconds: after a third of an hour nothing whole, after three thirds
  // exactly one.
  constexpr Time kHour = 3'600'000'000;
  Tank tank{0, {.capacity = 10, .span = kHour}};
  tank.set_inflow(0, 1);
  for (int i = 1; i <= 3; ++i) {
    EXPECT_EQ(tank.level(i * kHour / 3), i / 3);
    tank.set_inflow(i * kHour / 3, 1);
  }
  EXPECT_EQ(tank.next_mark(kHour, 7), 7 * kHour);
  EXPECT_EQ(tank.next_mark(kHour, 1), kNever);
  EXPECT_EQ(tank.next_mark(kHour, 11), kNever);
  EXPECT_EQ(tank.next_bound(kHour), 10 * kHour);
}

TEST(Tank, BatchesFitOrAreRefused) {
  Tank tank{0, {.capacity = 10, .level = 4}};
  EXPECT_FALSE(tank.add(1, 7));
  EXPECT_TRUE(tank.add(1, 6));
  EXPECT_FALSE(tank.remove(2, 11));
  EXPECT_TRUE(tank.remove(2, 10));
  EXPECT_TRUE(tank.is_empty(2));
  EXPECT_TRUE(tank.conserves(2));
}

TEST(Tank, TellsTheEngineItsNextBoundAndForgetsOldOnes) {
  Engine engine;
  Tank tank{0, {.capacity = 100}};
  tank.set_inflow(0, 10);
  tank.arm(engine, {1, 0});
  engine.at(5, {2, 0});
  std::vector<Time> bounds;
  engine.run([&](const Event& event) {
    if (event.kind == 1) bounds.push_back(engine.now());
    if (event.kind == 2) tank.set_outflow(engine.now(), 15);  // empties from 50 at 5 a tick
    tank.arm(engine, {1, 0});
  });
  EXPECT_EQ(bounds, (std::vector<Time>{15}));
}

// Goal: the exact tank is what a fine stepping gives, and loses nothing. Method: random changes of
// rates; beside it a tank stepped by one tick with the same rule at its bounds.
TEST(Tank, AgreesWithStepsOfOneTick) {
  RandomStream random{1, "tank"};
  for (int round = 0; round < 200; ++round) {
    const Time span = random.uniform_int(1, 7);
    const std::int64_t capacity = random.uniform_int(1, 300);
    std::int64_t stepped = random.uniform_int(0, capacity) * span;
    Tank tank{0, {.capacity = capacity, .level = stepped / span, .span = span}};
    Time now = 0;
    for (int change = 0; change < 20; ++change) {
      const std::int64_t in = random.uniform_int(0, 9);
      const std::int64_t out = random.uniform_int(0, 9);
      tank.set_inflow(now, in);
      tank.set_outflow(now, out);
      const Time bound = tank.next_bound(now);
      Time seen = kNever;
      const bool at_bound_already = in > out ? tank.is_full(now) : tank.is_empty(now);
      for (const Time end = now + random.uniform_int(1, 60); now < end;) {
        ++now;
        stepped = std::clamp(stepped + in - out, std::int64_t{0}, capacity * span);
        ASSERT_EQ(static_cast<std::int64_t>(tank.exact_level(now)), stepped);
        ASSERT_TRUE(tank.conserves(now));
        const bool at_bound = in > out ? tank.is_full(now) : tank.is_empty(now);
        if (seen == kNever && in != out && at_bound && !at_bound_already) seen = now;
      }
      if (bound <= now) {
        ASSERT_EQ(seen, bound);
      } else {
        ASSERT_EQ(seen, kNever);
      }
    }
  }
}

TEST(Tank, AThousandYearsOfSmallFlowsConserveTheLastUnit) {
  RandomStream random{2, "tank"};
  constexpr Time kHour = 3'600'000'000;
  Tank tank{0, {.capacity = 1'000'000'000, .level = 500'000'000, .span = kHour}};
  Time now = 0;
  for (int i = 0; i < 100'000; ++i) {
    tank.set_inflow(now, random.uniform_int(0, 100'000));
    tank.set_outflow(now, random.uniform_int(0, 100'000));
    now += random.uniform_int(0, 200 * kHour);
    ASSERT_TRUE(tank.conserves(now));
  }
  EXPECT_GT(now, 1000 * 8766 * kHour);
}

}  // namespace
}  // namespace karvan::des
