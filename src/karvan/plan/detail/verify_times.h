#pragma once
// VerifyTimes: the time side of verify.h. Recomputes departures, openings and closures one question
// at a time straight from the tables: slow, plain, and nothing of it is used by the search.

#include <optional>
#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"

namespace karvan::plan::detail {

class VerifyTimes {
 public:
  explicit VerifyTimes(const World& world);

  // When work at a terminal that begins then is done, resting while it is closed.
  Instant work_done(Id<Place> place, Instant begin, Duration work) const;
  // When a crossing that closes at times is open, at or after `from`.
  Instant gate_open(Id<Crossing> crossing, Id<Place> arrival, Instant from) const;

  // Running time between two calls of a service (sequences), without what is added for large loads.
  Duration running(Id<Service> service, int from_sequence, int to_sequence) const;

  // What forbids a leg to leave and arrive as it says; empty if nothing does.
  std::vector<std::string> objections(const Leg& leg) const;

  // What others have taken of the leg's departure, or of those until `later` of a load that takes
  // several: the largest share at any moment.
  double booked(const Leg& leg, Duration later) const;

  // In order.
  const std::vector<Id<Call>>& calls(Id<Service> service) const { return calls_[service]; }

 private:
  struct Daily {
    Weekdays days = Weekdays::daily();
    std::chrono::minutes opens{0};
    std::chrono::minutes closes{24 * 60};
  };
  // The stretch that is open at `at` or, if none is, the next to open.
  std::optional<Period> open_stretch(Id<Place> clock,
                                     const std::vector<Daily>& openings,
                                     Instant at) const;
  Instant next_open(Id<Place> clock, const std::vector<Daily>& openings, Instant from) const;
  std::vector<Daily> window(const Service& service) const;
  Instant leaves_first(const Leg& leg) const;
  bool leaves_first_call(Id<Service> service, Id<Place> first, Instant departure) const;
  bool is_timetabled(Id<Service> service, Id<Place> first, Instant departure) const;
  bool is_spread(const Service& service, Id<Place> first, Instant departure) const;
  bool is_shut(ClosureReach reach, std::string_view code, Date day) const;
  std::string shut_passage(const Leg& leg, const Passage& passage, Date day) const;
  void object_closures(const Leg& leg, Instant first, std::vector<std::string>& list) const;

  World world_;
  Clocks clocks_;
  cost::BorderBook borders_;
  Column<Service, std::vector<Id<Call>>> calls_;
};

}  // namespace karvan::plan::detail
