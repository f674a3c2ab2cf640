#pragma once
// An itinerary as members of a JSON object, with the keys of api/plan.schema.json. The object
// around them is the caller's, who may add members of his own. Money is rounded to cents, masses of
// CO2e to 0.1 kg, hours to 0.01; instants are local to their place, with its offset.

#include <string_view>

#include "karvan/base/json.h"
#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"
#include "karvan/model/world.h"

namespace karvan::wire {

// The row's code; null without a row.
template <class Row>
void code(JsonWriter& json, std::string_view name, const World& world, Id<Row> id) {
  json.key(name);
  if (id.valid()) {
    json.text(world[id].code);
  } else {
    json.null();
  }
}

class ItineraryWriter {
 public:
  // The arguments must outlive the writer.
  ItineraryWriter(const World& world, const Clocks& clocks, JsonWriter& json)
      : world_(world), clocks_(clocks), json_(json) {}

  // "from" to "risks": the figures of the whole.
  void summary(const Itinerary& itinerary) const;
  // "legs" to "hire": what happens on the way, and what it takes.
  void chain(const Itinerary& itinerary) const;

 private:
  void time(std::string_view name, Id<Place> place, Instant instant) const;
  void leg(const Leg& leg) const;
  void transfer(const Transfer& transfer) const;
  void border(const BorderPassed& border) const;
  void through_rate(const ThroughPrice& through) const;
  void document(const DocumentNeeded& needed) const;
  void hire(const Itinerary& itinerary) const;

  const World& world_;
  const Clocks& clocks_;
  JsonWriter& json_;
};

}  // namespace karvan::wire
