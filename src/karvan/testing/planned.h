#pragma once
// What shippers of a small corridor choose between: all that the planner finds.

#include "karvan/simulate/question.h"

namespace karvan::testing {

simulate::Alternator planned_alternatives(const World& world);

}  // namespace karvan::testing
