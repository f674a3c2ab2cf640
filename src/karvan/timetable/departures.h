#pragma once
// What a timetable shows: when a service leaves, or what leaves a place, between two days.

#include <cstddef>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/model/world.h"

namespace karvan::timetable {

struct DepartureQuery {
  Id<Service> service;  // exactly one of the two
  Id<Place> place;
  Date from{};   // local day of leaving, at the place or at the service's first call
  Date until{};  // first day without
};

// One dated departure of a service by timetable from a call.
struct DatedDeparture {
  Id<Service> service;
  Id<Call> from;  // where it leaves: the place asked for, or the service's first call
  Id<Call> to;    // its last call
  Instant leaves;
  Instant arrives;  // at the last call
};

// A service that leaves by a rate or on demand: it has no dates.
struct UndatedDeparture {
  Id<Service> service;
  Id<Call> from;
  Id<Call> to;
};

struct Departures {
  std::vector<DatedDeparture> dated;      // by time of leaving, then service
  std::vector<UndatedDeparture> undated;  // by service
};

// As the timetable says: closures and delays are not looked at. Calls where nothing may board are
// left out.
Departures departures(const World& world, const DepartureQuery& query);

}  // namespace karvan::timetable
