#include "threads.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace karvan::cli {

simulate::ForEach threads_of(int wanted) {
  const unsigned count = wanted > 0 ? static_cast<unsigned>(wanted)
                                    : std::max(1U, std::thread::hardware_concurrency());
  return [count](std::size_t n, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
      for (std::size_t i = next++; i < n; i = next++)
        work(i);
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < count && i < n; ++i)
      others.emplace_back(take);
    take();
  };
}

}  // namespace karvan::cli
