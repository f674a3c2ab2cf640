#include "karvan/choice/alternatives.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace karvan::choice {
namespace {

constexpr int kRounds = 8;
constexpr int kOptionsMax = 6;

bool passes(const Itinerary& way, const std::vector<Id<Place>>& via) {
  if (via.empty()) return true;
  const auto is_wanted = [&via](Id<Place> place) {
    return std::ranges::find(via, place) != via.end();
  };
  for (const Leg& leg : way.legs) {
    if (is_wanted(leg.from) || is_wanted(leg.to)) return true;
    for (const Passage& passage : leg.path) {
      if (is_wanted(passage.to)) return true;
    }
  }
  return false;
}

Id<Service> longest_carrier(const Itinerary& way) {
  const auto longest = std::ranges::max_element(way.legs, {}, &Leg::distance);
  return longest->service;
}

bool is_mainly_by(const World& world, const Itinerary& way, std::optional<Mode> mode) {
  if (!mode) return true;
  Km by_mode;
  for (const Leg& leg : way.legs) {
    if (world[leg.service].mode == *mode) by_mode += leg.distance;
  }
  return by_mode > way.distance / 2;
}

}  // namespace

simulate::Alternator alternatives_from(const World& world) {
  const auto planner = std::make_shared<const plan::Planner>(world);
  return [world, planner](Id<Demand> id, const Shipment& shipment, Instant depart) {
    const Demand& row = world[id];
    plan::Question question{.from = row.from, .to = row.to, .shipment = shipment, .depart = depart};
    question.keep_safer_options = false;
    simulate::Alternatives found;
    for (int round = 0; round < kRounds && found.itineraries.empty(); ++round) {
      plan::Answer answer = planner->answer(question);
      if (answer.itineraries.empty()) {
        found.refusal = answer.refusal.message;
        break;
      }
      for (Itinerary& way : answer.itineraries) {
        if (passes(way, row.via) && is_mainly_by(world, way, row.main_mode)) {
          found.itineraries.push_back(std::move(way));
        } else {
          question.refuse.services.push_back(longest_carrier(way));
        }
      }
      found.refusal = "no way that the planner tells goes by its `via` and `main_mode`";
    }
    // The planner tells many ways that differ by an hour or a dollar; shippers look at the
    // cheapest.
    std::ranges::stable_sort(found.itineraries, {}, &Itinerary::cost);
    if (found.itineraries.size() > kOptionsMax) found.itineraries.resize(kOptionsMax);
    return found;
  };
}

}  // namespace karvan::choice
