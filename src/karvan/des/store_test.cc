#include "karvan/des/store.h"

#include <cstdint>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

constexpr Kinds kFlat = 1U << 1U;
constexpr Kinds kTankWagon = 1U << 2U;

TEST(Store, GivesTheOldestAcceptedItem) {
  Engine engine;
  Store yard{0};
  yard.put(engine, 7, 1);
  yard.put(engine, 3, 2);
  yard.put(engine, 5, 1);
  const Ticket tank = yard.take(engine, {.kinds = kTankWagon});
  ASSERT_TRUE(yard.is_served(tank));
  EXPECT_EQ(yard.collect(tank), 3U);
  const Ticket any = yard.take(engine, {});
  EXPECT_EQ(yard.collect(any), 7U);
  EXPECT_FALSE(yard.is_served(any));
  EXPECT_FALSE(yard.contains(7));
  EXPECT_TRUE(yard.contains(5));
  EXPECT_EQ(yard.size(), 1);
}

TEST(Store, TakersWaitByPriorityForTheirKind) {
  Engine engine;
  Store yard{0};
  const Ticket usual = yard.take(engine, {.served = {1, 1}, .kinds = kFlat});
  const Ticket urgent = yard.take(engine, {.served = {1, 2}, .kinds = kFlat, .priority = 0});
  const Ticket other = yard.take(engine, {.served = {1, 3}, .kinds = kTankWagon, .priority = 0});
  yard.put(engine, 10, 1);
  yard.put(engine, 11, 1);
  EXPECT_TRUE(yard.waits(other));
  EXPECT_EQ(yard.collect(urgent), 10U);
  EXPECT_EQ(yard.collect(usual), 11U);
  std::vector<std::uint32_t> woken;
  engine.run([&woken](const Event& event) { woken.push_back(event.subject); });
  EXPECT_EQ(woken, (std::vector<std::uint32_t>{2, 1}));
  EXPECT_TRUE(yard.withdraw(engine, other));
  EXPECT_FALSE(yard.withdraw(engine, other));
  yard.put(engine, 12, 2);
  EXPECT_TRUE(yard.contains(12));
}

// Goal: no item doubles or vanishes. Method: every item is in the store or in one hand.
TEST(Store, ConservesItemsUnderAnything) {
  RandomStream random{1, "store"};
  Engine engine;
  Store yard{0};
  constexpr Item kItems = 40;
  std::vector<Item> hands;
  for (Item item = 0; item < kItems; ++item)
    hands.push_back(item);
  std::vector<Ticket> tickets;
  for (int step = 0; step < 20'000; ++step) {
    engine.run([](const Event&) {}, {.until = engine.now() + random.uniform_int(0, 3)});
    const std::int64_t dice = random.uniform_int(0, 9);
    if (dice < 5 && !hands.empty()) {
      const Item item = hands.back();
      hands.pop_back();
      yard.put(engine, item, item % 3);
    } else if (dice < 9) {
      tickets.push_back(
          yard.take(engine, {.kinds = static_cast<Kinds>(random.uniform_int(1, 7)),
                             .priority = static_cast<Priority>(random.uniform_int(0, 15))}));
    } else if (!tickets.empty() && yard.withdraw(engine, tickets.front())) {
      tickets.erase(tickets.begin());
    }
    std::vector<Ticket> waiting;
    for (const Ticket ticket : tickets) {
      if (yard.is_served(ticket)) {
        hands.insert(hands.begin(), yard.collect(ticket));
      } else {
        waiting.push_back(ticket);
      }
    }
    tickets = waiting;
    std::set<Item> seen{hands.begin(), hands.end()};
    for (Item item = 0; item < kItems; ++item) {
      if (yard.contains(item)) seen.insert(item);
    }
    ASSERT_EQ(seen.size(), kItems);
    ASSERT_EQ(hands.size() + static_cast<std::size_t>(yard.size()), kItems);
    ASSERT_EQ(static_cast<std::size_t>(yard.waiting()), tickets.size());
    ASSERT_TRUE(yard.conserves());
    ASSERT_TRUE(yard.wait_statistics().obeys_little(engine.now()));
  }
}

using StoreDeathTest = testing::Test;

TEST(StoreDeathTest, AnItemCannotBeTwiceInOnePlace) {
  Engine engine;
  Store yard{0};
  yard.put(engine, 1);
  EXPECT_DEATH(yard.put(engine, 1), "contains");
}

}  // namespace
}  // namespace karvan::des
