#include "karvan/timetable/detail/feed_runs.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace karvan::timetable::detail {

std::vector<FeedRun> feed_runs(const ServiceDays& days,
                               std::chrono::minutes leaves_at,
                               const std::vector<ClockStretch>& stretches) {
  std::vector<FeedRun> runs;
  // The local days from `from` on, `by` of the feed's days away from them, at `time` there.
  const auto add = [&](Date from, Date until, std::chrono::days by, std::chrono::minutes time) {
    const ServiceDays part = clipped(days, from, until);
    if (part.is_empty()) return;
    runs.push_back({.days = shifted(part, static_cast<int>(by.count())),
                    .start = static_cast<Seconds>(std::chrono::seconds{time}.count())});
  };
  Date done = Date::min();  // local days before it are written
  std::chrono::days by_before{0};
  std::chrono::minutes time_before{0};
  for (const ClockStretch& stretch : stretches) {
    const std::chrono::minutes time = leaves_at - stretch.ahead;
    const auto by = std::chrono::floor<std::chrono::days>(time);
    const Date begin = stretch.from - by;
    // Days that neither stretch has at less than 24:00: later on the day before.
    if (done != Date::min() && done < begin)
      add(done, begin, by_before - std::chrono::days{1}, time_before + std::chrono::hours{24});
    add(std::max(done, begin), stretch.until - by, by, time - by);
    done = std::max(done, stretch.until - by);
    by_before = by;
    time_before = time - by;
  }
  return runs;
}

}  // namespace karvan::timetable::detail
