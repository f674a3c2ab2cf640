#pragma once
// Passings: what rides do to cargo with certain papers, but for the time it takes; each worked out
// once in a search.

#include <span>
#include <vector>

#include "karvan/plan/detail/query_tables.h"
#include "karvan/plan/detail/shelves.h"

namespace karvan::plan::detail {

struct Passed {
  std::uint32_t before = 0;  // papers
  std::uint64_t notes = 0;
  const std::uint32_t* borders = nullptr;
  std::uint32_t after = 0;
  Cents cents = 0;  // fees of borders and papers
  std::int64_t lateness = 0;
  cost::SpreadClass spread = 0;
};

class Passings {
 public:
  Passings(const QueryTables& tables, PaperNumbers& papers)
      : tables_{tables}, papers_{papers}, by_ride_(tables.ride_count()) {}

  // Of a ride that departs then and passes these borders (QueryTables::borders).
  const Passed& of(std::uint32_t number,
                   std::uint32_t before,
                   Minute depart,
                   std::span<const std::uint32_t> borders) {
    const Ride& ride = tables_.ride(number);
    const std::uint64_t notes = tables_.notes(ride, depart);
    for (const Passed& known : by_ride_[number]) {
      if (known.before == before && known.notes == notes && known.borders == borders.data())
        return known;
    }
    const PaperRules& rules = tables_.papers();
    Papers papers = papers_[before];
    Passed passed{.before = before,
                  .notes = notes,
                  .borders = borders.data(),
                  .cents = rules.take_leg(papers, notes),
                  .lateness = ride.late.second_moment()};
    for (const std::uint32_t i : borders) {
      const BorderTime& border = tables_.border(i);
      passed.cents += border.cents + rules.cross(papers, border.transit);
      if (!ride.border_in_timetable) passed.lateness += border.variance;
    }
    passed.after = papers_.number_of(papers);
    passed.spread = cost::spread_class(passed.lateness);
    return by_ride_[number].emplace_back(passed);
  }

 private:
  const QueryTables& tables_;
  PaperNumbers& papers_;
  std::vector<std::vector<Passed>> by_ride_;
};

}  // namespace karvan::plan::detail
