#include "karvan/choice/replay.h"

#include <algorithm>
#include <utility>

namespace karvan::choice {
namespace {

using simulate::EventRow;
using simulate::Step;

// In the units of demand: TEU for containers, tonnes for the rest.
Demand demand_of(const World& world, const Shipment& shipment, const Itinerary& option) {
  const Consignment& load = option.legs.front().consignment;
  const LoadUnit& unit = world[load.load_unit];
  const bool is_box = unit.kind == LoadUnitKind::kContainer && unit.teu.value() > 0;
  const double quantity = is_box ? load.units * unit.teu.value() : load.tonnes.value();
  return {.code = "replayed",
          .market = "replayed",
          .from = option.legs.front().from,
          .to = option.legs.back().to,
          .goods = shipment.goods,
          .load_unit = load.load_unit,
          .quantity = quantity,
          .unit = is_box ? DemandUnit::kTeu : DemandUnit::kTonnes,
          .batch = quantity};
}

// When something happened to the last part of a shipment.
struct Mark {
  std::optional<Instant> last;
  std::int64_t kg = 0;

  void add(Instant time, std::int64_t part) {
    last = last ? std::max(*last, time) : time;
    kg += part;
  }
  // Nothing if it happened to less than all of it.
  std::optional<Instant> of_all(std::int64_t whole) const {
    return kg < whole ? std::nullopt : last;
  }
};

bool is_at(const EventRow& row, Step step, Id<Service> service, Id<Place> place) {
  return row.step == step && row.service == service && row.place == place;
}

simulate::ByActivity<double> mean_hours(const simulate::Answer& answer, Id<Demand> demand) {
  simulate::ByActivity<double> mean{};
  double kg = 0;
  for (const simulate::ShipmentRow& row : answer.delivered) {
    if (row.demand != demand) continue;
    const auto part = static_cast<double>(row.kg);
    kg += part;
    for (std::size_t a = 0; a < simulate::kActivities; ++a)
      mean[a] += (row.hours[a] - mean[a]) * part / kg;
  }
  return mean;
}

}  // namespace

Replay::Replay(const World& world, const Shipment& shipment, const Itinerary& option)
    : corridor_{&world.corridor()},
      overlay_{world.overlay()},
      option_{option},
      demand_{world.size<Demand>()} {
  overlay_.of<Demand>().added.push_back(demand_of(world, shipment, option));
}

simulate::Alternator Replay::alternatives(simulate::Alternator others) const {
  return
      [this, others = std::move(others)](Id<Demand> demand, const Shipment& shipment, Instant at) {
        if (demand != demand_) return others(demand, shipment, at);
        return simulate::Alternatives{.itineraries = {option_}, .refusal = {}};
      };
}

Replay::Outcome Replay::outcome(const simulate::Answer& answer) const {
  const std::vector<karvan::Leg>& legs = option_.legs;
  Mark released;
  Mark arrived;
  std::vector<Mark> loaded(legs.size());
  std::vector<Mark> unloaded(legs.size());
  for (const EventRow& row : answer.events) {
    if (row.demand != demand_) continue;
    if (row.step == Step::kCommissioning) released.add(row.time, row.kg);
    if (row.step == Step::kDecommissioning) arrived.add(row.time, row.kg);
    for (std::size_t i = 0; i < legs.size(); ++i) {
      if (is_at(row, Step::kLoading, legs[i].service, legs[i].from))
        loaded[i].add(row.time, row.kg);
      if (is_at(row, Step::kUnloading, legs[i].service, legs[i].to))
        unloaded[i].add(row.time, row.kg);
    }
  }
  Outcome outcome{
      .arrived = arrived.of_all(released.kg), .hours = mean_hours(answer, demand_), .legs = {}};
  for (std::size_t i = 0; i < legs.size(); ++i)
    outcome.legs.push_back(
        {.loaded = loaded[i].of_all(released.kg), .unloaded = unloaded[i].of_all(released.kg)});
  return outcome;
}

}  // namespace karvan::choice
