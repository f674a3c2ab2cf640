#pragma once
// An independent judge of answers: follows every itinerary step by step against the world's tables,
// sharing no code with the search.

#include <string>
#include <vector>

#include "karvan/plan/answer.h"
#include "karvan/plan/k_best.h"
#include "karvan/plan/question.h"

namespace karvan::plan {

// Every promise of the answer that does not hold, in words; empty if all hold. Checks each leg
// against calls, departures, calendars, closures, capacities, gauges, cut-offs, handling, border
// procedures, prices and emissions; that the instants follow each other; that the sums are right;
// that nothing refused is used; that what is asked of the whole way is met; that no itinerary
// dominates another.
std::vector<std::string> verify(const World& world, const Question& question, const Answer& answer);

// The same for k_best(): that the options come in the order asked for, each by another route
// and back to no place; not that none dominates another.
std::vector<std::string> verify_ranked(const World& world,
                                       const Question& question,
                                       const Ranking& ranking,
                                       const Answer& answer);

// The same for one_front(): each option holds for its pair, and none of any pair dominates another.
std::vector<std::string> verify_one_front(const World& world,
                                          const std::vector<Question>& questions,
                                          const Answer& answer);

}  // namespace karvan::plan
