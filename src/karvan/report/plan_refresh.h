#pragma once
// A planned itinerary asked again: what its handle promised against what it would be today.

#include <string>
#include <vector>

#include "karvan/plan/answer.h"
#include "karvan/plan/handle.h"
#include "karvan/report/style.h"

namespace karvan::report {

// What changed, a sentence each, legs in order; empty if nothing did. `today` is what
// plan::follow() answered.
std::vector<std::string> changes_of(const World& world,
                                    const plan::Handle& handle,
                                    const plan::Answer& today);

std::string refresh_text(const World& world,
                         const plan::Handle& handle,
                         const plan::Answer& today,
                         const Style& style);

}  // namespace karvan::report
