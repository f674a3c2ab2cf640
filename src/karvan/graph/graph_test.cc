#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/graph/csr.h"
#include "karvan/graph/dijkstra.h"
#include "karvan/graph/pareto_bag.h"
#include "karvan/graph/radix_heap.h"

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

// Goal: keys come out as from a sorted multiset, each value under its own key. Method: random
// pushes no lower than the last key taken, near and far, between looks and pops.
TEST(RadixHeap, AnswersLikeAMultisetOfKeys) {
  RandomStream random{11, "radix_heap"};
  RadixHeap<std::size_t> heap;
  std::multiset<std::int64_t> expected;
  std::vector<std::int64_t> key_of;
  std::int64_t taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    if (expected.empty() || random.uniform_int(0, 9) < (round < 10'000 ? 6 : 4)) {
      const std::int64_t reach = std::int64_t{1} << random.uniform_int(0, 40);
      const std::int64_t key = taken + random.uniform_int(0, reach);
      heap.push(key, key_of.size());
      expected.insert(key);
      key_of.push_back(key);
      continue;
    }
    if (random.uniform_int(0, 1) == 0) {
      ASSERT_EQ(heap.least_key(), *expected.begin());
    }
    taken = key_of[heap.pop()];
    ASSERT_EQ(taken, *expected.begin());
    expected.erase(expected.begin());
    ASSERT_EQ(heap.size(), expected.size());
  }
  EXPECT_EQ(heap.empty(), expected.empty());
}

TEST(ParetoBag, APointEqualToAnEntryIsCovered) {
  ParetoBag<3> bag;
  EXPECT_EQ(bag.find({5, 5, 5}), ParetoBag<3>::kNone);
  bag.insert({5, 5, 5}, 7);
  ASSERT_EQ(bag.find({5, 5, 5}), 0U);
  EXPECT_EQ(bag.tag(0), 7U);
  EXPECT_EQ(bag.find({4, 9, 9}), ParetoBag<3>::kNone);
  bag.insert({6, 5, 4}, 8);  // later, and as good in the rest: the first is dropped
  EXPECT_EQ(bag.size(), 1U);
  EXPECT_EQ(bag.find({5, 5, 5}), ParetoBag<3>::kNone);
  EXPECT_EQ(bag.find({6, 5, 4}), 0U);
}

// Goal: for points that come in the order of their first number, the bag says "covered" exactly
// where some point before was as good in every number.
TEST(ParetoBag, AnswersLikeAListOfAllPointsWhereTheyComeInOrder) {
  RandomStream random{11, "pareto_bag"};
  for (int round = 0; round < 300; ++round) {
    ParetoBag<4> bag;
    std::vector<ParetoBag<4>::Point> all;
    std::int64_t now = 0;
    for (std::int64_t i = random.uniform_int(1, 60); i > 0; --i) {
      now += random.uniform_int(0, 2);
      const ParetoBag<4>::Point p{now, random.uniform_int(0, 6), random.uniform_int(0, 6),
                                  random.uniform_int(0, 6)};
      const bool is_covered = std::ranges::any_of(all, [&](const auto& o) {
        return o[0] <= p[0] && o[1] <= p[1] && o[2] <= p[2] && o[3] <= p[3];
      });
      ASSERT_EQ(bag.find(p) != ParetoBag<4>::kNone, is_covered) << "round " << round;
      if (!is_covered) bag.insert(p, static_cast<std::uint32_t>(all.size()));
      all.push_back(p);
    }
    for (std::size_t i = 0; i < bag.size(); ++i) {
      for (std::size_t k = 0; k < 4; ++k)
        EXPECT_EQ(bag.at(i, k), all[bag.tag(i)][k]);
    }
  }
}

}  // namespace
}  // namespace karvan::graph
