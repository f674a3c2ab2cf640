#pragma once
// The plainest calendar there is, for oracles.

#include <algorithm>
#include <vector>

#include "karvan/base/time.h"

namespace karvan::testing {

// One bit for each minute of the horizon: the plainest calendar there is.
struct OpenMinutes {
  Instant zero;
  std::vector<bool> open;

  std::size_t index(Instant t) const {
    return static_cast<std::size_t>((t - zero) / std::chrono::minutes{1});
  }
  void set(Instant from, Instant until) {
    for (Instant t = std::max(from, zero); t < until; t += std::chrono::minutes{1}) {
      const std::size_t i = index(t);
      if (i < open.size()) open[i] = true;
    }
  }
  Instant next(Instant t) const {
    for (std::size_t i = index(t); i < open.size(); ++i) {
      if (open[i]) return zero + std::chrono::minutes{1} * i;
    }
    return kNever;
  }
  Instant done(Instant t, Duration work) const {
    if (work <= Duration::zero()) return t;
    for (std::size_t i = index(t); i < open.size(); ++i) {
      if (open[i]) work -= std::chrono::minutes{1};
      if (work <= Duration::zero()) return zero + std::chrono::minutes{1} * (i + 1);
    }
    return kNever;
  }
};

}  // namespace karvan::testing
