#pragma once
// Threads that do what handlers must not do on the thread of the network, from a queue that has an
// end: who comes when it is full is told so at once, instead of waiting without hope.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace karvan::server {

class WorkPool {
 public:
  using Flag = std::shared_ptr<const std::atomic<bool>>;

  // `niceness` 0 to 19: how far these threads stand back for others.
  WorkPool(std::size_t threads, std::size_t most_waiting, int niceness);
  // Does what is begun, drops what waits.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // False if the queue is full. Work that may become unwanted while it waits looks itself whether
  // it is, and then ends at once.
  [[nodiscard]] bool submit(std::function<void()> work, Flag is_unwanted = nullptr);
  std::size_t waiting() const;
  // What is unwanted leaves the queue, in order, called on this thread.
  void sweep();

 private:
  struct Waiting {
    std::function<void()> work;
    Flag is_unwanted;
  };
  void serve(int niceness);

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Waiting> queue_;
  bool is_closed_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace karvan::server
