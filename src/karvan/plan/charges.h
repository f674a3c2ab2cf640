#pragma once
// Charges: which rows of the price list make up what the legs of an itinerary cost, for quotes.

#include <vector>

#include "karvan/model/itinerary.h"

namespace karvan::plan {

// What one row asks for the links in a row that it prices.
struct Charge {
  Id<Tariff> tariff;
  Km distance;
  Usd cost;  // before rounding to cents
};

// One list for each leg, in order of travel; their sum is the leg's cost up to rounding. Empty for
// a leg that has no price on its day in this world.
std::vector<std::vector<Charge>> charges_of(const World& world, const Itinerary& itinerary);

// The row that asks for storage while cargo waits for the leg of this number; none: it is free.
Id<Storage> storage_row_of(const World& world, const Itinerary& itinerary, std::size_t leg);

}  // namespace karvan::plan
