#include "karvan/des/wait_for.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

TEST(WaitFor, NamesTheCycleOfADeadlock) {
  WaitFor graph;
  graph.add(3, 0, {7});  // train 3 waits for berth 0, held by train 7
  graph.add(7, 1, {3});
  graph.add(9, 1, {3});  // behind the deadlock, not in it
  const WaitFor::Verdict verdict = graph.judge();
  EXPECT_EQ(verdict.stuck, (std::vector<std::uint32_t>{3, 7, 9}));
  ASSERT_EQ(verdict.cycle.size(), 2U);
  const std::string text = describe(
      verdict.cycle, [](std::uint32_t i) { return "train " + std::to_string(i); },
      [](std::uint32_t i) { return "berth " + std::to_string(i); });
  EXPECT_EQ(text,
            "train 3 waits for berth 0 held by train 7; train 7 waits for berth 1 held by train 3");
}

TEST(WaitFor, CycleThatAnotherHolderCanBreakIsNoDeadlock) {
  WaitFor graph;
  graph.add(1, 0, {2, 5});  // 5 waits for nothing and will let go
  graph.add(2, 1, {1});
  const WaitFor::Verdict verdict = graph.judge();
  EXPECT_TRUE(verdict.stuck.empty());
  EXPECT_TRUE(verdict.cycle.empty());
}

TEST(WaitFor, WhoWaitsForWhatNobodyHoldsStarves) {
  WaitFor graph;
  graph.add(1, 4, {});
  graph.add(2, 0, {1});
  const WaitFor::Verdict verdict = graph.judge();
  EXPECT_EQ(verdict.stuck, (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(verdict.starved, std::vector<std::uint32_t>{1});
  EXPECT_TRUE(verdict.cycle.empty());
}

}  // namespace
}  // namespace karvan::des
