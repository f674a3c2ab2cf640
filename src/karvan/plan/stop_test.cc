// Goal: a planner whose answer is wanted no longer ends at once, says that it is not complete, and
// has harmed nothing that it shares. Method: random corridors, each asked in every way with the
// stop set from the beginning, set by another thread meanwhile, and never set.

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/plan/k_best.h"
#include "karvan/plan/one_front.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

constexpr std::uint64_t kCases = 60;

Question with_window(Question question) {
  question.window = std::chrono::days{3};
  question.window_step = std::chrono::hours{3};
  return question;
}

// The same question in every way that may take long.
std::vector<Answer> answers_of(const Planner& planner, const Question& question) {
  return {planner.answer(question), planner.answer(with_window(question)),
          k_best(planner, question, {.by = RankedBy::kCost, .options_max = 3}),
          one_front(planner, {question, question})};
}

void expect_same(const Answer& a, const Answer& b) {
  ASSERT_EQ(a.itineraries.size(), b.itineraries.size());
  for (std::size_t i = 0; i < a.itineraries.size(); ++i)
    EXPECT_EQ(a.itineraries[i].arrive, b.itineraries[i].arrive);
  EXPECT_EQ(a.refusal.message, b.refusal.message);
  EXPECT_EQ(a.statistics.is_complete, b.statistics.is_complete);
}

TEST(Stop, EndsWhatIsWantedNoLongerAndHarmsNothing) {
  std::size_t stopped = 0;
  for (std::uint64_t seed = 1; seed <= kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed % 10));
    const World world{random.corridor};
    const Planner planner{world};
    const std::atomic<bool> is_set{true};
    const Planner idle = planner.until(is_set);
    EXPECT_TRUE(idle.is_stopped());
    for (const Answer& answer : answers_of(idle, random.question)) {
      EXPECT_TRUE(answer.itineraries.empty());
      EXPECT_EQ(answer.statistics.labels_made, 0U);
      // What is obvious is told without a search.
      if (answer.refusal.obstacle == Obstacle::kNone) {
        EXPECT_FALSE(answer.statistics.is_complete);
        ++stopped;
      }
    }
    const Planner fresh{world};
    const std::atomic<bool> never{false};
    const std::vector<Answer> expected = answers_of(fresh, random.question);
    const std::vector<Answer> found = answers_of(planner.until(never), random.question);
    for (std::size_t i = 0; i < expected.size(); ++i)
      expect_same(found[i], expected[i]);
    for (const std::string& fault : verify(world, random.question, found.front()))
      ADD_FAILURE() << fault;
  }
  EXPECT_GT(stopped, kCases);
}

TEST(Stop, MayComeAtAnyMoment) {
  for (std::uint64_t seed = 1; seed <= kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed % 10));
    const World world{random.corridor};
    const Planner planner{world};
    std::atomic<bool> stop{false};
    std::vector<Answer> cut;
    std::jthread other{[&] { cut = answers_of(planner.until(stop), random.question); }};
    for (std::uint64_t spins = 0; spins < seed * seed; ++spins)
      std::this_thread::yield();
    stop = true;
    other.join();
    const Planner fresh{world};
    const std::vector<Answer> after = answers_of(planner, random.question);
    const std::vector<Answer> expected = answers_of(fresh, random.question);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      expect_same(after[i], expected[i]);
      if (cut[i].statistics.is_complete) expect_same(cut[i], expected[i]);
    }
  }
}

}  // namespace
}  // namespace karvan::plan
