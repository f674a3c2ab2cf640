// Goal: one front over several pairs is what is left of the naive planner's fronts of all pairs
// together, on random small corridors; every answer passes its judge.

#include "karvan/plan/one_front.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/plan/verify.h"
#include "karvan/testing/naive_plan.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

using testing::NaiveOption;

auto key_of(const NaiveOption& o) {
  return std::tuple{o.arrive, o.cents, o.grams, o.miss_risk, o.risks.number()};
}

std::vector<NaiveOption> undominated(std::vector<NaiveOption> all) {
  std::ranges::sort(all, {}, key_of);
  std::vector<NaiveOption> kept;
  for (const NaiveOption& one : all) {
    const bool is_beaten = std::ranges::any_of(all, [&](const NaiveOption& other) {
      return other.arrive <= one.arrive && other.cents <= one.cents && other.grams <= one.grams &&
             other.miss_risk <= one.miss_risk && other.risks.is_within(one.risks) && other != one;
    });
    if (!is_beaten && (kept.empty() || kept.back() != one)) kept.push_back(one);
  }
  return kept;
}

// Two origins with two destinations, as far as they differ.
std::vector<Question> pairs_of(const testing::RandomCase& random, std::uint64_t seed) {
  const auto places = static_cast<std::uint32_t>(World{random.corridor}.size<Place>());
  const auto other = [places](Id<Place> place, std::uint64_t by) {
    return Id<Place>{static_cast<std::uint32_t>((place.index() + 1 + by % (places - 1)) % places)};
  };
  const Question& asked = random.question;
  std::vector<Question> pairs;
  for (const Id<Place> from : {asked.from, other(asked.from, seed)}) {
    for (const Id<Place> to : {asked.to, other(asked.to, seed / 7)}) {
      Question pair = asked;
      pair.from = from;
      pair.to = to;
      if (from != to) pairs.push_back(pair);
    }
  }
  return pairs;
}

bool is_refused_end(const World& world, const Question& question) {
  const Refusals& no = question.refuse;
  const auto is_refused = [&](Id<Place> place) {
    return std::ranges::find(no.places, place) != no.places.end() ||
           std::ranges::find(no.countries, world[place].country) != no.countries.end();
  };
  return is_refused(question.from) || is_refused(question.to);
}

TEST(OneFront, IsWhatIsLeftOfTheNaiveFrontsOfAllPairs) {
  std::size_t over_several = 0;
  for (std::uint64_t seed = 1; seed <= 300 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed / 30));
    const World world{random.corridor};
    const std::vector<Question> pairs = pairs_of(random, seed);
    const Answer answer = one_front(Planner{world}, pairs);
    for (const std::string& fault : verify_one_front(world, pairs, answer))
      ADD_FAILURE() << fault;
    std::vector<NaiveOption> all;
    for (const Question& pair : pairs) {
      if (is_refused_end(world, pair)) continue;
      const auto front = testing::naive_plan(world, pair, 60'000);
      ASSERT_TRUE(front);
      all.insert(all.end(), front->begin(), front->end());
    }
    std::vector<NaiveOption> found = testing::options_of(answer);
    if (!random.question.keep_safer_options) {
      for (NaiveOption& option : found)
        option.risks = {};
    }
    EXPECT_EQ(found, undominated(all));
    const auto differs = [&](const Itinerary& it) {
      return it.legs.front().from != answer.itineraries.front().legs.front().from ||
             it.legs.back().to != answer.itineraries.front().legs.back().to;
    };
    over_several += std::ranges::any_of(answer.itineraries, differs) ? 1U : 0U;
  }
  EXPECT_GE(over_several, 15U);
}

TEST(OneFront, RefusesWithTheWordsOfEachPair) {
  const testing::RandomCase random = testing::random_case(3, 4);
  const World world{random.corridor};
  std::vector<Question> pairs = pairs_of(random, 3);
  for (Question& pair : pairs)
    pair.budget = Usd{0.01};
  const Answer answer = one_front(Planner{world}, pairs);
  EXPECT_TRUE(answer.itineraries.empty());
  EXPECT_NE(answer.refusal.obstacle, Obstacle::kNone);
  EXPECT_GE(answer.refusal.hints.size(), pairs.size() - 1);
  EXPECT_EQ(verify_one_front(world, pairs, answer), std::vector<std::string>{});
}

}  // namespace
}  // namespace karvan::plan
