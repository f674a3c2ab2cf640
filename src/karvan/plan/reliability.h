#pragma once
// How surely an option arrives: the law of its arrival, propagated along the way. Not drawn: the
// result is a sum over all that may happen, on a grid of `step` minutes (docs/theory.md).
//
// What varies: running times by the delay laws, handling, border steps and who undergoes them,
// storms before a sailing. What is kept: opening hours, cut-offs, timetables, closures. Cargo that
// misses a cut-off takes the next voyage of the same service that makes the same calls. Laws are
// independent of one another; nobody else's cargo is in the way (`simulate` has that).

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "karvan/plan/learned_laws.h"
#include "karvan/plan/plan.h"

namespace karvan::plan {

struct Terms {
  std::optional<Instant> deadline;
  Usd penalty_per_day;     // of being late, in proportion to time; >= 0
  double slot_chance = 1;  // 0 < p <= 1: that a later voyage has room once the booked one is missed
  bool boards_earlier = false;  // ready before time, cargo takes a voyage before the booked one
  // Services on demand that the plan lets wait, until papers are ready (Question::papers_from),
  // leave no sooner.
  bool waits_for_papers = false;
  bool has_storms = true;  // ships wait for the weather of the month
};

// A connection to a dated voyage. Legs on demand wait for nobody and have none.
struct ConnectionRisk {
  std::size_t leg = 0;  // of the itinerary
  Duration slack{};     // of the plan: from ready until the cut-off
  double missed = 0;    // probability that the booked voyage leaves without the cargo
  // What arrival would gain if the cargo were never late for this voyage: expected hours, and the
  // probability of being on time (0 without a deadline). 0 where one in 10,000 misses it.
  Hours hours;
  double on_time = 0;
};

struct Reliability {
  double on_time = 0;  // P(arrival <= deadline); 0 without a deadline
  double lost = 0;     // probability that the timetables end before the cargo gets through
  Instant mean{};      // of what gets through, as are all below but the quantiles
  // The moment by which a share of all has arrived; kNever where less than that gets through.
  Instant p10{};
  Instant p50{};
  Instant p80{};
  Instant p95{};
  Hours late;                               // expected, beyond the deadline; 0 without one
  Usd penalty;                              // expected
  Usd detention;                            // expected, of hired load units (Itinerary::hire)
  std::vector<ConnectionRisk> connections;  // by hours, largest first; then by leg
};

class ReliabilityBook {
 public:
  static constexpr int kStepMinutes = 60;

  // Lays every law of the planner's world on the grid, once. The planner must outlive the book, and
  // what stops it stops what is asked of the book: then nothing that it answers counts. The laws
  // learned replace the data's. `step_minutes` is a multiple of 4, 4..240.
  explicit ReliabilityBook(const Planner& planner,
                           const LearnedLaws& learned = {},
                           int step_minutes = kStepMinutes);
  ~ReliabilityBook();
  ReliabilityBook(ReliabilityBook&&) noexcept;
  ReliabilityBook& operator=(ReliabilityBook&&) noexcept;
  ReliabilityBook(const ReliabilityBook&) = delete;
  ReliabilityBook& operator=(const ReliabilityBook&) = delete;

  // For an itinerary of the planner's world. May be called from many threads at once.
  Reliability assess(const Itinerary& itinerary, const Terms& terms) const;
  // The same for many; what they share is computed once.
  std::vector<Reliability> assess(std::span<const Itinerary> itineraries, const Terms& terms) const;

  // For the room itself.
  struct State;
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<const State> state_;
};

}  // namespace karvan::plan
