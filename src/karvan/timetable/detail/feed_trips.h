#pragma once
// The trips of a feed with their calls put right and the days they run.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/timetable/detail/feed.h"
#include "karvan/timetable/detail/feed_calendar.h"
#include "karvan/timetable/detail/feed_places.h"
#include "karvan/timetable/detail/trip_calls.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

// Runs of a trip given by headway: `first`, then every `every` seconds, before `until`.
struct Headway {
  Seconds first = 0;
  Seconds until = 0;
  Seconds every = 0;
};

struct FeedTrip {
  std::size_t row = 0;    // of trips
  std::size_t route = 0;  // row of routes
  std::string service_id;
  std::vector<TripCall> calls;  // at least two
  std::vector<Headway> headways;
};

inline constexpr std::size_t kMostRuns = 10'000;  // of one row of frequencies

// Trips in the order of the file; those that cannot run are dropped and told.
std::vector<FeedTrip> read_trips(const Feed& feed,
                                 const FeedPlaces& places,
                                 const FeedCalendar& calendar,
                                 Remarks& remarks);

}  // namespace karvan::timetable::detail
