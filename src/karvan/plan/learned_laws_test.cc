// Goal: what is drawn from a known law is learned back; too few observations are refused.

#include "karvan/plan/learned_laws.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/testing/drawn_arrivals.h"

namespace karvan::plan {
namespace {

std::vector<MovementSeen> movements(std::size_t service, const Law& law, std::size_t count) {
  const des::Sampler sampler = testing::sampler_of(law);
  des::Draws draws{des::draw_key(7, "learned", 0), service};
  std::vector<MovementSeen> list;
  for (std::size_t i = 0; i < count; ++i) {
    list.push_back({.service = Id<Service>{service},
                    .from_sequence = 1,
                    .to_sequence = 2,
                    .took = Hours{sampler.sample(draws)}});
  }
  return list;
}

TEST(LearnedLaws, AreTheLawsTheMovementsWereDrawnFrom) {
  std::vector<MovementSeen> seen = movements(3, {LawFamily::kLognormal, 40, 0.3}, 4'000);
  const std::vector<MovementSeen> other = movements(1, {LawFamily::kGamma, 10, 0.5}, 4'000);
  seen.insert(seen.end(), other.begin(), other.end());
  const LearnedLaws learned = learn(seen);
  ASSERT_EQ(learned.laws.size(), 2U);
  EXPECT_EQ(learned.laws[0].service, Id<Service>{std::size_t{1}});
  EXPECT_EQ(learned.laws[0].seen, 4'000U);
  // Standard errors: of the mean cv / sqrt(n) = 0.8 % and 0.5 %; of the cv some 2 %. Four of each.
  EXPECT_NEAR(learned.laws[0].hours.a, 10, 10 * 0.032);
  EXPECT_NEAR(learned.laws[0].hours.b, 0.5, 0.5 * 0.08);
  EXPECT_NEAR(learned.laws[1].hours.a, 40, 40 * 0.02);
  EXPECT_NEAR(learned.laws[1].hours.b, 0.3, 0.3 * 0.08);
  EXPECT_TRUE(learned.refused.empty());

  std::ranges::reverse(seen);
  const LearnedLaws again = learn(seen);
  EXPECT_EQ(again.laws[0].hours, learned.laws[0].hours);
  EXPECT_EQ(again.laws[1].hours, learned.laws[1].hours);
}

TEST(LearnedLaws, RefuseToSpeakOfFew) {
  const LearnedLaws learned = learn(movements(2, {LawFamily::kLognormal, 40, 0.3}, 29));
  EXPECT_TRUE(learned.laws.empty());
  ASSERT_EQ(learned.refused.size(), 1U);
  EXPECT_EQ(learned.refused[0].seen, 29U);
  EXPECT_EQ(learn(movements(2, {LawFamily::kLognormal, 40, 0.3}, 30)).laws.size(), 1U);
}

TEST(LearnedLaws, OfWhatNeverVariesAreConstant) {
  const LearnedLaws learned = learn(movements(2, {LawFamily::kConstant, 8}, 30));
  ASSERT_EQ(learned.laws.size(), 1U);
  EXPECT_EQ(learned.laws[0].hours, (Law{LawFamily::kConstant, 8}));
}

}  // namespace
}  // namespace karvan::plan
