#include "karvan/timetable/detail/local_clock.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace karvan::timetable::detail {

using std::chrono::days;
using std::chrono::minutes;

namespace {

// A trip may leave so long after the midnight of its service day, and clocks differ by a day.
constexpr days kReach{kLatestTime / (24 * 3600) + 3};

}  // namespace

const std::vector<ClockStretch>& LocalClock::stretches(const std::string& zone) {
  std::vector<ClockStretch>& result = stretches_[zone];
  if (!result.empty()) return result;
  for (Date day = from_ - kReach; day < until_ + days{3}; day += days{1}) {
    const minutes ahead = zones_.noon_offset(zone, day) - zones_.noon_offset(feed_zone_, day);
    if (result.empty() || result.back().ahead != ahead)
      result.push_back({.from = day, .until = day, .ahead = ahead});
    result.back().until = day + days{1};
  }
  return result;
}

void LocalClock::add_departures(const std::string& zone,
                                const DraftDeparture& pattern,
                                Seconds seconds,
                                std::vector<DraftDeparture>& out) {
  const auto since_midnight = std::chrono::floor<minutes>(std::chrono::seconds{seconds});
  for (const ClockStretch& stretch : stretches(zone)) {
    ServiceDays part = clipped(pattern.days, stretch.from, stretch.until);
    if (part.is_empty()) continue;
    const minutes local = since_midnight + stretch.ahead;
    const auto day = std::chrono::floor<days>(local);
    part = clipped(shifted(part, static_cast<int>(day.count())), from_, until_);
    if (part.is_empty()) continue;
    out.push_back({.code = pattern.code,
                   .leaves_at = local - day,
                   .days = std::move(part),
                   .cells = pattern.cells});
  }
}

}  // namespace karvan::timetable::detail
