#pragma once
// way_through: the earliest way that uses a service or passes a place somebody named, whether or
// not it is worth anything. For "why not?": the search itself keeps only what is worth something.
//
// Dijkstra's algorithm over arrival nodes, each twice: before and after the thing named. Sound
// because earlier cargo may do all that later cargo may. Where a relaxation
// pretends transfers, ways with fewer pretended ones come first. Documents are waited for but not
// counted: the cost of what comes out is too low by their fees.

#include <memory>

#include "karvan/plan/detail/query_tables.h"

namespace karvan::plan::detail {

// One of the two is set.
struct Named {
  Id<Service> service;
  Id<Place> place;
};

// Whether a leg uses the service, or calls at or passes the place.
bool is_on(const Leg& leg, const Named& named);
bool is_on(const Itinerary& itinerary, const Named& named);

// Nothing if no way within the question's days and legs uses it.
std::unique_ptr<Itinerary> way_through(const Engine& engine,
                                       const Question& question,
                                       Relax relax,
                                       const Named& named);

}  // namespace karvan::plan::detail
