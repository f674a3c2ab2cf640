#pragma once
// Arena: things that come and go, by number; the number of one that went is given to the next.

#include <cstdint>
#include <utility>
#include <vector>

namespace karvan::simulate::detail {

template <class T>
class Arena {
 public:
  // May move all others: hold numbers, not references, across it.
  std::uint32_t add(T thing) {
    if (free_.empty()) {
      things_.push_back(std::move(thing));
      return static_cast<std::uint32_t>(things_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    things_[index] = std::move(thing);
    return index;
  }
  // What it was can be read until the next add().
  void remove(std::uint32_t index) { free_.push_back(index); }

  T& operator[](std::uint32_t index) { return things_[index]; }
  const T& operator[](std::uint32_t index) const { return things_[index]; }

 private:
  std::vector<T> things_;
  std::vector<std::uint32_t> free_;
};

}  // namespace karvan::simulate::detail
