#pragma once
// Which days a feed covers, and which of them a new corridor's calendar takes.

#include <functional>
#include <set>
#include <string>

#include "karvan/base/time.h"
#include "karvan/timetable/detail/feed_calendar.h"
#include "karvan/timetable/import.h"

namespace karvan::timetable::detail {

struct FeedSpan {
  Date from{};
  Date until{};  // first day without
};

// From the first to the last day on which one of these runs. An empty set gives 1970-01-01 and the
// day after.
FeedSpan span_of(const FeedCalendar& calendar, const std::set<std::string, std::less<>>& used);

// What the options say; without them all of the feed's days, or if they are more than
// kLongestCalendar, so many from the first day of some calendar on that most others share (one
// wrong date must not move the whole).
FeedSpan calendar_span(const FeedCalendar& calendar,
                       const std::set<std::string, std::less<>>& used,
                       const ImportOptions& options);

}  // namespace karvan::timetable::detail
