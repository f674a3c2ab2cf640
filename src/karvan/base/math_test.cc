#include "karvan/base/math.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// How far `got` is from `exact`, in units of the last place of `exact`.
double ulps(double got, long double exact) {
  const double near = std::abs(static_cast<double>(exact));
  const double unit = std::nextafter(near, kInfinity) - near;
  return static_cast<double>(std::abs(static_cast<long double>(got) - exact) /
                             static_cast<long double>(unit));
}

TEST(StableLog, IsWithinOneUlpOfTheTruth) {
  RandomStream random{1, "log"};
  double worst = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    // Any positive double, half of them near 1 where the logarithm is small.
    const double x = i % 2 == 0 ? std::bit_cast<double>(random.next() % 0x7ff0000000000000U + 1)
                                : 0.25 + 4.0 * random.uniform01();
    worst = std::max(worst, ulps(stable_log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(StableLog, KnowsItsEdges) {
  EXPECT_EQ(stable_log(1.0), 0.0);
  EXPECT_EQ(stable_log(0.0), -kInfinity);
  EXPECT_EQ(stable_log(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(stable_log(-1.0)));
  EXPECT_TRUE(std::isnan(stable_log(std::nan(""))));
  const double least = std::numeric_limits<double>::denorm_min();
  EXPECT_LT(ulps(stable_log(least), std::log(static_cast<long double>(least))), 1.0);
}

TEST(StableExp, IsWithinOneUlpOfTheTruth) {
  RandomStream random{1, "exp"};
  double worst = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    const double span = i % 2 == 0 ? 708.0 : 2.0;
    const double x = span * (2.0 * random.uniform01() - 1.0);
    worst = std::max(worst, ulps(stable_exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(StableExp, KnowsItsEdges) {
  EXPECT_EQ(stable_exp(0.0), 1.0);
  EXPECT_EQ(stable_exp(-kInfinity), 0.0);
  EXPECT_EQ(stable_exp(kInfinity), kInfinity);
  EXPECT_EQ(stable_exp(710.0), kInfinity);
  EXPECT_EQ(stable_exp(-746.0), 0.0);
  EXPECT_TRUE(std::isnan(stable_exp(std::nan(""))));
  const double large = 709.7;
  EXPECT_LT(ulps(stable_exp(large), std::exp(static_cast<long double>(large))), 1.0);
  EXPECT_NEAR(stable_exp(-740.0) / std::exp(-740.0), 1.0, 0.02);  // few bits are left there
}

TEST(StablePow, AgreesWithTheLibrary) {
  EXPECT_EQ(stable_pow(0.0, 2.0), 0.0);
  EXPECT_EQ(stable_pow(0.0, 0.0), 1.0);
  for (const double x : {1e-9, 0.3, 1.0, 2.5, 1e6}) {
    for (const double y : {-3.5, -1.0, 0.0, 0.4, 2.0}) {
      const double exact = std::pow(x, y);
      EXPECT_NEAR(stable_pow(x, y), exact, exact * 1e-14) << x << "^" << y;
    }
  }
}

TEST(StableLogGamma, AgreesWithTheLibrary) {
  for (double x = 0.01; x < 500.0; x *= 1.07) {
    const double exact = std::lgamma(x);
    EXPECT_NEAR(stable_log_gamma(x), exact, 1e-13 * (1.0 + std::abs(exact))) << x;
  }
}

TEST(NormalQuantile, InvertsTheDistribution) {
  // Phi(z) = erfc(-z / sqrt 2) / 2; an error dz of z shows as dz * phi(z).
  for (double p = 1e-15; p < 1.0; p = p < 0.01 ? p * 1.9 : p + 0.0007) {
    const double z = normal_quantile(p);
    const double back = 0.5 * std::erfc(-z / std::sqrt(2.0));
    EXPECT_NEAR(back / p, 1.0, 1e-13) << p;
  }
}

TEST(NormalQuantile, GivesThePublishedValues) {
  // The test values of AS 241.
  EXPECT_NEAR(normal_quantile(0.25), -0.674489750196081743, 1e-15);
  EXPECT_NEAR(normal_quantile(0.001), -3.09023230616781354, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-20), -9.26234008979840867, 1e-13);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(StableMath, IsTheSameBitForBitEverywhere) {
  EXPECT_EQ(std::bit_cast<std::uint64_t>(stable_log(0.1)), 0xc0026bb1bbb55515U);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(stable_exp(0.1)), 0x3ff1aec7b35a00d4U);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(normal_quantile(0.01)), 0xc0029c5c4630ff0eU);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(stable_log_gamma(0.1)), 0x4002058e35f3deefU);
}

TEST(NormalCdf, IsThatOfTheLibrary) {
  for (int i = -3700; i <= 3700; ++i) {
    const double z = static_cast<double>(i) / 100;
    const double truth = 0.5 * std::erfc(-z / std::sqrt(2.0));
    EXPECT_NEAR(normal_cdf(z), truth, 4e-15 * (1 + z * z) * truth) << z;
  }
}

TEST(NormalCdf, IsTheInverseOfTheQuantile) {
  for (int i = 1; i < 1000; ++i) {
    const double p = static_cast<double>(i) / 1000;
    EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-15);
  }
}

TEST(GammaCdf, KnowsTheExponentialTheErlangAndTheNormal) {
  for (int i = 1; i < 400; ++i) {
    const double x = static_cast<double>(i) / 10;
    EXPECT_NEAR(gamma_cdf(1, x), 1 - std::exp(-x), 1e-13);
    EXPECT_NEAR(gamma_cdf(3, x), 1 - std::exp(-x) * (1 + x + x * x / 2), 1e-13);
    EXPECT_NEAR(gamma_cdf(0.5, x), std::erf(std::sqrt(x)), 1e-13);
  }
  EXPECT_EQ(gamma_cdf(2, 0), 0);
  EXPECT_NEAR(gamma_cdf(1e4, 1e4), 0.5 + 1 / (3 * std::sqrt(2 * std::acos(-1.0) * 1e4)), 1e-6);
}

}  // namespace
}  // namespace karvan
