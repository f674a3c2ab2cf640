#pragma once
// What a run remembers of many numbers in little memory: Tally (mean, spread), LevelTally (a level
// over time), Histogram (quantiles of waits). All can be merged; merging in a fixed order gives the
// same bits whatever ran where. Intervals and tests stand in intervals.h.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/des/clock.h"

namespace karvan::des {

// Sums of level times ticks need more than 64 bits.
__extension__ typedef __int128 WideInt;

// Count, mean, variance and range of numbers, in one pass (Welford 1962), merged after Chan, Golub,
// LeVeque 1979. No cancellation: good for large means with small spread.
class Tally {
 public:
  void add(double x) {
    ++count_;
    const double step = x - mean_;
    mean_ += step / static_cast<double>(count_);
    squares_ += step * (x - mean_);
    least_ = std::min(least_, x);
    greatest_ = std::max(greatest_, x);
  }
  void merge(const Tally& other);

  std::uint64_t count() const { return count_; }
  // 0 while nothing was added.
  double mean() const { return mean_; }
  // With n-1 below; 0 for fewer than two numbers.
  double variance() const { return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1); }
  double deviation() const;
  double least() const { return least_; }        // +infinity while nothing was added
  double greatest() const { return greatest_; }  // -infinity while nothing was added

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
  double least_ = std::numeric_limits<double>::infinity();
  double greatest_ = -std::numeric_limits<double>::infinity();
};

// A whole-numbered level that changes at instants: queue length, units busy, wagons in a yard. The
// sum is exact, so laws that relate sums (Little's) hold to the last unit.
class LevelTally {
 public:
  explicit LevelTally(Time start = 0, std::int64_t level = 0)
      : start_{start}, since_{start}, level_{level}, greatest_{level} {}

  // Requires now >= the last instant given.
  void set(Time now, std::int64_t level) {
    DCHECK(now >= since_);
    area_ += WideInt{level_} * (now - since_);
    since_ = now;
    level_ = level;
    greatest_ = std::max(greatest_, level);
  }
  void change(Time now, std::int64_t by) { set(now, level_ + by); }
  // Forgets all before now: the end of the warm-up.
  void restart(Time now) { *this = LevelTally{now, level_}; }

  std::int64_t level() const { return level_; }
  std::int64_t greatest() const { return greatest_; }
  // Sum of level times ticks from the start to now.
  WideInt area(Time now) const { return area_ + WideInt{level_} * (now - since_); }
  // Averaged over time up to now; the level itself if no time has passed.
  double mean(Time now) const;

 private:
  WideInt area_ = 0;
  Time start_;
  Time since_;
  std::int64_t level_;
  std::int64_t greatest_;
};

// Counts of spans in cells of bounded relative width (Tene's HDR histogram): exact below 256 ticks,
// above that each power of two has 128 cells, so a quantile is within 0.4 % of an observed value of
// that rank. At most 7424 cells, grown as needed. Merging adds counts, so it is exact in any order.
class Histogram {
 public:
  // Spans below 0 count as 0.
  void add(Time span, std::uint64_t times = 1) {
    const std::size_t cell = cell_of(span < 0 ? 0 : static_cast<std::uint64_t>(span));
    if (cell >= cells_.size()) [[unlikely]]
      cells_.resize(cell + 1);
    cells_[cell] += times;
    count_ += times;
  }
  void merge(const Histogram& other);

  std::uint64_t count() const { return count_; }
  // The middle of the cell that holds the value of rank ceil(q n), 0 <= q <= 1; 0 if empty.
  Time quantile(double q) const;

 private:
  static constexpr unsigned kBits = 7;
  // Below 2^(bits+1) a cell is one tick; above, the highest bits+1 bits name the cell.
  static std::size_t cell_of(std::uint64_t span) {
    const auto width = static_cast<unsigned>(std::bit_width(span));
    if (width <= kBits + 1) return static_cast<std::size_t>(span);
    const unsigned shift = width - (kBits + 1);
    return static_cast<std::size_t>((std::uint64_t{shift} << kBits) + (span >> shift));
  }
  static std::uint64_t middle_of(std::size_t cell);

  std::vector<std::uint64_t> cells_;
  std::uint64_t count_ = 0;
};

}  // namespace karvan::des
