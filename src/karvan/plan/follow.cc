#include "karvan/plan/follow.h"

#include <algorithm>
#include <optional>
#include <set>

#include "karvan/plan/plan.h"

namespace karvan::plan {
namespace {

// The world with these services alone, cargo passing only at the calls that the legs use.
Overlay only(const World& world, const std::vector<BookedLeg>& legs) {
  Overlay overlay = world.overlay();
  std::set<Id<Service>> used;
  for (const BookedLeg& leg : legs)
    used.insert(leg.service);
  for (const Id<Service> id : world.ids<Service>()) {
    if (!used.contains(id)) overlay.of<Service>().removed.insert(id);
  }
  const std::size_t known = rows<Call>(world.corridor()).size();
  for (const Id<Call> id : world.ids<Call>()) {
    Call call = world[id];
    if (!used.contains(call.service)) continue;
    const auto is_used = [&](int BookedLeg::* sequence) {
      return std::ranges::any_of(legs, [&](const BookedLeg& leg) {
        return leg.service == call.service && leg.*sequence == call.sequence;
      });
    };
    call.loads = call.loads && is_used(&BookedLeg::from_sequence);
    call.unloads = call.unloads && is_used(&BookedLeg::to_sequence);
    // A scenario's own rows are not changed but added.
    if (id.index() < known) {
      overlay.of<Call>().changed.insert_or_assign(id, std::move(call));
    } else {
      overlay.of<Call>().added[id.index() - known] = std::move(call);
    }
  }
  return overlay;
}

bool is_same_chain(const Itinerary& itinerary, const std::vector<BookedLeg>& legs) {
  return std::ranges::equal(itinerary.legs, legs, [](const Leg& one, const BookedLeg& other) {
    return one.service == other.service && one.from_sequence == other.from_sequence &&
           one.to_sequence == other.to_sequence && one.consignment.load_unit == other.load_unit;
  });
}

// How far all departures together are from those booked.
Duration distance(const Itinerary& itinerary, const std::vector<BookedLeg>& legs) {
  Duration sum{};
  for (std::size_t i = 0; i < legs.size(); ++i)
    sum += std::chrono::abs(itinerary.legs[i].depart - legs[i].depart);
  return sum;
}

}  // namespace

std::vector<BookedLeg> booked(const Itinerary& itinerary) {
  std::vector<BookedLeg> legs;
  for (const Leg& leg : itinerary.legs)
    legs.push_back(
        {leg.service, leg.from_sequence, leg.to_sequence, leg.consignment.load_unit, leg.depart});
  return legs;
}

Answer follow(const World& world, const Question& question, const std::vector<BookedLeg>& legs) {
  CHECK(!legs.empty());
  const Overlay overlay = only(world, legs);
  Answer answer = plan(World{world.corridor(), overlay}, question);
  const Itinerary* nearest = nullptr;
  for (const Itinerary& itinerary : answer.itineraries) {
    if (!is_same_chain(itinerary, legs)) continue;
    if (nearest == nullptr || distance(itinerary, legs) < distance(*nearest, legs))
      nearest = &itinerary;
  }
  if (nearest != nullptr) {
    answer.itineraries = {Itinerary{*nearest}};
  } else if (!answer.itineraries.empty()) {
    answer.itineraries.clear();
    answer.refusal = {.obstacle = Obstacle::kUnreachable,
                      .message = "The same services now make a better chain than the one planned.",
                      .hints = {"ask anew"}};
  }
  return answer;
}

}  // namespace karvan::plan
