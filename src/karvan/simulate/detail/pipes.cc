// Oil through pipelines. A line is always full: what is pumped in pushes as much out at the other
// end, so that a parcel leaves when the line's fill has been pumped in behind it (plug flow), and
// its transit time follows the rate. The pump works parcel by parcel at the rate that would clear
// what waits before the line in a day, between the line's least and greatest rates.

#include <algorithm>
#include <cmath>

#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

constexpr double kHoursToClear = 24;

}  // namespace

void Run::change_tank(Index p, std::int64_t by) {
  PipeState& pipe = pipes_[p];
  const Time span = now() - pipe.tank_since;
  pipe.tank_kg_ticks += static_cast<double>(pipe.tank_kg) * static_cast<double>(span);
  const std::int64_t room = model_.pipes[p].tank_kg;
  if (room > 0 && pipe.tank_kg >= room) pipe.tank_full += span;
  if (pipe.tank_kg <= 0) pipe.tank_empty += span;
  pipe.tank_since = now();
  pipe.tank_kg += by;
  pipe.tank_least = std::min(pipe.tank_least, pipe.tank_kg);
  pipe.tank_greatest = std::max(pipe.tank_greatest, pipe.tank_kg);
}

void Run::pump(Index p) {
  PipeState& pipe = pipes_[p];
  const Pipe& row = model_.pipes[p];
  const Line& line = model_.lines[row.line];
  StopState& stop = stops_[line.stops.begin];
  if (pipe.pumping != kNone || stop.queue.first == kNone) return;
  const double left = std::max(share_left(line.restrictions, now()), 1e-3);
  const double wanted = static_cast<double>(stop.queue.kg) / kHoursToClear;
  const double rate = std::clamp(wanted, row.rate_min_kg_per_h, row.rate_max_kg_per_h) * left;
  const Index index = pop(stop.queue);
  Shipment& shipment = shipments_[index];
  served(stop.wait, shipment, Activity::kWaitDeparture);
  log(shipment, Step::kLoading, row.from_place, nullptr);
  shipment.since = now();
  pipe.pumping = index;
  const Time begin = open_from(line.restrictions, now());
  const Time span = std::max<Time>(1, hours_to_ticks(static_cast<double>(shipment.kg) / rate));
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
  pipe.plugs.emplace_back(pipe.pumping, pipe.pumped + model_.pipes[p].fill_kg);
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
  pipe.in_line_ticks += static_cast<double>(now() - shipment.since);
  ++pipe.plugs_out;
  log(shipment, Step::kUnloading, model_.pipes[p].to_place, nullptr);
  ++shipment.stage;
  begin_stage(index);
}

}  // namespace karvan::simulate::detail
