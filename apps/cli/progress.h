#pragma once
// A line on a terminal that says how far a long answer has come; nothing where nobody looks.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace karvan::cli {

class Progress {
 public:
  // Silent if standard error is no terminal or `quiet`. `total` 0: not known beforehand.
  // `noun`: of what, in the plural.
  Progress(std::size_t total, bool quiet, std::string noun = "runs");
  // Clears the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more run is done; from any thread.
  void step();

  // "[=====>         ] 12 of 40 runs, 9 s left" after so many seconds; for tests.
  static std::string line(std::size_t done,
                          std::size_t total,
                          double seconds,
                          const std::string& noun = "runs");

 private:
  std::mutex mutex_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool is_shown_;
  std::string noun_;
  std::chrono::steady_clock::time_point shown_at_{};
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace karvan::cli
