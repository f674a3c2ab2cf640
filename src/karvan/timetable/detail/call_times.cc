#include "karvan/timetable/detail/call_times.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace karvan::timetable::detail {
namespace {

Seconds to_seconds(Hours hours) {
  return static_cast<Seconds>(to_duration(hours).count());
}

Hours running(const World& world, const Call& call) {
  if (call.hours) return *call.hours;
  Hours sum;
  for (const Id<Link> link : call.links)
    sum += world[link].running();
  return sum;
}

}  // namespace

std::vector<CallTimes> call_times(const World& world, const std::vector<Id<Call>>& calls) {
  std::vector<CallTimes> times;
  Seconds now = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const Call& call = world[calls[i]];
    if (i > 0) now += to_seconds(running(world, call));
    const Seconds arrive = now;
    const bool is_inside = i > 0 && i + 1 < calls.size();
    if (is_inside) now += to_seconds(call.dwell);
    times.push_back({.arrive = arrive, .depart = now});
  }
  return times;
}

Column<Service, std::vector<Id<Call>>> calls_in_order(const World& world) {
  Column<Service, std::vector<Id<Call>>> calls = group(world, &Call::service);
  for (std::vector<Id<Call>>& one : calls)
    std::ranges::stable_sort(one, {}, [&world](Id<Call> id) { return world[id].sequence; });
  return calls;
}

ServiceDays days_of(const World& world, const Departure& row) {
  const CorridorInfo& info = world.info();
  const Service& service = world[row.service];
  ServiceDays days{.days = row.days,
                   .from = row.valid_from.value_or(info.calendar_from),
                   .until = row.valid_until.value_or(info.calendar_until)};
  days.except.insert(row.except.begin(), row.except.end());
  for (const Date date : row.dates) {
    if (days.from <= date && date < days.until && !days.except.contains(date))
      days.dates.insert(date);
  }
  return clipped(days, std::max(info.calendar_from, service.valid_from.value_or(Date::min())),
                 std::min(info.calendar_until, service.valid_until.value_or(Date::max())));
}

}  // namespace karvan::timetable::detail
