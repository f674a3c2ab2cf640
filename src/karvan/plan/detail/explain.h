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

// "Ro-pax Kuryk-Alat takes no goods of class 1 but 1.4S (IMDG Code 7.1.4.4.5); Explosives are of
// class 1.1D"; nothing if the service takes the goods.
std::string hazard_text(const Engine& engine, Id<Service> service, Id<Goods> goods);

// "no slot on 2026-03-10: 12 of 80 x 40 ft container left" of the leg's departure; nothing if there
// is room.
std::string booked_text(const Engine& engine, const Leg& leg);

// A way under a relaxation; nothing if there is none.
using Finder = std::function<std::unique_ptr<Itinerary>(const Engine&, const Question&, Relax)>;

// The same for a narrower question, whose ways `find` seeks; `narrowed` says in words to which ways
// it keeps: " by Feeder Aktau - Alat". Requires that it finds none unrelaxed.
Refusal explain_narrowed(const Engine& engine,
                         const Question& question,
                         const Finder& find,
                         const std::string& narrowed);

}  // namespace karvan::plan::detail
