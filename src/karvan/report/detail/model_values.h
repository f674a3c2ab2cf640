#pragma once
// What the model says about lengths, running times, transit times, prices, borders and capacities,
// in kilometers, hours and US dollars: the right-hand side of comparison.h.

#include <optional>
#include <string>
#include <vector>

#include "karvan/model/world.h"
#include "karvan/plan/plan.h"

namespace karvan::report::detail {

// A value and how it came about, or why there is none.
struct ModelValue {
  std::optional<double> value;
  std::string method;
};

// From, over, to.
struct Way {
  std::vector<Id<Place>> stops;  // at least two
};

enum class Over { kRail, kAllButRoad };

ModelValue length_km(const World& world, const Way& way, Over over);
ModelValue link_length_km(const World& world, Id<Place> from, Id<Place> to);
ModelValue running_hours(const World& world, const Way& way);

struct Asked {
  Id<LoadUnit> load_unit;  // invalid: a 40 ft box, as far as there is one
  std::string period;      // "2024-03", "2022", ...
};
ModelValue transit_hours(const World& world,
                         const plan::Planner& planner,
                         const Way& way,
                         const Asked& asked);
ModelValue price_per_unit(const World& world,
                          const plan::Planner& planner,
                          const Way& way,
                          const Asked& asked);
// Formalities, regimes applied where two places are named; the general procedure where none is.
ModelValue border_hours(const World& world,
                        const plan::Planner& planner,
                        const Observation& observation);
// Units of the observation: "TEU/y", "pairs/day", "Mt/y".
ModelValue capacity(const World& world, const Observation& observation);

}  // namespace karvan::report::detail
