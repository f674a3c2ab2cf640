#pragma once
// A flag by which somebody outside says that an answer is wanted no longer. Null: nobody can.

#include <atomic>

namespace karvan::plan::detail {

inline bool is_set(const std::atomic<bool>* stop) {
  return stop != nullptr && stop->load(std::memory_order_relaxed);
}

}  // namespace karvan::plan::detail
