#include "karvan/des/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

TEST(Tally, GivesTheCertifiedValuesOfNumAcc4) {
  // NIST Statistical Reference Datasets, NumAcc4: mean 10000000.2, deviation 0.1, 1001 numbers.
  Tally tally;
  tally.add(10'000'000.2);
  for (int i = 0; i < 500; ++i) {
    tally.add(10'000'000.1);
    tally.add(10'000'000.3);
  }
  EXPECT_EQ(tally.count(), 1001U);
  EXPECT_NEAR(tally.mean(), 10'000'000.2, 1e-7);
  EXPECT_NEAR(tally.deviation(), 0.1, 1e-8);
  EXPECT_EQ(tally.least(), 10'000'000.1);
  EXPECT_EQ(tally.greatest(), 10'000'000.3);
}

TEST(Tally, MergedPartsAreTheWhole) {
  RandomStream random{1, "merge"};
  Tally whole;
  Tally left;
  Tally right;
  for (int i = 0; i < 1000; ++i) {
    const double x = 1e6 + random.uniform01();
    whole.add(x);
    (i < 300 ? left : right).add(x);
  }
  left.merge(right);
  left.merge(Tally{});
  EXPECT_EQ(left.count(), whole.count());
  EXPECT_NEAR(left.mean(), whole.mean(), 1e-9);
  EXPECT_NEAR(left.variance(), whole.variance(), 1e-9);
  Tally empty;
  empty.merge(whole);
  EXPECT_EQ(empty.mean(), whole.mean());
  EXPECT_EQ(Tally{}.variance(), 0.0);
}

TEST(LevelTally, AveragesOverTimeAndForgetsTheWarmUp) {
  LevelTally level{100, 2};
  level.set(110, 5);      // 2 for 10 ticks
  level.change(130, -4);  // 5 for 20 ticks
  EXPECT_EQ(static_cast<std::int64_t>(level.area(140)), 20 + 100 + 10);
  EXPECT_DOUBLE_EQ(level.mean(140), 130.0 / 40.0);
  EXPECT_EQ(level.greatest(), 5);
  level.restart(140);
  EXPECT_DOUBLE_EQ(level.mean(140), 1.0);
  EXPECT_EQ(level.greatest(), 1);
  EXPECT_DOUBLE_EQ(level.mean(150), 1.0);
}

TEST(LevelTally, HoldsSumsBeyond64Bits) {
  LevelTally level{0, 4'000'000'000'000};
  EXPECT_DOUBLE_EQ(level.mean(8'000'000'000'000), 4e12);
}

TEST(Histogram, QuantilesAreWithinItsCellWidth) {
  RandomStream random{1, "histogram"};
  Histogram whole;
  Histogram parts;
  Histogram other;
  std::vector<Time> values;
  for (int i = 0; i < 20'000; ++i) {
    const Time span = random.uniform_int(0, std::int64_t{1} << random.uniform_int(0, 50));
    values.push_back(span);
    whole.add(span);
    (i % 3 == 0 ? parts : other).add(span);
  }
  parts.merge(other);
  std::sort(values.begin(), values.end());
  for (const double q : {0.0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.999, 1.0}) {
    const auto rank = std::max(1.0, std::ceil(q * static_cast<double>(values.size())));
    const auto exact = static_cast<double>(values[static_cast<std::size_t>(rank) - 1]);
    EXPECT_NEAR(static_cast<double>(whole.quantile(q)), exact, exact * 0.004) << q;
    EXPECT_EQ(parts.quantile(q), whole.quantile(q));
  }
}

TEST(Histogram, SmallSpansAreExactAndTheLargestFits) {
  Histogram histogram;
  EXPECT_EQ(histogram.quantile(0.5), 0);
  for (Time span = 0; span < 256; ++span) {
    Histogram one;
    one.add(span);
    ASSERT_EQ(one.quantile(0.5), span);
  }
  histogram.add(-5);
  EXPECT_EQ(histogram.quantile(1.0), 0);
  histogram.add(kNever);
  const double largest = static_cast<double>(histogram.quantile(1.0));
  EXPECT_NEAR(largest / static_cast<double>(kNever), 1.0, 0.004);
}

}  // namespace
}  // namespace karvan::des
