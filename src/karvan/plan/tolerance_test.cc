// Goal: with a tolerance, nothing of the exact front is farther from an option than it allows, in
// any criterion; without one, nothing changes.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

struct Counts {
  std::size_t exact = 0;
  std::size_t told = 0;
};

bool stands_for(const Itinerary& told, const Itinerary& exact, const Question& question) {
  const double most = 1 + question.tolerance;
  const auto minutes = [&](const Itinerary& it) {
    return std::chrono::duration<double>(it.arrive - it.depart).count();
  };
  const auto missed = static_cast<std::int64_t>(10'000 * std::log(most));
  return minutes(told) <= most * minutes(exact) + 1e-6 &&
         told.cost.value() <= most * exact.cost.value() + 1e-6 &&
         told.co2e.value() <= most * exact.co2e.value() + 1e-6 &&
         told.miss_risk <= exact.miss_risk + missed &&
         (!question.keep_safer_options || told.risks.is_within(exact.risks));
}

void compare_tolerance(const World& world, Question question, Counts& counts) {
  question.tolerance = 0;
  const Answer exact = plan(world, question);
  question.tolerance = 0.1;
  const Answer answer = plan(world, question);
  for (const std::string& fault : verify(world, question, answer))
    ADD_FAILURE() << fault;
  for (const Itinerary& it : exact.itineraries) {
    EXPECT_TRUE(std::ranges::any_of(
        answer.itineraries, [&](const Itinerary& told) { return stands_for(told, it, question); }))
        << "nothing stands for USD " << it.cost.value();
  }
  EXPECT_EQ(exact.itineraries.empty(), answer.itineraries.empty());
  counts.exact += exact.itineraries.size();
  counts.told += answer.itineraries.size();
}

TEST(Tolerance, LeavesOutOnlyWhatAnotherOptionStandsFor) {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= 700 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    testing::RandomCase random = testing::random_case(seed, 8);
    const World world{random.corridor};
    compare_tolerance(world, random.question, counts);
    std::swap(random.question.from, random.question.to);
    compare_tolerance(world, random.question, counts);
  }
  EXPECT_GT(counts.exact, 500U);
  EXPECT_LT(counts.told, counts.exact * 9 / 10);
}

}  // namespace
}  // namespace karvan::plan
