#include "karvan/plan/timetable_router.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/plan/detail/timetable_graph.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

// All voyages one after the other, in rounds of one more leg each, until nothing improves: slow,
// plain, and without an order of time.
class NaiveRouter {
 public:
  explicit NaiveRouter(const World& world)
      : places_{world.size<Place>()},
        clocks_{world},
        epoch_{world.info().calendar_from},
        graph_{world, clocks_, epoch_, detail::Closures::kIgnore} {}

  // Earliest arrival with at most 0, 1, ... legs.
  std::vector<detail::Minute> arrivals(Id<Place> from,
                                       Id<Place> to,
                                       Instant depart,
                                       std::size_t legs) const {
    std::vector<detail::Minute> now(places_, detail::kNoMinute);
    now[from.index()] = epoch_.minute(depart);
    std::vector<detail::Minute> result{now[to.index()]};
    for (std::size_t k = 0; k < legs; ++k) {
      std::vector<detail::Minute> next = now;
      for (const detail::Course& course : graph_.courses()) {
        for (std::uint32_t p = 0; p < course.pattern_count; ++p) {
          const detail::Pattern& pattern = graph_.pattern(course, p);
          for (std::uint32_t v = 0; v < pattern.voyages; ++v)
            ride(course, pattern, v, now, next);
        }
      }
      now = next;
      result.push_back(now[to.index()]);
    }
    return result;
  }

  Instant instant(detail::Minute minute) const { return epoch_.instant(minute); }

 private:
  void ride(const detail::Course& course,
            const detail::Pattern& pattern,
            std::uint32_t v,
            const std::vector<detail::Minute>& now,
            std::vector<detail::Minute>& next) const {
    bool is_aboard = false;
    for (std::uint32_t i = 0; i < course.stop_count; ++i) {
      const detail::Stop& stop = graph_.stop(course, i);
      detail::Minute& arrival = next[stop.place.index()];
      if (is_aboard && stop.unloads) arrival = std::min(arrival, graph_.arrivals(pattern, i)[v]);
      const bool is_there = now[stop.place.index()] <= graph_.departures(pattern, i)[v];
      is_aboard = is_aboard || (stop.loads && is_there);
    }
  }

  std::size_t places_;
  Clocks clocks_;
  detail::Epoch epoch_;
  detail::TimetableGraph graph_;
};

TEST(TimetableRouter, AgreesWithTheNaiveRouterOnRandomTimetables) {
  std::size_t asked = 0;
  std::size_t reached = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed % 11));
    const World world{random.corridor};
    const TimetableRouter router{world};
    const NaiveRouter naive{world};
    TimetableRouter::Workspace workspace;
    const Instant start{random.corridor.info.calendar_from};
    for (const Id<Place> from : world.ids<Place>()) {
      for (const Id<Place> to : world.ids<Place>()) {
        const Instant depart = start + std::chrono::hours{(asked * 7) % 400};
        ++asked;
        const auto expected = naive.arrivals(from, to, depart, TimetableRouter::kMostLegs);
        std::vector<TimetableRouter::Option> front;
        for (std::size_t k = 0; k < expected.size(); ++k) {
          const bool is_better = k == 0 ? from == to : expected[k] < expected[k - 1];
          if (is_better) front.push_back({.arrives = naive.instant(expected[k]), .legs = k});
        }
        ASSERT_EQ(router.options(from, to, depart, workspace), front) << seed;
        const auto all = naive.arrivals(from, to, depart, world.size<Place>());
        const auto arrival = router.earliest_arrival(from, to, depart, workspace);
        ASSERT_EQ(arrival.has_value(), all.back() != detail::kNoMinute) << seed;
        if (!arrival) continue;
        ++reached;
        ASSERT_EQ(*arrival, naive.instant(all.back())) << seed;
      }
    }
  }
  EXPECT_GT(asked, 2000U);
  EXPECT_GT(reached, asked / 10);
}

TEST(TimetableRouter, FewerLegsMayArriveLater) {
  const auto tiny = testing::tiny_case(
      "calendar 2026-03-01 2026-03-05\n"
      "place A B C in KZ utc +05:00\n"
      "rail A-B 100km 2h daily 06:00\n"
      "rail B-C 100km 2h daily 09:00\n"
      "rail A-C 300km 9h daily 07:00\n");
  ASSERT_TRUE(tiny.ok()) << tiny.error().message;
  const World world{tiny->corridor};
  const TimetableRouter router{world};
  TimetableRouter::Workspace workspace;
  const Instant start = Instant{parse_date("2026-03-02").value()};
  const Instant midnight = start - std::chrono::hours{5};
  const auto options = router.options(Id<Place>{0}, Id<Place>{2}, midnight, workspace);
  const std::vector<TimetableRouter::Option> expected{
      {.arrives = start + std::chrono::hours{11}, .legs = 1},
      {.arrives = start + std::chrono::hours{6}, .legs = 2}};
  EXPECT_EQ(options, expected);
  EXPECT_EQ(router.earliest_arrival(Id<Place>{2}, Id<Place>{0}, midnight, workspace), std::nullopt);
}

}  // namespace
}  // namespace karvan::plan
