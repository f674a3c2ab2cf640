#pragma once
// explain: why a question has no option. Families of constraints are pretended away one after the
// other on the same engine; the first that alone opens a way is the obstacle, and the way it opens
// names the place, service and figures.

#include "karvan/plan/detail/search.h"

namespace karvan::plan::detail {

// What can be said without searching: the same place twice, a day outside the timetables, goods
// that nothing carries, refused ends. Obstacle::kNone if nothing.
Refusal obvious_refusal(const World& world, const Question& question);

// For a question that was searched in vain. `found` is what that search did.
Refusal explain(const Engine& engine, const Question& question, const Found& found);

}  // namespace karvan::plan::detail
