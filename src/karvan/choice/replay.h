#pragma once
// Replay: an option of a plan, sent through the simulated corridor beside everybody else's cargo:
// it queues, misses departures, waits out storms. What became of it in each run tells how much the
// plan holds.

#include <optional>
#include <vector>

#include "karvan/model/itinerary.h"
#include "karvan/model/shipment.h"
#include "karvan/model/world.h"
#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

namespace karvan::choice {

class Replay {
 public:
  // The world with one more row of demand, the option's shipment. What the world is made of must
  // outlive this.
  Replay(const World& world, const Shipment& shipment, const Itinerary& option);

  // Not to be copied or moved: worlds look into it.
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  World world() const { return World{*corridor_, overlay_}; }
  simulate::Sent sent() const { return {.demand = demand_, .at = option_.depart}; }
  // The option for its own row, what `others` says for the rest.
  simulate::Alternator alternatives(simulate::Alternator others) const;

  struct Leg {
    std::optional<Instant> loaded;  // the last part of it, if all of it was
    std::optional<Instant> unloaded;
  };
  // What became of it in a run.
  struct Outcome {
    std::optional<Instant> arrived;        // the last part; nothing if not all of it was delivered
    simulate::ByActivity<double> hours{};  // a tonne's mean, of what was delivered
    std::vector<Leg> legs;                 // as those of the option
  };
  Outcome outcome(const simulate::Answer& answer) const;

 private:
  const Corridor* corridor_;
  Overlay overlay_;
  Itinerary option_;
  Id<Demand> demand_;
};

}  // namespace karvan::choice
