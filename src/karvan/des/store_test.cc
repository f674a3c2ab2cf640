#include "karvan/des/store.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

constexpr Kinds kFlat = 1U << 0U;
constexpr Kinds kTank = 1U << 1U;

TEST(Store, GivesTheOldestItemOfAnAcceptedKind) {
  Engine engine;
  Store wagons{0};
  wagons.put(engine, 10, 0);
  wagons.put(engine, 11, 1);
  wagons.put(engine, 12, 0);
  const Ticket flat = wagons.take(engine, {.kinds = kFlat});
  const Ticket any = wagons.take(engine, {.kinds = kFlat | kTank});
  ASSERT_TRUE(wagons.is_served(flat) && wagons.is_served(any));
  EXPECT_EQ(wagons.collect(flat), 10U);
  EXPECT_EQ(wagons.collect(any), 11U);
  EXPECT_TRUE(wagons.contains(12));
  EXPECT_FALSE(wagons.contains(10));
  EXPECT_TRUE(wagons.conserves());
}

TEST(Store, WaitersAreServedByPriorityThenInOrderAndOnlyWithTheirKind) {
  Engine engine;
  Store wagons{0};
  const Ticket tank = wagons.take(engine, {.served = {1, 1}, .kinds = kTank});
  const Ticket late = wagons.take(engine, {.served = {1, 2}, .kinds = kFlat});
  const Ticket first = wagons.take(engine, {.served = {1, 3}, .kinds = kFlat, .priority = 1});
  wagons.put(engine, 5, 0);
  EXPECT_TRUE(wagons.waits(tank) && wagons.waits(late));
  ASSERT_TRUE(wagons.is_served(first));
  EXPECT_EQ(wagons.collect(first), 5U);
  EXPECT_TRUE(wagons.withdraw(engine, late));
  EXPECT_FALSE(wagons.withdraw(engine, late)) << "a stale ticket changes nothing";
  EXPECT_EQ(wagons.waiting(), 1);
}

TEST(StoreDeathTest, RefusesAnItemThatIsHereAlready) {
  Engine engine;
  Store wagons{0};
  wagons.put(engine, 3);
  EXPECT_DEATH(wagons.put(engine, 3), "");
}

TEST(Store, LosesAndDoublesNothingUnderRandomUse) {
  Engine engine;
  engine.at(kNever - 2, {});  // an idle engine would stand still
  Store wagons{0};
  RandomStream random{3, "store_test"};
  std::vector<Item> outside;
  for (Item item = 0; item < 40; ++item)
    outside.push_back(item);
  std::vector<Ticket> waiting;
  for (Time t = 0; t < 10'000; ++t) {
    engine.run([](const Event&) {}, {.until = t});
    if (!outside.empty() && random.bernoulli(0.5)) {
      wagons.put(engine, outside.back(), static_cast<unsigned>(outside.back() % 3));
      outside.pop_back();
    } else {
      const auto kinds = static_cast<Kinds>(random.uniform_int(1, 7));
      waiting.push_back(wagons.take(engine, {.kinds = kinds}));
    }
    std::erase_if(waiting, [&](Ticket ticket) {
      if (!wagons.is_served(ticket)) return false;
      outside.push_back(wagons.collect(ticket));
      return true;
    });
    ASSERT_EQ(static_cast<std::size_t>(wagons.size()) + outside.size(), 40U);
    ASSERT_TRUE(wagons.conserves());
    ASSERT_TRUE(wagons.wait_statistics().obeys_little(t));
  }
}

}  // namespace
}  // namespace karvan::des
