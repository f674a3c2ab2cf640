// Goal: a place is reached exactly when the planner has an option there, and the earliest told is
// the earliest of the front; every option passes the judge.

#include "karvan/plan/reach.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

TEST(PlanReach, TellsEveryPlaceThatHasAnOptionAtItsEarliest) {
  std::size_t told = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const testing::RandomCase random = testing::random_case(seed, 6);
    const World world{random.corridor};
    const Planner planner{world};
    Question question = random.question;
    question.days_max = std::min(question.days_max, 20);
    const std::vector<Question> questions = reach_questions(world, question);
    std::vector<Answer> answers;
    for (const Question& one : questions)
      answers.push_back(planner.answer_unexplained(one));
    const std::vector<Reached> all = reached(questions, answers);
    EXPECT_TRUE(
        std::ranges::is_sorted(all, {}, [](const Reached& one) { return one.earliest.arrive; }));
    for (const Id<Place> place : world.ids<Place>()) {
      const auto found = std::ranges::find(all, place, &Reached::place);
      Question to = question;
      to.to = place;
      if (!to.via.empty() && to.via.back() == place) to.via.pop_back();
      if (place == question.from || unfit(to)) {
        EXPECT_EQ(found, all.end());
        continue;
      }
      const Answer alone = planner.answer(to);
      ASSERT_EQ(found != all.end(), !alone.itineraries.empty()) << seed;
      if (found == all.end()) continue;
      ++told;
      EXPECT_EQ(found->earliest.arrive, alone.itineraries.front().arrive);
      EXPECT_EQ(verify(world, to, {.itineraries = {found->earliest}}), std::vector<std::string>{});
    }
  }
  EXPECT_GT(told, 50u);
}

}  // namespace
}  // namespace karvan::plan
