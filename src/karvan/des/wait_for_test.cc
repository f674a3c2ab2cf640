#include "karvan/des/wait_for.h"

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

using Entities = std::vector<std::uint32_t>;

TEST(WaitFor, FindsAndNamesACycle) {
  // Two trains, each in the block the other needs; a third waits behind.
  WaitFor graph;
  graph.add(9, 1, {3});
  graph.add(3, 1, {7});
  graph.add(7, 2, {3});
  const WaitFor::Verdict verdict = graph.judge();
  EXPECT_EQ(verdict.stuck, (Entities{9, 3, 7}));
  EXPECT_EQ(verdict.cycle, (std::vector<WaitFor::Link>{{3, 1, 7}, {7, 2, 3}}));
  EXPECT_TRUE(verdict.starved.empty());
  const auto train = [](std::uint32_t n) { return "train " + std::to_string(n); };
  const auto block = [](std::uint32_t n) { return "block " + std::to_string(n); };
  EXPECT_EQ(describe(verdict.cycle, train, block),
            "train 3 waits for block 1 held by train 7; train 7 waits for block 2 held by train 3");
}

TEST(WaitFor, AChainToSomebodyWhoMovesIsNoDeadlock) {
  WaitFor graph;
  graph.add(1, 0, {2});
  graph.add(2, 0, {3});
  EXPECT_TRUE(graph.judge().stuck.empty());
  EXPECT_TRUE(WaitFor{}.judge().stuck.empty());
}

TEST(WaitFor, ACycleWithAWayOutIsNoDeadlock) {
  // 1 and 2 wait for each other, but 1 would also be helped by 5, who moves.
  WaitFor graph;
  graph.add(1, 0, {2, 5});
  graph.add(2, 0, {1});
  EXPECT_TRUE(graph.judge().stuck.empty());
}

TEST(WaitFor, WhoNeedsTwoUnitsNeedsTwoHoldersToGo) {
  WaitFor graph;
  graph.add(1, 0, {2, 5}, 2);
  graph.add(2, 0, {1});
  const WaitFor::Verdict verdict = graph.judge();
  EXPECT_EQ(verdict.stuck, (Entities{1, 2}));
  EXPECT_EQ(verdict.cycle.size(), 2U);
}

TEST(WaitFor, WhoWaitsForNothingHeldIsStarved) {
  WaitFor graph;
  graph.add(1, 0, {2});
  graph.add(2, 4, {});  // an empty store
  const WaitFor::Verdict verdict = graph.judge();
  EXPECT_EQ(verdict.stuck, (Entities{1, 2}));
  EXPECT_TRUE(verdict.cycle.empty());
  EXPECT_EQ(verdict.starved, (Entities{2}));
}

TEST(WaitFor, WaitingForOneselfIsACycle) {
  WaitFor graph;
  graph.add(4, 0, {4});
  EXPECT_EQ(graph.judge().cycle, (std::vector<WaitFor::Link>{{4, 0, 4}}));
}

}  // namespace
}  // namespace karvan::des
