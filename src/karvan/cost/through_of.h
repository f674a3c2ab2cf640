#pragma once
// Combined prices: between two places, for any chain of legs in one load unit, instead of the
// prices of the legs, until cargo first comes off at the destination. What is no carriage
// (handling, storage, borders, papers) comes on top.

#include <vector>

#include "karvan/model/itinerary.h"
#include "karvan/model/world.h"

namespace karvan::cost {

// Whether this leg may be one of those that the rate buys: its load unit and operator fit.
bool may_carry(const World& world, const ThroughRate& rate, Id<Service> service, Id<LoadUnit> unit);
// Whether the rate may be bought on the day on which its first leg departs.
bool is_offered(const ThroughRate& rate, Date day);
Usd price(const ThroughRate& rate, const Consignment& consignment);  // in whole cents

}  // namespace karvan::cost
