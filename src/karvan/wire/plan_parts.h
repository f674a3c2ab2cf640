#pragma once
// What a plan says beside its itineraries, each as members of a JSON object that the caller opens
// and closes, with the keys of api/plan.schema.json.

#include <functional>

#include "karvan/base/json.h"
#include "karvan/model/clock.h"
#include "karvan/model/world.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/policy.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/why_not.h"

namespace karvan::wire {

class PlanWriter {
 public:
  // The arguments must outlive the writer.
  PlanWriter(const World& world, const Clocks& clocks, JsonWriter& json)
      : world_(world), clocks_(clocks), json_(json) {}

  void refusal(const plan::Refusal& refusal) const;
  // `to`: the destination, whose clock tells arrivals.
  void policy(const plan::Policy& policy, plan::Aim aim, Id<Place> to) const;
  void reliability(const plan::Reliability& surety, Id<Place> to) const;
  // `nearest` writes the value of the member of that name, which is missing where there is none.
  void why_not(const plan::WhyNot& why_not,
               const std::function<void(const Itinerary&)>& nearest) const;

 private:
  void step(const plan::PolicyState& state, const plan::PolicyStep& step, Id<Place> to) const;
  void lacking(const cost::PaperLacking& lacking) const;

  const World& world_;
  const Clocks& clocks_;
  JsonWriter& json_;
};

}  // namespace karvan::wire
