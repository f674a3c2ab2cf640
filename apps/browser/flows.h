#pragma once
// What went where in a run, for lines on a map as wide as their tonnes.

#include <span>
#include <string>

#include "karvan/model/world.h"
#include "karvan/simulate/answer.h"

namespace karvan::browser {

// [{service, from, to, goods, tonnes}], most tonnes first: what was unloaded at `to` from `since`
// on of what the service had loaded at `from`. Requires the events in order of time; empties are
// left out.
std::string flows_json(const World& world,
                       std::span<const simulate::EventRow> events,
                       Instant since);

}  // namespace karvan::browser
