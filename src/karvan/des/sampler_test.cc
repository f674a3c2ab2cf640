#include "karvan/des/sampler.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

constexpr int kDraws = 50'000;

std::vector<double> draw_many(const Sampler& sampler, const std::string& name, int count = kDraws) {
  Draws draws{draw_key(2026, "sampler/" + name), 0};
  std::vector<double> values(static_cast<std::size_t>(count));
  for (double& value : values)
    value = sampler.sample(draws);
  return values;
}

// The largest distance between the share of draws and the law, times sqrt(n): 1.95 is passed by
// chance once in 1000 seeds (Kolmogorov's distribution).
template <class Cdf>
double kolmogorov(std::vector<double> values, Cdf cdf) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = cdf(values[i]);
    worst = std::max({worst, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return worst * std::sqrt(n);
}
constexpr double kChanceOneInThousand = 1.95;

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

void expect_mean(const std::vector<double>& values, double mean, double sd) {
  double sum = 0.0;
  double squares = 0.0;
  for (const double value : values) {
    sum += value;
    squares += (value - mean) * (value - mean);
  }
  const auto n = static_cast<double>(values.size());
  // Four standard errors; for the spread a fifth of it, since tails make it noisy.
  EXPECT_NEAR(sum / n, mean, 4.0 * sd / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(squares / n), sd, 0.05 * sd);
}

TEST(Sampler, ExponentialFollowsItsLaw) {
  const Sampler law = Sampler::exponential(3.0).value();
  const std::vector<double> values = draw_many(law, "exponential");
  expect_mean(values, 3.0, 3.0);
  EXPECT_LT(kolmogorov(values, [](double x) { return 1.0 - std::exp(-x / 3.0); }),
            kChanceOneInThousand);
}

TEST(Sampler, NormalFollowsItsLaw) {
  const Sampler law = Sampler::normal(-2.0, 5.0).value();
  const std::vector<double> values = draw_many(law, "normal");
  expect_mean(values, -2.0, 5.0);
  EXPECT_LT(kolmogorov(values, [](double x) { return normal_cdf((x + 2.0) / 5.0); }),
            kChanceOneInThousand);
}

TEST(Sampler, LognormalHasTheMeanAndSpreadAskedFor) {
  const Sampler law = Sampler::lognormal(10.0, 4.0).value();
  EXPECT_NEAR(law.mean(), 10.0, 1e-12);
  const std::vector<double> values = draw_many(law, "lognormal");
  expect_mean(values, 10.0, 4.0);
  const double s = std::sqrt(std::log(1.16));
  EXPECT_LT(kolmogorov(values,
                       [s](double x) {
                         return normal_cdf((std::log(x) - std::log(10.0) + s * s / 2) / s);
                       }),
            kChanceOneInThousand);
}

TEST(Sampler, LognormalByQuantilesHitsThem) {
  const Sampler law = Sampler::lognormal_by_quantiles(24.0, 96.0).value();
  EXPECT_NEAR(law.quantile(0.5), 24.0, 1e-12);
  EXPECT_NEAR(law.quantile(0.95), 96.0, 1e-11);
}

TEST(Sampler, GammaOfWholeShapeIsErlang) {
  const Sampler law = Sampler::gamma(3.0, 2.0).value();
  const std::vector<double> values = draw_many(law, "gamma");
  expect_mean(values, 6.0, std::sqrt(12.0));
  const auto cdf = [](double x) {
    const double t = x / 2.0;
    return 1.0 - std::exp(-t) * (1.0 + t + t * t / 2.0);
  };
  EXPECT_LT(kolmogorov(values, cdf), kChanceOneInThousand);
}

TEST(Sampler, GammaOfShapeHalfIsChiSquared) {
  const Sampler law = Sampler::gamma(0.5, 2.0).value();
  const std::vector<double> values = draw_many(law, "gamma_half");
  expect_mean(values, 1.0, std::sqrt(2.0));
  EXPECT_LT(kolmogorov(values, [](double x) { return std::erf(std::sqrt(x / 2.0)); }),
            kChanceOneInThousand);
}

TEST(Sampler, WeibullFollowsItsLaw) {
  const Sampler law = Sampler::weibull(1.7, 4.0).value();
  const double mean = 4.0 * std::tgamma(1.0 + 1.0 / 1.7);
  const double variance = 16.0 * std::tgamma(1.0 + 2.0 / 1.7) - mean * mean;
  EXPECT_NEAR(law.mean(), mean, 1e-12);
  const std::vector<double> values = draw_many(law, "weibull");
  expect_mean(values, mean, std::sqrt(variance));
  const auto cdf = [](double x) { return 1.0 - std::exp(-std::pow(x / 4.0, 1.7)); };
  EXPECT_LT(kolmogorov(values, cdf), kChanceOneInThousand);
}

TEST(Sampler, TriangularFollowsItsLaw) {
  const Sampler law = Sampler::triangular(1.0, 2.0, 6.0).value();
  const std::vector<double> values = draw_many(law, "triangular");
  expect_mean(values, 3.0, std::sqrt(21.0 / 18.0));
  const auto cdf = [](double x) {
    return x < 2.0 ? (x - 1.0) * (x - 1.0) / 5.0 : 1.0 - (6.0 - x) * (6.0 - x) / 20.0;
  };
  EXPECT_LT(kolmogorov(values, cdf), kChanceOneInThousand);
}

TEST(Sampler, UniformFollowsItsLaw) {
  const Sampler law = Sampler::uniform(-1.0, 3.0).value();
  const std::vector<double> values = draw_many(law, "uniform");
  expect_mean(values, 1.0, 4.0 / std::sqrt(12.0));
  EXPECT_LT(kolmogorov(values, [](double x) { return (x + 1.0) / 4.0; }), kChanceOneInThousand);
}

TEST(Sampler, EmpiricalGoesStraightBetweenObservations) {
  const Sampler law = Sampler::empirical({5.0, 1.0, 2.0}).value();
  EXPECT_DOUBLE_EQ(law.quantile(0.25), 1.5);
  EXPECT_DOUBLE_EQ(law.quantile(0.5), 2.0);
  EXPECT_DOUBLE_EQ(law.quantile(0.75), 3.5);
  EXPECT_DOUBLE_EQ(law.mean(), 2.5);
  const auto cdf = [](double x) { return x < 2.0 ? (x - 1.0) / 2.0 : 0.5 + (x - 2.0) / 6.0; };
  EXPECT_LT(kolmogorov(draw_many(law, "empirical"), cdf), kChanceOneInThousand);
  EXPECT_EQ(Sampler::empirical({4.0}).value().quantile(0.9), 4.0);
}

TEST(Sampler, DiscreteKeepsItsShares) {
  const Sampler law = Sampler::discrete({{9.0, 1.0}, {2.0, 3.0}, {5.0, 0.0}, {4.0, 4.0}}).value();
  EXPECT_DOUBLE_EQ(law.mean(), (9.0 + 6.0 + 16.0) / 8.0);
  int twos = 0;
  int nines = 0;
  for (const double value : draw_many(law, "discrete")) {
    twos += value == 2.0 ? 1 : 0;
    nines += value == 9.0 ? 1 : 0;
    ASSERT_NE(value, 5.0);
  }
  EXPECT_NEAR(twos, 0.375 * kDraws, 4 * std::sqrt(kDraws * 0.375 * 0.625));
  EXPECT_NEAR(nines, 0.125 * kDraws, 4 * std::sqrt(kDraws * 0.125 * 0.875));
}

TEST(Sampler, TruncationDrawsAgainAndAShiftMovesAll) {
  const Sampler law = Sampler::exponential(2.0).value().truncated(1.0, 4.0).value().shifted(10.0);
  const double low = std::exp(-0.5);
  const double high = std::exp(-2.0);
  const auto cdf = [&](double x) { return (low - std::exp(-(x - 10.0) / 2.0)) / (low - high); };
  const std::vector<double> values = draw_many(law, "truncated");
  EXPECT_GE(*std::min_element(values.begin(), values.end()), 11.0);
  EXPECT_LE(*std::max_element(values.begin(), values.end()), 14.0);
  EXPECT_LT(kolmogorov(values, cdf), kChanceOneInThousand);
}

TEST(Sampler, AHopelessTruncationEndsAtTheNearerBound) {
  const Sampler law = Sampler::uniform(0.0, 1.0).value().truncated(2.0, 3.0).value();
  EXPECT_EQ(draw_many(law, "hopeless", 1).front(), 2.0);
}

TEST(Sampler, InversionIsMonotone) {
  for (const Sampler& law :
       {Sampler::exponential(1.0).value(), Sampler::weibull(0.7, 1.0).value(),
        Sampler::lognormal(1.0, 1.0).value(), Sampler::triangular(0.0, 0.0, 1.0).value(),
        Sampler::normal(0.0, 1.0).value(), Sampler::discrete({{1, 1}, {2, 1}}).value()}) {
    double last = -std::numeric_limits<double>::infinity();
    for (double u = 0.0005; u < 1.0; u += 0.001) {
      ASSERT_GE(law.quantile(u), last);
      last = law.quantile(u);
    }
  }
}

TEST(Sampler, RefusesImpossibleParameters) {
  const double nan = std::nan("");
  EXPECT_FALSE(Sampler::deterministic(nan).ok());
  EXPECT_FALSE(Sampler::uniform(2.0, 1.0).ok());
  EXPECT_FALSE(Sampler::exponential(-1.0).ok());
  EXPECT_FALSE(Sampler::normal(0.0, -1.0).ok());
  EXPECT_FALSE(Sampler::lognormal(0.0, 1.0).ok());
  EXPECT_FALSE(Sampler::lognormal_by_quantiles(5.0, 4.0).ok());
  EXPECT_FALSE(Sampler::gamma(0.0, 1.0).ok());
  EXPECT_FALSE(Sampler::weibull(1.0, nan).ok());
  EXPECT_FALSE(Sampler::triangular(0.0, 3.0, 2.0).ok());
  EXPECT_FALSE(Sampler::empirical({}).ok());
  EXPECT_FALSE(Sampler::discrete({{1.0, 0.0}}).ok());
  EXPECT_FALSE(Sampler::discrete({{1.0, -1.0}, {2.0, 2.0}}).ok());
  EXPECT_FALSE(Sampler::uniform(0.0, 1.0).value().truncated(3.0, 2.0).ok());
}

TEST(Sampler, FirstDrawsAreTheSameBitForBitEverywhere) {
  const std::vector<Sampler> laws = {
      Sampler::exponential(1.0).value(),     Sampler::normal(0.0, 1.0).value(),
      Sampler::lognormal(10.0, 4.0).value(), Sampler::gamma(2.5, 1.0).value(),
      Sampler::weibull(1.7, 4.0).value(),    Sampler::triangular(1.0, 2.0, 6.0).value(),
      Sampler::gamma(0.4, 1.0).value(),      Sampler::uniform(0.0, 3.0).value()};
  const std::vector<std::uint64_t> expected = {
      0x4006d1e762339a7bU, 0xbffe186ea7bb8debU, 0x40202b9046c4a99eU, 0x40018c18cbcbd1aeU,
      0x4012e54764ab2b33U, 0x400112fcb1782e69U, 0x3f95767b4dfc3c70U, 0x3fe0aca0d035d0f5U};
  std::vector<std::uint64_t> got;
  Draws draws{draw_key(2026, "golden"), 17};
  for (const Sampler& law : laws)
    got.push_back(std::bit_cast<std::uint64_t>(law.sample(draws)));
  EXPECT_EQ(got, expected);
  RandomStream stream{2026, "golden"};
  EXPECT_EQ(std::bit_cast<std::uint64_t>(laws[2].sample(stream)), 0x402adc3173343448U);
}

TEST(ToTicks, RoundsAndStaysInRange) {
  EXPECT_EQ(to_ticks(1.5, 3600.0), 5400);
  EXPECT_EQ(to_ticks(0.0004, 1000.0), 0);
  EXPECT_EQ(to_ticks(0.0006, 1000.0), 1);
  EXPECT_EQ(to_ticks(-5.0, 1000.0), 0);
  EXPECT_EQ(to_ticks(1e300, 1000.0), Time{1} << 61U);
  // Halves go up, and nothing else does: adding a half before cutting would fail in both of these.
  EXPECT_EQ(to_ticks(2.5, 1.0), 3);
  EXPECT_EQ(to_ticks(0x1.fffffffffffffp-2, 1.0), 0);
  EXPECT_EQ(to_ticks(0x1.0p52 + 1.0, 1.0), (Time{1} << 52U) + 1);
}

}  // namespace
}  // namespace karvan::des
