#pragma once
// Reach: what can be reached from one place within so many days, and when at the earliest. The
// planner has no search to all places at once; each is a question of its own, for the caller to
// ask on as many threads as it has.

#include <vector>

#include "karvan/plan/plan.h"

namespace karvan::plan {

struct Reached {
  Id<Place> place;
  Itinerary earliest;
};

// The question asked of every place but its origin, by place; `to` stands in for all. Places at
// which the question would contradict itself are left out.
std::vector<Question> reach_questions(const World& world, const Question& question);

// By arrival, then place. Requires an answer to each question.
std::vector<Reached> reached(const std::vector<Question>& questions,
                             const std::vector<Answer>& answers);

}  // namespace karvan::plan
