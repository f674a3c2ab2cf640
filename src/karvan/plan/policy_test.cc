// Goal: the policy is the best there is. By hand where it can be; where nothing varies it arrives
// with the planner's earliest option; where things vary no itinerary of the front is better.

#include "karvan/plan/policy.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "karvan/testing/drawn_arrivals.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

using std::chrono::hours;

testing::TinyCase tiny(std::string_view text) {
  Result<testing::TinyCase> made = testing::tiny_case(text);
  if (!made) ADD_FAILURE() << made.error().message;
  return std::move(made).value();
}

const PolicyState* ready_at(const Policy& policy, Id<Place> place) {
  const auto at = std::ranges::find_if(policy.states, [&](const PolicyState& state) {
    return state.is_ready && state.place == place;
  });
  return at == policy.states.end() ? nullptr : &*at;
}

// A train a week, and a truck that is slower than the train but not than waiting for the next one.
constexpr std::string_view kTrainOrTruck = R"(
calendar 2026-03-01 2026-06-01
place A B C in KZ utc +00:00
rail A-B 100km 10h daily 00:00
rail B-C 100km 10h Mon 12:00
truck B-C 100km 60h anytime
handling B rail-rail container-container 20h
handling B rail-road container-container 30h
ask plan A -> C 2 box40 machinery depart 2026-03-01T00:00Z days 30
)";

TEST(Policy, TakesTheTrainWhileItIsInTimeForIt) {
  testing::TinyCase c = tiny(kTrainOrTruck);
  const World world{c.corridor};
  const Planner planner{world};
  const ReliabilityBook book{planner};
  const Policy best = policy(book, c.question, {});
  // Off the train at 10:00 on Sunday, ready 06:00, there on Monday at 22:00.
  ASSERT_FALSE(best.states.empty());
  const Instant monday{*parse_date("2026-03-02")};
  EXPECT_EQ(best.states[0].steps.at(0).arrive, monday + hours{22});
  const PolicyState* at_b = ready_at(best, *world.find<Place>("b"));
  ASSERT_NE(at_b, nullptr);
  EXPECT_EQ(at_b->steps.at(0).depart, monday + hours{12});
}

// The work varies: whoever comes late is better off with the truck only if it is made ready for it
// when it comes; once ready for the train it waits a week.
TEST(Policy, WeighsTheRiskOfTheTrainAgainstTheTruck) {
  testing::TinyCase c = tiny(kTrainOrTruck);
  for (Handling& row : c.corridor.handling) {
    if (row.to == Side::kRail && row.place.valid()) row.hours = {LawFamily::kUniform, 0, 52};
  }
  const World world{c.corridor};
  const Planner planner{world};
  const ReliabilityBook book{planner, {}, 12};
  const Instant sunday{*parse_date("2026-03-01")};
  // By train: half make Monday 22:00, half the Monday after: 36 + 84 hours after Sunday 10:00.
  // By truck: 30 + 60 hours.
  const Policy soon = policy(book, c.question, {});
  EXPECT_EQ(soon.states[0].steps.at(0).arrive, sunday + hours{10 + 90});
  EXPECT_EQ(ready_at(soon, *world.find<Place>("b"))->side, Side::kRoad);
  // Who must be there on Tuesday has no use for the truck.
  const Policy sure =
      policy(book, c.question, {.aim = Aim::kOnTime, .deadline = sunday + hours{60}});
  EXPECT_NEAR(sure.states[0].steps.at(0).on_time, 0.5, 0.01);
  const PolicyState* at_b = ready_at(sure, *world.find<Place>("b"));
  ASSERT_NE(at_b, nullptr);
  EXPECT_EQ(at_b->side, Side::kRail);
  // What to do on a miss: the train of the next week, and surely late.
  const PolicyStep* missed =
      sure.step(static_cast<std::size_t>(at_b - sure.states.data()), sunday + hours{40});
  ASSERT_NE(missed, nullptr);
  EXPECT_EQ(missed->depart, sunday + hours{36 + 168});
  EXPECT_EQ(missed->on_time, 0);
}

