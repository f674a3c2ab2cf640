// Yards: room for what a train brings, trains held outside where there is none, embargoes, and the
// gridlock in which yards wait for one another.
//
// A yard keeps what goes on by ship apart from what goes on by land, and half of its room for each:
// else cargo for the hinterland would bar the way of cargo for the ships, and the reverse.

#include <algorithm>

#include "karvan/des/wait_for.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

// Railways refuse further trains to a place when so many stand before it, until none does.
constexpr std::size_t kEmbargoFrom = 3;

}  // namespace

// A train whose cargo has no room in the yard waits outside; those behind it wait after it.
void Run::arrive_at_stop(Index at) {
  Vehicle& vehicle = vehicles_[at];
  vehicle.since = now();
  const Index place = model_->stops[vehicle.stop].place;
  for (Index i = vehicle.aboard.first; i != kNone; i = shipments_[i].next) {
    if (model_->stages[shipments_[i].stage].to_stop != vehicle.stop) continue;
    const Index yard = yard_of(shipments_[i], place);
    if (yard == kNone || model_->lines[vehicle.line].mode != Mode::kRail) continue;
    YardState& state = yards_[yard];
    if (state.held.empty() && has_room(vehicle, yard)) continue;
    state.held.push_back(at);
    state.wait.statistics.joined(now());
    if (state.held.size() >= kEmbargoFrom) state.embargo = true;
    return;
  }
  work_at_stop(at);
}

Index Run::yard_of(const Shipment& shipment, Index place) const {
  const Stage& stage = model_->stages[shipment.stage];
  if (stage.load_unit == kNone) return kNone;
  switch (model_->world[Id<LoadUnit>{stage.load_unit}].kind) {
    case LoadUnitKind::kContainer:
      return model_->places[place].yards[static_cast<std::size_t>(YardOf::kContainers)];
    case LoadUnitKind::kWagon:
      return model_->places[place].yards[static_cast<std::size_t>(YardOf::kWagons)];
    case LoadUnitKind::kTruck:
      return model_->places[place].yards[static_cast<std::size_t>(YardOf::kTrucks)];
    case LoadUnitKind::kBulk:
    case LoadUnitKind::kBreakBulk:
      return model_->places[place].yards[static_cast<std::size_t>(YardOf::kTonnes)];
    case LoadUnitKind::kLiquid:
      return kNone;
  }
  return kNone;
}

double Run::yard_amount(const Shipment& shipment, YardOf of) const {
  const auto units = static_cast<double>(shipment.units);
  switch (of) {
    case YardOf::kContainers:
      return units *
             model_->world[Id<LoadUnit>{model_->stages[shipment.stage].load_unit}].teu.value();
    case YardOf::kWagons:
    case YardOf::kTrucks:
      return units;
    case YardOf::kTonnes:
      return static_cast<double>(shipment.kg) / 1000;
  }
  return units;
}

// What the train brings for a yard, by side.
std::array<double, kSides> Run::coming(const Vehicle& vehicle, Index yard) const {
  const detail::Yard& row = model_->yards[yard];
  std::array<double, kSides> amount{};
  for (Index i = vehicle.aboard.first; i != kNone; i = shipments_[i].next) {
    const Shipment& shipment = shipments_[i];
    const Stage& stage = model_->stages[shipment.stage];
    if (stage.to_stop == vehicle.stop && yard_of(shipment, row.place) == yard)
      amount[stage.onward_by_ship ? 1 : 0] += yard_amount(shipment, row.of);
  }
  return amount;
}

// Whether a side of the yard takes so much more; an empty one takes anything.
bool Run::takes(Index yard, std::size_t side, double amount) const {
  const auto& level = yards_[yard].level;
  const double capacity = model_->yards[yard].capacity;
  const double room = capacity - std::min(level[1 - side], capacity / 2);
  return amount <= 0 || level[side] <= 0 || level[side] + amount <= room;
}

// Whether the yard takes what this train brings for it; nobody overtakes those held before it.
bool Run::has_room(const Vehicle& vehicle, Index yard) const {
  const auto amount = coming(vehicle, yard);
  return takes(yard, 0, amount[0]) && takes(yard, 1, amount[1]);
}

