#include "karvan/testing/planned.h"

#include <memory>

#include "karvan/plan/plan.h"

namespace karvan::testing {

simulate::Alternator planned_alternatives(const World& world) {
  const auto planner = std::make_shared<plan::Planner>(world);
  return [world, planner](Id<Demand> id, const Shipment& shipment, Instant depart) {
    plan::Answer answer = planner->answer({.from = world[id].from,
                                           .to = world[id].to,
                                           .shipment = shipment,
                                           .depart = depart});
    return simulate::Alternatives{.itineraries = std::move(answer.itineraries),
                                  .refusal = std::move(answer.refusal.message)};
  };
}

}  // namespace karvan::testing
