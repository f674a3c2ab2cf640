#include "karvan/report/plan_chart.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

constexpr int kChartWidth = 84;   // of the field
constexpr int kHeight = 18;       // rows
constexpr int kChartMargin = 12;  // before the field: figures and axis
constexpr int kTicksMax = 6;      // on an axis

double value_of(const Itinerary& itinerary, Criterion criterion) {
  switch (criterion) {
    case Criterion::kArrival:
      return to_hours(itinerary.arrive - itinerary.depart).value() / 24;
    case Criterion::kCost:
      return itinerary.cost.value();
    case Criterion::kCo2e:
      return itinerary.co2e.value() / 1000;
    case Criterion::kRisk:
      return 100 * (1 - itinerary.probability);
  }
  return 0;
}

std::string_view axis_text(Criterion criterion) {
  switch (criterion) {
    case Criterion::kArrival:
      return "days on the way";
    case Criterion::kCost:
      return "USD";
    case Criterion::kCo2e:
      return "t CO2e";
    case Criterion::kRisk:
      return "% at risk";
  }
  return "";
}

// A range with round ends around some values, and the step of its ticks: 1, 2 or 5 times a power
// of ten.
struct Scale {
  double low = 0;
  double high = 1;
  double step = 1;

  explicit Scale(const std::vector<double>& values) {
    const auto [least, most] = std::ranges::minmax(values);
    const double spread = std::max(most - least, std::max(std::abs(most), 1.0) * 1e-3);
    const double power = std::pow(10.0, std::floor(std::log10(spread / kTicksMax)));
    step = power;
    for (const double factor : {2.0, 5.0, 10.0}) {
      if (spread / step <= kTicksMax - 1) break;
      step = power * factor;
    }
    low = std::floor(least / step) * step;
    high = std::ceil(most / step + 1e-9) * step;
  }

  int cell(double value, int cells) const {
    return std::clamp(static_cast<int>(std::lround((value - low) / (high - low) * (cells - 1))), 0,
                      cells - 1);
  }
  std::string text(double value) const {
    const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 6);
    return with_thousands(value, decimals);
  }
  std::vector<double> ticks() const {
    std::vector<double> all;
    for (int i = 0; low + step * i <= high + step / 2; ++i)
      all.push_back(low + step * i);
    return all;
  }
};

struct Point {
  int column = 0;
  int row = 0;  // 0 at the top
  std::string mark;
  bool is_told = false;
};

class Field {
 public:
  explicit Field(const Style& style)
      : style_{style}, cells_(kHeight, std::vector<std::string>(kChartWidth, " ")) {}

  // What is told is put where it belongs or, where another number stands, right of it.
  void put(const Point& point) {
    std::vector<std::string>& row = cells_[static_cast<std::size_t>(point.row)];
    const auto width = static_cast<int>(point.mark.size());
    for (int shift = 0; shift < kChartWidth; ++shift) {
      const int at = std::min(point.column + shift, kChartWidth - width);
      if (!is_free(row, at, width, point.is_told)) {
        if (!point.is_told) return;
        continue;
      }
      for (int i = 0; i < width; ++i) {
        const std::string letter{point.mark[static_cast<std::size_t>(i)]};
        row[static_cast<std::size_t>(at + i)] = point.is_told ? style_.bold(letter) : letter;
      }
      return;
    }
  }

  std::string line(int row) const {
    std::string text;
    for (const std::string& cell : cells_[static_cast<std::size_t>(row)])
      text += cell;
    return text.substr(0, text.find_last_not_of(' ') + 1);
  }

 private:
  // Numbers keep a blank between them, so that 1 and 2 are not read as 12.
  static bool is_free(const std::vector<std::string>& row, int at, int width, bool is_told) {
    const int before = is_told ? 1 : 0;
    for (int i = std::max(at - before, 0); i < std::min(at + width + before, kChartWidth); ++i) {
      const std::string& cell = row[static_cast<std::size_t>(i)];
      const bool is_number = cell.find_first_of("0123456789") != std::string::npos;
      if (is_told ? is_number : cell != " ") return false;
    }
    return true;
  }

  const Style& style_;
  std::vector<std::vector<std::string>> cells_;
};

std::string right_axis(const Scale& scale, Criterion criterion) {
  std::string line(static_cast<std::size_t>(kChartMargin + kChartWidth), ' ');
  std::string rule = std::string(static_cast<std::size_t>(kChartMargin - 1), ' ') + '+' +
                     std::string(static_cast<std::size_t>(kChartWidth), '-');
  std::size_t end = 0;
  for (const double tick : scale.ticks()) {
    const auto at = static_cast<std::size_t>(kChartMargin + scale.cell(tick, kChartWidth));
    rule[at] = '+';
    const std::string text = scale.text(tick);
    const std::size_t begin =
        std::min(at - std::min(text.size() / 2, at), line.size() - text.size());
    if (begin < end) continue;
    line.replace(begin, text.size(), text);
    end = begin + text.size() + 1;
  }
  const std::string unit{axis_text(criterion)};
  return rule + '\n' + line.substr(0, line.find_last_not_of(' ') + 1) + '\n' +
         std::string(static_cast<std::size_t>(kChartMargin) + (kChartWidth - unit.size()) / 2,
                     ' ') +
         unit + '\n';
}

// The options that no other beats in both criteria.
std::vector<bool> unbeaten(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<bool> result(x.size(), true);
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t k = 0; k < x.size(); ++k) {
      if (x[k] <= x[i] && y[k] <= y[i] && (x[k] < x[i] || y[k] < y[i])) result[i] = false;
    }
  }
  return result;
}

}  // namespace

std::string pareto_chart(const plan::Answer& answer,
                         const PlanDigest& digest,
                         ChartAxes axes,
                         const Style& style) {
  CHECK(!answer.itineraries.empty());
  std::vector<double> x;
  std::vector<double> y;
  for (const Itinerary& itinerary : answer.itineraries) {
    x.push_back(value_of(itinerary, axes.right));
    y.push_back(value_of(itinerary, axes.up));
  }
  const Scale across{x};
  const Scale up{y};
  const std::vector<bool> best = unbeaten(x, y);
  std::vector<std::string> marks(x.size());
  for (std::size_t n = 0; n < digest.shown.size(); ++n)
    marks[digest.shown[n]] = std::to_string(n + 1);
  Field field{style};
  for (const bool told : {true, false}) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (marks[i].empty() == told) continue;
      field.put({.column = across.cell(x[i], kChartWidth),
                 .row = kHeight - 1 - up.cell(y[i], kHeight),
                 .mark = told ? marks[i] : (best[i] ? "o" : "."),
                 .is_told = told});
    }
  }
  std::vector<std::string> figures(kHeight);
  for (const double tick : up.ticks())
    figures[static_cast<std::size_t>(kHeight - 1 - up.cell(tick, kHeight))] = up.text(tick);
  std::string text =
      padded(std::string{axis_text(axes.up)}, kChartMargin - 2, Align::kRight) + '\n';
  for (int row = 0; row < kHeight; ++row) {
    const std::string& figure = figures[static_cast<std::size_t>(row)];
    text += padded(figure, kChartMargin - 2, Align::kRight) + (figure.empty() ? " |" : " +") +
            field.line(row) + '\n';
  }
  text += right_axis(across, axes.right);
  if (digest.shown.size() < answer.itineraries.size())
    text += style.dim(
                "numbers: the options told; o: others that nothing beats in these two; "
                ".: the rest") +
            '\n';
  return text;
}

}  // namespace karvan::report
