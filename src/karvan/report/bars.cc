#include "karvan/report/bars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace karvan::report {
namespace {

constexpr std::array<std::string_view, 9> kBlocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 9> kPlain{" ", ".", ":", "-", "=", "+", "*", "#", "@"};

}  // namespace

std::string bar(double share, int width, const Style& style) {
  const int filled = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * width));
  std::string text;
  for (int i = 0; i < filled; ++i)
    text += style.colored() ? "█" : "#";
  return text;
}

std::string sparkline(std::span<const double> values, int width, const Style& style) {
  const std::size_t shown = std::min(values.size(), static_cast<std::size_t>(std::max(width, 0)));
  std::vector<double> means;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t from = i * values.size() / shown;
    const std::size_t until = (i + 1) * values.size() / shown;
    double sum = 0;
    for (const double value : values.subspan(from, until - from))
      sum += value;
    means.push_back(sum / static_cast<double>(until - from));
  }
  const double greatest = means.empty() ? 0.0 : std::ranges::max(means);
  std::string text;
  for (const double mean : means) {
    const double share = greatest > 0 ? std::clamp(mean / greatest, 0.0, 1.0) : 0.0;
    const auto level = static_cast<std::size_t>(std::ceil(share * 8 - 1e-9));
    text += style.colored() ? kBlocks[level] : kPlain[level];
  }
  return text;
}

}  // namespace karvan::report