TEST(Policy, HasNothingToSayWhereNothingArrives) {
  testing::TinyCase c = tiny(kTrainOrTruck);
  std::swap(c.question.from, c.question.to);
  const World world{c.corridor};
  const Planner planner{world};
  EXPECT_TRUE(policy(ReliabilityBook{planner}, c.question, {}).states.empty());
}

Instant earliest(const Answer& answer) {
  Instant best = kNever;
  for (const Itinerary& it : answer.itineraries)
    best = std::min(best, it.arrive);
  return best;
}

TEST(Policy, ArrivesWithTheEarliestOptionWhereNothingVaries) {
  int compared = 0;
  int same = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    testing::RandomCase random = testing::random_case(seed, 5);
    if (seed % 3 == 0) random.question = testing::asking_more(random, seed);
    random.question.budget.reset();  // a policy does not weigh cost
    random.question.legs_max = 64;
    random.question.saves_storage = false;
    random.corridor.delays = {};
    for (Handling& row : random.corridor.handling)
      row.hours = {.a = mean(row.hours).value()};
    for (GaugeChange& row : random.corridor.gauge_changes)
      row.hours = {.a = mean(row.hours).value()};
    for (CrossingStep& step : random.corridor.crossing_steps) {
      step.share = 1;
      step.hours = {.a = mean(step.hours).value()};
    }
    for (RegimeEffect& effect : random.corridor.regime_effects)
      effect.share_factor = 1;
    const World world{random.corridor};
    const Planner planner{world};
    const Answer answer = planner.answer(random.question);
    constexpr int kStep = 4;
    const Policy best = policy(ReliabilityBook{planner, {}, kStep}, random.question, {});
    if (answer.itineraries.empty()) continue;
    ASSERT_FALSE(best.states.empty());
    ++compared;
    // A moment between two cells of the grid lies in both, so that a connection made to the minute
    // is missed in part and the expected arrival later; never the other way about.
    const Instant promised = best.states[0].steps.at(0).arrive;
    EXPECT_GE(promised, earliest(answer) - std::chrono::minutes{4 * kStep});
    if (promised <= earliest(answer) + std::chrono::minutes{4 * kStep}) ++same;
  }
  EXPECT_GE(compared, 30);
  EXPECT_GE(same, compared * 9 / 10);
}

TEST(Policy, IsAtLeastAsGoodAsEveryOption) {
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(seed);
    testing::RandomCase random = testing::random_case(seed, 5);
    random.question.legs_max = 64;
    for (Handling& row : random.corridor.handling)
      row.hours = {LawFamily::kLognormal, 2 + mean(row.hours).value(), 0.5};
    for (const auto& [mode, text] : EnumTexts<Mode>::values) {
      random.corridor.delays.push_back(
          {.code = std::string{text}, .mode = mode, .factor = {LawFamily::kLognormal, 1.1, 0.3}});
    }
    const World world{random.corridor};
    const Planner planner{world};
    const Answer answer = planner.answer(random.question);
    if (answer.itineraries.empty()) continue;
    const ReliabilityBook book{planner, {}, 20};
    const Instant deadline = earliest(answer) + hours{20};
    const Policy soon = policy(book, random.question, {.deadline = deadline});
    const Policy sure = policy(book, random.question, {.aim = Aim::kOnTime, .deadline = deadline});
    ASSERT_FALSE(soon.states.empty());
    ++compared;
    for (const Itinerary& it : answer.itineraries) {
      const Reliability option = book.assess(it, {.deadline = deadline});
      EXPECT_GE(sure.states[0].steps.at(0).on_time, option.on_time - 0.02);
      // What is not there by the last day counts as days_max days in a policy.
      const Instant last_day = random.question.depart + std::chrono::days{random.question.days_max};
      if (book.assess(it, {.deadline = last_day}).on_time > 1 - 1e-4) {
        EXPECT_LE(soon.states[0].steps.at(0).arrive, option.mean + hours{1});
      }
    }
    EXPECT_GE(sure.states[0].steps.at(0).on_time, soon.states[0].steps.at(0).on_time - 1e-9);
    EXPECT_LE(soon.states[0].steps.at(0).arrive, sure.states[0].steps.at(0).arrive);
  }
  EXPECT_GE(compared, 15);
}

}  // namespace
}  // namespace karvan::plan
