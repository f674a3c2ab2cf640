#include <array>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/graph/csr.h"
#include "karvan/graph/dijkstra.h"
#include "karvan/graph/staircase.h"

namespace karvan::graph {
namespace {

TEST(Csr, KeepsTheArcsOfANodeTogetherInTheirOrder) {
  const std::array arcs{Arc{0, 1}, Arc{2, 0}, Arc{0, 2}, Arc{1, 2}};
  const Csr graph{3, arcs};
  ASSERT_EQ(graph.out(0).size(), 2U);
  EXPECT_EQ(graph.out(0)[0].to, 1U);
  EXPECT_EQ(graph.out(0)[1].to, 2U);
  EXPECT_EQ(graph.out(0)[1].arc, 2U);
  EXPECT_EQ(graph.out(2)[0].arc, 1U);
}

TEST(Dijkstra, TheWayRoundMayBeShorter) {
  const std::array arcs{Arc{0, 1}, Arc{0, 2}, Arc{2, 1}};
  const std::array<std::int64_t, 3> weights{10, 3, 4};
  const std::vector<std::int64_t> found = distances(Csr{4, arcs}, weights, 0);
  EXPECT_EQ(found, (std::vector<std::int64_t>{0, 7, 3, kUnreachable}));
}

// Goal: equality with Bellman-Ford on random graphs, parallel arcs, loops and zero weights
// included.
TEST(Dijkstra, AgreesWithRelaxingEveryArcUntilNothingChanges) {
  RandomStream random{7, "dijkstra"};
  for (int round = 0; round < 200; ++round) {
    const auto nodes = static_cast<std::size_t>(random.uniform_int(1, 12));
    std::vector<Arc> arcs;
    std::vector<std::int64_t> weights;
    const std::int64_t count = random.uniform_int(0, 40);
    for (std::int64_t i = 0; i < count; ++i) {
      const auto pick = [&] {
        return static_cast<std::uint32_t>(
            random.uniform_int(0, static_cast<std::int64_t>(nodes) - 1));
      };
      arcs.push_back({pick(), pick()});
      weights.push_back(random.uniform_int(0, 9));
    }
    std::vector<std::int64_t> expected(nodes, kUnreachable);
    expected[0] = 0;
    for (std::size_t pass = 0; pass < nodes; ++pass) {
      for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (expected[arcs[i].from] == kUnreachable) continue;
        expected[arcs[i].to] = std::min(expected[arcs[i].to], expected[arcs[i].from] + weights[i]);
      }
    }
    ASSERT_EQ(distances(Csr{nodes, arcs}, weights, 0), expected) << "round " << round;
  }
}

TEST(Staircase, APointEqualToAStepIsCovered) {
  Staircase stairs;
  EXPECT_FALSE(stairs.covers({.x = 5, .y = 5}));
  EXPECT_TRUE(stairs.insert({.x = 5, .y = 5}));
  EXPECT_FALSE(stairs.insert({.x = 5, .y = 5}));
  EXPECT_TRUE(stairs.insert({.x = 6, .y = 4}));
  EXPECT_TRUE(stairs.insert({.x = 5, .y = 4}));  // replaces both
  EXPECT_EQ(stairs.steps(), (std::vector<Staircase::Step>{{.x = 5, .y = 4}}));
}

// Goal: the steps are exactly the non-dominated points, whatever the order of insertion.
TEST(Staircase, HoldsExactlyThePointsThatNoOtherCovers) {
  RandomStream random{11, "staircase"};
  for (int round = 0; round < 300; ++round) {
    Staircase stairs;
    std::vector<Staircase::Step> points;
    const std::int64_t count = random.uniform_int(1, 30);
    for (std::int64_t i = 0; i < count; ++i) {
      points.push_back({.x = random.uniform_int(0, 12), .y = random.uniform_int(0, 12)});
      stairs.insert(points.back());
    }
    std::vector<Staircase::Step> expected;
    for (const auto& p : points) {
      const bool is_beaten = std::ranges::any_of(
          points, [&](const auto& o) { return o.x <= p.x && o.y <= p.y && !(o == p); });
      if (!is_beaten && std::ranges::find(expected, p) == expected.end()) expected.push_back(p);
    }
    std::ranges::sort(expected, {}, &Staircase::Step::x);
    ASSERT_EQ(stairs.steps(), expected) << "round " << round;
  }
}

}  // namespace
}  // namespace karvan::graph
