#pragma once
// How sure a simulated number is: confidence intervals of means and quantiles, the cut of the
// warm-up, and the test that says when an interval must not be believed. Pure functions.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "karvan/des/statistics.h"

namespace karvan::des {

// t with P(T <= t) = p for Student's T with `freedom` degrees, by the incomplete beta function
// (DLMF 8.17.22); relative error below 1e-10. Requires 0 < p < 1, freedom >= 1.
double student_quantile(double p, double freedom);

// mean - half_width to mean + half_width covers the truth with the confidence asked for.
struct Interval {
  double mean = 0.0;
  double half_width = 0.0;
};

// Of independent, roughly normal numbers (means of replications). Absent for fewer than two.
// Requires 0 < confidence < 1.
std::optional<Interval> mean_interval(const Tally& tally, double confidence);

// Of one long run: means of batches, treated as independent (Conway 1963), with von Neumann's ratio
// as the test of that (Fishman 1978).
struct BatchMeans {
  Interval interval;
  double lag_one = 0.0;      // correlation of neighboring batches as the ratio estimates it
  bool independent = false;  // the test, one-sided at 5 %, did not refuse; else do not use it
};
// Numbers that do not fill a batch are left out at the front. Absent if a batch would be empty.
// Requires batches >= 3.
std::optional<BatchMeans> batch_means(std::span<const double> numbers,
                                      std::size_t batches,
                                      double confidence);

// MSER-5 (White 1997; White, Cobb, Spratt 2000): how many numbers at the front are warm-up. Absent
// if the run is too short to tell (the best cut lies at half the run, or fewer than 20 numbers).
std::optional<std::size_t> warm_up(std::span<const double> numbers);

// Ranks (from 1) of the two order statistics of n independent numbers that enclose the q-quantile
// with at least the confidence asked for, whatever their law (David, Nagaraja 2003, 7.1); each side
// has at most half the doubt. Absent if n is too small.
struct RankInterval {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  double coverage = 0.0;  // exact
};
std::optional<RankInterval> quantile_ranks(std::uint64_t n, double q, double confidence);

}  // namespace karvan::des
