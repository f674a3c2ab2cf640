#include "karvan/plan/charges.h"

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

}  // namespace karvan::plan
