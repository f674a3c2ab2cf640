#pragma once
// The policy answer: not one itinerary but, for every point on the way, the best thing to do next,
// whenever the cargo happens to get there. What a dispatcher looks up when a connection is missed.
//
// One backward pass over all dated departures of the question (a decision graph: Dibbelt, Strasser,
// Wagner 2014, MEAT) with the laws of reliability.h, on the book's grid. Prices do not count.

#include <limits>
#include <optional>
#include <vector>

#include "karvan/plan/question.h"
#include "karvan/plan/reliability.h"

namespace karvan::plan {

enum class Aim {
  kArrival,  // least expected arrival
  kOnTime,   // greatest probability of being there by the deadline; then least expected arrival
};

struct PolicyTerms {
  Aim aim = Aim::kArrival;
  std::optional<Instant> deadline;  // kOnTime needs one
  bool has_storms = true;
};

// In the place of a next state: out of the gate; or nothing leads on before the days are over.
inline constexpr std::size_t kDelivered = std::numeric_limits<std::size_t>::max();
inline constexpr std::size_t kStuck = kDelivered - 1;

struct PolicyStep {
  // Cargo that comes to stand so at a moment in [from, until), give or take a step of the grid.
  Instant from{};
  Instant until{};
  std::size_t next = kStuck;  // index of the state that this leads to
  // Of cargo that is ready: what it boards. The departure is that of the voyage; of a service on
  // demand, the first moment it may leave for cargo that is ready at `from`.
  Id<Service> service;
  int from_sequence = 0;
  int to_sequence = 0;
  Instant depart{};
  // For cargo that stands so at `from` and goes on by the policy.
  Instant arrive{};    // expected; not there by the last day counts as days_max days after it
  double on_time = 0;  // probability; 0 without a deadline
};

// Cargo that has come off a service with its borders done (then `next` is what it is made ready
// for), or that is ready to leave (then it boards).
struct PolicyState {
  bool is_ready = false;
  Id<Place> place;
  Side side = Side::kGate;  // by which it came, or may leave
  Gauge gauge;
  Id<LoadUnit> load_unit;
  std::vector<PolicyStep> steps;  // by time, for all moments at which cargo may come to stand so
};

struct Policy {
  // Those the policy leads to from the origin, which is the first. Empty: nothing arrives.
  std::vector<PolicyState> states;

  // What to do in a state at a moment; null if cargo does not come to stand so then.
  const PolicyStep* step(std::size_t state, Instant at) const;
};

Policy policy(const ReliabilityBook& book, const Question& question, const PolicyTerms& terms);

}  // namespace karvan::plan
