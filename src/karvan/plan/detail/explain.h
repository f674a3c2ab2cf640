#pragma once
// explain: why a question has no option. Families of constraints are pretended away one after the
// other on the same engine; the first that alone opens a way is the obstacle, and the way it opens
// names the place, service and figures.

#include <functional>
#include <memory>
#include <string>

#include "karvan/plan/detail/search.h"

namespace karvan::plan::detail {

// What can be said without searching: the same place twice, a day outside the timetables, goods
// that nothing carries, refused ends. Obstacle::kNone if nothing.
Refusal obvious_refusal(const World& world, const Question& question);

// For a question that was searched in vain. `found` is what that search did.
Refusal explain(const Engine& engine, const Question& question, const Found& found);

// A way under a relaxation; nothing if there is none.
using Finder = std::function<std::unique_ptr<Itinerary>(const Engine&, const Question&, Relax)>;

// The same for a narrower question, whose ways `find` seeks; `narrowed` says in words to which ways
// it keeps: " by Feeder Aktau - Alat". Requires that it finds none unrelaxed.
Refusal explain_narrowed(const Engine& engine,
                         const Question& question,
                         const Finder& find,
                         const std::string& narrowed);

}  // namespace karvan::plan::detail
