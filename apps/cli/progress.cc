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

void Progress::step() {
  const std::lock_guard lock{mutex_};
  ++done_;
  if (!is_shown_) return;
  const auto now = std::chrono::steady_clock::now();
  // Short steps come faster than anybody reads.
  if (now - shown_at_ < std::chrono::milliseconds{50} && done_ < total_) return;
  shown_at_ = now;
  const std::chrono::duration<double> span = now - start_;
  // A terminal that cannot be written to is no reason to stop.
  static_cast<void>(write_err("\r" + line(done_, total_, span.count(), noun_) + "\x1b[K"));
}

std::string Progress::line(std::size_t done,
                           std::size_t total,
                           double seconds,
                           const std::string& noun) {
  if (total == 0)
    return std::to_string(done) + " " + (done == 1 ? noun.substr(0, noun.size() - 1) : noun);
  constexpr std::size_t kWidth = 24;
  const std::size_t filled = std::min(kWidth, kWidth * done / total);
  std::string text = "[" + std::string(filled, '=') + (filled < kWidth ? ">" : "");
  text += std::string(kWidth - std::min(kWidth, filled + 1), ' ');
  text += "] " + std::to_string(done) + " of " + std::to_string(total) + " " + noun;
  if (done == 0 || done >= total) return text;
  const double left = seconds / static_cast<double>(done) * static_cast<double>(total - done);
  return text + ", " + std::to_string(std::llround(std::ceil(left))) + " s left";
}

}  // namespace karvan::cli
