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

// Where hired load units are given back. Requires Itinerary::hire.
Id<Place> depot_of(const World& world, const Itinerary& itinerary);

// The rows by which detention of hired load units is charged, ascending by days; none: not hired,
// or back within free time.
std::vector<Id<Detention>> detention_rows_of(const World& world, const Itinerary& itinerary);

}  // namespace karvan::plan
