#include "progress.h"

#include <algorithm>
#include <cmath>

#include <unistd.h>

#include "output.h"

namespace karvan::cli {

Progress::Progress(std::size_t total, bool quiet)
    : total_{total}, is_shown_{!quiet && isatty(STDERR_FILENO) != 0} {}

Progress::~Progress() {
  if (is_shown_) static_cast<void>(write_err("\r\x1b[K"));
}

void Progress::step() {
  const std::lock_guard lock{mutex_};
  ++done_;
  if (!is_shown_) return;
  const std::chrono::duration<double> span = std::chrono::steady_clock::now() - start_;
  // A terminal that cannot be written to is no reason to stop.
  static_cast<void>(write_err("\r" + line(done_, total_, span.count()) + "\x1b[K"));
}

std::string Progress::line(std::size_t done, std::size_t total, double seconds) {
  if (total == 0) return std::to_string(done) + (done == 1 ? " run" : " runs");
  constexpr std::size_t kWidth = 24;
  const std::size_t filled = std::min(kWidth, kWidth * done / total);
  std::string text = "[" + std::string(filled, '=') + (filled < kWidth ? ">" : "");
  text += std::string(kWidth - std::min(kWidth, filled + 1), ' ');
  text += "] " + std::to_string(done) + " of " + std::to_string(total) + " runs";
  if (done == 0 || done >= total) return text;
  const double left = seconds / static_cast<double>(done) * static_cast<double>(total - done);
  return text + ", " + std::to_string(std::llround(std::ceil(left))) + " s left";
}

}  // namespace karvan::cli
