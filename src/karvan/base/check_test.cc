#include "karvan/base/check.h"

#include <gtest/gtest.h>

namespace {

TEST(CheckDeathTest, SaysWhatAndWhere) {
  EXPECT_DEATH(CHECK(1 + 1 == 3), "check_test.cc:[0-9]+: CHECK failed: 1 \\+ 1 == 3");
}

TEST(Check, IsSilentAboutWhatHolds) {
  int calls = 0;
  CHECK(++calls == 1);
  EXPECT_EQ(calls, 1);
}

TEST(Dcheck, IsNotEvaluatedInRelease) {
  int calls = 0;
  DCHECK(++calls == 1);
#ifdef NDEBUG
  EXPECT_EQ(calls, 0);
#else
  EXPECT_EQ(calls, 1);
#endif
}

}  // namespace
