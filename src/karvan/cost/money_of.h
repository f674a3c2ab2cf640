#pragma once
// What carriage costs: the tariff that fits a leg, applied.

#include <optional>
#include <span>
#include <vector>

#include "karvan/model/path.h"
#include "karvan/model/shipment.h"

namespace karvan::cost {

// Finds prices. Built once for a World; then read-only and safe to share between threads.
class TariffBook {
 public:
  explicit TariffBook(const World& world);

  // The row that prices a passage beginning in `country`; nothing if none fits.
  std::optional<Id<Tariff>> tariff_for(Id<Service> service,
                                       Id<Country> country,
                                       const Consignment& consignment,
                                       Date day) const;

  // What a row asks for a consignment over a distance.
  Usd charge(Id<Tariff> tariff, const Consignment& consignment, Km km) const;

  // The price of carrying a consignment by a service over a path on a day. Nothing if no tariff
  // fits some part of it: then the service is not offered for this load unit. Specificity as in
  // model/tariff.h.
  std::optional<Usd> price(Id<Service> service,
                           std::span<const Passage> path,
                           const Consignment& consignment,
                           Date day) const;

 private:
  struct Query;
  std::optional<Id<Tariff>> best(const Query& query) const;

  World world_;
  Column<Service, std::vector<Id<Tariff>>> by_service_;
  Column<Operator, std::vector<Id<Tariff>>> by_operator_;
  std::vector<std::vector<Id<Tariff>>> by_mode_;  // the rest: by country or general
};

}  // namespace karvan::cost
