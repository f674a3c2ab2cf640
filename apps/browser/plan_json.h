#pragma once
// The planner's answers as JSON, with the keys of api/plan.schema.json. Instants are local to their
// place, with its offset.

#include <string>
#include <vector>

#include "karvan/plan/plan.h"
#include "karvan/plan/policy.h"
#include "karvan/plan/reach.h"
#include "karvan/plan/reliability.h"

namespace karvan::browser {

// `policy` may be null; `question` is what it belongs to.
std::string plan_json(const World& world,
                      const plan::Answer& answer,
                      const plan::Policy* policy,
                      const plan::Question& question);
// {ok, places: [{place, days, arrive, cost_usd}]}
std::string reach_json(const World& world, const std::vector<plan::Reached>& reached);
std::string why_not_json(const World& world, const plan::WhyNot& why_not);
// `to`: the destination, whose clock arrivals are told by.
std::string reliability_json(const World& world, Id<Place> to, const plan::Reliability& surety);

}  // namespace karvan::browser
