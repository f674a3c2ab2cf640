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

// --- figures taken from their runs

std::vector<FigureList> lists_of(const std::vector<Answer>& answers, std::string_view pattern) {
  std::vector<FigureList> lists;
  for (const Answer& answer : answers) {
    lists.push_back(figures_of(answer));
    std::erase_if(lists.back(), [&](const Figure& f) { return !is_named(f.name, pattern); });
  }
  return lists;
}

void expect_same(const std::vector<Estimate>& some, const std::vector<Estimate>& all) {
  EXPECT_FALSE(some.empty());
  for (const Estimate& one : some) {
    const auto same = std::ranges::find(all, one.name, &Estimate::name);
    ASSERT_NE(same, all.end()) << one.name;
    EXPECT_EQ(one.tally.mean(), same->tally.mean()) << one.name;
    EXPECT_EQ(one.doubt, same->doubt) << one.name;
    ASSERT_EQ(one.interval.has_value(), same->interval.has_value()) << one.name;
    if (one.interval) {
      EXPECT_EQ(one.interval->half_width, same->interval->half_width) << one.name;
    }
  }
}

TEST(Estimates, OfFiguresTakenBeforeAreThoseOfTheirAnswers) {
  const std::vector<Answer> base = runs(6, 1000, 0);
  std::vector<Answer> other = runs(6, 50, 0);
  other[3].facilities.clear();
  for (const std::string_view pattern : {"*", "corridor/*", "facility/*"}) {
    const auto before = lists_of(base, pattern);
    const auto after = lists_of(other, pattern);
    expect_same(estimates(before), estimates(base));
    expect_same(estimates(after), estimates(other));
    expect_same(differences(before, after), differences(base, other));
  }
  EXPECT_EQ(estimates(lists_of(base, "*")).size(), estimates(base).size());
}

TEST(Figures, AreNamedWholeOrWithOneStar) {
  EXPECT_TRUE(is_named("corridor/delivered_t", "corridor/delivered_t"));
  EXPECT_FALSE(is_named("corridor/delivered_t", "corridor/delivered"));
  EXPECT_TRUE(is_named("facility/a/b/tonnes", "facility/*/tonnes"));
  EXPECT_FALSE(is_named("facility/a/tonnes_x", "facility/*/tonnes"));
  EXPECT_TRUE(is_named("corridor/delivered_t", "*"));
  EXPECT_TRUE(is_named("aba", "ab*a"));
  EXPECT_FALSE(is_named("aba", "ab*ba")) << "no letter counts twice";
}

}  // namespace
}  // namespace karvan::simulate
