// Goal: a planner that remembers shipments answers as one that does not. Method: random corridors,
// each asked both ways, on several days (most with the tables of the day before), with another
// deadline, with papers not ready yet and with a service refused, with one memory for all.

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/text.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

std::string described(const Answer& answer) {
  std::string all = answer.refusal.message + "\n";
  for (const Itinerary& way : answer.itineraries) {
    all += instant_to_text(way.arrive, std::chrono::minutes{0}) + " " +
           format_fixed(way.cost.value(), 2) + " USD " + format_fixed(way.co2e.value(), 3) + " kg";
    for (const Leg& leg : way.legs)
      all += " " + std::to_string(leg.service.index()) + "@" +
             instant_to_text(leg.depart, std::chrono::minutes{0});
    all += "\n";
  }
  return all;
}

// The number of ways found.
std::size_t compare_memory(const World& world,
                           const Planner& planner,
                           const Question& question,
                           Planner::Memory& memory) {
  const Answer answer = planner.answer(question, memory);
  EXPECT_EQ(described(answer), described(plan(world, question)));  // a fresh planner
  for (const std::string& fault : verify(world, question, answer))
    ADD_FAILURE() << fault;
  return answer.itineraries.size();
}

TEST(Memory, ChangesNoAnswer) {
  std::size_t ways = 0;
  for (std::uint64_t seed = 1; seed <= 150 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed % 10));
    const World world{random.corridor};
    const Planner planner{world};
    Planner::Memory memory;
    Question question = random.question;
    for (const int days : {0, 1, 9, 40, 2}) {
      question.depart = random.question.depart + std::chrono::days{days};
      question.refuse = random.question.refuse;
      question.deadline = random.question.deadline;
      question.papers_from.reset();
      if (days == 1) question.papers_from = question.depart + std::chrono::hours{30};
      if (days == 2) question.deadline = question.depart + std::chrono::days{20};
      ways += compare_memory(world, planner, question, memory);
      if (days == 1) question.refuse.services.push_back(Id<Service>{0});
      std::swap(question.from, question.to);
      ways += compare_memory(world, planner, question, memory);
    }
  }
  EXPECT_GT(ways, 300U);
}

// Goal: many threads that ask one planner get what each would get alone. Method: more threads than
// the planner has memories of its own, all asking about both ways of one lane on several days.
TEST(Memory, IsLentToOneQuestionAtATime) {
  for (std::uint64_t seed = 1; seed <= 12 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed % 10));
    const World world{random.corridor};
    const Planner planner{world};
    std::vector<Question> questions;
    std::vector<std::string> expected;
    for (int i = 0; i < 12; ++i) {
      Question question = random.question;
      question.depart += std::chrono::days{i};
      if (i % 2 == 1) std::swap(question.from, question.to);
      Planner::Memory fresh;
      expected.push_back(described(planner.answer(question, fresh)));
      questions.push_back(question);
    }
    std::vector<std::vector<std::string>> told(6);
    {
      std::vector<std::jthread> threads;
      for (std::vector<std::string>& mine : told) {
        threads.emplace_back([&] {
          for (const Question& question : questions)
            mine.push_back(described(planner.answer(question)));
        });
      }
    }
    for (const std::vector<std::string>& one : told)
      EXPECT_EQ(one, expected);
  }
}

}  // namespace
}  // namespace karvan::plan
