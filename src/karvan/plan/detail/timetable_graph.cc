#include "karvan/plan/detail/timetable_graph.h"

#include <algorithm>
#include <map>

#include "karvan/plan/detail/closed_days.h"

namespace karvan::plan::detail {
namespace {

Minute running_minutes(const World& world, const Call& call) {
  if (call.hours) return minutes_up(*call.hours);
  Hours sum;
  for (const Id<Link> link : call.links)
    sum += world[link].running();
  return minutes_up(sum);
}

}  // namespace

// Compiles one service after the other into the graph.
class TimetableGraph::Builder {
 public:
  Builder(TimetableGraph& graph, const World& world, const Clocks& clocks, Epoch epoch)
      : graph_{graph},
        world_{world},
        clocks_{clocks},
        epoch_{epoch},
        departures_{world, clocks, epoch},
        closed_{world, epoch},
        calls_{group(world, &Call::service)} {}

  void add(Id<Service> service, Closures closures) {
    const Service& row = world_[service];
    Course course{.service = service,
                  .is_on_demand = row.departs == DepartureRule::kOnDemand,
                  .cutoff = minutes_up(row.cutoff_cargo),
                  .first_stop = static_cast<std::uint32_t>(graph_.stops_.size()),
                  .first_pattern = static_cast<std::uint32_t>(graph_.patterns_.size()),
                  .first_block = static_cast<std::uint32_t>(graph_.blocks_.size())};
    if (row.cutoff_dangerous) course.cutoff_dangerous = minutes_up(*row.cutoff_dangerous);
    const std::size_t passages_before = graph_.passages_.size();
    if (!add_stops(course)) {  // its calls do not hang together: validate says so
      graph_.stops_.resize(course.first_stop);
      graph_.passages_.resize(passages_before);
      return;
    }
    if (closures == Closures::kApply) add_blocks(course);
    if (course.is_on_demand) {
      add_windows(course);
    } else {
      add_patterns(course);
    }
    const auto number = static_cast<std::uint32_t>(graph_.courses_.size());
    for (std::uint32_t i = 0; i + 1 < course.stop_count; ++i) {
      const Stop& stop = graph_.stop(course, i);
      if (stop.loads) graph_.boards_[stop.place].push_back({.course = number, .stop = i});
    }
    graph_.courses_.push_back(course);
  }

 private:
  bool add_stops(Course& course) {
    std::vector<Id<Call>> calls = calls_[course.service];
    std::ranges::stable_sort(calls, {}, [this](Id<Call> id) { return world_[id].sequence; });
    if (calls.size() < 2) return false;
    Minute now = 0;
    Id<Place> here;
    for (const Id<Call> id : calls) {
      const Call& call = world_[id];
      Stop stop{.place = call.place,
                .sequence = call.sequence,
                .loads = call.loads,
                .unloads = call.unloads,
                .first_passage = static_cast<std::uint32_t>(graph_.passages_.size())};
      if (here.valid()) {
        const auto path = passages(world_, here, call.links);
        if (!path || path->empty() || path->back().to != call.place) return false;
        graph_.passages_.insert(graph_.passages_.end(), path->begin(), path->end());
        stop.passage_count = static_cast<std::uint32_t>(path->size());
        now += running_minutes(world_, call);
        stop.arrive = now;
        now += minutes_up(call.dwell);
      }
      stop.depart = now;
      here = call.place;
      graph_.stops_.push_back(stop);
    }
    course.stop_count = static_cast<std::uint32_t>(calls.size());
    return true;
  }

  void add_blocks(Course& course) {
    const auto add = [this](BlockOf of, std::uint32_t stop, const Shut& shut) {
      graph_.blocks_.push_back({.of = of, .stop = stop, .from = shut.from, .until = shut.until});
    };
    for (const Shut& shut : closed_.of_service(course.service))
      add(BlockOf::kService, 0, shut);
    const Mode mode = world_[course.service].mode;
    for (std::uint32_t i = 0; i < course.stop_count; ++i) {
      for (const Shut& shut : closed_.of_place(graph_.stop(course, i).place))
        add(BlockOf::kStop, i, shut);
      for (const Passage& passage : graph_.hop(course, i)) {
        for (const Shut& shut : closed_.of_passage(passage, mode))
          add(BlockOf::kHop, i, shut);
      }
    }
    count_blocks(course);
  }

  void count_blocks(Course& course) {
    course.block_count = static_cast<std::uint32_t>(graph_.blocks_.size()) - course.first_block;
  }

  // Services on demand run from the first to the last day of their validity, UTC.
  void add_windows(Course& course) {
    const Service& row = world_[course.service];
    if (row.valid_from) {
      graph_.blocks_.push_back(
          {.from = std::numeric_limits<Minute>::min(), .until = epoch_.start_of(*row.valid_from)});
    }
    if (row.valid_until) graph_.blocks_.push_back({.from = epoch_.start_of(*row.valid_until)});
    count_blocks(course);
    graph_.windows_.resize(graph_.stops_.size());
    for (std::uint32_t i = 0; i + 1 < course.stop_count; ++i) {
      graph_.windows_[course.first_stop + i] = window_of(
          row, clocks_, epoch_, graph_.stop(course, i).place, compiled_span(world_.info()));
    }
  }

