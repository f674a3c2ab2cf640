#include "karvan/model/world.h"

#include <gtest/gtest.h>

#include "karvan/model/path.h"

namespace karvan {
namespace {

class WorldTest : public testing::Test {
 protected:
  WorldTest() {
    a = corridor.places.push_back({.code = "a"});
    b = corridor.places.push_back({.code = "b"});
    c = corridor.places.push_back({.code = "c"});
    ab = corridor.links.push_back({.code = "ab", .from = a, .to = b, .length = Km{10}});
    cb = corridor.links.push_back({.code = "cb", .from = c, .to = b, .length = Km{20}});
  }

  Corridor corridor;
  Id<Place> a, b, c;
  Id<Link> ab, cb;
};

TEST_F(WorldTest, OverlayChangesAddsAndRemovesWithoutTouchingTheFacts) {
  Overlay overlay;
  overlay.name = "test";
  overlay.of<Link>().changed[ab] = {.code = "ab", .from = a, .to = b, .length = Km{11}};
  overlay.of<Link>().removed.insert(cb);
  overlay.of<Link>().added.push_back({.code = "ac", .from = a, .to = c, .length = Km{30}});
  const World world{corridor, overlay};
  EXPECT_EQ(world[ab].length, Km{11});
  EXPECT_EQ(world.ids<Link>(), (std::vector{ab, Id<Link>{2}}));
  EXPECT_EQ(world[Id<Link>{2}].code, "ac");
  EXPECT_EQ(world.find<Link>("ac"), Id<Link>{2});
  EXPECT_FALSE(world.find<Link>("cb"));
  EXPECT_EQ(world.size<Link>(), 3U);
  EXPECT_EQ(corridor.links[ab].length, Km{10});
  EXPECT_EQ(world.scenario(), "test");
}

TEST_F(WorldTest, ChildrenAreGroupedInTableOrder) {
  const auto from = group(World{corridor}, &Link::from);
  EXPECT_EQ(from[a], std::vector{ab});
  EXPECT_EQ(from[c], std::vector{cb});
  EXPECT_TRUE(from[b].empty());
}

TEST_F(WorldTest, EveryTableIsListedOnceInTheOrderOfReference) {
  std::size_t tables = 0;
  std::size_t all_rows = 0;
  for_each_table([&]<class Row>() {
    ++tables;
    all_rows += rows<Row>(corridor).size();
  });
  EXPECT_EQ(tables, std::tuple_size_v<decltype(kTables)>);
  EXPECT_EQ(all_rows, 5U);
}

TEST_F(WorldTest, PathsFollowLinksInEitherDirectionOrDoNotHold) {
  const World world{corridor};
  const std::vector<Id<Link>> chain{ab, cb};
  const auto path = passages(world, a, chain);
  ASSERT_TRUE(path);
  EXPECT_EQ((*path)[1], (Passage{.link = cb, .from = b, .to = c}));
  EXPECT_EQ(length(world, *path), Km{30});
  EXPECT_FALSE(passages(world, c, chain));
}

TEST(LinkTest, IsOpenByStatusAndDates) {
  const Date today{std::chrono::days{20000}};
  const auto later = today + std::chrono::days{1};
  EXPECT_TRUE(Link{}.is_open(today));
  EXPECT_FALSE((Link{.status = LinkStatus::kClosed}.is_open(today)));
  EXPECT_FALSE((Link{.status = LinkStatus::kPlanned}.is_open(today)));
  EXPECT_TRUE((Link{.status = LinkStatus::kPlanned, .open_from = today}.is_open(today)));
  EXPECT_FALSE((Link{.open_from = later}.is_open(today)));
  EXPECT_FALSE((Link{.open_until = today}.is_open(today)));
}

TEST(LawTest, MeansFollowTheirFamily) {
  EXPECT_EQ(mean(Law{.family = LawFamily::kLognormal, .a = 36, .b = 0.6}), Hours{36});
  EXPECT_EQ(mean(Law{.family = LawFamily::kUniform, .a = 2, .b = 4}), Hours{3});
  EXPECT_EQ(mean(Law{.family = LawFamily::kTriangular, .a = 1, .b = 2, .c = 6}), Hours{3});
}

}  // namespace
}  // namespace karvan
