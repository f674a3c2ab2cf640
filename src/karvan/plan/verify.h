#pragma once
// An independent judge of answers: follows every itinerary step by step against the world's tables,
// sharing no code with the search.

#include <string>
#include <vector>

#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::plan {

// Every promise of the answer that does not hold, in words; empty if all hold. Checks each leg
// against calls, departures, calendars, closures, capacities, gauges, cut-offs, handling, border
// procedures, prices and emissions; that the instants follow each other; that the sums are right;
// that nothing refused is used; that no itinerary dominates another.
std::vector<std::string> verify(const World& world, const Question& question, const Answer& answer);

}  // namespace karvan::plan
