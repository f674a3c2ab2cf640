#include "karvan/cost/carbon_of.h"

namespace karvan::cost {
namespace {

constexpr double kGridUnknown = 500;  // g CO2e per kWh, between gas and coal

Traction traction_on(const Service& service, const Link& link) {
  if (service.traction) return *service.traction;
  return link.electrified == Electrified::kYes ? Traction::kElectric : Traction::kDiesel;
}

}  // namespace

CarbonBook::CarbonBook(const World& world) : world_{world}, factors_{world.ids<EmissionFactor>()} {}

const EmissionFactor* CarbonBook::factor(const Service& service, Traction traction) const {
  const EmissionFactor* best = nullptr;
  int best_rank = -1;
  for (const Id<EmissionFactor> id : factors_) {
    const EmissionFactor& row = world_[id];
    if (row.mode != service.mode) continue;
    if (row.traction && *row.traction != traction) continue;
    if (row.vessel_kind && row.vessel_kind != service.vessel_kind) continue;
    const int rank = (row.vessel_kind ? 2 : 0) + (row.traction ? 1 : 0);
    if (rank > best_rank) {
      best = &row;
      best_rank = rank;
    }
  }
  return best;
}

Carbon CarbonBook::emitted(Id<Service> service,
                           std::span<const Passage> path,
                           Tonnes tonnes) const {
  const Service& row = world_[service];
  Carbon sum;
  for (const Passage& passage : path) {
    const Link& link = world_[passage.link];
    const EmissionFactor* found = factor(row, traction_on(row, link));
    if (found == nullptr) continue;
    const double tkm = tonnes.value() * link.length.value();
    const double grid = world_[world_[passage.from].country].grid_g_per_kwh.value_or(kGridUnknown);
    const double electric_g = found->kwh_per_tkm.value_or(0) * grid;
    sum.wtw += KgCo2e{tkm * (found->wtw_g_per_tkm.value_or(0) + electric_g) / 1000};
    sum.ttw += KgCo2e{tkm * found->ttw_g_per_tkm.value_or(0) / 1000};
  }
  return sum;
}

}  // namespace karvan::cost
