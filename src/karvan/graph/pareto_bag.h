#pragma once
// ParetoBag: points of K numbers, all to be small, each with a tag; asks whether some point is as
// good as another in every number. Columns lie side by side (structure of arrays), so that the
// question is one pass over K short runs of integers.
//
// Made for searches whose labels come nearly in the order of the first number (Pulido, Mandow,
// Perez de la Cruz 2015: dimension reduction of dominance): a newcomer drops those that it covers
// in all numbers but the first, because it covers what they would for all that comes after it.
// Dropping weakens later answers about points that come out of order; it never makes one wrong.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace karvan::graph {

template <std::size_t K>
class ParetoBag {
 public:
  using Point = std::array<std::int64_t, K>;
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  std::size_t size() const { return tags_.size(); }
  std::uint32_t tag(std::size_t i) const { return tags_[i]; }
  std::int64_t at(std::size_t i, std::size_t k) const { return columns_[k][i]; }

  // The first entry at or after `from` that is as good as the point in all or better; else kNone.
  std::size_t find(const Point& point, std::size_t from = 0) const {
    for (std::size_t i = from; i < tags_.size(); ++i) {
      if (is_covered(point, i)) return i;
    }
    return kNone;
  }

  void insert(const Point& point, std::uint32_t tag) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      bool is_dropped = true;
      for (std::size_t k = 1; k < K; ++k)
        is_dropped = is_dropped && point[k] <= columns_[k][i];
      if (is_dropped) continue;
      for (std::size_t k = 0; k < K; ++k)
        columns_[k][kept] = columns_[k][i];
      tags_[kept++] = tags_[i];
    }
    tags_.resize(kept);
    tags_.push_back(tag);
    for (std::size_t k = 0; k < K; ++k) {
      columns_[k].resize(kept);
      columns_[k].push_back(point[k]);
    }
  }

 private:
  // The first number comes last: where points come in its order, it says the least.
  bool is_covered(const Point& point, std::size_t i) const {
    for (std::size_t k = 1; k < K; ++k) {
      if (columns_[k][i] > point[k]) return false;
    }
    return columns_[0][i] <= point[0];
  }

  std::array<std::vector<std::int64_t>, K> columns_;
  std::vector<std::uint32_t> tags_;
};

}  // namespace karvan::graph
