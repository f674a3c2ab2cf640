#pragma once
// The calls of one trip from its stop times, put right: in order, complete, never backwards, one
// call for each stay at a place.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "karvan/geo/earth.h"
#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

using Seconds = std::int32_t;  // since midnight of the service day; beyond 24 h for later days

inline constexpr std::size_t kMostCalls = 2000;             // of a trip
inline constexpr Seconds kLongestTrip = 5000 * 3600;        // seven months, as `calls.hours` allows
inline constexpr Seconds kLongestStay = 1000 * 3600;        // as `calls.dwell_hours` allows
inline constexpr Seconds kLatestTime = 9999 * 3600 + 3599;  // "9999:59:59"

// "8:05:30", "08:05:30", "49:15:00", up to 9999 hours; "08:05" too.
std::optional<Seconds> parse_feed_time(std::string_view text);

struct StopTime {
  std::size_t row = 0;  // of stop_times
  std::int64_t sequence = 0;
  std::size_t place = 0;
  std::optional<Seconds> arrive;
  std::optional<Seconds> depart;
  bool loads = true;
  bool unloads = true;
};

struct TripCall {
  std::size_t row = 0;  // of stop_times, the first if several were joined
  std::size_t place = 0;
  Seconds arrive = 0;
  Seconds depart = 0;
  bool loads = true;
  bool unloads = true;
};

// Where a table has what; for remarks.
struct TripColumns {
  std::size_t trip = FeedTable::kAbsent;
  std::size_t place = FeedTable::kAbsent;
  std::size_t sequence = FeedTable::kAbsent;
  std::size_t arrive = FeedTable::kAbsent;
  std::size_t depart = FeedTable::kAbsent;
};

// Empty if fewer than two calls are left or the trip is absurd; remarks tell. `point(place)` gives
// its GeoPoint.
class TripRepair {
 public:
  TripRepair(const FeedTable& table,
             const TripColumns& columns,
             const std::vector<GeoPoint>& points,
             Remarks& remarks)
      : table_{table}, columns_{columns}, points_{points}, remarks_{remarks} {}

  std::vector<TripCall> calls(std::vector<StopTime> times) const;

 private:
  void drop_doubles(std::vector<StopTime>& times) const;
  void complete_ends(std::vector<StopTime>& times) const;
  void go_forward(std::vector<StopTime>& times) const;
  void interpolate(std::vector<StopTime>& times) const;
  std::vector<TripCall> joined(const std::vector<StopTime>& times) const;
  bool is_sane(const std::vector<TripCall>& calls) const;

  const FeedTable& table_;
  TripColumns columns_;
  const std::vector<GeoPoint>& points_;
  Remarks& remarks_;
};

}  // namespace karvan::timetable::detail
