#pragma once
// The oracle of `plan`: enumerates every chain of rides over every voyage, straight from the
// tables, without timetable graph, bounds, queue or node labels. Shares the books of cost and
// Clocks with the planner and nothing else. Only for corridors of a handful of places and weeks.
//
// Two prunings keep it finite, both plain to see. Cargo does not come twice in the same state to
// the same place on one way: it would have spent time and money for nothing (but for storage and
// through rates; with them it may). And of two outcomes of the very same chain of rides the one
// that is later, dearer (leg by leg and in the rest), dirtier and less sure goes, if both lie
// between the same days on which treaties or through rates change; where storage may be charged,
// only if both are there at the same minute.

#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::testing {

struct NaiveOption {
  Instant arrive;
  std::int64_t cents = 0;
  std::int64_t grams = 0;
  std::int64_t miss_risk = 0;
  Risks risks;

  friend bool operator==(const NaiveOption&, const NaiveOption&) = default;
};

// The Pareto set, by arrival, cost, CO2e, risk; equal vectors once for each set of risks that no
// other with the same vector is within. Nothing if more than `work_max` outcomes were made.
std::optional<std::vector<NaiveOption>> naive_plan(const World& world,
                                                   const plan::Question& question,
                                                   std::size_t work_max);

// The best of each route: modes with their gauges, and the places where they change, as a text.
// Only ways that come back to no place where cargo came off before.
struct NaiveRoute {
  std::string route;
  Instant arrive = kNever;
  std::int64_t cents = std::numeric_limits<std::int64_t>::max();
  std::int64_t grams = std::numeric_limits<std::int64_t>::max();
};
std::optional<std::vector<NaiveRoute>> naive_routes(const World& world,
                                                    const plan::Question& question,
                                                    std::size_t work_max);
std::string route_text(const World& world, const std::vector<Leg>& legs);

// The same vectors of a planner's answer, to compare.
std::vector<NaiveOption> options_of(const plan::Answer& answer);

}  // namespace karvan::testing
