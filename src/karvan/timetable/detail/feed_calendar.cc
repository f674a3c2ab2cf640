#include "karvan/timetable/detail/feed_calendar.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace karvan::timetable::detail {
namespace {

constexpr std::array<std::string_view, 7> kDayColumns{"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

// Years beyond these stand for "always" or are slips.
constexpr Date kFirstDay{std::chrono::year{1950} / std::chrono::January / 1};
constexpr Date kLastDay{std::chrono::year{2199} / std::chrono::December / 31};

Weekdays week_of(const FeedTable& table,
                 std::size_t row,
                 const std::array<std::size_t, 7>& columns,
                 Remarks& remarks) {
  Weekdays week;
  for (unsigned i = 0; i < 7; ++i) {
    const std::string_view mark = table.cell(row, columns[i]);
    if (mark == "1") {
      week.add(std::chrono::weekday{i + 1});  // 7 is Sunday too
    } else if (mark != "0") {
      remarks.repaired(table.origin(row, columns[i]), "neither 0 nor 1; read as 0");
    }
  }
  return week;
}

void read_weeks(const FeedTable& table, FeedCalendar& calendar, Remarks& remarks) {
  const std::size_t id = table.column("service_id");
  const std::size_t start = table.column("start_date");
  const std::size_t end = table.column("end_date");
  std::array<std::size_t, 7> columns{};
  for (std::size_t i = 0; i < 7; ++i)
    columns[i] = table.column(kDayColumns[i]);
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto from = parse_feed_date(table.cell(row, start));
    const auto last = parse_feed_date(table.cell(row, end));
    if (!from || !last) {
      remarks.dropped(table.origin(row, from ? end : start), "not a date of eight digits");
      continue;
    }
    if (*last < *from) {
      remarks.dropped(table.origin(row, end), "calendar ends before it starts");
      continue;
    }
    const ServiceDays week{.days = week_of(table, row, columns, remarks),
                           .from = std::clamp(*from, kFirstDay, kLastDay),
                           .until = std::clamp(*last, kFirstDay, kLastDay) + std::chrono::days{1}};
    if (!calendar.try_emplace(std::string{table.cell(row, id)}, week).second)
      remarks.dropped(table.origin(row, id), "calendar is there twice; the first is kept");
  }
}

void read_exceptions(const FeedTable& table, FeedCalendar& calendar, Remarks& remarks) {
  const std::size_t id = table.column("service_id");
  const std::size_t date = table.column("date");
  const std::size_t type = table.column("exception_type");
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto day = parse_feed_date(table.cell(row, date));
    const std::string_view kind = table.cell(row, type);
    if (!day || *day < kFirstDay || *day > kLastDay) {
      remarks.dropped(table.origin(row, date), "not a date of eight digits from 1950 to 2199");
    } else if (kind == "1") {
      ServiceDays& days = calendar[std::string{table.cell(row, id)}];
      days.except.erase(*day);
      if (!days.is_weekly_on(*day)) days.dates.insert(*day);
    } else if (kind == "2") {
      ServiceDays& days = calendar[std::string{table.cell(row, id)}];
      days.dates.erase(*day);
      if (days.is_weekly_on(*day)) days.except.insert(*day);
    } else {
      remarks.dropped(table.origin(row, type), "exception is neither 1 nor 2");
    }
  }
}

}  // namespace

std::optional<Date> parse_feed_date(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  std::string dashed{text.substr(0, 4)};
  dashed += '-';
  dashed += text.substr(4, 2);
  dashed += '-';
  dashed += text.substr(6, 2);
  return parse_date(dashed);
}

std::string feed_date(Date date) {
  std::string text = date_to_text(date);
  std::erase(text, '-');
  return text;
}

FeedCalendar read_calendar(const FeedTable& calendar, const FeedTable& dates, Remarks& remarks) {
  FeedCalendar result;
  read_weeks(calendar, result, remarks);
  read_exceptions(dates, result, remarks);
  return result;
}

}  // namespace karvan::timetable::detail
