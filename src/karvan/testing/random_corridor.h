#pragma once
// Random small corridors and questions, each from one number, for comparing `plan` with its oracle.
// Between them they have all that a plan depends on: five modes, two gauges, several load units and
// restowing, countries with crossings that close at night, regimes and documents with dates,
// opening hours, closures, capacities, cut-offs, dangerous goods, every rule of departure, trains
// of several calls, quantity breaks and prices by date, storage, through rates, delays, refusals.
// Figures are whole so that sums are exact.

#include "karvan/plan/question.h"

namespace karvan::testing {

struct RandomCase {
  Corridor corridor;
  plan::Question question;  // ids of the corridor
};

// The same for the same arguments everywhere. `size` 0..10 grows places and services.
RandomCase random_case(std::uint64_t seed, int size);

// The question of a case, asking more: for places to pass, things to use or to keep to, fewer
// transshipments, a budget, no regime. At least one of them.
plan::Question asking_more(const RandomCase& random, std::uint64_t seed);

// The case where papers take time: documents have leads, services cut-offs for them, and the
// question says from when on they can be applied for.
RandomCase taking_time_for_papers(RandomCase random, std::uint64_t seed);

// The case where the load units are hired: from an operator of its own that takes them back at some
// places, under detention by steps on both clocks.
RandomCase hiring_load_units(RandomCase random, std::uint64_t seed);

}  // namespace karvan::testing
