#include "karvan/choice/replayed.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace karvan::choice {
namespace {

constexpr int kDaysBeyond = 60;

template <class Pick>
Moments moments_of(const std::vector<Replay::Outcome>& runs, Pick&& pick) {
  std::vector<std::optional<Instant>> moments;
  moments.reserve(runs.size());
  for (const Replay::Outcome& run : runs)
    moments.push_back(pick(run));
  return Moments{moments};
}

}  // namespace

Moments::Moments(const std::vector<std::optional<Instant>>& runs) : runs_{runs.size()} {
  for (const std::optional<Instant>& moment : runs)
    if (moment) sorted_.push_back(*moment);
  std::ranges::sort(sorted_);
}

std::optional<Instant> Moments::by(double share) const {
  const auto rank =
      static_cast<std::size_t>(std::max(1.0, std::ceil(share * static_cast<double>(runs_))));
  if (rank > sorted_.size()) return std::nullopt;
  return sorted_[rank - 1];
}

std::size_t Moments::until(Instant moment) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(sorted_, moment) - sorted_.begin());
}

Moments Replayed::arrivals() const {
  return moments_of(runs, [](const Replay::Outcome& run) { return run.arrived; });
}
Moments Replayed::loadings(std::size_t leg) const {
  return moments_of(runs, [leg](const Replay::Outcome& run) { return run.legs[leg].loaded; });
}
Moments Replayed::unloadings(std::size_t leg) const {
  return moments_of(runs, [leg](const Replay::Outcome& run) { return run.legs[leg].unloaded; });
}

simulate::ByActivity<double> Replayed::mean_hours() const {
  simulate::ByActivity<double> mean{};
  const auto n = static_cast<double>(std::max<std::size_t>(1, arrivals().count()));
  for (const Replay::Outcome& run : runs) {
    if (!run.arrived) continue;
    for (std::size_t a = 0; a < simulate::kActivities; ++a)
      mean[a] += run.hours[a] / n;
  }
  return mean;
}

int replay_days(const Itinerary& option) {
  const Date first = std::chrono::floor<std::chrono::days>(option.depart);
  const auto days = std::chrono::ceil<std::chrono::days>(option.arrive - first);
  return static_cast<int>(days.count()) + kDaysBeyond;
}

}  // namespace karvan::choice
