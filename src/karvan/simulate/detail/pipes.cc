// Oil through pipelines. A line is always full: what is pumped in pushes as much out at the other
// end, so that a parcel leaves when the line's fill has been pumped in behind it (plug flow), and
// its transit time follows the rate. The pump works parcel by parcel at the rate that would clear
// what waits before the line in a day, between the line's least and greatest rates.
//
// What comes out goes into the tanks of the terminal, from which tankers lift parcels at its
// berths; a tanker is nominated as soon as there is a parcel for it and comes within its laycan.
// When the tanks have no room for what the next parcel would push out, the line trips, and starts
// again when a fiftieth of them is free.

#include <algorithm>

#include "karvan/base/check.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

constexpr double kHoursToClear = 24;
// Assumed: a laycan of three days, in which the tanker comes at any moment.
constexpr double kLaycanHours = 72;

}  // namespace

void Run::change_tank(Index p, std::int64_t by) {
  PipeState& pipe = pipes_[p];
  const Time span = now() - pipe.tank_since;
  pipe.tank_kg_ticks += static_cast<double>(pipe.tank_kg) * static_cast<double>(span);
  const std::int64_t room = model_->pipes[p].tank_kg;
  if (room > 0 && pipe.tank_kg >= room) pipe.tank_full += span;
  if (pipe.tank_kg <= 0) pipe.tank_empty += span;
  pipe.tank_since = now();
  pipe.tank_kg += by;
  pipe.tank_least = std::min(pipe.tank_least, pipe.tank_kg);
  pipe.tank_greatest = std::max(pipe.tank_greatest, pipe.tank_kg);
}

void Run::pump(Index p) {
  PipeState& pipe = pipes_[p];
  const Pipe& row = model_->pipes[p];
  const Line& line = model_->lines[row.line];
  StopState& stop = stops_[line.stops.begin];
  if (pipe.pumping != kNone || stop.queue.first == kNone) return;
  Time begin = open_from(line.restrictions, now());
  const double left = std::max(share_left(line.restrictions, begin), 1e-3);
  const double wanted = static_cast<double>(stop.queue.kg) / kHoursToClear;
  const double rate = std::clamp(wanted, row.rate_min_kg_per_h, row.rate_max_kg_per_h) * left;
  if (!terminal_has_room(p, shipments_[stop.queue.first].kg)) return;
  const Index index = pop(stop.queue);
  Shipment& shipment = shipments_[index];
  // The stock that the pump keeps before it is its work; what stands longer waits.
  const Time stood = now() - shipment.since;
  const Time stock = std::min(stood, hours_to_ticks(kHoursToClear));
  stop.wait.statistics.served(now(), shipment.since);
  stop.wait.cargo.add(shipment.kg, stood - stock);
  spend(shipment, Activity::kHandling, stock);
  spend(shipment, Activity::kWaitDeparture, stood - stock);
  stay_ends(shipment, row.from_place);
  log(shipment, Step::kLoading, row.from_place, nullptr);
  shipment.since = now();
  pipe.pumping = index;
  const Time span = std::max<Time>(1, hours_to_ticks(static_cast<double>(shipment.kg) / rate));
  begin += repair_within(model_->pump_failures, Stream::kPump, shipment.entity, span);
  // Plugs whose turn to leave comes while this parcel goes in.
  for (const auto& [plug, leaves_at] : pipe.plugs) {
    if (leaves_at > pipe.pumped + shipment.kg) break;
    if (leaves_at <= pipe.pumped) continue;
    const double share =
        static_cast<double>(leaves_at - pipe.pumped) / static_cast<double>(shipment.kg);
    engine_.at(begin + static_cast<Time>(share * static_cast<double>(span)),
               event(Kind::kPlugOut, p));
  }
  pipe.busy += span;
  engine_.at(begin + span, event(Kind::kPumped, p));
}

void Run::pumped(Index p) {
  PipeState& pipe = pipes_[p];
  const std::int64_t kg = shipments_[pipe.pumping].kg;
  change_tank(p, -kg);
  pipe.pumped += kg;
  pipe.plugs.emplace_back(pipe.pumping, pipe.pumped + model_->pipes[p].fill_kg);
  pipe.pumping = kNone;
  pump(p);
}

void Run::plug_out(Index p) {
  PipeState& pipe = pipes_[p];
  const Index index = pipe.plugs.front().first;
  pipe.plugs.pop_front();
  Shipment& shipment = shipments_[index];
  spend(shipment, Activity::kMoving, now() - shipment.since);
  pipe.kg_out += shipment.kg;
  if (model_->pipes[p].terminal_kg > 0) {
    watch_level(p);
    CHECK(terminals_[p].tank.add(now(), shipment.kg));
    watch_level(p);
    nominate(p);
  }
  pipe.in_line_ticks += static_cast<double>(now() - shipment.since);
  shipment.arrived = static_cast<std::uint32_t>(now() - shipment.released);
  ++pipe.plugs_out;
  log(shipment, Step::kUnloading, model_->pipes[p].to_place, nullptr);
  ++shipment.stage;
  begin_stage(index);
}

