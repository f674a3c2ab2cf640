#pragma once
// The k best options in one criterion that go by different routes: what else there is when the best
// is full or unwelcome. Routes differ in a mode, or in a place where mode or gauge changes; of each
// the best option is told, whatever trains it changes between. Options in which cargo comes off at
// a place where it has been before are none.
//
// Lawler 1972: the best option of all is taken, and the rest is parted by where it first leaves
// that option's route; each part is a search over the same network with the beginning of the route
// as a stage (detail/stages.h). Places that the best of a part comes back to are then watched in
// the stages and the part is searched again (decremental state space relaxation, Righini and Salani
// 2008), so that the answer is exact.

#include "karvan/plan/plan.h"

namespace karvan::plan {

enum class RankedBy { kArrival, kCost, kCo2e };

struct Ranking {
  RankedBy by = RankedBy::kCost;
  std::size_t options_max = 5;  // 1..kBestMax
};
inline constexpr std::size_t kBestMax = 20;

// The question as it is ranked: every connection counts as made, and storage is saved where cost
// ranks, for else it would not be exact.
Question as_ranked(Question question, const Ranking& ranking);

// Best first; equal ones by arrival, cost, CO2e. The question may have no window; what is ranked
// are answers of as_ranked(). Not complete (Statistics) where a limit of a search was reached.
Answer k_best(const Planner& planner, const Question& question, const Ranking& ranking);

}  // namespace karvan::plan
