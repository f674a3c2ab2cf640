#pragma once
// Follow: the same chain of legs asked again: of the world as it is today, with the dates that it
// gives now. For refreshing what was planned before.

#include <vector>

#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::plan {

// A leg as it was planned.
struct BookedLeg {
  Id<Service> service;
  int from_sequence = 0;
  int to_sequence = 0;
  Id<LoadUnit> load_unit;
  Instant depart{};

  friend bool operator==(const BookedLeg&, const BookedLeg&) = default;
};

std::vector<BookedLeg> booked(const Itinerary& itinerary);

// One itinerary of exactly these legs, on the departures nearest to those booked; or none, and the
// refusal says why. Asked of a world in which nothing else runs, so the cost is that of compiling
// these services. Requires at least one leg.
Answer follow(const World& world, const Question& question, const std::vector<BookedLeg>& legs);

}  // namespace karvan::plan
