#include "karvan/des/calendar.h"

#include <vector>

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

TEST(Calendar, AgreesWithAWalkOverEveryTick) {
  // Shapes: plain, touching spans, open over the turn of the cycle, always open; times below 0 too.
  const std::vector<Calendar> calendars = {
      Calendar{},
      Calendar::make(3, 24, {{8, 12}, {13, 20}}).value(),
      Calendar::make(-5, 10, {{0, 2}, {2, 4}, {7, 10}}).value(),
      Calendar::make(0, 7, {{0, 7}}).value(),
      Calendar::make(1, 5, {{4, 5}}).value(),
  };
  for (const Calendar& calendar : calendars) {
    for (Time from = -60; from < 60; ++from) {
      Time open = 0;
      for (Time t = from; t < from + 50; ++t) {
        ASSERT_EQ(calendar.open_between(from, t), open);
        open += calendar.is_open(t) ? 1 : 0;
      }
      Time opening = from;
      while (!calendar.is_open(opening))
        ++opening;
      ASSERT_EQ(calendar.next_opening(from), opening);
      Time closing = from;
      while (closing < from + 50 && calendar.is_open(closing))
        ++closing;
      ASSERT_EQ(calendar.next_closing(from), closing == from + 50 ? kNever : closing);
    }
  }
}

TEST(Calendar, OpensWhereItsSpansSay) {
  const Calendar calendar = Calendar::make(100, 24, {{8, 20}}).value();
  EXPECT_FALSE(calendar.is_open(107));
  EXPECT_TRUE(calendar.is_open(108));
  EXPECT_TRUE(calendar.is_open(119));
  EXPECT_FALSE(calendar.is_open(120));
  EXPECT_EQ(calendar.next_opening(120), 132);
}

TEST(Calendar, RefusesSpansThatMakeNoSense) {
  EXPECT_FALSE(Calendar::make(0, 0, {{0, 1}}).ok());
  EXPECT_FALSE(Calendar::make(0, 24, {}).ok());
  EXPECT_FALSE(Calendar::make(0, 24, {{5, 5}}).ok());
  EXPECT_FALSE(Calendar::make(0, 24, {{5, 25}}).ok());
  EXPECT_FALSE(Calendar::make(0, 24, {{5, 9}, {8, 10}}).ok());
  EXPECT_FALSE(Calendar::make(0, 24, {{-1, 9}}).ok());
}

}  // namespace
}  // namespace karvan::des
