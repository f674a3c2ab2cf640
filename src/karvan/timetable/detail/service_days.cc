#include "karvan/timetable/detail/service_days.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace karvan::timetable::detail {
namespace {

using Days = std::chrono::days;

Weekdays rotated(Weekdays week, int by) {
  Weekdays result;
  for (unsigned i = 0; i < 7; ++i) {
    const std::chrono::weekday day{i};
    if (week.contains(day)) result.add(day + Days{by});
  }
  return result;
}

std::set<Date> moved(const std::set<Date>& dates, int by) {
  std::set<Date> result;
  for (const Date date : dates)
    result.insert(date + Days{by});
  return result;
}

}  // namespace

bool ServiceDays::is_weekly() const {
  if (from >= until) return false;
  // In a week without exceptions it runs; each exception hides one day at most.
  Date day = from;
  const Date last = std::min(until, from + Days{7 * (static_cast<int>(except.size()) + 1)});
  for (; day < last; day += Days{1}) {
    if (is_weekly_on(day)) return true;
  }
  return false;
}

ServiceDays shifted(const ServiceDays& given, int by) {
  if (by == 0) return given;
  return {.days = rotated(given.days, by),
          .from = given.from + Days{by},
          .until = given.until + Days{by},
          .except = moved(given.except, by),
          .dates = moved(given.dates, by)};
}

ServiceDays clipped(const ServiceDays& given, Date from, Date until) {
  ServiceDays result{.days = given.days,
                     .from = std::max(given.from, from),
                     .until = std::min(given.until, until)};
  for (const Date day : given.except) {
    const bool excepts = result.from <= day && day < result.until && result.days.contains(day);
    if (excepts) result.except.insert(day);
  }
  if (!result.is_weekly()) {
    result.days = {};
    result.until = result.from;
    result.except.clear();
  }
  for (const Date day : given.dates) {
    if (from <= day && day < until && !result.is_weekly_on(day)) result.dates.insert(day);
  }
  return result;
}

std::vector<Date> days_of(const ServiceDays& given) {
  std::vector<Date> result;
  for (Date day = given.from; day < given.until; day += Days{1}) {
    if (given.is_weekly_on(day)) result.push_back(day);
  }
  result.insert(result.end(), given.dates.begin(), given.dates.end());
  std::ranges::sort(result);
  const auto doubles = std::ranges::unique(result);
  result.erase(doubles.begin(), doubles.end());
  return result;
}

std::string weekdays_cell(Weekdays week) {
  if (week.empty()) return {};
  std::string text = to_text(week);
  std::ranges::replace(text, ' ', ';');
  return text;
}

std::string dates_cell(const std::set<Date>& dates) {
  std::string text;
  for (const Date date : dates)
    text += (text.empty() ? "" : ";") + date_to_text(date);
  return text;
}

}  // namespace karvan::timetable::detail
