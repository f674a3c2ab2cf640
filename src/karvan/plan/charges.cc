#include "karvan/plan/charges.h"

#include <algorithm>
#include <chrono>

#include "karvan/cost/money_of.h"
#include "karvan/cost/storage_of.h"

namespace karvan::plan {
namespace {

// Links in a row under one row of the price list are priced together, as in cost::TariffBook.
std::vector<Charge> charges_of(const World& world, const cost::TariffBook& book, const Leg& leg) {
  const Date day = std::chrono::floor<std::chrono::days>(leg.depart);
  std::vector<Charge> charges;
  for (const Passage& passage : leg.path) {
    const auto tariff =
        book.tariff_for(leg.service, world[passage.from].country, leg.consignment, day);
    if (!tariff) return {};
    if (charges.empty() || charges.back().tariff != *tariff)
      charges.push_back({.tariff = *tariff, .distance = Km{}, .cost = Usd{}});
    charges.back().distance += world[passage.link].length;
  }
  for (Charge& charge : charges)
    charge.cost = book.charge(charge.tariff, leg.consignment, charge.distance);
  return charges;
}

}  // namespace

std::vector<std::vector<Charge>> charges_of(const World& world, const Itinerary& itinerary) {
  const cost::TariffBook book{world};
  std::vector<std::vector<Charge>> all;
  for (const Leg& leg : itinerary.legs)
    all.push_back(charges_of(world, book, leg));
  return all;
}

Id<Storage> storage_row_of(const World& world, const Itinerary& itinerary, std::size_t leg) {
  const Consignment& arriving = itinerary.legs[leg == 0 ? 0 : leg - 1].consignment;
  return cost::StorageBook{world}.terms(itinerary.transfers[leg].place, arriving).row;
}

Id<Place> depot_of(const World& world, const Itinerary& itinerary) {
  const Id<Place> depot = world[itinerary.hire->back].depot;
  return depot.valid() ? depot : itinerary.legs.back().to;
}

std::vector<Id<Detention>> detention_rows_of(const World& world, const Itinerary& itinerary) {
  std::vector<Id<Detention>> rows;
  if (!itinerary.hire) return rows;
  const EmptyReturn& back = world[itinerary.hire->back];
  for (const Id<Detention> id : world.ids<Detention>()) {
    const Detention& row = world[id];
    if (row.operator_ != back.operator_ || row.load_unit != back.load_unit) continue;
    const Instant since = row.clock == DetentionClock::kHire ? itinerary.depart : itinerary.arrive;
    if (itinerary.hire->returned - since > std::chrono::days{row.after_days}) rows.push_back(id);
  }
  std::ranges::sort(rows, {}, [&](Id<Detention> id) { return world[id].after_days; });
  return rows;
}

}  // namespace karvan::plan
