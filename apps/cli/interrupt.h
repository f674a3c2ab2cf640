#pragma once
// Ctrl-C during a long answer: the work is asked to stop and says so, instead of being killed in
// the middle of it.

#include <atomic>

namespace karvan::cli {

inline constexpr int kStopped = 130;  // the exit status, as a shell would say

// While one lives, SIGINT and SIGTERM set its flag; a second signal kills as ever. One at a time.
// What else must stop the work sets it too.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // What long work looks at.
  static const std::atomic<bool>* flag();
  static bool is_set();

  enum class Cause { kNone, kSignal, kTime };
  static void set(Cause cause);
  static Cause cause();
};

}  // namespace karvan::cli
