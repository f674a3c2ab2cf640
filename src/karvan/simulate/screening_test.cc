#include "karvan/simulate/screening.h"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

namespace karvan::simulate {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

std::vector<Effect> screened(std::size_t inputs, std::size_t walks, const Function& f) {
  const std::vector<Trajectory> trajectories = morris_trajectories(inputs, walks, 7);
  std::vector<std::vector<double>> outcomes;
  for (const Trajectory& walk : trajectories) {
    outcomes.emplace_back();
    for (const std::vector<double>& point : walk.points)
      outcomes.back().push_back(f(point));
  }
  return elementary_effects(trajectories, outcomes);
}

TEST(MorrisTrajectories, MoveEveryInputOnceOnTheGrid) {
  for (const Trajectory& walk : morris_trajectories(9, 20, 3)) {
    ASSERT_EQ(walk.points.size(), 10U);
    std::vector<int> moved(9);
    for (std::size_t i = 0; i < 9; ++i) {
      ++moved[walk.moved[i]];
      for (std::size_t k = 0; k < 9; ++k) {
        const double step = std::abs(walk.points[i + 1][k] - walk.points[i][k]);
        EXPECT_NEAR(step, k == walk.moved[i] ? 2.0 / 3.0 : 0.0, 1e-12);
        EXPECT_NEAR(std::remainder(walk.points[i][k], 1.0 / 3.0), 0.0, 1e-12);
        EXPECT_TRUE(walk.points[i][k] > -1e-12 && walk.points[i][k] < 1 + 1e-12);
      }
    }
    EXPECT_EQ(moved, std::vector<int>(9, 1));
  }
}

TEST(MorrisTrajectories, StayTheSameWhenMoreAreAsked) {
  EXPECT_EQ(morris_trajectories(4, 2, 5)[1].points, morris_trajectories(4, 6, 5)[1].points);
  EXPECT_NE(morris_trajectories(4, 2, 5)[1].points, morris_trajectories(4, 2, 6)[1].points);
}

TEST(ElementaryEffects, AreTheSlopesOfALine) {
  const auto effects =
      screened(3, 5, [](const std::vector<double>& x) { return 4 * x[0] - 2 * x[1] + 10; });
  const double expected[] = {4, -2, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(effects[i].mu, expected[i], 1e-12);
    EXPECT_NEAR(effects[i].mu_star, std::abs(expected[i]), 1e-12);
    EXPECT_NEAR(effects[i].sigma, 0, 1e-12);
  }
}

// A valley: up from 0 to 2/3 gives (1/36 - 9/36) / (2/3) = -1/3, up from 1/3 to 1 gives +1/3. The
// mean cancels, the mean of sizes does not: why Campolongo et al. rank by it.
TEST(ElementaryEffects, OfAValleyDoNotCancelInMuStar) {
  const auto effects =
      screened(1, 40, [](const std::vector<double>& x) { return (x[0] - 0.5) * (x[0] - 0.5); });
  EXPECT_NEAR(effects[0].mu_star, 1.0 / 3.0, 1e-12);
  EXPECT_LT(std::abs(effects[0].mu), 0.2);
  EXPECT_GT(effects[0].sigma, 0.3);
}

// Of a product the effect of one input is where the other stands: mean 1/2 over the grid.
TEST(ElementaryEffects, OfAProductTellInteraction) {
  const auto effects = screened(2, 4000, [](const std::vector<double>& x) { return x[0] * x[1]; });
  for (const Effect& effect : effects) {
    EXPECT_NEAR(effect.mu_star, 0.5, 0.03);
    EXPECT_NEAR(effect.sigma, std::sqrt(5.0 / 36.0), 0.02);  // variance of 0, 1/3, 2/3, 1
  }
}

}  // namespace
}  // namespace karvan::simulate
