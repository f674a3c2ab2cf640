#include "karvan/cost/consignment_of.h"

#include <algorithm>
#include <cmath>

namespace karvan::cost {
namespace {

// Quantities are typed by people and divided by payloads: forgive a billionth before rounding up.
double whole_units(double units) {
  return std::ceil(units - 1e-9);
}

// Tonnes of these goods in one full unit.
Tonnes per_unit(const World& world, Id<Goods> goods, Id<LoadUnit> load_unit) {
  const LoadUnit& unit = world[load_unit];
  const std::optional<Tonnes>& per_teu = world[goods].tonnes_per_teu;
  if (unit.kind != LoadUnitKind::kContainer || !per_teu) return unit.payload;
  return std::min(unit.payload, *per_teu * unit.teu.value());
}

// Tonnes of the whole shipment, whatever it will travel in.
Tonnes tonnes_of(const World& world, const Shipment& shipment, Id<LoadUnit> load_unit) {
  switch (shipment.unit) {
    case QuantityUnit::kTonnes:
      return Tonnes{shipment.quantity};
    case QuantityUnit::kTeu: {
      const std::optional<Tonnes>& per_teu = world[shipment.goods].tonnes_per_teu;
      if (world[load_unit].teu.value() > 0) {
        return per_unit(world, shipment.goods, load_unit) *
               (shipment.quantity / world[load_unit].teu.value());
      }
      return per_teu.value_or(Tonnes{14}) * shipment.quantity;
    }
    case QuantityUnit::kUnits: {
      const Id<LoadUnit> counted = shipment.load_unit.valid() ? shipment.load_unit : load_unit;
      return per_unit(world, shipment.goods, counted) * shipment.quantity;
    }
  }
  return Tonnes{};
}

}  // namespace

Consignment pack(const World& world, const Shipment& shipment, Id<LoadUnit> load_unit) {
  const LoadUnit& unit = world[load_unit];
  Consignment consignment{.goods = shipment.goods, .load_unit = load_unit};
  consignment.tonnes = tonnes_of(world, shipment, load_unit);
  if (shipment.unit == QuantityUnit::kTeu && unit.teu.value() > 0) {
    consignment.units = whole_units(shipment.quantity / unit.teu.value());
  } else if (shipment.unit == QuantityUnit::kUnits && shipment.load_unit == load_unit) {
    consignment.units = whole_units(shipment.quantity);
  } else {
    const Tonnes full = per_unit(world, shipment.goods, load_unit);
    consignment.units = whole_units(consignment.tonnes / full);
  }
  return consignment;
}

namespace {

std::vector<Id<LoadUnit>> fit_for(const World& world, const Shipment& shipment) {
  if (shipment.load_unit.valid()) return {shipment.load_unit};
  const Goods& goods = world[shipment.goods];
  if (shipment.unit != QuantityUnit::kTeu) return goods.load_units;
  const bool needs_cold = goods.temperature_max_c.has_value();
  const double wanted = std::fmod(shipment.quantity, 2.0) == 0.0 ? 2.0 : 1.0;
  Id<LoadUnit> chosen;
  for (const Id<LoadUnit> id : goods.load_units) {
    const LoadUnit& unit = world[id];
    if (unit.kind != LoadUnitKind::kContainer || unit.is_refrigerated != needs_cold) continue;
    const bool is_better = !chosen.valid() || std::abs(unit.teu.value() - wanted) <
                                                  std::abs(world[chosen].teu.value() - wanted);
    if (is_better) chosen = id;
  }
  if (!chosen.valid()) return {};
  return {chosen};
}

}  // namespace

std::vector<Id<LoadUnit>> load_units_for(const World& world, const Shipment& shipment) {
  std::vector<Id<LoadUnit>> units = fit_for(world, shipment);
  if (!shipment.hired_from.valid()) return units;
  const std::vector<Id<EmptyReturn>> returns = world.ids<EmptyReturn>();
  std::erase_if(units, [&](Id<LoadUnit> unit) {
    return std::ranges::none_of(returns, [&](Id<EmptyReturn> id) {
      return world[id].operator_ == shipment.hired_from && world[id].load_unit == unit;
    });
  });
  return units;
}

std::optional<Duration> last_part_after(const Service& service, double units, double capacity) {
  if (units <= capacity) return Duration{0};
  if (capacity <= 0) return std::nullopt;
  const double parts = std::ceil(units / capacity - 1e-9) - 1;
  switch (service.departs) {
    case DepartureRule::kTimetable:
      return std::nullopt;
    case DepartureRule::kOnDemand:
      return std::chrono::days{std::llround(parts)};
    case DepartureRule::kFrequency:
    case DepartureRule::kWhenFull:
      if (!service.departures_per_week || *service.departures_per_week <= 0) return std::nullopt;
      return std::chrono::minutes{
          std::llround(std::ceil(parts * 7 * 24 * 60 / *service.departures_per_week))};
  }
  return std::nullopt;
}

}  // namespace karvan::cost
