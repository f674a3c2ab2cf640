#include "progress.h"

#include <algorithm>
#include <cmath>

#include <unistd.h>

#include "output.h"

namespace karvan::cli {

Progress::Progress(std::size_t total, bool quiet, std::string noun)
    : total_{total}, is_shown_{!quiet && isatty(STDERR_FILENO) != 0}, noun_{std::move(noun)} {}

Progress::~Progress() {
  if (is_shown_) static_cast<void>(write_err("\r\x1b[K"));
}

void Progress::step(double runs) {
  const std::lock_guard lock{mutex_};
  done_ += runs;
  if (!is_shown_) return;
  const auto now = std::chrono::steady_clock::now();
  // Parts of runs come faster than anybody reads.
  if (now - shown_ < std::chrono::milliseconds{100}) return;
  shown_ = now;
  const std::chrono::duration<double> span = now - start_;
  // A terminal that cannot be written to is no reason to stop.
  static_cast<void>(write_err("\r" + line(done_, total_, span.count(), noun_) + "\x1b[K"));
}

std::string Progress::line(double done,
                           std::size_t total,
                           double seconds,
                           const std::string& noun) {
  // Shares of a run that are added up miss whole numbers by a hair.
  const auto whole = static_cast<std::size_t>(done + 1e-6);
  const auto counted = [&noun](std::size_t n) {
    return n == 1 ? noun.substr(0, noun.size() - 1) : noun;
  };
  if (total == 0) return std::to_string(whole) + " " + counted(whole);
  const auto all = static_cast<double>(total);
  constexpr std::size_t kWidth = 24;
  const auto filled = std::min(kWidth, static_cast<std::size_t>(kWidth * (done + 1e-6) / all));
  std::string text = "[" + std::string(filled, '=') + (filled < kWidth ? ">" : "");
  text += std::string(kWidth - std::min(kWidth, filled + 1), ' ');
  text += "] " + std::to_string(whole) + " of " + std::to_string(total) + " " + counted(total);
  if (done <= 0 || whole >= total) return text;
  const double left = seconds / done * (all - done);
  return text + ", " + std::to_string(std::llround(std::ceil(left))) + " s left";
}

}  // namespace karvan::cli
