#pragma once
// How surely a connection is made: an additive integer that ranks ways by the probability of making
// every connection as planned, cheap enough for the inside of a search. Exact distributions of
// one way are another matter (plan/reliability).
//
// Lateness is how much later than planned cargo is ready: delay laws of the ride, border laws and
// handling laws since the last departure that had a time (services on demand wait for cargo, so
// their lateness adds up). It is kept as one second moment, E[lateness^2] = mean^2 + variance in
// minutes^2, in a few classes: a total order, so "class not higher" means "not later in law".
// A law of class k is r_k Z, where Z is logistic with mean and standard deviation 1/sqrt(2), so
// that E[Z^2] = 1. With slack s a connection is missed with probability P(Z > s / r_k), read at
// halves of s / r_k rounded down; from 2.5 r_k (1 %) slack no longer matters. So few steps because
// each is one more sailing to try and one more option to read.
//
// Everything is integer arithmetic after the laws are read, so sums come out the same in any order.

#include <cstdint>
#include <span>

#include "karvan/cost/border_of.h"
#include "karvan/cost/handling_of.h"

namespace karvan::cost {

// Minutes that a movement is late on average, and their variance.
struct Lateness {
  std::int64_t mean = 0;      // min
  std::int64_t variance = 0;  // min^2

  std::int64_t second_moment() const { return mean * mean + variance; }
  friend Lateness operator+(Lateness a, Lateness b) {
    return {.mean = a.mean + b.mean, .variance = a.variance + b.variance};
  }
  friend Lateness operator-(Lateness a, Lateness b) {
    return {.mean = a.mean - b.mean, .variance = a.variance - b.variance};
  }
  friend bool operator==(const Lateness&, const Lateness&) = default;
};

// 0: never late. Higher is later.
using SpreadClass = std::uint8_t;

// -ln(probability of making it) in ten-thousandths; adds up over connections.
using MissRisk = std::int32_t;

inline constexpr MissRisk kSurelyMissed = 69'078;  // counted as 0.1 %

class RiskBook {
 public:
  explicit RiskBook(const World& world);

  // Of a run from one call to the next over these links, scheduled to take so long. Links are late
  // independently of each other, each by the delay law of its mode and the country it begins in.
  Lateness of_run(Mode mode, std::span<const Passage> hop, Duration scheduled) const;
  // Variance (min^2) of what planners take at its mean. Steps of a border are independent.
  std::int64_t of_border(const Procedure& procedure) const;
  std::int64_t of_work(const Work& work) const;

 private:
  struct Factor {
    double excess = 0;  // mean of the law less one
    double variance = 0;
  };
  World world_;
  std::vector<Factor> general_;               // by mode
  std::vector<Column<Country, Factor>> own_;  // by mode
};

SpreadClass spread_class(std::int64_t second_moment);
// After something else that is late, independently.
SpreadClass widened(SpreadClass spread, std::int64_t second_moment);

// Of a connection with so many minutes between the plan's readiness and the last moment. Falls with
// slack, rises with the class. Negative slack is surely missed.
MissRisk miss_risk(SpreadClass spread, std::int64_t slack_minutes);

// exp(-risk): 1 for 0. Plain arithmetic, so the same on every machine.
double probability(std::int64_t risk);

}  // namespace karvan::cost
