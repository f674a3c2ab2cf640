#include "karvan/model/transshipment.h"

namespace karvan {

bool is_transshipment(const World& world, Id<Handling> handling, Id<GaugeChange> gauge_change) {
  if (gauge_change.valid()) return world[gauge_change].method == GaugeMethod::kTransshipment;
  if (!handling.valid()) return false;
  const Handling& row = world[handling];
  const bool rolls = row.from_kind == LoadUnitKind::kWagon || row.from_kind == LoadUnitKind::kTruck;
  return row.from_kind != row.to_kind || !rolls;
}

int transshipments(const World& world, const Itinerary& itinerary) {
  int count = 0;
  for (std::size_t i = 1; i + 1 < itinerary.transfers.size(); ++i) {
    const Transfer& transfer = itinerary.transfers[i];
    count += is_transshipment(world, transfer.handling, transfer.gauge_change) ? 1 : 0;
  }
  return count;
}

}  // namespace karvan
