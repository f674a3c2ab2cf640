#pragma once
// What many runs of a replay tell together.

#include <cstddef>
#include <optional>
#include <vector>

#include "karvan/choice/replay.h"

namespace karvan::choice {

// When the same thing happened in each run, if it did.
class Moments {
 public:
  explicit Moments(const std::vector<std::optional<Instant>>& runs);

  // By when it had happened in a share of all runs (nearest rank); nothing if in fewer it ever did.
  std::optional<Instant> by(double share) const;
  // In how many runs it happened; by a moment.
  std::size_t count() const { return sorted_.size(); }
  std::size_t until(Instant moment) const;

 private:
  std::vector<Instant> sorted_;
  std::size_t runs_;
};

struct Replayed {
  Itinerary option;
  std::optional<Instant> deadline;
  std::vector<Replay::Outcome> runs;

  Moments arrivals() const;
  Moments loadings(std::size_t leg) const;
  Moments unloadings(std::size_t leg) const;
  // Of a tonne, over the runs in which all of it arrived.
  simulate::ByActivity<double> mean_hours() const;
};

// From the day on which the option leaves until 60 days after it should be there, for what comes
// late.
int replay_days(const Itinerary& option);

}  // namespace karvan::choice
