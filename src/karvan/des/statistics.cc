#include "karvan/des/statistics.h"

#include <cmath>

namespace karvan::des {

void Tally::merge(const Tally& other) {
  if (other.count_ == 0) return;
  const auto ours = static_cast<double>(count_);
  const auto theirs = static_cast<double>(other.count_);
  const double step = other.mean_ - mean_;
  count_ += other.count_;
  mean_ += step * (theirs / (ours + theirs));
  squares_ += other.squares_ + step * step * (ours * theirs / (ours + theirs));
  least_ = std::min(least_, other.least_);
  greatest_ = std::max(greatest_, other.greatest_);
}

double Tally::deviation() const {
  return std::sqrt(variance());
}

double LevelTally::mean(Time now) const {
  const Time span = now - start_;
  if (span <= 0) return static_cast<double>(level_);
  return static_cast<double>(area(now)) / static_cast<double>(span);
}

std::uint64_t Histogram::middle_of(std::size_t cell) {
  constexpr std::size_t kExact = std::size_t{1} << (kBits + 1);
  if (cell < kExact) return cell;
  const std::size_t shift = (cell >> kBits) - 1;
  const std::uint64_t head = cell - (shift << kBits);
  return (head << shift) + (std::uint64_t{1} << (shift - 1));
}

void Histogram::merge(const Histogram& other) {
  if (other.cells_.size() > cells_.size()) cells_.resize(other.cells_.size());
  for (std::size_t i = 0; i < other.cells_.size(); ++i)
    cells_[i] += other.cells_[i];
  count_ += other.count_;
}

Time Histogram::quantile(double q) const {
  DCHECK(0.0 <= q && q <= 1.0);
  if (count_ == 0) return 0;
  const auto rank = static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_)));
  const std::uint64_t wanted = std::clamp(rank, std::uint64_t{1}, count_);
  std::uint64_t seen = 0;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    seen += cells_[cell];
    if (seen >= wanted) return static_cast<Time>(middle_of(cell));
  }
  CHECK(seen >= wanted);
  return 0;
}

}  // namespace karvan::des
