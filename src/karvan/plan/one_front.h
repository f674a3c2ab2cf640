#pragma once
// One front over several pairs of origin and destination: a shipper who may hand over in one of
// several ports, or collect in one of several. Each pair is asked by itself; an option of one pair
// displaces those of another as it would those of its own.

#include <vector>

#include "karvan/plan/plan.h"

namespace karvan::plan {

inline constexpr std::size_t kPairsMax = 64;

// The questions differ in their ends (and in deadlines, which are local there) alone; at least one.
// Each option begins and ends with a pair. Without any option: the refusal of the first pair, and
// the others' among its hints.
Answer one_front(const Planner& planner, const std::vector<Question>& questions);

}  // namespace karvan::plan
