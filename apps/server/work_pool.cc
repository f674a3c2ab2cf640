#include "work_pool.h"

#include <sys/resource.h>
#include <unistd.h>

namespace karvan::server {

WorkPool::WorkPool(std::size_t threads, std::size_t most_waiting, int niceness)
    : most_waiting_{most_waiting} {
  for (std::size_t i = 0; i < threads; ++i)
    threads_.emplace_back([this, niceness] { serve(niceness); });
}

WorkPool::~WorkPool() {
  {
    const std::scoped_lock lock{mutex_};
    is_closed_ = true;
    queue_.clear();
  }
  filled_.notify_all();
}

bool WorkPool::submit(std::function<void()> work, Flag is_unwanted) {
  {
    const std::scoped_lock lock{mutex_};
    if (is_closed_ || queue_.size() >= most_waiting_) return false;
    queue_.push_back({.work = std::move(work), .is_unwanted = std::move(is_unwanted)});
  }
  filled_.notify_one();
  return true;
}

std::size_t WorkPool::waiting() const {
  const std::scoped_lock lock{mutex_};
  return queue_.size();
}

void WorkPool::sweep() {
  std::vector<std::function<void()>> unwanted;
  {
    const std::scoped_lock lock{mutex_};
    std::erase_if(queue_, [&unwanted](Waiting& waiting) {
      if (!waiting.is_unwanted || !*waiting.is_unwanted) return false;
      unwanted.push_back(std::move(waiting.work));
      return true;
    });
  }
  for (const std::function<void()>& work : unwanted)
    work();
}

void WorkPool::serve(int niceness) {
  // On Linux niceness is a thread's own, and its children's. That it may fail changes nothing.
  if (niceness > 0)
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness));
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock{mutex_};
      filled_.wait(lock, [this] { return is_closed_ || !queue_.empty(); });
      if (is_closed_) return;
      work = std::move(queue_.front().work);
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace karvan::server
