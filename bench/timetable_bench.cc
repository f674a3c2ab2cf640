// The plain timetable router on a passenger feed: arrival only, and arrival with the number of
// legs; random pairs of places, one departure each. Answers of a part of the queries are first held
// against a naive search over all voyages.
//
//   timetable_bench [feed [queries]]     from the root of the checkout; the feed is a GTFS folder
//   or
//                                        zip; without one, german-long-distance in $KARVAN_FEEDS

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "karvan/base/random.h"
#include "karvan/base/text.h"
#include "karvan/load/build.h"
#include "karvan/model/clock.h"
#include "karvan/plan/timetable_router.h"
#include "karvan/timetable/archive.h"
#include "karvan/timetable/departures.h"
#include "karvan/timetable/import_gtfs.h"

namespace karvan {
namespace {

using Clock = std::chrono::steady_clock;
using plan::TimetableRouter;

// Of leaving, in what is timed: as published measurements have it, a day and the next.
constexpr std::chrono::hours kWithin{48};

struct Query {
  Id<Place> from;
  Id<Place> to;
  Instant depart;
};

std::optional<load::Loaded> read(const std::string& path) {
  Complaints complaints;
  const auto files = timetable::read_feed_files(path, complaints);
  const auto imported = files ? timetable::import_gtfs(*files, {}, nullptr, complaints)
                              : std::optional<timetable::Imported>{};
  auto loaded = imported ? load::load_corridor(imported->files, "", complaints)
                         : std::optional<load::Loaded>{};
  for (const Complaint& complaint : complaints) {
    if (complaint.severity == Severity::kError) std::printf("%s\n", to_text(complaint).c_str());
  }
  return loaded;
}

// Every dated run with its calls, from the rows of departures alone.
struct Run {
  std::vector<std::size_t> places;
  std::vector<Instant> arrives;
  std::vector<Instant> departs;
  std::vector<bool> loads;
  std::vector<bool> unloads;
};

std::vector<Run> runs_of(const World& world) {
  const CorridorInfo& info = world.info();
  auto calls = group(world, &Call::service);
  std::vector<Run> runs;
  for (const Id<Service> service : world.ids<Service>()) {
    std::vector<Id<Call>>& course = calls[service];
    std::ranges::stable_sort(course, {}, [&world](Id<Call> id) { return world[id].sequence; });
    const auto found = timetable::departures(
        world, {.service = service, .from = info.calendar_from, .until = info.calendar_until});
    for (const timetable::DatedDeparture& dated : found.dated) {
      Run run;
      Instant now = dated.leaves;
      for (std::size_t i = 0; i < course.size(); ++i) {
        const Call& call = world[course[i]];
        if (i > 0) now += std::chrono::ceil<std::chrono::minutes>(to_duration(*call.hours));
        run.arrives.push_back(now);
        if (i > 0) now += std::chrono::ceil<std::chrono::minutes>(to_duration(call.dwell));
        run.departs.push_back(now);
        run.places.push_back(call.place.index());
        run.loads.push_back(call.loads);
        run.unloads.push_back(call.unloads);
      }
      runs.push_back(std::move(run));
    }
  }
  return runs;
}

// Rounds of one more leg each.
std::vector<TimetableRouter::Option> naive(const std::vector<Run>& runs,
                                           std::size_t places,
                                           const Query& query) {
  std::vector<Instant> now(places, kNever);
  now[query.from.index()] = query.depart;
  std::vector<TimetableRouter::Option> front;
  for (std::size_t legs = 1; legs <= TimetableRouter::kMostLegs; ++legs) {
    std::vector<Instant> next = now;
    for (const Run& run : runs) {
      bool is_aboard = false;
      for (std::size_t i = 0; i < run.places.size(); ++i) {
        Instant& arrival = next[run.places[i]];
        if (is_aboard && run.unloads[i]) arrival = std::min(arrival, run.arrives[i]);
        is_aboard = is_aboard || (run.loads[i] && now[run.places[i]] <= run.departs[i]);
      }
    }
    if (next[query.to.index()] < now[query.to.index()])
      front.push_back({.arrives = next[query.to.index()], .legs = legs});
    now = std::move(next);
  }
  return front;
}

template <class Ask>
double microseconds(const std::vector<Query>& queries, Ask&& ask) {
  double best = 1e18;
  for (int repeat = 0; repeat < 5; ++repeat) {
    const Clock::time_point start = Clock::now();
    for (const Query& query : queries)
      ask(query);
    const std::chrono::duration<double, std::micro> took = Clock::now() - start;
    best = std::min(best, took.count() / static_cast<double>(queries.size()));
  }
  return best;
}

int run(const std::string& path, std::size_t count) {
  const auto loaded = read(path);
  if (!loaded) return 1;
  const World world{loaded->corridor};
  const Clock::time_point begun = Clock::now();
  const TimetableRouter router{world};
  const std::chrono::duration<double, std::milli> built = Clock::now() - begun;
  // Days in the middle of the calendar, any minute.
  const auto span = world.info().calendar_until - world.info().calendar_from;
  RandomStream random{1, "timetable_bench"};
  std::vector<Query> queries;
  const auto below = [&random](std::size_t n) {
    return static_cast<std::size_t>(random.uniform_int(0, static_cast<std::int64_t>(n) - 1));
  };
  while (queries.size() < count) {
    Query query{
        .from = Id<Place>{below(world.size<Place>())},
        .to = Id<Place>{below(world.size<Place>())},
        .depart = Instant{world.info().calendar_from + span / 4} +
                  std::chrono::minutes{below(static_cast<std::size_t>(span.count()) * 360)}};
    if (query.from != query.to) queries.push_back(query);
  }
  TimetableRouter::Workspace workspace;
  const std::vector<Run> runs = runs_of(world);
  for (std::size_t i = 0; i < std::min<std::size_t>(100, count); ++i) {
    const Query& query = queries[i];
    const auto options = router.options(query.from, query.to, query.depart, workspace);
    const auto arrival = router.earliest_arrival(query.from, query.to, query.depart, workspace);
    const auto expected = naive(runs, world.size<Place>(), query);
    const bool is_same = expected.empty() ? options.empty() : arrival == expected.back().arrives;
    if (options != expected || !is_same) {
      std::printf("query %zu: the router and the naive search disagree\n", i);
      return 1;
    }
  }
  std::size_t reached = 0;
  std::size_t found = 0;
  const double arrival_us = microseconds(queries, [&](const Query& q) {
    reached += router.earliest_arrival(q.from, q.to, q.depart, workspace, kWithin) ? 1U : 0U;
  });
  const double options_us = microseconds(queries, [&](const Query& q) {
    found += router.options(q.from, q.to, q.depart, workspace, kWithin).size();
  });
  std::printf(
      "{\"workload\":\"timetable\",\"places\":%zu,\"voyages\":%zu,\"connections\":%zu,"
      "\"build_ms\":%.1f,\"queries\":%zu,\"arrival_us\":%.1f,\"options_us\":%.1f,"
      "\"reached\":%zu,\"options\":%zu}\n",
      world.size<Place>(), router.voyage_count(), router.connection_count(), built.count(), count,
      arrival_us, options_us, reached / 5, found / 5);
  return 0;
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  const char* folder = std::getenv("KARVAN_FEEDS");
  const std::string feeds = folder == nullptr ? "../shared/feeds" : folder;
  const std::string path = argc > 1 ? argv[1] : feeds + "/german-long-distance";
  const auto count = karvan::parse_int<std::size_t>(argc > 2 ? argv[2] : "1000");
  return karvan::run(path, count.value_or(1000));
}
