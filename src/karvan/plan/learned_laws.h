#pragma once
// Laws of running times learned from what was seen: executed legs, or the log of a simulation. A
// movement is counted from loading to unloading, so the law of a leg holds the borders on it too.

#include <vector>

#include "karvan/model/movement_seen.h"
#include "karvan/model/world.h"

namespace karvan::plan {

struct LearnedLaw {
  Id<Service> service;
  int from_sequence = 0;
  int to_sequence = 0;
  std::size_t seen = 0;  // movements behind it
  Law hours;             // lognormal of their mean and coefficient of variation
};

struct LearnedLaws {
  std::vector<LearnedLaw> laws;  // by service, then calls
  // Legs with too few movements to say anything: `seen` tells how many; `hours` is empty. For these
  // the data's laws go on to hold.
  std::vector<LearnedLaw> refused;
};

inline constexpr std::size_t kMovementsMin = 30;

// The order of the movements does not matter. A leg with fewer than `movements_min` (2 or more) is
// refused; at 30 the mean is known to 18 % of the standard deviation.
LearnedLaws learn(std::vector<MovementSeen> movements, std::size_t movements_min = kMovementsMin);

}  // namespace karvan::plan
