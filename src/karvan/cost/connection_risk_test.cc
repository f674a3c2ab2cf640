#include "karvan/cost/connection_risk.h"

#include <cmath>

#include <gtest/gtest.h>

#include "karvan/model/corridor.h"

namespace karvan::cost {
namespace {

TEST(ConnectionRisk, FallsWithSlackAndRisesWithTheClass) {
  for (SpreadClass spread = 0; spread <= 10; ++spread) {
    for (std::int64_t slack = -60; slack < 10'000; slack += 7) {
      EXPECT_GE(miss_risk(spread, slack), miss_risk(spread, slack + 7));
      if (spread < 10) {
        EXPECT_LE(miss_risk(spread, slack), miss_risk(static_cast<SpreadClass>(spread + 1), slack));
      }
    }
    EXPECT_EQ(miss_risk(spread, 9'000), 0);
  }
}

// Goal: the table is what its formula says, and slack stops mattering below one percent.
TEST(ConnectionRisk, IsTheTailOfTheLogisticLaw) {
  const double m = std::sqrt(0.5);
  const double b = m * std::sqrt(3.0) / std::acos(-1.0);
  for (int i = 0; i < 5; ++i) {
    const double missed = 1 / (1 + std::exp((i / 2.0 - m) / b));
    EXPECT_NEAR(miss_risk(2, i * 30), -std::log(1 - missed) * 10'000, 1) << i;  // class of 60 min
  }
  EXPECT_EQ(miss_risk(2, 5 * 30), 0);
}

TEST(ConnectionRisk, WideningIsMonotoneAndForgetsNothingLarge) {
  EXPECT_EQ(spread_class(0), 0);
  EXPECT_EQ(spread_class(60 * 60), 2);
  EXPECT_EQ(spread_class(1'000'000'000), 10);
  for (std::int64_t add = 0; add < 20'000'000; add += 9'973) {
    for (SpreadClass spread = 0; spread < 10; ++spread) {
      EXPECT_LE(widened(spread, add), widened(static_cast<SpreadClass>(spread + 1), add));
      EXPECT_LE(spread, widened(spread, add));
    }
  }
}

TEST(ConnectionRisk, ProbabilityIsTheExponential) {
  EXPECT_EQ(probability(0), 1);
  for (const std::int64_t risk : {1, 356, 3'864, 19'648, 69'078, 200'000})
    EXPECT_NEAR(probability(risk), std::exp(-static_cast<double>(risk) / 1e4), 1e-9) << risk;
}

TEST(ConnectionRisk, ARunIsAsLateAsItsLinksTogether) {
  Corridor corridor;
  const Id<Country> here = corridor.countries.push_back({.code = "AA"});
  const Id<Country> there = corridor.countries.push_back({.code = "BB"});
  const Id<Place> a = corridor.places.push_back({.code = "a", .country = here});
  const Id<Place> b = corridor.places.push_back({.code = "b", .country = there});
  const Id<Place> c = corridor.places.push_back({.code = "c", .country = there});
  const Id<Link> ab = corridor.links.push_back(
      {.code = "ab", .from = a, .to = b, .length = Km{100}, .speed = Km{50} / Hours{1}});
  const Id<Link> bc = corridor.links.push_back(
      {.code = "bc", .from = b, .to = c, .length = Km{100}, .speed = Km{50} / Hours{1}});
  const Law wild{.family = LawFamily::kLognormal, .a = 1.5, .b = 0.2};
  corridor.delays.push_back({.code = "rail", .mode = Mode::kRail, .factor = {.a = 1.25}});
  corridor.delays.push_back(
      {.code = "rail_bb", .mode = Mode::kRail, .country = there, .factor = wild});
  const RiskBook book{World{corridor}};
  const std::vector<Passage> hop{{.link = ab, .from = a, .to = b},
                                 {.link = bc, .from = b, .to = c}};
  // Two links of two hours in a run of eight: four hours each.
  const Lateness late = book.of_run(Mode::kRail, hop, std::chrono::hours{8});
  EXPECT_EQ(late.mean, 60 + 120);
  EXPECT_EQ(late.variance, std::llround(0.09 * 240 * 240));
  EXPECT_EQ(book.of_run(Mode::kSea, hop, std::chrono::hours{8}), Lateness{});
}

}  // namespace
}  // namespace karvan::cost
