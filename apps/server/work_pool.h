#pragma once
// Threads that do what handlers must not do on the thread of the network, from a queue that has an
// end: who comes when it is full is told so at once, instead of waiting without hope.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace karvan::server {

class WorkPool {
 public:
  // `niceness` 0 to 19: how far these threads stand back for others.
  WorkPool(std::size_t threads, std::size_t most_waiting, int niceness);
  // Does what is begun, drops what waits.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // False if the queue is full.
  [[nodiscard]] bool submit(std::function<void()> work);
  std::size_t waiting() const;

 private:
  void serve(int niceness);

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::function<void()>> queue_;
  bool is_closed_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace karvan::server
