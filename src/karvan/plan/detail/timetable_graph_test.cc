#include "karvan/plan/detail/timetable_graph.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan::detail {
namespace {

// A corridor from text and its graph.
class Graph {
 public:
  explicit Graph(std::string_view text)
      : tiny_{testing::tiny_case(text)},
        world_{tiny_->corridor},
        clocks_{world_},
        graph_{world_, clocks_, Epoch{world_.info().calendar_from}, Closures::kApply} {}

  const TimetableGraph& operator*() const { return graph_; }
  const TimetableGraph* operator->() const { return &graph_; }
  const Course& course() const { return graph_.courses().front(); }
  // Departures at a stop in all patterns, in hours.
  std::vector<double> hours(std::uint32_t stop) const {
    std::vector<double> list;
    for (std::uint32_t p = 0; p < course().pattern_count; ++p) {
      for (const Minute minute : graph_.departures(graph_.pattern(course(), p), stop))
        list.push_back(minute / 60.0);
    }
    return list;
  }

 private:
  Result<testing::TinyCase> tiny_;
  World world_;
  Clocks clocks_;
  TimetableGraph graph_;
};

TEST(TimetableGraph, TimetablesAreReadOnTheLocalClock) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-15\nplace A B in KZ utc +05:00\n"
      "rail A-B 100km 10h Mon;Thu 08:30 except 2026-03-05"};
  // Monday 2 and 9, Thursday 12 March at 03:30 UTC.
  EXPECT_EQ(graph.hours(0), (std::vector<double>{27.5, 195.5, 267.5}));
}

TEST(TimetableGraph, CallsLieSideBySideWithRunningAndDwell) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-03\nplace A B C\n"
      "rail A-B-C 100km+50km 10h+4.5h daily 00:00 dwell 2h"};
  const Pattern& pattern = graph->pattern(graph.course(), 0);
  EXPECT_EQ(graph->arrivals(pattern, 1)[1], (24 + 10) * 60);
  EXPECT_EQ(graph->departures(pattern, 1)[1], (24 + 12) * 60);
  EXPECT_EQ(graph->arrivals(pattern, 2)[0], 16 * 60 + 30);
  EXPECT_EQ(graph->path(graph.course(), 0, 2).size(), 2U);
  EXPECT_EQ(graph->path(graph.course(), 1, 2).size(), 1U);
}

TEST(TimetableGraph, FrequenciesAreSpreadEvenlyFromLocalMidnight) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-08\nplace A B in KZ utc +05:00\n"
      "rail A-B 100km 10h every 3 /week"};
  EXPECT_EQ(graph.hours(0), (std::vector<double>{-5, 51, 107}));
}

TEST(TimetableGraph, DeparturesMoveIntoTheWindowOfTheDay) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-08\nplace A B\n"
      "rail A-B 100km 10h full 3 /week window 23:00-05:00"};
  EXPECT_EQ(graph.hours(0), (std::vector<double>{0, 71, 119}));
}

TEST(TimetableGraph, AClosureSplitsACourseIntoPatterns) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-06\nplace A B C\n"
      "rail A-B-C 100km+50km 10h+5h daily 00:00\n"
      "closed place B 2026-03-02 2026-03-03"};
  ASSERT_EQ(graph.course().pattern_count, 2U);
  std::size_t without_b = 0;
  for (std::uint32_t p = 0; p < 2; ++p) {
    const Pattern& pattern = graph->pattern(graph.course(), p);
    EXPECT_TRUE(graph->access(pattern, 1).passes);  // trains go on past the closed terminal
    if (!graph->access(pattern, 1).unloads) without_b += pattern.voyages;
  }
  EXPECT_EQ(without_b, 1U);
}

TEST(TimetableGraph, AClosedServiceDoesNotRun) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-06\nplace A B\nrail A-B 100km 10h daily 00:00\n"
      "closed service rail_a_b 2026-03-02 2026-03-05"};
  EXPECT_EQ(graph.hours(0), (std::vector<double>{0, 96}));
}

TEST(TimetableGraph, ServicesOnDemandWaitUntilOpen) {
  const Graph graph{
      "calendar 2026-03-01 2026-03-06\nplace A B\n"
      "truck A-B 100km 10h anytime window 08:00-20:00\n"
      "closed link a-b-road 2026-03-02 2026-03-03"};
  const Course& course = graph.course();
  EXPECT_EQ(graph->next_departure(course, 0, 1, 0), 8 * 60);
  EXPECT_EQ(graph->next_departure(course, 0, 1, 9 * 60), 9 * 60);
  // After 20:00 the window opens on the closed day; it opens again the day after.
  EXPECT_EQ(graph->next_departure(course, 0, 1, 20 * 60), (48 + 8) * 60);
}

// Even columns, as services have them, and columns with gaps and doubles.
TEST(FirstFrom, IsTheLowerBound) {
  RandomStream random{1, "first_from"};
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Minute> column(static_cast<std::size_t>(random.uniform_int(0, 60)));
    const std::int64_t gap = std::int64_t{1} << (2 * random.uniform_int(0, 9));
    Minute at = static_cast<Minute>(random.uniform_int(-1'000, 1'000));
    for (Minute& minute : column) {
      minute = at;
      at += static_cast<Minute>(round % 2 == 0 ? gap : random.uniform_int(0, gap));
    }
    const std::int64_t low = column.empty() ? -5 : column.front() - 5;
    const std::int64_t high = column.empty() ? 5 : column.back() + 5;
    for (int i = 0; i < 40; ++i) {
      const auto minute = static_cast<Minute>(random.uniform_int(low, high));
      ASSERT_EQ(first_from(column, minute),
                static_cast<std::size_t>(std::ranges::lower_bound(column, minute) - column.begin()))
          << "of " << column.size() << " for " << minute;
    }
  }
}

}  // namespace
}  // namespace karvan::plan::detail
