#pragma once
// Distribution: where the probability of a moment or of a span lies, in minutes, on an even grid.
//
// A law is laid on the grid by hats: the mass of cell k is E[hat((X - t_k) / step)]. So the sum of
// the masses and the mean are exact whatever the step, and a variance of at most step^2 / 4 is
// added (the second difference of E[(x - X)+], which has a closed form for every family of Law).
// Sums of independent spans are convolutions of masses. The base is exact to the minute, so what is
// certain stays exact: steps blur only what is uncertain. Tails beyond kTail are put into the last
// cell.
//
// Only + - * / and the mathematics of base: the same bits everywhere.

#include <span>
#include <vector>

#include "karvan/model/uncertainty.h"
#include "karvan/plan/detail/minutes.h"

namespace karvan::plan::detail {

struct Distribution {
  Minute base = 0;
  // Sums to at most 1: of cargo that is lost on the way, nothing is left.
  std::vector<double> mass{1.0};
  // The masses are points, not pieces of a curve: shares count them whole.
  bool is_atomic = true;

  Minute at(std::size_t cell, Minute step) const { return base + static_cast<Minute>(cell) * step; }
};

inline constexpr double kTail = 1e-5;

inline Distribution certain(Minute minute) {
  return {.base = minute};
}

// E[(x - X)+] and P(X <= x) for the law, in its own unit (hours, or a factor).
double area_below(const Law& law, double x);
double share_below(const Law& law, double x);

// factor x max(law, floor) hours as minutes on the grid. A law without spread is rounded to the
// nearest minute.
Distribution lay(const Law& law, double factor, Minute step, double floor = 0);
// What is left of a span of the law when one looks at a random moment within it: the wait for the
// end of a storm. Density (1 - F(x)) / mean (renewal theory: Cox 1962).
Distribution lay_rest(const Law& law, Minute step);

// 1 - share of a distribution, share of the other: an inspection that not everybody undergoes.
Distribution mixed(const Distribution& otherwise,
                   const Distribution& with,
                   double share,
                   Minute step);

// The sum of two independent spans, or of a moment and a span.
Distribution sum(const Distribution& a, const Distribution& b, Minute step);

// The same on a coarser grid.
Distribution coarsened(const Distribution& fine, Minute fine_step, Minute step);

// Adds probability at a minute: to the two cells around it, by distance.
class Scatter {
 public:
  explicit Scatter(Minute step) : step_{step} {}
  void add(Minute minute, double mass);
  Distribution take(bool is_atomic);
  bool is_empty() const { return is_empty_; }

 private:
  void make_room(std::int64_t first, std::int64_t last);
  Minute step_;
  bool is_empty_ = true;
  Minute anchor_ = 0;
  std::int64_t first_ = 0;  // cell of mass_[0], counted from the anchor
  std::vector<double> mass_;
};

double total(const Distribution& d);
// Of what arrives at all: expected minute.
double mean(const Distribution& d, Minute step);
// Probability at or before the minute. Cells of a curve are spread evenly over their step.
double share_until(const Distribution& d, double minute, Minute step);
// The minute by which a share of 1 has come; kNoMinute where less than that comes at all.
double quantile(const Distribution& d, double share, Minute step);
// E[(X - minute)+] in minutes, of what comes at all.
double mean_excess(const Distribution& d, double minute, Minute step);
// Cuts cells off both ends that hold less than kTail together, their mass into the next.
void trim(Distribution& d, Minute step);

}  // namespace karvan::plan::detail
