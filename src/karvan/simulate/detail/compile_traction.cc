// Locomotives: whose haul a train over which part of its way, and where traction changes.

#include <algorithm>
#include <string>

#include "karvan/simulate/detail/compile.h"

namespace karvan::simulate::detail {
namespace {

// The pool of a country's railways with this traction and gauge; kNone where no row is of it, as
// then nobody knows that locomotives are short.
Index pool_of(Workshop& shop, Id<Country> country, Traction traction, Gauge gauge) {
  const auto key = std::tuple{country, traction, gauge.mm};
  const auto known = shop.locomotives_of.find(key);
  if (known != shop.locomotives_of.end()) return known->second;
  Index count = 0;
  for (const Id<Locomotive> id : shop.world.ids<Locomotive>()) {
    const Locomotive& row = shop.world[id];
    if (shop.world[row.operator_].country == country && row.traction == traction &&
        row.gauge.mm == gauge.mm)
      count += static_cast<Index>(std::max(0, row.count));
  }
  Index pool = kNone;
  if (count > 0) {
    pool = static_cast<Index>(shop.model.locomotives.size());
    const std::string kind{to_text(traction)};
    shop.model.locomotives.push_back(
        {.name = "Locomotives: " + kind + ", " + shop.world[country].name,
         .code = "locomotives " + kind + " " + std::to_string(gauge.mm) + "@" +
                 shop.world[country].code,
         .count = count});
  }
  return shop.locomotives_of[key] = pool;
}

}  // namespace

void add_traction(Workshop& shop, const Line& line) {
  Model& m = shop.model;
  const Service& service = shop.world[line.service];
  for (Index s = line.stops.begin; s < line.stops.end; ++s) {
    Hop* taken = nullptr;  // where the locomotive that hauls came to the train
    Traction before = Traction::kDiesel;
    Id<Country> country_before;
    for (Index h = m.stops[s].hops.begin; h < m.stops[s].hops.end; ++h) {
      Hop& hop = m.hops[h];
      const Link& link = shop.world[m.sections[hop.section].link];
      const Traction traction = service.traction.value_or(
          link.electrified == Electrified::kYes ? Traction::kElectric : Traction::kDiesel);
      const Id<Country> country = shop.world[hop.is_backward ? link.to : link.from].country;
      if (taken == nullptr || traction != before || country != country_before) {
        // A published running time holds its changes; at a border they are part of the handover.
        hop.changes_traction =
            taken != nullptr && traction != before && country == country_before && hop.km > 0;
        hop.locomotives = pool_of(shop, country, traction, service.gauge);
        taken = &hop;
      }
      taken->hauled += hop.ticks;
      before = traction;
      country_before = country;
    }
  }
}

}  // namespace karvan::simulate::detail
