#pragma once
// What a question refuses and asks of a way, read off it in the plainest manner: for the naive
// planner.

#include <cstdint>
#include <optional>
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

// Whether the service takes goods of the class.
bool is_accepted(const World& world, const plan::Question& question, Id<Service> service);

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

// What hired load units of this kind cost that are free at the destination so long after they were
// handed over, day by day; nothing where they are not taken back there; 0 where none are hired.
std::optional<std::int64_t> hire_cents(const World& world,
                                       const plan::Question& question,
                                       Id<LoadUnit> unit,
                                       Duration on_the_way);

}  // namespace karvan::testing
