#pragma once
// What a shipper finds when looking for ways: the planner, as the simulator asks it.

#include <memory>

#include "karvan/plan/plan.h"
#include "karvan/simulate/question.h"

namespace karvan::cli {

// Options of the planner that pass one of the demand's `via` places (any, if it names none). Where
// the best ways pass by other roads, the services that carry them farthest are refused and the
// planner is asked again, a few times. The planner must outlive what is returned.
simulate::Alternator alternatives_from(const World& world, const plan::Planner& planner);

}  // namespace karvan::cli
