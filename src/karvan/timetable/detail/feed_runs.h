#pragma once
// A departure on the clock of its place as runs on the clock of a feed: as many as the minutes
// between the two clocks change. The inverse of LocalClock::add_departures.

#include <chrono>
#include <vector>

#include "karvan/timetable/detail/local_clock.h"
#include "karvan/timetable/detail/service_days.h"

namespace karvan::timetable::detail {

struct FeedRun {
  ServiceDays days;   // of the feed
  Seconds start = 0;  // since midnight, not negative
};

// `days` and `leaves_at` are local; the stretches are those of the place's zone.
std::vector<FeedRun> feed_runs(const ServiceDays& days,
                               std::chrono::minutes leaves_at,
                               const std::vector<ClockStretch>& stretches);

}  // namespace karvan::timetable::detail
