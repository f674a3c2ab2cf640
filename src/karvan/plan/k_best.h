#pragma once
// The k best options in one criterion that go by different services: what else there is, beside
// the front, when the best is full or unwelcome. Two options differ if their services, leg by leg,
// do; of each such chain the best option is told. Options in which cargo comes off at a place where
// it has been before are none.
//
// Lawler 1972: the best option of all is taken, and the rest is parted by where it first leaves
// that option's chain; each part is a search over the same network with the beginning of the chain
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

// Best first; equal ones by arrival, cost, CO2e, risk. The question may have no window. Not
// complete (Statistics) where a limit of a search was reached.
Answer k_best(const Planner& planner, const Question& question, const Ranking& ranking);

}  // namespace karvan::plan
