#include "karvan/report/bars.h"

#include <array>

#include <gtest/gtest.h>

namespace karvan::report {
namespace {

TEST(Bar, IsAsLongAsItsShare) {
  EXPECT_EQ(bar(0.5, 10, Style{}), "#####");
  EXPECT_EQ(bar(0, 10, Style{}), "");
  EXPECT_EQ(bar(7, 3, Style{true}), "███");
}

TEST(Sparkline, GoesFromNothingToTheGreatest) {
  const std::array values{0.0, 1.0, 4.0, 8.0};
  EXPECT_EQ(sparkline(values, 10, Style{}), " .=@");
  EXPECT_EQ(sparkline(values, 10, Style{true}), " ▁▄█");
}

TEST(Sparkline, TakesMeansWhereItIsNarrow) {
  const std::array values{0.0, 2.0, 8.0, 8.0};
  EXPECT_EQ(sparkline(values, 2, Style{}), ".@");
  EXPECT_EQ(sparkline({}, 5, Style{}), "");
}

}  // namespace
}  // namespace karvan::report
