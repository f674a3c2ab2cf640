#pragma once
// Arena: things that come and go, by number; the number of one that went is given to the next.

#include <cstdint>
#include <vector>

namespace karvan::simulate::detail {

template <class T>
class Arena {
 public:
  // May move all others: hold numbers, not references, across it.
  std::uint32_t add(const T& thing) {
    if (free_.empty()) {
      things_.push_back(thing);
      return static_cast<std::uint32_t>(things_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    things_[index] = thing;
    return index;
  }
  // What it was can be read until the next add().
  void remove(std::uint32_t index) { free_.push_back(index); }

  // Asks for the memory of one that will be needed.
  void prefetch(std::uint32_t index) const {
    const auto* thing = reinterpret_cast<const char*>(&things_[index]);
    __builtin_prefetch(thing);
    if constexpr (sizeof(T) > 64) __builtin_prefetch(thing + 64);
  }

  T& operator[](std::uint32_t index) { return things_[index]; }
  const T& operator[](std::uint32_t index) const { return things_[index]; }

 private:
  std::vector<T> things_;
  std::vector<std::uint32_t> free_;
};

}  // namespace karvan::simulate::detail
