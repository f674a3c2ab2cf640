#pragma once
// What a question refuses and asks of a way, read off it in the plainest manner: for the naive
// planner.

#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/model/itinerary.h"
#include "karvan/model/link.h"
#include "karvan/model/world.h"
#include "karvan/plan/question.h"

namespace karvan::testing {

// A ride by the service along this path.
bool is_refused(const World& world,
                const plan::Question& question,
                Id<Service> id,
                const std::vector<Passage>& path);

// Of a whole way, but for its cost and transshipments.
bool is_as_asked(const World& world, const plan::Question& question, const std::vector<Leg>& legs);

// The minutes after which some document may cover more of a ride by the service, if papers take
// time.
std::vector<Instant> paper_changes(const World& world,
                                   const plan::Question& question,
                                   Id<Service> service);

// Whether every leg departs, and every border is reached, with the papers it needs. `legs` and
// `borders` are filled.
bool has_papers(const World& world,
                const cost::BorderBook& borders,
                const plan::Question& question,
                const Itinerary& itinerary);

}  // namespace karvan::testing
