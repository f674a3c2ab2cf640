#include "karvan/des/calendar.h"

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

TEST(Calendar, OpensAndShutsInEveryCycleBothWays) {
  const auto made = Calendar::make(100, 24, {{.begin = 8, .end = 12}, {.begin = 13, .end = 17}});
  ASSERT_TRUE(made);
  const Calendar& calendar = *made;
  EXPECT_FALSE(calendar.is_open(107));
  EXPECT_TRUE(calendar.is_open(108));
  EXPECT_FALSE(calendar.is_open(112));
  EXPECT_EQ(calendar.next_opening(112), 113);
  EXPECT_EQ(calendar.next_opening(117), 132);
  EXPECT_EQ(calendar.next_closing(109), 112);
  EXPECT_TRUE(calendar.is_open(108 - 24 * 10)) << "before the origin too";
  EXPECT_EQ(calendar.open_between(100, 124), 8);
  EXPECT_EQ(calendar.open_between(110, 110 + 24 * 5), 40);
}

TEST(Calendar, EqualsACountTickByTick) {
  const auto made = Calendar::make(-7, 10, {{.begin = 0, .end = 3}, {.begin = 3, .end = 4}});
  ASSERT_TRUE(made);
  Time open = 0;
  for (Time t = -40; t < 40; ++t) {
    EXPECT_EQ(made->open_between(-40, t), open) << t;
    EXPECT_EQ(made->is_open(t), made->next_opening(t) == t);
    if (made->is_open(t)) ++open;
  }
}

TEST(Calendar, RefusesSpansThatDoNotFit) {
  EXPECT_FALSE(Calendar::make(0, 0, {{.begin = 0, .end = 1}}));
  EXPECT_FALSE(Calendar::make(0, 24, {}));
  EXPECT_FALSE(Calendar::make(0, 24, {{.begin = 8, .end = 25}}));
  EXPECT_FALSE(Calendar::make(0, 24, {{.begin = 8, .end = 8}}));
  EXPECT_FALSE(Calendar::make(0, 24, {{.begin = 8, .end = 12}, {.begin = 11, .end = 13}}));
}

TEST(Calendar, AlwaysOpenUnlessToldOtherwise) {
  const Calendar calendar;
  EXPECT_TRUE(calendar.is_open(5));
  EXPECT_EQ(calendar.next_closing(5), kNever);
  EXPECT_EQ(calendar.open_between(3, 10), 7);
}

}  // namespace
}  // namespace karvan::des
