#include "plan_json.h"

#include <utility>

#include "karvan/base/json.h"
#include "karvan/model/clock.h"
#include "karvan/wire/itinerary_json.h"
#include "karvan/wire/plan_parts.h"

namespace karvan::browser {
namespace {

// An answer begun: {"ok": true, ...
struct Reply {
  explicit Reply(const World& of) : world(of), clocks(of) { json.object().boolean("ok", true); }

  void itinerary(const Itinerary& one) {
    const wire::ItineraryWriter writer{world, clocks, json};
    json.object();
    writer.summary(one);
    writer.chain(one);
    json.end();
  }
  wire::PlanWriter parts() { return {world, clocks, json}; }

  const World& world;
  Clocks clocks;
  JsonWriter json;
};

}  // namespace

std::string plan_json(const World& world,
                      const plan::Answer& answer,
                      const plan::Policy* policy,
                      const plan::Question& question) {
  Reply reply{world};
  JsonWriter& json = reply.json;
  json.list("itineraries", answer.itineraries, [&](const Itinerary& one) { reply.itinerary(one); });
  json.key("refusal");
  if (answer.itineraries.empty()) {
    json.object();
    reply.parts().refusal(answer.refusal);
    json.end();
  } else {
    json.null();
  }
  if (policy != nullptr) {
    json.key("policy").object();
    reply.parts().policy(*policy, question.deadline ? plan::Aim::kOnTime : plan::Aim::kArrival,
                         question.to);
    json.end();
  }
  json.boolean("complete", answer.statistics.is_complete);
  return std::move(json).finish();
}

std::string reach_json(const World& world, const std::vector<plan::Reached>& reached) {
  Reply reply{world};
  JsonWriter& json = reply.json;
  json.list("places", reached, [&](const plan::Reached& one) {
    const Itinerary& way = one.earliest;
    json.object()
        .text("place", world[one.place].code)
        .number("days", to_hours(way.arrive - way.depart).value() / 24, 2)
        .text("arrive", reply.clocks.text(one.place, way.arrive))
        .number("cost_usd", way.cost.value(), 2)
        .end();
  });
  return std::move(json).finish();
}

std::string why_not_json(const World& world, const plan::WhyNot& why_not) {
  Reply reply{world};
  reply.parts().why_not(why_not, [&](const Itinerary& nearest) { reply.itinerary(nearest); });
  return std::move(reply.json).finish();
}

std::string reliability_json(const World& world, Id<Place> to, const plan::Reliability& surety) {
  Reply reply{world};
  reply.parts().reliability(surety, to);
  return std::move(reply.json).finish();
}

}  // namespace karvan::browser
