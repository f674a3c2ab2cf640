#pragma once
// calendar.txt and calendar_dates.txt: on which days each service_id runs.

#include <map>
#include <string>

#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/detail/service_days.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

using FeedCalendar = std::map<std::string, ServiceDays, std::less<>>;

// Either table may be empty.
FeedCalendar read_calendar(const FeedTable& calendar, const FeedTable& dates, Remarks& remarks);

// "20260302".
std::optional<Date> parse_feed_date(std::string_view text);
std::string feed_date(Date date);

}  // namespace karvan::timetable::detail
