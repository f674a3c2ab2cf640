#pragma once
// When a service leaves its first call: the rows of a timetable on the local clock, or departures
// spread evenly over the week and moved into the window of the day.

#include <vector>

#include "karvan/plan/detail/open_times.h"

namespace karvan::plan::detail {

class DepartureBook {
 public:
  DepartureBook(const World& world, const Clocks& clocks, Epoch epoch);

  // Minutes at which the service leaves `first`, ascending, without doubles. Nothing for services
  // on demand.
  std::vector<Minute> departures(Id<Service> service, Id<Place> first) const;

 private:
  std::vector<Minute> timetabled(Id<Service> service, Id<Place> first) const;
  std::vector<Minute> spread(Id<Service> service, Id<Place> first) const;
  bool is_valid(const Service& service, Date local_day) const;

  World world_;
  const Clocks& clocks_;
  Epoch epoch_;
  Column<Service, std::vector<Id<Departure>>> rows_;
};

// The window of the day in which a service leaves; always open if it has none.
OpenTimes window_of(
    const Service& service, const Clocks& clocks, Epoch epoch, Id<Place> place, Span span);

// The days for which opening times are compiled: the calendar and the longest question beyond it.
Span compiled_span(const CorridorInfo& info);

}  // namespace karvan::plan::detail
