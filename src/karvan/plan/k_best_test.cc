// Goal: the k best routes are those of the naive planner on random small corridors, by
// each criterion; every answer passes its judge.
//   KARVAN_SEED=n   begins at case n        KARVAN_CASES=n   runs so many

#include "karvan/plan/k_best.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "karvan/plan/verify.h"
#include "karvan/testing/environment.h"
#include "karvan/testing/naive_plan.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

std::int64_t value_of(const testing::NaiveRoute& route, RankedBy by) {
  if (by == RankedBy::kArrival) return route.arrive.time_since_epoch().count();
  return by == RankedBy::kCost ? route.cents : route.grams;
}

std::int64_t value_of(const Itinerary& it, RankedBy by) {
  if (by == RankedBy::kArrival) return it.arrive.time_since_epoch().count();
  return std::llround(by == RankedBy::kCost ? it.cost.value() * 100 : it.co2e.value() * 1000);
}

// How many options were compared.
std::size_t compare_routes(const Planner& planner,
                           const Question& question,
                           const World& world,
                           std::vector<testing::NaiveRoute> routes,
                           const Ranking& ranking) {
  const Answer answer = k_best(planner, question, ranking);
  for (const std::string& fault : verify_ranked(world, question, ranking, answer))
    ADD_FAILURE() << fault;
  EXPECT_TRUE(answer.statistics.is_complete);
  const auto value = [&](const auto& one) { return value_of(one, ranking.by); };
  std::ranges::sort(routes, {}, value);
  const std::size_t expected = std::min(routes.size(), ranking.options_max);
  EXPECT_EQ(answer.itineraries.size(), expected);
  for (std::size_t i = 0; i < std::min(expected, answer.itineraries.size()); ++i) {
    const Itinerary& it = answer.itineraries[i];
    EXPECT_EQ(value(it), value(routes[i])) << "the option of rank " << i + 1;
    const auto own =
        std::ranges::find(routes, testing::route_text(world, it.legs), &testing::NaiveRoute::route);
    EXPECT_TRUE(own != routes.end() && value(it) == value(*own)) << "not the best of its route";
  }
  return expected;
}

TEST(KBest, IsThatOfTheNaivePlannerOnRandomCorridors) {
  const std::uint64_t first = testing::from_environment("KARVAN_SEED", 1);
  const std::uint64_t cases = testing::from_environment("KARVAN_CASES", 400);
  constexpr std::array kAll{RankedBy::kArrival, RankedBy::kCost, RankedBy::kCo2e};
  std::size_t several = 0;
  std::size_t full = 0;
  for (std::uint64_t i = 0; i < cases && !HasFailure(); ++i) {
    const std::uint64_t seed = first + i;
    const int size = static_cast<int>(i * 10 / cases);
    SCOPED_TRACE("KARVAN_SEED=" + std::to_string(seed) + ", size " + std::to_string(size));
    const testing::RandomCase random = testing::random_case(seed, size);
    const World world{random.corridor};
    Question question = random.question;
    if (i % 4 == 0) question = testing::asking_more(random, seed);
    if (question.from == question.to) continue;
    question.weighs_risk = false;
    const auto routes = testing::naive_routes(world, question, 60'000);
    if (!routes) continue;
    const Planner planner{world};
    for (const RankedBy by : kAll) {
      const std::size_t count =
          compare_routes(planner, question, world, *routes, {.by = by, .options_max = 4});
      several += count > 1 ? 1U : 0U;
      full += count == 4 ? 1U : 0U;
    }
  }
  std::printf("%zu rankings of several options, %zu of all that were asked for\n", several, full);
  if (cases >= 400) {
    EXPECT_GE(several, cases / 5);
    EXPECT_GE(full, cases / 20);
  }
}

}  // namespace
}  // namespace karvan::plan
