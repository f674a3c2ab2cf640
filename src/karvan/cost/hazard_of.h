#pragma once
// Which dangerous goods a service does not take, though it takes others.

#include <optional>
#include <string_view>

#include "karvan/model/world.h"

namespace karvan::cost {

// Whether a class of dangerous goods (1.1D) is another or lies within it (1, 1.1).
bool is_within(std::string_view hazard_class, std::string_view other);

class HazardBook {
 public:
  explicit HazardBook(const World& world) : world_{world}, rules_{world.ids<HazardRefusal>()} {}

  // The first row that forbids the goods to the service; nothing where none does. Whether the
  // service takes dangerous goods at all is said by Service::cutoff_dangerous.
  std::optional<Id<HazardRefusal>> refusal(Id<Service> service, Id<Goods> goods) const;

 private:
  World world_;
  std::vector<Id<HazardRefusal>> rules_;
};

}  // namespace karvan::cost
