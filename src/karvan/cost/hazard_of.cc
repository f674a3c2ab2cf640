#include "karvan/cost/hazard_of.h"

#include <algorithm>

namespace karvan::cost {

bool is_within(std::string_view hazard_class, std::string_view other) {
  if (other.empty() || !hazard_class.starts_with(other)) return false;
  const std::string_view rest = hazard_class.substr(other.size());
  // A class is followed by its division, a division by its compatibility group.
  return rest.empty() || rest.front() == '.' || ('A' <= rest.front() && rest.front() <= 'S');
}

std::optional<Id<HazardRefusal>> HazardBook::refusal(Id<Service> service, Id<Goods> goods) const {
  const std::string& carried = world_[goods].hazard_class;
  if (carried.empty()) return std::nullopt;
  for (const Id<HazardRefusal> id : rules_) {
    const HazardRefusal& row = world_[id];
    const bool is_about = row.service.valid()
                              ? row.service == service
                              : row.vessel_kind && row.vessel_kind == world_[service].vessel_kind;
    const bool is_excepted = std::ranges::any_of(
        row.but_carries, [&](const std::string& other) { return is_within(carried, other); });
    if (is_about && !is_excepted && is_within(carried, row.hazard_class)) return id;
  }
  return std::nullopt;
}

}  // namespace karvan::cost