void Run::enter_yard(Shipment& shipment, Index place) {
  shipment.yard = yard_of(shipment, place);
  if (shipment.yard == kNone) return;
  shipment.yard_amount = yard_amount(shipment, model_->yards[shipment.yard].of);
  watch_yard(yards_[shipment.yard]);
  shipment.yard_side = model_->stages[shipment.stage].onward_by_ship ? 1 : 0;
  yards_[shipment.yard].level[shipment.yard_side] += shipment.yard_amount;
}

void Run::leave_yard(Shipment& shipment) {
  if (shipment.yard == kNone) return;
  YardState& state = yards_[shipment.yard];
  watch_yard(state);
  double& level = state.level[shipment.yard_side];
  level -= shipment.yard_amount;
  if (level < 1e-6) level = 0;
  if (!state.held.empty()) engine_.wake(event(Kind::kYardFreed, shipment.yard));
  shipment.yard = kNone;
}

// Before its level changes.
void Run::watch_yard(YardState& yard) const {
  yard.level_ticks +=
      (yard.level[0] + yard.level[1]) * static_cast<double>(now() - yard.level_since);
  yard.level_since = now();
}

void Run::yard_freed(Index yard) {
  YardState& state = yards_[yard];
  while (!state.held.empty()) {
    const Index at = state.held.front();
    if (!has_room(vehicles_[at], yard)) return;
    state.held.pop_front();
    Vehicle& vehicle = vehicles_[at];
    state.wait.statistics.served(now(), vehicle.since);
    state.wait.cargo.add(vehicle.aboard.kg, now() - vehicle.since);
    vehicle.spent[static_cast<std::size_t>(Activity::kWaitLine)] += now() - vehicle.since;
    if (state.held.empty()) state.embargo = false;
    work_at_stop(at);
  }
}

// --- gridlock

// Trains held before a yard wait until a side of it that they need is cleared. What cannot clear is
// cargo that waits for trains to yards under an embargo; all else will leave some day. Yards that
// wait for one another in this way never move again: the cycle, in words, or nothing.
std::string Run::gridlock() const {
  struct Barred {
    std::array<double, kSides> amount{};
    std::vector<std::uint32_t> by;  // the yards it is for
  };
  if (std::ranges::count_if(yards_, &YardState::embargo) < 2) return {};
  std::vector<Barred> barred(yards_.size());
  for (Index s = 0; s < stops_.size(); ++s) {
    const Stop& at = model_->stops[s];
    const bool is_full = std::ranges::any_of(model_->places[at.place].yards, [this](Index y) {
      return y != kNone && !yards_[y].held.empty();
    });
    if (!is_full || model_->lines[at.line].mode != Mode::kRail) continue;
    for (Index i = stops_[s].queue.first; i != kNone; i = shipments_[i].next) {
      const Shipment& shipment = shipments_[i];
      if (shipment.yard == kNone || yards_[shipment.yard].held.empty()) continue;
      const Stage& stage = model_->stages[shipment.stage];
      const Index to = yard_of(shipment, model_->stops[stage.to_stop].place);
      if (to == kNone || !yards_[to].embargo) continue;
      Barred& here = barred[shipment.yard];
      here.amount[shipment.yard_side] += shipment.yard_amount;
      if (std::ranges::find(here.by, to) == here.by.end()) here.by.push_back(to);
    }
  }
  des::WaitFor waits;
  for (Index y = 0; y < yards_.size(); ++y) {
    const YardState& state = yards_[y];
    if (state.held.empty()) continue;
    const auto amount = coming(vehicles_[state.held.front()], y);
    bool is_barred = false;
    for (std::size_t side = 0; side < kSides; ++side) {
      const bool is_clear = state.level[side] - barred[y].amount[side] > 1e-3;
      if (!takes(y, side, amount[side]) && !is_clear) is_barred = true;
    }
    if (is_barred) waits.add(y, y, barred[y].by);
  }
  const auto name = [this](std::uint32_t y) {
    const Yard& yard = model_->yards[y];
    return "the yard for " + std::string{to_text(yard.of)} + " of " +
           model_->places[yard.place].name;
  };
  std::string text;
  for (const des::WaitFor::Link& link : waits.judge().cycle) {
    if (!text.empty()) text += "; ";
    text += name(link.waiter) + " is full of cargo for " + name(link.holder);
  }
  return text;
}

}  // namespace karvan::simulate::detail
