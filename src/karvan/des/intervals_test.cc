#include "karvan/des/intervals.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/math.h"
#include "karvan/base/random.h"
#include "karvan/des/sampler.h"

namespace karvan::des {
namespace {

TEST(StudentQuantile, GivesThePublishedValues) {
  // From the usual tables, to all their digits.
  EXPECT_NEAR(student_quantile(0.975, 1), 12.7062, 5e-5);
  EXPECT_NEAR(student_quantile(0.975, 10), 2.228139, 5e-7);
  EXPECT_NEAR(student_quantile(0.995, 5), 4.032143, 5e-7);
  EXPECT_NEAR(student_quantile(0.95, 30), 1.697261, 5e-7);
  EXPECT_NEAR(student_quantile(0.9995, 1), 636.619, 5e-4);
  EXPECT_NEAR(student_quantile(0.025, 10), -2.228139, 5e-7);
  EXPECT_EQ(student_quantile(0.5, 3), 0.0);
}

TEST(StudentQuantile, MeetsItsClosedForms) {
  for (const double p : {0.6, 0.9, 0.99, 0.9999}) {
    // One degree is Cauchy; two degrees have an algebraic quantile; very many are normal.
    EXPECT_NEAR(student_quantile(p, 1) / std::tan(std::acos(-1.0) * (p - 0.5)), 1.0, 1e-10);
    const double two = (2 * p - 1) / std::sqrt(2 * p * (1 - p));
    EXPECT_NEAR(student_quantile(p, 2) / two, 1.0, 1e-10);
    EXPECT_NEAR(student_quantile(p, 1e7), normal_quantile(p), 1e-5);
  }
}

TEST(MeanInterval, IsTheTextbooks) {
  Tally tally;
  EXPECT_FALSE(mean_interval(tally, 0.95).has_value());
  // An example of Law, Simulation Modeling and Analysis: ten numbers, 90 % interval 1.34 +- 0.24.
  for (const double x : {1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09})
    tally.add(x);
  const Interval interval = mean_interval(tally, 0.90).value();
  EXPECT_NEAR(interval.mean, 1.34, 0.005);
  EXPECT_NEAR(interval.half_width, 0.24, 0.005);
}

TEST(MeanInterval, CoversAsOftenAsItSays) {
  // Goal: 95 % of intervals hold the truth. Method: 4000 samples of 5 normal numbers; the share has
  // a standard error of 0.0034.
  const Sampler normal = Sampler::normal(7.0, 2.0).value();
  RandomStream random{1, "coverage"};
  int covered = 0;
  for (int i = 0; i < 4000; ++i) {
    Tally tally;
    for (int k = 0; k < 5; ++k)
      tally.add(normal.sample(random));
    const Interval interval = mean_interval(tally, 0.95).value();
    covered += std::abs(interval.mean - 7.0) <= interval.half_width ? 1 : 0;
  }
  EXPECT_NEAR(covered / 4000.0, 0.95, 4 * 0.0034);
}

// x' = share x + noise, about `mean`: a run with memory.
std::vector<double> autoregressive(double share, double start, std::size_t count) {
  const Sampler noise = Sampler::normal(0.0, 1.0).value();
  RandomStream random{3, "autoregressive"};
  std::vector<double> values;
  double x = start;
  for (std::size_t i = 0; i < count; ++i) {
    x = share * x + noise.sample(random);
    values.push_back(x);
  }
  return values;
}

TEST(BatchMeans, BelieveLongBatchesAndRefuseShortOnes) {
  const std::vector<double> run = autoregressive(0.9, 0.0, 40'000);
  const BatchMeans coarse = batch_means(run, 20, 0.95).value();
  EXPECT_TRUE(coarse.independent);
  EXPECT_LT(std::abs(coarse.interval.mean), coarse.interval.half_width);
  // The spread of the mean of an AR(1) is 1/(1-share)/sqrt(n).
  EXPECT_NEAR(coarse.interval.half_width, 2.09 * 10.0 / 200.0, 0.04);
  const BatchMeans fine = batch_means(run, 10'000, 0.95).value();
  EXPECT_FALSE(fine.independent);
  EXPECT_GT(fine.lag_one, 0.5);
  EXPECT_FALSE(batch_means(std::vector<double>(5, 1.0), 20, 0.95).has_value());
}

TEST(WarmUp, CutsAKnownTransient) {
  // It starts 60 deviations up and falls by a tenth each step: gone after 40 to 80 steps.
  const std::vector<double> run = autoregressive(0.9, 150.0, 5000);
  const std::size_t cut = warm_up(run).value();
  EXPECT_GE(cut, 25U);
  EXPECT_LE(cut, 150U);
}

TEST(WarmUp, LeavesAStationaryRunAloneAndRefusesATrend) {
  EXPECT_LE(warm_up(autoregressive(0.2, 0.0, 5000)).value(), 500U);
  std::vector<double> trend;
  for (int i = 0; i < 1000; ++i)
    trend.push_back(i);
  EXPECT_FALSE(warm_up(trend).has_value());
  EXPECT_FALSE(warm_up(std::vector<double>(19, 1.0)).has_value());
}

TEST(QuantileRanks, AreTheTables) {
  // The median of 10 numbers lies between the 2nd and the 9th with 1 - 22/1024.
  const RankInterval median = quantile_ranks(10, 0.5, 0.95).value();
  EXPECT_EQ(median.low, 2U);
  EXPECT_EQ(median.high, 9U);
  EXPECT_NEAR(median.coverage, 1.0 - 22.0 / 1024.0, 1e-12);
  // Of 5 numbers even the whole range covers the median with 1 - 2/32 only.
  EXPECT_FALSE(quantile_ranks(5, 0.5, 0.95).has_value());
  const RankInterval five = quantile_ranks(5, 0.5, 0.90).value();
  EXPECT_EQ(five.low, 1U);
  EXPECT_EQ(five.high, 5U);
  // An upper bound of the 95th percentile needs many runs: 1 - 0.95^n over 0.975 from n = 72 on.
  EXPECT_FALSE(quantile_ranks(71, 0.95, 0.95).has_value());
  EXPECT_TRUE(quantile_ranks(72, 0.95, 0.95).has_value());
}

}  // namespace
}  // namespace karvan::des
