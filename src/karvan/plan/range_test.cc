// Goal: the front of a window is what comes of asking the naive planner at every moment of it, with
// and without a moment by which cargo must be there.

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/naive_plan.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct Handed {
  Instant depart;
  testing::NaiveOption option;

  friend bool operator==(const Handed&, const Handed&) = default;
};

std::string handed_text(const std::vector<Handed>& list) {
  std::string all;
  for (const Handed& h : list)
    all += std::to_string(h.depart.time_since_epoch().count() / 60) + " to " +
           std::to_string(h.option.arrive.time_since_epoch().count() / 60) + ": " +
           std::to_string(h.option.cents) + " c " + std::to_string(h.option.grams) + " g " +
           std::to_string(h.option.miss_risk) + ", risks " +
           std::to_string(h.option.risks.number()) + "\n";
  return all;
}

// By arrival only where it counts; of equal ones the first.
std::vector<Handed> front(const Question& question, std::vector<Handed> list) {
  const auto key = [](const Handed& h) {
    return std::tuple{h.depart,       h.option.arrive,    h.option.cents,
                      h.option.grams, h.option.miss_risk, h.option.risks.number()};
  };
  const auto beats = [&](const Handed& a, const Handed& b) {
    const testing::NaiveOption& x = a.option;
    const testing::NaiveOption& y = b.option;
    return a.depart >= b.depart && (question.arrive_by || x.arrive <= y.arrive) &&
           x.cents <= y.cents && x.grams <= y.grams && x.miss_risk <= y.miss_risk &&
           x.risks.is_within(y.risks);
  };
  std::ranges::sort(list, {}, key);
  std::vector<Handed> kept;
  for (const Handed& one : list) {
    const bool is_beaten = std::ranges::any_of(list, [&](const Handed& other) {
      return beats(other, one) && (!beats(one, other) || key(other) < key(one));
    });
    if (!is_beaten && (kept.empty() || kept.back() != one)) kept.push_back(one);
  }
  return kept;
}

// Nothing if one of the questions is too large.
std::optional<std::vector<Handed>> naive_front(const World& world, const Question& question) {
  std::vector<Handed> all;
  for (Duration after{}; after <= question.window; after += question.window_step) {
    Question at = question;
    at.depart += after;
    at.window = {};
    const Date day = std::chrono::floor<days>(at.depart);
    if (day < world.info().calendar_from || day >= world.info().calendar_until) continue;
    const auto options = testing::naive_plan(world, at, 60'000);
    if (!options) return std::nullopt;
    for (const testing::NaiveOption& option : *options)
      all.push_back({std::chrono::ceil<minutes>(at.depart), option});
  }
  return front(question, std::move(all));
}

struct RangeTally {
  std::size_t compared = 0;
  std::size_t several = 0;
  std::size_t several_moments = 0;
};

void compare_window(const World& world, const Question& question, RangeTally& tally) {
  const Answer answer = plan(world, question);
  for (const std::string& fault : verify(world, question, answer))
    ADD_FAILURE() << fault;
  auto expected = naive_front(world, question);
  if (!expected) return;
  if (answer.refusal.obstacle == Obstacle::kOriginRefused) expected->clear();
  std::vector<Handed> found;
  for (const Itinerary& it : answer.itineraries) {
    Answer one;
    one.itineraries.push_back(it);
    found.push_back({it.depart, testing::options_of(one).front()});
    if (!question.keep_safer_options) found.back().option.risks = {};
  }
  EXPECT_EQ(found, *expected) << "planner:\n"
                              << handed_text(found) << "naive:\n"
                              << handed_text(*expected);
  ++tally.compared;
  if (found.size() > 1) ++tally.several;
  if (found.size() > 1 && found.front().depart != found.back().depart) ++tally.several_moments;
}

TEST(PlanRange, FrontOfAWindowIsThatOfAllItsMomentsOnRandomCorridors) {
  RangeTally tally;
  constexpr std::uint64_t kCases = 400;
  for (std::uint64_t seed = 1; seed <= kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed * 6 / kCases));
    if (seed % 5 == 3) random = testing::hiring_load_units(std::move(random), seed);
    if (seed % 4 == 0) random.question = testing::asking_more(random, seed);
    Question& question = random.question;
    if (question.from == question.to) continue;
    const World world{random.corridor};
    question.window = hours{12 + 5 * (seed % 13)};
    question.window_step = hours{3 + 4 * (seed % 3)};
    if (seed % 2 == 0)
      question.arrive_by = question.depart + question.window + hours{17 * (seed % 11)} + minutes{7};
    compare_window(world, question, tally);
  }
  std::printf("%zu windows compared, %zu with several options, %zu over several moments\n",
              tally.compared, tally.several, tally.several_moments);
  EXPECT_GE(tally.compared, kCases / 2);
  EXPECT_GE(tally.several_moments, kCases / 20);
}

}  // namespace
}  // namespace karvan::plan
