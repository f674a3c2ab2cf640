#pragma once
// A line on a terminal that says how far a long answer has come; nothing where nobody looks.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace karvan::cli {

class Progress {
 public:
  // Silent if standard error is no terminal or `quiet`; at most ten lines a second. `total` 0: not
  // known beforehand. `noun`: of what, in the plural.
  Progress(std::size_t total, bool quiet, std::string noun = "runs");
  // Clears the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more run is done, or a part of one; from any thread.
  void step(double runs = 1);

  // "[=====>         ] 12 of 40 runs, 9 s left" after so many seconds; for tests.
  static std::string line(double done,
                          std::size_t total,
                          double seconds,
                          const std::string& noun = "runs");

 private:
  std::mutex mutex_;
  std::size_t total_;
  double done_ = 0;
  bool is_shown_;
  std::string noun_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point shown_{};  // when the line was written last
};

}  // namespace karvan::cli
