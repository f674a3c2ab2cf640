#include "karvan/plan/why_not.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

bool is_on(const Itinerary& itinerary, const Subject& subject) {
  return std::ranges::any_of(itinerary.legs, [&](const Leg& leg) {
    if (subject.service.valid()) return leg.service == subject.service;
    return leg.from == subject.place || leg.to == subject.place ||
           std::ranges::any_of(leg.path, [&](const Passage& passage) {
             return passage.from == subject.place || passage.to == subject.place;
           });
  });
}

// What an answer to "why not?" claims, held against the planner's own answer.
void judge(const World& world,
           const Question& question,
           const Answer& answer,
           const WhyNot& why_not) {
  std::vector<std::size_t> used_by;
  for (std::size_t i = 0; i < answer.itineraries.size(); ++i) {
    if (is_on(answer.itineraries[i], why_not.subject)) used_by.push_back(i);
  }
  EXPECT_EQ(why_not.used_by, used_by);
  EXPECT_EQ(why_not.reason == WhyNotReason::kUsed, !used_by.empty());
  EXPECT_EQ(why_not.nearest.has_value(), why_not.reason == WhyNotReason::kBeaten ||
                                             why_not.reason == WhyNotReason::kPapers ||
                                             why_not.reason == WhyNotReason::kMissed);
  if (why_not.nearest) {
    // A way by it that holds, and the front is exact: some option is as good in everything.
    EXPECT_TRUE(is_on(*why_not.nearest, why_not.subject));
    EXPECT_EQ(verify(world, question, {.itineraries = {*why_not.nearest}}),
              std::vector<std::string>{});
    EXPECT_FALSE(why_not.beaten_by.empty());
    for (const std::size_t i : why_not.beaten_by) {
      const Itinerary& option = answer.itineraries[i];
      EXPECT_LE(option.arrive, why_not.nearest->arrive);
      EXPECT_LE(option.cost.value(), why_not.nearest->cost.value() + 0.005);
      EXPECT_LE(option.co2e.value(), why_not.nearest->co2e.value() + 0.0005);
      EXPECT_LE(option.miss_risk, why_not.nearest->miss_risk);
    }
  } else if (used_by.empty()) {
    EXPECT_FALSE(why_not.message.empty());
  }
}

// No row says how the border is passed: that is what stands in the way, and it is named.
TEST(WhyNot, ABorderWithoutAProcedureIsTheObstacle) {
  const Result<testing::TinyCase> tiny = testing::tiny_case(
      "place Aktau in KZ utc +05:00\n"
      "place Baku in AZ utc +04:00\n"
      "truck Aktau-Baku 470km 22h anytime as lorry\n"
      "ask plan Aktau -> Baku 2 box40 machinery depart 2026-03-01T00:00Z\n");
  ASSERT_TRUE(tiny) << tiny.error().message;
  Corridor corridor = tiny->corridor;
  corridor.crossings = {};
  corridor.crossing_steps = {};
  const World world{corridor};
  const Answer answer = plan(world, tiny->question);
  EXPECT_EQ(answer.refusal.obstacle, Obstacle::kBorder);
  EXPECT_TRUE(answer.refusal.message.starts_with(
      "No procedure is known for the border from KZ to AZ by road"))
      << answer.refusal.message;
  EXPECT_EQ(answer.refusal.service, world.find<Service>("lorry"));
}

struct Seen {
  std::array<std::size_t, 9> reasons{};
  std::size_t lacking = 0;  // some paper

  std::size_t of(WhyNotReason reason) const { return reasons[static_cast<std::size_t>(reason)]; }
};

Seen judge_random_corridors(bool papers_take_time) {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed / 15));
    if (random.question.from == random.question.to) continue;
    if (papers_take_time) random = testing::taking_time_for_papers(std::move(random), seed);
    const World world{random.corridor};
    const Planner planner{world};
    const Answer answer = planner.answer(random.question);
    if (answer.itineraries.empty()) continue;
    std::vector<Subject> subjects;
    for (const Id<Service> id : world.ids<Service>())
      subjects.push_back({.service = id, .place = {}});
    for (const Id<Place> id : world.ids<Place>())
      subjects.push_back({.service = {}, .place = id});
    for (const Subject& subject : subjects) {
      const WhyNot why_not = planner.why_not(random.question, answer, subject);
      judge(world, random.question, answer, why_not);
      ++seen.reasons[static_cast<std::size_t>(why_not.reason)];
      if (!why_not.lacking) continue;
      ++seen.lacking;
      EXPECT_GT(why_not.lacking->ready, why_not.lacking->needed);
      EXPECT_EQ(why_not.lacking->ready,
                *random.question.papers_from + to_duration(world[why_not.lacking->document].lead));
    }
  }
  return seen;
}

TEST(WhyNot, ClaimsOnlyWhatHoldsOnRandomCorridors) {
  const Seen seen = judge_random_corridors(false);
  EXPECT_GT(seen.of(WhyNotReason::kUsed), 50U);
  EXPECT_GT(seen.of(WhyNotReason::kBeaten), 50U);
  EXPECT_GT(seen.of(WhyNotReason::kObstacle), 50U);
}

TEST(WhyNot, ClaimsOnlyWhatHoldsWherePapersTakeTime) {
  const Seen seen = judge_random_corridors(true);
  EXPECT_GT(seen.of(WhyNotReason::kUsed), 30U);
  EXPECT_GT(seen.lacking, 10U);
}

}  // namespace
}  // namespace karvan::plan
