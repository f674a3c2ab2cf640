#include "karvan/simulate/experiment.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace karvan::simulate {
namespace {

// Runs of one berth that differ by their number.
std::vector<Answer> runs(std::size_t n, std::uint64_t served, std::size_t weeks) {
  std::vector<Answer> answers(n);
  for (std::size_t i = 0; i < n; ++i) {
    FacilityResult berth{.kind = FacilityKind::kBerth, .code = "b", .served = served};
    berth.mean_wait_hours = 5 + static_cast<double>(i);
    berth.p95_wait_hours = 20 + static_cast<double>(i);
    for (std::size_t w = 0; w < weeks; ++w)
      berth.queue_by_week.push_back(w % 2 == 0 ? 1.0 : 2.0);
    berth.mean_queue = 1.5;
    answers[i].facilities.push_back(std::move(berth));
    answers[i].tonnes_delivered = 100 + static_cast<double>(i);
  }
  return answers;
}

Estimate estimate(const std::vector<Answer>& answers, std::string_view name) {
  const std::vector<Estimate> list = estimates(answers);
  const auto at = std::ranges::find(list, name, &Estimate::name);
  return at == list.end() ? Estimate{} : *at;
}

TEST(Estimates, OfSkewedFiguresNeedFiveRuns) {
  EXPECT_EQ(estimate(runs(4, 1000, 0), "facility/b/mean_wait_h").doubt, Doubt::kFewRuns);
  EXPECT_TRUE(estimate(runs(5, 1000, 0), "facility/b/mean_wait_h").interval);
  EXPECT_TRUE(estimate(runs(2, 1000, 0), "corridor/delivered_t").interval);
  EXPECT_EQ(estimate(runs(1, 1000, 0), "corridor/delivered_t").doubt, Doubt::kOneRun);
}

// The least and the greatest of n enclose the 95 % quantile with 95 %, at most half the doubt at
// each end, from 0.95^n <= 0.025 on: ln 0.025 / ln 0.95 = 71.9.
TEST(Estimates, OfAQuantileNeed72Waits) {
  EXPECT_EQ(estimate(runs(5, 71, 0), "facility/b/p95_wait_h").doubt, Doubt::kFewServed);
  EXPECT_TRUE(estimate(runs(5, 72, 0), "facility/b/p95_wait_h").interval);
}

TEST(Estimates, OfOneRunsQueueComeFromBatchesThatDoNotHangTogether) {
  const std::string queue = "facility/b/mean_queue";
  EXPECT_EQ(estimate(runs(1, 1000, 19), queue).doubt, Doubt::kFewWeeks);
  EXPECT_TRUE(estimate(runs(1, 1000, 50), queue).interval);
  std::vector<Answer> growing = runs(1, 1000, 0);
  for (int week = 0; week < 50; ++week)
    growing[0].facilities[0].queue_by_week.push_back(week);
  EXPECT_EQ(estimate(growing, queue).doubt, Doubt::kCorrelated);
}

TEST(Differences, OfPairsHaveAnIntervalFromTwoOn) {
  const std::vector<Estimate> list = differences(runs(2, 1000, 0), runs(2, 1000, 0));
  ASSERT_FALSE(list.empty());
  for (const Estimate& one : list)
    EXPECT_TRUE(one.interval && one.interval->half_width == 0) << one.name;
}

}  // namespace
}  // namespace karvan::simulate
