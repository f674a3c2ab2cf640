#include "karvan/simulate/screening.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "karvan/base/check.h"
#include "karvan/base/random.h"
#include "karvan/des/statistics.h"

namespace karvan::simulate {
namespace {

// Morris's choice for four levels: p / (2 (p - 1)), which makes all levels equally likely.
constexpr double kStep = 2.0 / 3.0;

}  // namespace

std::vector<Trajectory> morris_trajectories(std::size_t inputs,
                                            std::size_t count,
                                            std::uint64_t seed) {
  RandomStream chance{seed, "screening"};
  std::vector<Trajectory> walks(count);
  for (Trajectory& walk : walks) {
    std::vector<double> at(inputs);
    std::vector<double> step(inputs);
    for (std::size_t i = 0; i < inputs; ++i) {
      const bool goes_up = chance.bernoulli(0.5);
      const double low = chance.bernoulli(0.5) ? 1.0 / 3.0 : 0.0;
      at[i] = goes_up ? low : low + kStep;
      step[i] = goes_up ? kStep : -kStep;
    }
    walk.moved.resize(inputs);
    std::iota(walk.moved.begin(), walk.moved.end(), std::size_t{0});
    for (std::size_t i = inputs; i > 1; --i) {
      const auto other =
          static_cast<std::size_t>(chance.uniform_int(0, static_cast<std::int64_t>(i) - 1));
      std::swap(walk.moved[i - 1], walk.moved[other]);
    }
    walk.points.push_back(at);
    for (const std::size_t input : walk.moved) {
      at[input] += step[input];
      walk.points.push_back(at);
    }
  }
  return walks;
}

std::vector<Effect> elementary_effects(std::span<const Trajectory> trajectories,
                                       std::span<const std::vector<double>> outcomes) {
  CHECK(trajectories.size() == outcomes.size() && !trajectories.empty());
  const std::size_t inputs = trajectories.front().moved.size();
  std::vector<des::Tally> signed_effects(inputs);
  std::vector<des::Tally> sizes(inputs);
  for (std::size_t t = 0; t < trajectories.size(); ++t) {
    const Trajectory& walk = trajectories[t];
    CHECK(outcomes[t].size() == walk.points.size());
    for (std::size_t i = 0; i < walk.moved.size(); ++i) {
      const std::size_t input = walk.moved[i];
      const double moved = walk.points[i + 1][input] - walk.points[i][input];
      const double effect = (outcomes[t][i + 1] - outcomes[t][i]) / moved;
      signed_effects[input].add(effect);
      sizes[input].add(std::abs(effect));
    }
  }
  std::vector<Effect> effects;
  for (std::size_t i = 0; i < inputs; ++i) {
    effects.push_back({.mu = signed_effects[i].mean(),
                       .mu_star = sizes[i].mean(),
                       .sigma = signed_effects[i].deviation()});
  }
  return effects;
}

}  // namespace karvan::simulate
