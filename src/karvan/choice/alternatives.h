#pragma once
// What a shipper finds when looking for ways: the planner, as the simulator asks it.

#include <memory>

#include "karvan/plan/plan.h"
#include "karvan/simulate/question.h"

namespace karvan::choice {

// The six cheapest options of the planner that go by the demand's `via` and `main_mode` (all, if it
// names none). Where the planner's best ways go elsewhere, the services that carry them farthest
// are refused and it is asked again, a few times. The world must outlive what is returned. One
// thread at a time: it remembers what it was asked, and what it learned about each shipment.
simulate::Alternator alternatives_from(const World& world);

}  // namespace karvan::choice
