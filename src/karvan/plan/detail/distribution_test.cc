// Goal: every family of law lies on the grid with its exact mean, nearly its variance and its
// shares; sums, mixtures and coarser grids keep them.

#include "karvan/plan/detail/distribution.h"

#include <cmath>

#include <gtest/gtest.h>

namespace karvan::plan::detail {
namespace {

const Law kLaws[] = {{LawFamily::kExponential, 12},     {LawFamily::kLognormal, 12, 0.5},
                     {LawFamily::kLognormal, 48, 0.6},  {LawFamily::kGamma, 10, 0.7},
                     {LawFamily::kWeibull, 20, 1.5},    {LawFamily::kTriangular, 2, 8, 30},
                     {LawFamily::kUniform, 3, 17},      {LawFamily::kLognormal, 0.7, 0.4},
                     {LawFamily::kTriangular, 4, 4, 9}, {LawFamily::kGamma, 6, 0.2}};

double variance_hours(const Distribution& d, Minute step) {
  const double expected = mean(d, step);
  double sum = 0;
  for (std::size_t i = 0; i < d.mass.size(); ++i)
    sum += d.mass[i] * (d.at(i, step) - expected) * (d.at(i, step) - expected);
  return sum / 3600;
}

double variance_of(const Law& law) {
  const double m = karvan::mean(law).value();
  switch (law.family) {
    case LawFamily::kExponential:
      return m * m;
    case LawFamily::kLognormal:
    case LawFamily::kGamma:
      return m * m * law.b * law.b;
    case LawFamily::kWeibull: {
      const double scale = law.a / std::tgamma(1 + 1 / law.b);
      return scale * scale * std::tgamma(1 + 2 / law.b) - m * m;
    }
    case LawFamily::kTriangular:
      return (law.a * law.a + law.b * law.b + law.c * law.c - law.a * law.b - law.a * law.c -
              law.b * law.c) /
             18;
    case LawFamily::kUniform:
      return (law.b - law.a) * (law.b - law.a) / 12;
    case LawFamily::kConstant:
      break;
  }
  return 0;
}

TEST(Distribution, KeepsTheMeanOfEveryLawAndAddsAtMostAQuarterStepSquared) {
  for (const Law& law : kLaws) {
    for (const Minute step : {12, 60, 240}) {
      SCOPED_TRACE(std::string{to_text(law.family)} + " step " + std::to_string(step));
      const Distribution d = lay(law, 1, step);
      const double h = step / 60.0;
      EXPECT_NEAR(total(d), 1, 1e-12);
      EXPECT_NEAR(mean(d, step) / 60, karvan::mean(law).value(), 1e-3);
      const double added = variance_hours(d, step) - variance_of(law);
      EXPECT_GT(added, -5e-3 * variance_of(law) - 1e-3);  // the tail that is cut
      EXPECT_LE(added, h * h / 4 + 1e-3);
    }
  }
}

TEST(Distribution, HasTheSharesOfEveryLaw) {
  for (const Law& law : kLaws) {
    const Distribution d = lay(law, 1, 12);
    for (int i = 1; i < 60; ++i) {
      const double hours = i;
      EXPECT_NEAR(share_until(d, hours * 60, 12), share_below(law, hours), 0.02)
          << to_text(law.family) << " at " << hours;
    }
  }
}

// E[(x - X)+] is the integral of the shares below.
TEST(Distribution, AreasAreTheIntegralsOfShares) {
  for (const Law& law : kLaws) {
    double sum = 0;
    constexpr double kStep = 0.001;
    for (int i = 0; i < 40'000; ++i) {
      const double x = i * kStep;
      sum += kStep * share_below(law, x + kStep / 2);
      if (i % 4'000 == 3'999) {
        EXPECT_NEAR(area_below(law, x + kStep), sum, 1e-5) << to_text(law.family) << " at " << x;
      }
    }
  }
}

TEST(Distribution, AFloorLiftsWhatLiesBelow) {
  const Law law{LawFamily::kLognormal, 1.1, 0.4};
  const Distribution d = lay(law, 20, 12, 0.5);
  EXPECT_GE(d.base, 600 - 12);
  // E[max(X, f)] = f + E[X] - f + E[(f - X)+]
  EXPECT_NEAR(mean(d, 12) / 60, 20 * (1.1 + area_below(law, 0.5)), 1e-3);
}

TEST(Distribution, SumsAreThoseOfIndependentSpans) {
  const Distribution a = lay(kLaws[1], 1, 60);
  const Distribution b = lay(kLaws[3], 1, 60);
  const Distribution both = sum(a, b, 60);
  EXPECT_NEAR(mean(both, 60), mean(a, 60) + mean(b, 60), 0.01);
  EXPECT_NEAR(variance_hours(both, 60), variance_hours(a, 60) + variance_hours(b, 60), 0.02);
  const Distribution moved = sum(a, certain(37), 60);
  EXPECT_EQ(moved.base, a.base + 37);
  EXPECT_EQ(moved.mass, a.mass);
}

TEST(Distribution, MixesAndCoarsensWithoutMovingTheMean) {
  const Distribution fine = lay(kLaws[1], 1, 15);
  EXPECT_NEAR(mean(coarsened(fine, 15, 60), 60), mean(fine, 15), 1e-4);
  const Distribution some = mixed(certain(0), fine, 0.25, 15);
  EXPECT_NEAR(mean(some, 15), mean(fine, 15) / 4, 1e-4);
  EXPECT_NEAR(share_until(some, 8, 15), 0.75, 1e-3);
}

// The rest of an exponential span is the same exponential.
TEST(Distribution, TheRestOfAnExponentialSpanIsExponential) {
  const Law law{LawFamily::kExponential, 20};
  const Distribution rest = lay_rest(law, 60);
  EXPECT_NEAR(mean(rest, 60) / 60, 20, 0.01);
  EXPECT_NEAR(share_until(rest, 20 * 60, 60), 1 - std::exp(-1), 1e-3);
}

// E[rest] = E[X^2] / (2 E[X]).
TEST(Distribution, TheRestOfAStormIsHalfItsMeanAndMoreByItsSpread) {
  const Law law{LawFamily::kLognormal, 28.5, 1.02};
  EXPECT_NEAR(mean(lay_rest(law, 60), 60) / 60, 28.5 / 2 * (1 + 1.02 * 1.02), 0.15);
}

TEST(Distribution, WhatIsCertainStaysExact) {
  const Distribution d = lay({.a = 12.25}, 1, 60);
  EXPECT_EQ(d.base, 735);
  EXPECT_EQ(share_until(d, 734, 60), 0);
  EXPECT_EQ(share_until(d, 735, 60), 1);
  EXPECT_EQ(quantile(d, 0.1, 60), 735);
  EXPECT_EQ(quantile(d, 0.95, 60), 735);
  EXPECT_EQ(mean_excess(d, 700, 60), 35);
}

}  // namespace
}  // namespace karvan::plan::detail
