#include "karvan/base/random.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace karvan {
namespace {

TEST(RandomStream, IsTheSameForever) {
  RandomStream random{2026, "weather/KZAAU"};
  // Computed by an independent program: the first number and the thousandth.
  EXPECT_EQ(random.next(), 0xe6b8cec3af250a81U);
  for (int i = 2; i < 1000; ++i)
    random.next();
  EXPECT_EQ(random.next(), 0xe714b04980d151cfU);
}

TEST(RandomStream, DiffersByNameAndSeed) {
  RandomStream weather{1, "weather"};
  RandomStream again{1, "weather"};
  RandomStream border{1, "border"};
  RandomStream other{2, "weather"};
  const std::uint64_t first = weather.next();
  EXPECT_EQ(first, again.next());
  EXPECT_NE(first, border.next());
  EXPECT_NE(first, other.next());
}

TEST(RandomStream, Uniform01HasItsMeanAndSpread) {
  RandomStream random{1, "uniform"};
  constexpr int kDraws = 100'000;
  double sum = 0.0;
  double squares = 0.0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.uniform01();
    ASSERT_GE(x, 0.0);
    ASSERT_LT(x, 1.0);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / kDraws;
  // Five standard errors of the mean: 5 / sqrt(12 * 100000).
  EXPECT_NEAR(mean, 0.5, 0.0046);
  EXPECT_NEAR(squares / kDraws - mean * mean, 1.0 / 12.0, 0.002);
}

TEST(RandomStream, UniformIntIsFair) {
  // Chi-squared over 7 values, 6 degrees of freedom: 22.5 is passed by chance once in 1000 seeds.
  RandomStream random{1, "dice"};
  std::array<int, 7> counts{};
  constexpr int kDraws = 70'000;
  for (int i = 0; i < kDraws; ++i) {
    const std::int64_t x = random.uniform_int(-3, 3);
    ASSERT_GE(x, -3);
    ASSERT_LE(x, 3);
    ++counts[static_cast<std::size_t>(x + 3)];
  }
  double chi_squared = 0.0;
  for (const int count : counts)
    chi_squared += std::pow(count - 10'000, 2) / 10'000.0;
  EXPECT_LT(chi_squared, 22.5);
}

TEST(RandomStream, UniformIntReachesItsEnds) {
  RandomStream random{1, "ends"};
  constexpr std::int64_t kLo = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kHi = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(random.uniform_int(5, 5), 5);
  EXPECT_EQ(random.uniform_int(kLo, kLo), kLo);
  EXPECT_NE(random.uniform_int(kLo, kHi), random.uniform_int(kLo, kHi));
}

TEST(RandomStream, BernoulliAtItsLimitsIsCertain) {
  RandomStream random{1, "coin"};
  int heads = 0;
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_FALSE(random.bernoulli(0.0));
    EXPECT_TRUE(random.bernoulli(1.0));
    heads += random.bernoulli(0.25) ? 1 : 0;
  }
  // Five standard deviations of a binomial: 5 * sqrt(10000 * 0.25 * 0.75).
  EXPECT_NEAR(heads, 2500, 217);
}

}  // namespace
}  // namespace karvan
