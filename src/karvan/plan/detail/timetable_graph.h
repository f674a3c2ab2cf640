#pragma once
// TimetableGraph: a world's services as dated voyages in integer arrays. What does not depend on a
// question, compiled once.
//
//   Course    a service compiled: its stops with minutes since it left the first one
//   Pattern   voyages of a course that call and pass at the same stops (closures split a course)
//   voyage    one dated departure; a row number within its pattern
//
// Departures and arrivals lie call-major: all voyages of one stop side by side, ascending, so that
// boarding is one binary search over neighboring integers. Running times are the same for all
// voyages of a course, so voyages never overtake. Services on demand have no voyages: they leave
// when asked unless blocked. Immutable, safe to share between threads.

#include <cstdint>
#include <span>
#include <vector>

#include "karvan/model/path.h"
#include "karvan/plan/detail/departures.h"

namespace karvan::plan::detail {

struct Stop {
  Id<Place> place;
  int sequence = 0;
  bool loads = true;
  bool unloads = true;
  Minute arrive = 0;  // after leaving the first stop
  Minute depart = 0;
  std::uint32_t first_passage = 0;  // of the hop that ends here
  std::uint32_t passage_count = 0;
};

struct Course {
  Id<Service> service;
  bool is_on_demand = false;
  Minute cutoff = 0;
  std::optional<Minute> cutoff_dangerous;
  std::uint32_t first_stop = 0;
  std::uint32_t stop_count = 0;
  std::uint32_t first_pattern = 0;
  std::uint32_t pattern_count = 0;
  std::uint32_t first_block = 0;
  std::uint32_t block_count = 0;
};

struct Pattern {
  std::size_t first_time = 0;  // of stop 0, voyage 0 in the arrays
  std::uint32_t voyages = 0;
  std::uint32_t first_access = 0;  // one Access for each stop
};

// What a voyage does at a stop.
struct Access {
  bool loads = true;
  bool unloads = true;
  bool passes = true;  // the hop that ends here

  friend auto operator<=>(const Access&, const Access&) = default;
};

enum class BlockOf { kService, kStop, kHop };

// A time in which something of a course is shut.
struct Block {
  BlockOf of = BlockOf::kService;
  std::uint32_t stop = 0;  // the stop, or the one at which the hop ends
  Minute from = 0;
  Minute until = kNoMinute;

  bool covers(Minute minute) const { return from <= minute && minute < until; }
};

struct Board {
  std::uint32_t course = 0;
  std::uint32_t stop = 0;  // within the course
};

enum class Closures { kApply, kIgnore };

// The first time at or after a minute in an ascending column; its size if there is none. Departures
// are spread rather evenly, so that a guess by proportion and a gallop from it touch fewer cache
// lines than halving does (Perl, Itai, Avni 1978; Bentley, Yao 1976).
std::size_t first_from(std::span<const Minute> column, Minute minute);

class TimetableGraph {
 public:
  TimetableGraph(const World& world, const Clocks& clocks, Epoch epoch, Closures closures);

  const std::vector<Course>& courses() const { return courses_; }
  const Stop& stop(const Course& course, std::uint32_t i) const {
    return stops_[course.first_stop + i];
  }
  std::span<const Passage> hop(const Course& course, std::uint32_t i) const {
    const Stop& to = stop(course, i);
    return {passages_.data() + to.first_passage, to.passage_count};
  }
  // All passages between two stops.
  std::span<const Passage> path(const Course& course, std::uint32_t from, std::uint32_t to) const {
    const std::size_t first = stop(course, from + 1).first_passage;
    return {passages_.data() + first,
            stop(course, to).first_passage + stop(course, to).passage_count - first};
  }

  const Pattern& pattern(const Course& course, std::uint32_t i) const {
    return patterns_[course.first_pattern + i];
  }
  const Access& access(const Pattern& pattern, std::uint32_t stop) const {
    return accesses_[pattern.first_access + stop];
  }
  std::span<const Minute> departures(const Pattern& pattern, std::uint32_t stop) const {
    return {departs_.data() + pattern.first_time + std::size_t{stop} * pattern.voyages,
            pattern.voyages};
  }
  std::span<const Minute> arrivals(const Pattern& pattern, std::uint32_t stop) const {
    return {arrives_.data() + pattern.first_time + std::size_t{stop} * pattern.voyages,
            pattern.voyages};
  }

  // Services on demand: the first minute at or after `from` at which a leg may leave.
  Minute next_departure(const Course& course,
                        std::uint32_t board,
                        std::uint32_t leave,
                        Minute from) const;

  const std::vector<Board>& boards(Id<Place> place) const { return boards_[place]; }
  std::size_t voyage_count() const { return voyage_count_; }

 private:
  class Builder;

  std::vector<Course> courses_;
  std::vector<Stop> stops_;
  std::vector<Passage> passages_;
  std::vector<Pattern> patterns_;
  std::vector<Access> accesses_;
  std::vector<Block> blocks_;
  std::vector<Minute> departs_;
  std::vector<Minute> arrives_;
  std::vector<OpenTimes> windows_;  // by stop; services on demand only
  Column<Place, std::vector<Board>> boards_;
  std::size_t voyage_count_ = 0;
};

}  // namespace karvan::plan::detail
