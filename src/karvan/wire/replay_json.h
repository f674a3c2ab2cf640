#pragma once
// An option of a plan and what became of it in simulated runs, as members of a JSON object that the
// caller opens and closes.

#include "karvan/base/json.h"
#include "karvan/choice/replayed.h"
#include "karvan/model/clock.h"
#include "karvan/model/world.h"

namespace karvan::wire {

// "runs", as planned ("depart", "arrive", "deadline"), quantiles of the arrival ("p10" to "p95"),
// in how many runs it arrived at all, as planned, on time; a tonne's mean hours; the legs.
void replay(JsonWriter& json,
            const World& world,
            const Clocks& clocks,
            const choice::Replayed& replayed);

}  // namespace karvan::wire
