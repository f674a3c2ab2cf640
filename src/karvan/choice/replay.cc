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

void keep_last(std::optional<Instant>& last, Instant time) {
  last = last ? std::max(*last, time) : time;
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
  Outcome outcome{.arrived = {}, .hours = {}, .legs = std::vector<Leg>(option_.legs.size())};
  std::int64_t released = 0;
  std::int64_t delivered = 0;
  std::vector<std::int64_t> loaded(outcome.legs.size());
  std::vector<std::int64_t> unloaded(outcome.legs.size());
  for (const EventRow& row : answer.events) {
    if (row.demand != demand_) continue;
    if (row.step == Step::kCommissioning) released += row.kg;
    for (std::size_t i = 0; i < option_.legs.size(); ++i) {
      const karvan::Leg& leg = option_.legs[i];
      if (row.service != leg.service) continue;
      if (row.step == Step::kLoading && row.place == leg.from) {
        keep_last(outcome.legs[i].loaded, row.time);
        loaded[i] += row.kg;
      }
      if (row.step == Step::kUnloading && row.place == leg.to) {
        keep_last(outcome.legs[i].unloaded, row.time);
        unloaded[i] += row.kg;
      }
    }
  }
  for (std::size_t i = 0; i < outcome.legs.size(); ++i) {
    if (loaded[i] < released) outcome.legs[i].loaded.reset();
    if (unloaded[i] < released) outcome.legs[i].unloaded.reset();
  }
  for (const simulate::ShipmentRow& row : answer.delivered) {
    if (row.demand != demand_) continue;
    keep_last(outcome.arrived, row.delivered);
    delivered += row.kg;
    for (std::size_t a = 0; a < simulate::kActivities; ++a)
      outcome.hours[a] += row.hours[a] * static_cast<double>(row.kg);
  }
  for (double& hours : outcome.hours)
    hours /= static_cast<double>(std::max<std::int64_t>(1, delivered));
  if (delivered < released || released == 0) outcome.arrived.reset();
  return outcome;
}

}  // namespace karvan::choice
