#pragma once
// Screening: which of many inputs move an outcome, by elementary effects (Morris 1991), ranked by
// the mean of their absolute values (Campolongo, Cariboni, Saltelli 2007). Inputs lie in 0..1; who
// asks says what that means. Pure functions.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace karvan::simulate {

// A walk through the unit cube that moves every input once: one more point than there are inputs.
struct Trajectory {
  std::vector<std::vector<double>> points;
  std::vector<std::size_t> moved;  // the input that point i + 1 moves, up or down by two thirds
};

// Walks on the grid 0, 1/3, 2/3, 1, each from a random corner in a random order. The first walks
// stay the same when more are asked for.
std::vector<Trajectory> morris_trajectories(std::size_t inputs,
                                            std::size_t count,
                                            std::uint64_t seed);

// Of one input over its whole range, in units of the outcome.
struct Effect {
  double mu = 0;       // mean of the elementary effects: the direction, if they agree
  double mu_star = 0;  // mean of their absolute values: how much it matters
  double sigma = 0;    // their deviation: how far that depends on the other inputs, and on chance
};
// `outcomes[t][i]` belongs to point i of trajectory t. Requires the sizes of `trajectories`.
std::vector<Effect> elementary_effects(std::span<const Trajectory> trajectories,
                                       std::span<const std::vector<double>> outcomes);

}  // namespace karvan::simulate
