#pragma once
// OpenTimes: the minutes in which something is open (a terminal, a border, a departure window),
// compiled from local clock readings into sorted intervals with running sums, so that "nine working
// hours from now" is two binary searches. Every answer is monotone in `from`: who comes earlier is
// never done later. Immutable.

#include <vector>

#include "karvan/model/clock.h"
#include "karvan/plan/detail/minutes.h"

namespace karvan::plan::detail {

// A daily opening on the clock of a place; closes <= opens means that it passes midnight.
struct DailyOpening {
  Weekdays days = Weekdays::daily();
  std::chrono::minutes opens{0};
  std::chrono::minutes closes{24 * 60};
};

// The days a calendar is compiled for, both ends in local time of the place.
struct Span {
  Date from;
  Date until;
};

class OpenTimes {
 public:
  OpenTimes() = default;  // always open
  OpenTimes(const Clocks& clocks,
            Epoch epoch,
            Id<Place> place,
            Span span,
            const std::vector<DailyOpening>& openings);

  bool is_always() const { return always_; }

  // The first open minute at or after `from`; kNoMinute if there is none in the span.
  Minute next_open(Minute from) const;

  // Open minutes of the span before `at`; what `finish` counts in. Only where it closes at times.
  Minute open_before(Minute at) const;
  // When so many of them have passed: the inverse of `open_before`; kNoMinute if there are not so
  // many.
  Minute when_open(Minute open_minutes) const;

  // When work of so many minutes that begins at `from` and rests while closed is done.
  Minute finish(Minute from, Minute work) const;

 private:
  struct Interval {
    Minute begin = 0;
    Minute end = 0;
    Minute open_before = 0;  // open minutes of all intervals before
  };
  bool always_ = true;
  std::vector<Interval> intervals_;  // sorted, disjoint
};

}  // namespace karvan::plan::detail
