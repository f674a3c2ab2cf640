// Goal: the line says what is done and what is left, and never more than that.

#include "progress.h"

#include <gtest/gtest.h>

namespace karvan::cli {
namespace {

TEST(Progress, TellsWhatIsDoneAndLeft) {
  EXPECT_EQ(Progress::line(10, 40, 3.0), "[======>                 ] 10 of 40 runs, 9 s left");
  EXPECT_EQ(Progress::line(40, 40, 12.0), "[========================] 40 of 40 runs");
  EXPECT_EQ(Progress::line(0, 40, 0.1), "[>                       ] 0 of 40 runs");
}

TEST(Progress, OnlyCountsWhereTheEndIsNotKnown) {
  EXPECT_EQ(Progress::line(8, 0, 3.0), "8 runs");
}

}  // namespace
}  // namespace karvan::cli
