#pragma once
// The times of a service's calls, to the second, since it left the first one.

#include <vector>

#include "karvan/model/world.h"
#include "karvan/timetable/detail/service_days.h"
#include "karvan/timetable/detail/trip_calls.h"

namespace karvan::timetable::detail {

struct CallTimes {
  Seconds arrive = 0;
  Seconds depart = 0;  // the arrival at the last call
};

// `calls` in order of their sequence.
std::vector<CallTimes> call_times(const World& world, const std::vector<Id<Call>>& calls);

// The calls of each service by sequence.
Column<Service, std::vector<Id<Call>>> calls_in_order(const World& world);

// The local days, within the corridor's calendar, on which a row of departures says that its
// service leaves the first call.
ServiceDays days_of(const World& world, const Departure& row);

}  // namespace karvan::timetable::detail
