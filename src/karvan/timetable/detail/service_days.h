#pragma once
// ServiceDays: the days on which a trip runs, as timetables write them: days of the week between
// two dates, without some days, with some others.

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "karvan/base/time.h"

namespace karvan::timetable::detail {

struct ServiceDays {
  Weekdays days;
  Date from{};            // first day, for `days`
  Date until{};           // first day without, for `days`
  std::set<Date> except;  // not on these, though `days` says so
  std::set<Date> dates;   // on these, whatever `days` says

  bool is_weekly_on(Date day) const {
    return from <= day && day < until && days.contains(day) && !except.contains(day);
  }
  bool runs_on(Date day) const { return dates.contains(day) || is_weekly_on(day); }
  // Whether it has a weekly part that runs at all.
  bool is_weekly() const;
  bool is_empty() const { return dates.empty() && !is_weekly(); }
};

// All days moved by so many.
ServiceDays shifted(const ServiceDays& days, int by);
// Only what lies in [from, until); exceptions that except nothing go.
ServiceDays clipped(const ServiceDays& days, Date from, Date until);
// All days it runs on, ascending. Requires a bounded period (see clipped()).
std::vector<Date> days_of(const ServiceDays& days);

// "Mon;Thu", "daily"; empty for none.
std::string weekdays_cell(Weekdays days);
// "2026-03-02;2026-03-05".
std::string dates_cell(const std::set<Date>& dates);

}  // namespace karvan::timetable::detail
