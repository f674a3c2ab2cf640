#pragma once
// What carriage emits, ISO 14083: tonnes of goods x km x the factor of the vehicle and its energy.

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "karvan/model/path.h"
#include "karvan/model/shipment.h"

namespace karvan::cost {

struct Carbon {
  KgCo2e wtw;  // well-to-wheel
  KgCo2e ttw;  // tank-to-wheel part of it

  Carbon& operator+=(const Carbon& o) {
    wtw += o.wtw;
    ttw += o.ttw;
    return *this;
  }
};

class CarbonBook {
 public:
  explicit CarbonBook(const World& world);

  // Emissions of a leg. An electric train counts the grid of each link's country (0.5 kg/kWh where
  // unknown). A mode without any factor emits nothing: `validate` complains about it.
  Carbon emitted(Id<Service> service, std::span<const Passage> path, Tonnes tonnes) const;

 private:
  const EmissionFactor* factor(const Service& service, Traction traction) const;

  World world_;
  std::vector<Id<EmissionFactor>> factors_;
};

}  // namespace karvan::cost
