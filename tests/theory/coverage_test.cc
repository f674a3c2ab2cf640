// What an interval promises, counted: thousands of experiments with a known truth, each with its
// interval. How many hold the truth is binomial, so the count may differ from the promise by 3.5 of
// its standard deviations (one run in two thousand by chance; seeds are fixed).

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/des/draws.h"
#include "karvan/des/intervals.h"
#include "karvan/des/sampler.h"
#include "karvan/des/statistics.h"

namespace karvan::des {
namespace {

constexpr std::uint64_t kExperiments = 4'000;

double allowed(double coverage) {
  return 3.5 * std::sqrt(coverage * (1 - coverage) / kExperiments);
}

// Share of experiments, each of `size` numbers that `draw` makes, whose interval holds `truth`.
template <class Draw>
double mean_coverage(std::size_t size, double confidence, double truth, Draw&& draw) {
  std::uint64_t hits = 0;
  for (std::uint64_t experiment = 0; experiment < kExperiments; ++experiment) {
    Draws draws{draw_key(5, "mean"), experiment};
    Tally tally;
    for (std::size_t i = 0; i < size; ++i)
      tally.add(draw(draws));
    const Interval interval = *mean_interval(tally, confidence);
    if (std::abs(interval.mean - truth) <= interval.half_width) ++hits;
  }
  return static_cast<double>(hits) / kExperiments;
}

TEST(Coverage, MeanIntervalOfNormalNumbersHoldsTheTruthAsOftenAsPromised) {
  const Sampler law = *Sampler::normal(3, 2);
  for (const std::size_t size : {2U, 5U, 20U}) {
    for (const double confidence : {0.8, 0.95, 0.99}) {
      const double share =
          mean_coverage(size, confidence, 3, [&law](Draws& draws) { return law.sample(draws); });
      EXPECT_NEAR(share, confidence, allowed(confidence)) << size;
    }
  }
}

// As replications are used: each number is itself a mean, of 50 skewed ones.
TEST(Coverage, MeanIntervalOfMeansOfSkewedNumbersHoldsTheTruthAsOftenAsPromised) {
  const Sampler law = *Sampler::exponential(1);
  const double share = mean_coverage(10, 0.95, 1, [&law](Draws& draws) {
    double sum = 0;
    for (int i = 0; i < 50; ++i)
      sum += law.sample(draws);
    return sum / 50;
  });
  EXPECT_NEAR(share, 0.95, allowed(0.95));
}

struct QuantileCase {
  std::uint64_t size = 0;
  double q = 0;
  double confidence = 0;
};

// The law does not matter, and the coverage that is stated is exact, above the one asked for.
TEST(Coverage, QuantileRanksHoldTheTruthAsOftenAsTheyState) {
  const Sampler laws[] = {*Sampler::exponential(1), *Sampler::lognormal(1, 3),
                          *Sampler::weibull(0.5, 1)};
  const QuantileCase cases[] = {{30, 0.5, 0.95}, {100, 0.9, 0.95}, {200, 0.95, 0.9}};
  for (const Sampler& law : laws) {
    for (const QuantileCase& one : cases) {
      const RankInterval ranks = *quantile_ranks(one.size, one.q, one.confidence);
      EXPECT_GE(ranks.coverage, one.confidence);
      const double truth = law.quantile(one.q);
      std::uint64_t hits = 0;
      std::vector<double> numbers(one.size);
      for (std::uint64_t experiment = 0; experiment < kExperiments; ++experiment) {
        Draws draws{draw_key(5, "quantile"), experiment};
        for (double& number : numbers)
          number = law.sample(draws);
        std::sort(numbers.begin(), numbers.end());
        if (numbers[ranks.low - 1] <= truth && truth <= numbers[ranks.high - 1]) ++hits;
      }
      EXPECT_NEAR(static_cast<double>(hits) / kExperiments, ranks.coverage, allowed(ranks.coverage))
          << static_cast<int>(law.kind()) << ' ' << one.size;
    }
  }
}

}  // namespace
}  // namespace karvan::des
