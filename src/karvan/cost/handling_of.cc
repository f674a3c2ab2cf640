#include "karvan/cost/handling_of.h"

namespace karvan::cost {
namespace {

bool breaks_gauge(const TransferQuery& query) {
  return query.from_gauge.is_rail() && query.to_gauge.is_rail() &&
         query.from_gauge != query.to_gauge;
}

// Wagons run on the rails they are made for; everything else fits everywhere.
bool fits_gauge(const LoadUnit& unit, Gauge gauge) {
  return !unit.gauge.is_rail() || !gauge.is_rail() || unit.gauge == gauge;
}

Duration working(const Law& fixed, double minutes_per_unit, double units) {
  return to_duration(mean(fixed) + Hours{minutes_per_unit * units / 60});
}

}  // namespace

HandlingBook::HandlingBook(const World& world)
    : world_{world},
      at_place_{group(world, &Handling::place)},
      gauge_changes_{group(world, &GaugeChange::place)} {
  for (const Id<Handling> id : world.ids<Handling>()) {
    if (!world[id].place.valid()) general_.push_back(id);
  }
}

std::optional<Id<Handling>> HandlingBook::find(const TransferQuery& query) const {
  const LoadUnitKind arriving = world_[query.arriving.load_unit].kind;
  const LoadUnitKind leaving = world_[query.leaving].kind;
  for (const std::vector<Id<Handling>>* list : {&at_place_[query.place], &general_}) {
    for (const Id<Handling> id : *list) {
      const Handling& row = world_[id];
      if (row.from == query.from && row.to == query.to && row.from_kind == arriving &&
          row.to_kind == leaving) {
        return id;
      }
    }
  }
  return std::nullopt;
}

std::optional<Id<GaugeChange>> HandlingBook::find_gauge_change(const TransferQuery& query) const {
  const LoadUnit& arriving = world_[query.arriving.load_unit];
  const LoadUnit& leaving = world_[query.leaving];
  if (arriving.kind != leaving.kind) return std::nullopt;
  for (const Id<GaugeChange> id : gauge_changes_[query.place]) {
    const GaugeChange& row = world_[id];
    if (row.from != query.from_gauge || row.to != query.to_gauge) continue;
    if (row.load_unit_kind != arriving.kind) continue;
    const bool is_same = query.leaving == query.arriving.load_unit;
    const bool needs_new_wagon =
        row.method == GaugeMethod::kTransshipment && arriving.kind == LoadUnitKind::kWagon;
    if (needs_new_wagon ? !is_same && fits_gauge(leaving, query.to_gauge) : is_same) return id;
  }
  return std::nullopt;
}

std::optional<Work> HandlingBook::work(const TransferQuery& query) const {
  const Consignment& arriving = query.arriving;
  if (breaks_gauge(query)) {
    const std::optional<Id<GaugeChange>> id = find_gauge_change(query);
    if (!id) return std::nullopt;
    const GaugeChange& row = world_[*id];
    return Work{.gauge_change = *id,
                .duration = working(row.hours, row.minutes_per_unit / row.stands, arriving.units),
                .cost = row.usd_per_unit * arriving.units};
  }
  const bool is_restow = world_[arriving.load_unit].kind != world_[query.leaving].kind;
  if (!is_restow && query.leaving != arriving.load_unit) return std::nullopt;
  if (is_restow && !fits_gauge(world_[query.leaving], query.to_gauge)) return std::nullopt;
  const std::optional<Id<Handling>> id = find(query);
  if (!id) return std::nullopt;
  const Handling& row = world_[*id];
  return Work{.handling = *id,
              .duration = working(row.hours, row.minutes_per_unit, arriving.units),
              .cost = row.usd_per_unit * arriving.units,
              .co2e = KgCo2e{row.kg_co2e_per_t * arriving.tonnes.value()}};
}

}  // namespace karvan::cost
