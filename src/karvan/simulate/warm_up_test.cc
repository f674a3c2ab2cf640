#include "karvan/simulate/warm_up.h"

#include <gtest/gtest.h>

namespace karvan::simulate {
namespace {

// Alternates around its level, so that only the start stands out: 30 days of filling, then 170.
std::vector<double> settling() {
  std::vector<double> series;
  for (int day = 0; day < 200; ++day)
    series.push_back((day < 30 ? 100.0 * day / 30 : 100.0) + (day % 2 == 0 ? 1 : -1));
  return series;
}

std::vector<double> growing() {
  std::vector<double> series;
  for (int day = 0; day < 200; ++day)
    series.push_back(day);
  return series;
}

// By hand: batches of five days 0..5 lie at 6.7, 23.3, 40, 56.7, 73.3, 90, the others at 100
// (within the ripple of 0.2); leaving all six out makes the spread of what is kept least: 30 days.
TEST(WarmUpDays, AreTheFillingOfARampThatEnds) {
  EXPECT_EQ(warm_up_days({{{"ramp", settling()}}}), 30);
}

TEST(WarmUpDays, AreRefusedWhereEverythingGrows) {
  EXPECT_EQ(warm_up_days({{{"queue", growing()}}}), std::nullopt);
  EXPECT_EQ(warm_ups({{{"queue", growing()}}})[0].days, std::nullopt);
}

TEST(WarmUpDays, TakeTheMarketsThatSettleIfTheyAreMost) {
  std::vector<double> large = settling();
  for (double& value : large)
    value *= 100;
  EXPECT_EQ(warm_up_days({{{"queue", growing()}, {"ramp", large}}}), 30);
}

}  // namespace
}  // namespace karvan::simulate
