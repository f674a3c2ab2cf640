#include <gtest/gtest.h>

#include "simulate_experiments.h"

namespace karvan::cli {
namespace {

TEST(ParseSweep, ReadsValuesEvenlySpread) {
  const auto range = parse_sweep("vessels.aktau_class.speed_kn=8..14/4");
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(range->cells, "vessels.aktau_class.speed_kn");
  EXPECT_FALSE(range->is_factor);
  EXPECT_EQ(range->values, (std::vector<double>{8, 10, 12, 14}));
}

TEST(ParseSweep, ReadsFactorsAndConditions) {
  const auto range = parse_sweep("demand.market=TITR oil.quantity=x0.5..x1.5");
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(range->cells, "demand.market=TITR oil.quantity");
  EXPECT_TRUE(range->is_factor);
  EXPECT_EQ(range->values, (std::vector<double>{0.5, 0.75, 1, 1.25, 1.5}));
}

TEST(ParseSweep, RefusesWhatIsNoRange) {
  for (const char* text : {"", "a.b.c", "a.b.c=1", "a.b.c=1..", "a.b.c=1..2/1", "a.b.c=1..x2",
                           "a.b.c=3..3", "a.b.c=x1..y/3"})
    EXPECT_FALSE(parse_sweep(text).ok()) << text;
}

}  // namespace
}  // namespace karvan::cli
