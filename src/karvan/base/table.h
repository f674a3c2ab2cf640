#pragma once
// Id<T> is a row number in Table<T>; Column<T, V> holds one value per row of Table<T>.
// An Id has no arithmetic and no implicit construction; a Column opens to no other key. A default
// Id is invalid and marks "none" where an optional would cost too much.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <utility>
#include <vector>

#include "karvan/base/check.h"

namespace karvan {

template <class T>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_{static_cast<std::uint32_t>(index)} {
    DCHECK(index < kNone);
  }

  constexpr std::size_t index() const { return index_; }
  constexpr bool valid() const { return index_ != kNone; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t index_ = kNone;
};

template <class Row, class V>
class Column {
 public:
  Column() = default;
  explicit Column(std::size_t size, const V& value = {}) : values_(size, value) {}

  V& operator[](Id<Row> id) {
    DCHECK(contains(id));
    return values_[id.index()];
  }
  const V& operator[](Id<Row> id) const {
    DCHECK(contains(id));
    return values_[id.index()];
  }
  Id<Row> push_back(V value) {
    values_.push_back(std::move(value));
    return Id<Row>{values_.size() - 1};
  }

  bool contains(Id<Row> id) const { return id.index() < values_.size(); }

  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }
  void reserve(std::size_t size) { values_.reserve(size); }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }
  // Every key of this column, in order.
  auto ids() const {
    return std::views::iota(std::size_t{0}, values_.size()) |
           std::views::transform([](std::size_t i) { return Id<Row>{i}; });
  }

  friend bool operator==(const Column&, const Column&) = default;

 private:
  std::vector<V> values_;
};

template <class Row>
using Table = Column<Row, Row>;

}  // namespace karvan