// --- the terminal

// Room for a parcel of this size and for all that is on its way out because of others.
bool Run::terminal_has_room(Index p, std::int64_t kg) {
  const std::int64_t capacity = model_->pipes[p].terminal_kg;
  if (capacity == 0) return true;
  TerminalState& terminal = terminals_[p];
  // The line is not stopped and started for every parcel: it waits for room for two in a hundred.
  const std::int64_t wanted = terminal.is_tripped ? std::max(2 * kg, capacity / 50) : 2 * kg;
  const bool has_room = terminal.tank.level(now()) + wanted <= capacity;
  if (!has_room && !engine_.is_pending(terminal.again))
    terminal.again = engine_.in(kHour, event(Kind::kPumpAgain, p));
  if (has_room == !terminal.is_tripped) return has_room;
  terminal.is_tripped = !has_room;
  if (has_room) {
    terminal.tripped += now() - terminal.tripped_since;
  } else {
    terminal.tripped_since = now();
    ++terminal.trips;
  }
  return has_room;
}

// Levels change straight between the moments at which this is called.
void Run::watch_level(Index p) {
  TerminalState& terminal = terminals_[p];
  const std::int64_t level = terminal.tank.level(now());
  terminal.kg_ticks += static_cast<double>(terminal.level + level) / 2 *
                       static_cast<double>(now() - terminal.level_since);
  terminal.level = level;
  terminal.level_since = now();
  terminal.least = std::min(terminal.least, level);
  terminal.greatest = std::max(terminal.greatest, level);
}

void Run::nominate(Index p) {
  TerminalState& terminal = terminals_[p];
  const std::vector<std::int64_t>& parcels = model_->pipes[p].parcels_kg;
  des::Draws draws =
      draws_of(Stream::kLifting, (static_cast<std::uint64_t>(p) << 32U) | terminal.liftings_made);
  const auto which =
      static_cast<std::size_t>(draws.uniform01() * static_cast<double>(parcels.size()));
  const std::int64_t kg = parcels[which];
  if (terminal.tank.level(now()) - terminal.nominated < kg) return;
  terminal.nominated += kg;
  ++terminal.liftings_made;
  const Index at = liftings_.add({.pipe = p, .kg = kg});
  engine_.in(hours_to_ticks(draws.uniform01() * kLaycanHours), event(Kind::kTankerComes, at));
}

void Run::tanker_comes(Index at) {
  Lifting& lifting = liftings_[at];
  const Pipe& pipe = model_->pipes[lifting.pipe];
  const Time calm = calm_from(pipe.to_place, now());
  if (calm > now()) {
    if (calm < model_->until) engine_.at(calm, event(Kind::kTankerComes, at));
    return;
  }
  des::Resource& berths = berths_[pipe.berths];
  lifting.ticket = berths.request(engine_, {.granted = event(Kind::kTankerBerthed, at)});
  if (berths.holds(lifting.ticket)) tanker_berthed(at);
}

void Run::tanker_berthed(Index at) {
  Lifting& lifting = liftings_[at];
  const Berths& berth = model_->berths[model_->pipes[lifting.pipe].berths];
  TerminalState& terminal = terminals_[lifting.pipe];
  Time span = berth.turnround;
  if (berth.rate_kg_per_h > 0) {
    const Time pumping = hours_to_ticks(static_cast<double>(lifting.kg) / berth.rate_kg_per_h);
    span = std::max(span, pumping);
  }
  // Loading is spread over the stay, in whole kilograms an hour; what remains goes at the end.
  span = std::max<Time>(span, kHour);
  lifting.rate = lifting.kg * kHour / span;
  watch_level(lifting.pipe);
  terminal.outflow += lifting.rate;
  terminal.tank.set_outflow(now(), terminal.outflow);
  engine_.in(lifting.rate > 0 ? lifting.kg * kHour / lifting.rate : span,
             event(Kind::kTankerLoaded, at));
}

void Run::tanker_loaded(Index at) {
  const Lifting lifting = liftings_[at];
  TerminalState& terminal = terminals_[lifting.pipe];
  watch_level(lifting.pipe);
  terminal.outflow -= lifting.rate;
  terminal.tank.set_outflow(now(), terminal.outflow);
  terminal.nominated -= lifting.kg;
  ++terminal.liftings;
  terminal.kg_lifted += static_cast<double>(lifting.kg);
  berths_[model_->pipes[lifting.pipe].berths].release(engine_, lifting.ticket);
  liftings_.remove(at);
  nominate(lifting.pipe);
  pump(lifting.pipe);
}

}  // namespace karvan::simulate::detail
