#include "karvan/cost/storage_of.h"

#include <cmath>

namespace karvan::cost {

Usd StorageTerms::charge(Duration standing) const {
  if (standing <= free) return {};
  const auto days = std::chrono::ceil<std::chrono::days>(standing - free);
  return per_day * static_cast<double>(days.count());
}

StorageBook::StorageBook(const World& world)
    : world_{world}, at_place_{group(world, &Storage::place)} {
  for (const Id<Storage> id : world.ids<Storage>()) {
    if (!world[id].place.valid()) general_.push_back(id);
  }
}

StorageTerms StorageBook::terms(Id<Place> place, const Consignment& consignment) const {
  const LoadUnitKind kind = world_[consignment.load_unit].kind;
  for (const std::vector<Id<Storage>>* list : {&at_place_[place], &general_}) {
    for (const Id<Storage> id : *list) {
      const Storage& row = world_[id];
      if (row.load_unit_kind != kind) continue;
      const double cents = row.usd_per_unit_day.value() * consignment.units * 100;
      return {.row = id,
              .free = std::chrono::minutes{std::llround(row.free_days * 24 * 60)},
              .per_day = Usd{static_cast<double>(std::llround(cents)) / 100}};
    }
  }
  return {};
}

}  // namespace karvan::cost
