#pragma once
// simulate::Question: what happens to the corridor from this day on?

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "karvan/model/itinerary.h"

namespace karvan::simulate {

// A row of demand that is one shipment, whatever its year and profile say: released once.
struct Sent {
  Id<Demand> demand;
  Instant at{};
};

struct Question {
  Date from{};             // first day that counts
  int days = 365;          // 1..36600
  int warm_up_days = 90;   // simulated before `from` and not counted: the corridor fills
  std::uint64_t seed = 1;  // same seed, same chance: scenarios meet the same storms
  std::uint64_t replication = 0;
  double demand_factor = 1;                     // every quantity of demand is multiplied, > 0
  std::vector<int> choice_months{1, 4, 7, 10};  // when shippers look at their alternatives again
  bool avoid_delays = true;       // shippers turn from ways that are late when they send
  bool lose_unserved = false;     // demand without any way is lost and told; else it is refused
  bool keep_events = false;       // fill Answer::events, one row for each event of a shipment
  std::optional<Sent> sent{};     // beside all other demand; what happens to it is always kept
  std::uint64_t most_events = 0;  // a run that needs more of the engine's events fails; 0: no limit
};

// How a run that takes long is watched from outside. Neither changes an answer.
struct Watch {
  const std::atomic<bool>* stop = nullptr;  // looked at before every event
  std::function<void(double)> pulse;        // after each week: the share of the run that it was
};

// The alternatives that a shipper sees on this day, as a planner finds them. Asked before the run,
// once for each demand row and month of choice; nothing, and a reason, where there is none.
struct Alternatives {
  std::vector<Itinerary> itineraries;
  std::string refusal;
};
using Alternator = std::function<Alternatives(Id<Demand>, const Shipment&, Instant)>;

}  // namespace karvan::simulate