  // What a voyage that leaves the first stop at `leaves` can do at each stop; nothing if cancelled.
  std::vector<Access> accesses(const Course& course, Minute leaves) const {
    std::vector<Access> result(course.stop_count);
    for (std::uint32_t b = 0; b < course.block_count; ++b) {
      const Block& block = graph_.blocks_[course.first_block + b];
      const Stop& stop = graph_.stop(course, block.stop);
      switch (block.of) {
        case BlockOf::kService:
          if (block.covers(leaves)) return {};
          break;
        case BlockOf::kStop:
          if (block.covers(leaves + stop.depart)) result[block.stop].loads = false;
          if (block.covers(leaves + stop.arrive)) result[block.stop].unloads = false;
          break;
        case BlockOf::kHop:
          if (block.covers(leaves + graph_.stop(course, block.stop - 1).depart))
            result[block.stop].passes = false;
          break;
      }
    }
    return result;
  }

  void add_patterns(Course& course) {
    const std::vector<Minute> leaves =
        departures_.departures(course.service, graph_.stop(course, 0).place);
    if (course.block_count == 0) {
      if (!leaves.empty()) add_pattern(course, std::vector<Access>(course.stop_count), leaves);
      return;
    }
    std::map<std::vector<Access>, std::vector<Minute>> parts;
    for (const Minute minute : leaves)
      parts[accesses(course, minute)].push_back(minute);
    for (const auto& [access, part] : parts) {
      if (!access.empty()) add_pattern(course, access, part);
    }
  }

  void add_pattern(Course& course,
                   const std::vector<Access>& access,
                   const std::vector<Minute>& leaves) {
    graph_.patterns_.push_back(
        {.first_time = graph_.departs_.size(),
         .voyages = static_cast<std::uint32_t>(leaves.size()),
         .first_access = static_cast<std::uint32_t>(graph_.accesses_.size())});
    graph_.accesses_.insert(graph_.accesses_.end(), access.begin(), access.end());
    for (std::uint32_t i = 0; i < course.stop_count; ++i) {
      const Stop& stop = graph_.stop(course, i);
      for (const Minute minute : leaves) {
        graph_.departs_.push_back(minute + stop.depart);
        graph_.arrives_.push_back(minute + stop.arrive);
      }
    }
    ++course.pattern_count;
    graph_.voyage_count_ += leaves.size();
  }

  TimetableGraph& graph_;
  const World& world_;
  const Clocks& clocks_;
  Epoch epoch_;
  DepartureBook departures_;
  ClosedDays closed_;
  Column<Service, std::vector<Id<Call>>> calls_;
};

std::size_t first_from(std::span<const Minute> column, Minute minute) {
  if (column.empty() || column.front() >= minute) return 0;
  if (column.back() < minute) return column.size();
  const std::size_t last = column.size() - 1;
  std::size_t low = 0;      // before `minute`
  std::size_t high = last;  // not before it
  const auto guess =
      static_cast<std::size_t>(std::int64_t{minute - column.front()} *
                               static_cast<std::int64_t>(last) / (column.back() - column.front()));
  if (column[guess] < minute) {
    low = guess;
    for (std::size_t step = 1; low + step < last; step *= 2) {
      if (column[low + step] >= minute) {
        high = low + step;
        break;
      }
      low += step;
    }
  } else {
    high = guess;
    for (std::size_t step = 1; high > step; step *= 2) {
      if (column[high - step] < minute) {
        low = high - step;
        break;
      }
      high -= step;
    }
  }
  const auto first =
      std::ranges::lower_bound(column.begin() + static_cast<std::ptrdiff_t>(low + 1),
                               column.begin() + static_cast<std::ptrdiff_t>(high), minute);
  return static_cast<std::size_t>(first - column.begin());
}

TimetableGraph::TimetableGraph(const World& world,
                               const Clocks& clocks,
                               Epoch epoch,
                               Closures closures)
    : boards_{world.size<Place>()} {
  Builder builder{*this, world, clocks, epoch};
  for (const Id<Service> service : world.ids<Service>())
    builder.add(service, closures);
  windows_.resize(stops_.size());
}

Minute TimetableGraph::next_departure(const Course& course,
                                      std::uint32_t board,
                                      std::uint32_t leave,
                                      Minute from) const {
  const OpenTimes& window = windows_[course.first_stop + board];
  const auto concerns = [&](const Block& block) {
    switch (block.of) {
      case BlockOf::kService:
        return true;
      case BlockOf::kStop:
        return block.stop == board || block.stop == leave;
      case BlockOf::kHop:
        return board < block.stop && block.stop <= leave;
    }
    return true;
  };
  Minute minute = from;
  for (bool is_moved = true; is_moved && minute != kNoMinute;) {
    is_moved = false;
    minute = window.next_open(minute);
    for (std::uint32_t b = 0; b < course.block_count; ++b) {
      const Block& block = blocks_[course.first_block + b];
      if (!concerns(block) || !block.covers(minute)) continue;
      minute = block.until;
      is_moved = true;
    }
  }
  return minute;
}

}  // namespace karvan::plan::detail
