#pragma once
// What counts as a transshipment: work between two legs that moves the goods or their load unit
// from one vehicle to another. Wagons and trucks that roll on as they are, and changes of bogies,
// are none; nor are loading at the origin and unloading at the destination.

#include "karvan/model/itinerary.h"
#include "karvan/model/world.h"

namespace karvan {

// Of work between two legs; one of the two is set, or neither where nothing is done.
bool is_transshipment(const World& world, Id<Handling> handling, Id<GaugeChange> gauge_change);

// How many there are on the way.
int transshipments(const World& world, const Itinerary& itinerary);

}  // namespace karvan
