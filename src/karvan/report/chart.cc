#include "karvan/report/chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "karvan/base/text.h"

namespace karvan::report {
namespace {

constexpr double kWidth = 880;
constexpr double kLeft = 70;
constexpr double kRight = 20;
constexpr double kTop = 46;
constexpr double kPlotHeight = 260;
constexpr double kRowHeight = 18;

// Okabe and Ito's colors, told apart by the color-blind too.
constexpr std::array<const char*, 8> kColors{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                             "#e69f00", "#56b4e9", "#7f7f7f", "#b8a000"};

std::string svg_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string pixels(double value) {
  return format_fixed(value, 1);
}

std::string label(double x, double y, const std::string& text, const char* anchor) {
  return "<text x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\" text-anchor=\"" + anchor + "\">" +
         svg_text(text) + "</text>\n";
}

// 1, 2 or 5 times a power of ten, so that at most five steps reach the greatest value.
double step_for(double greatest) {
  double step = 1e-6;
  while (step * 5 < greatest) {
    for (const double factor : {2.0, 2.5, 2.0}) {
      step *= factor;
      if (step * 5 >= greatest) break;
    }
  }
  return step;
}

struct Frame {
  double top_value = 1;  // of the y axis
  double step = 1;
  std::size_t count = 0;  // of points

  double x(std::size_t i) const {
    const double span = count > 1 ? static_cast<double>(count - 1) : 1.0;
    return kLeft + (kWidth - kLeft - kRight) * static_cast<double>(i) / span;
  }
  double y(double value) const { return kTop + kPlotHeight * (1 - value / top_value); }
};

std::string axes(const Chart& chart, const Frame& frame) {
  std::string svg;
  for (double value = 0; value <= frame.top_value * 1.0001; value += frame.step) {
    const std::string y = pixels(frame.y(value));
    svg += "<line class=\"grid\" x1=\"" + pixels(kLeft) + "\" x2=\"" + pixels(kWidth - kRight) +
           "\" y1=\"" + y + "\" y2=\"" + y + "\"/>\n";
    svg +=
        label(kLeft - 8, frame.y(value) + 4, with_thousands(value, frame.step < 1 ? 2 : 0), "end");
  }
  for (std::size_t i = 0; i < chart.x_labels.size() && i < frame.count; ++i) {
    if (!chart.x_labels[i].empty())
      svg += label(frame.x(i), kTop + kPlotHeight + 18, chart.x_labels[i], "middle");
  }
  return svg;
}

std::string line_of(const Series& series, const Frame& frame, const char* color) {
  std::string points;
  for (std::size_t i = 0; i < series.values.size(); ++i)
    points += (i == 0 ? "" : " ") + pixels(frame.x(i)) + "," + pixels(frame.y(series.values[i]));
  return std::string{"<polyline stroke=\""} + color + "\" points=\"" + points + "\"/>\n";
}

std::string opening(double height, const std::string& title) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + pixels(kWidth) + " " +
         pixels(height) +
         "\" role=\"img\">\n<style>\n"
         "svg{background:#fff}text{font:12px sans-serif;fill:#222}"
         ".title{font:bold 15px sans-serif}.grid{stroke:#ddd}"
         "polyline{fill:none;stroke-width:2}\n</style>\n"
         "<text class=\"title\" x=\"12\" y=\"22\">" +
         svg_text(title) + "</text>\n";
}

}  // namespace

std::string chart_svg(const Chart& chart) {
  const std::size_t shown = std::min(chart.series.size(), kColors.size());
  Frame frame;
  double greatest = 0;
  for (std::size_t s = 0; s < shown; ++s) {
    frame.count = std::max(frame.count, chart.series[s].values.size());
    for (const double value : chart.series[s].values)
      greatest = std::max(greatest, value);
  }
  frame.step = step_for(std::max(greatest, 1e-3));
  frame.top_value = frame.step * std::max(1.0, std::ceil(greatest / frame.step - 1e-9));
  const double legend = kTop + kPlotHeight + 44;
  const double height = legend + kRowHeight * static_cast<double>((shown + 1) / 2) + 6;
  std::string svg = opening(height, chart.title);
  svg += label(12, 38, chart.y_label, "start") + axes(chart, frame);
  for (std::size_t s = 0; s < shown; ++s) {
    svg += line_of(chart.series[s], frame, kColors[s]);
    const double x = s % 2 == 0 ? kLeft : kLeft + 400;
    const double y = legend + kRowHeight * static_cast<double>(s / 2);
    svg += "<rect x=\"" + pixels(x) + "\" y=\"" + pixels(y - 9) +
           "\" width=\"14\" height=\"4\" fill=\"" + kColors[s] + "\"/>\n";
    svg += label(x + 20, y - 3, chart.series[s].name, "start");
  }
  return svg + "</svg>\n";
}

std::string bars_svg(const BarChart& chart) {
  constexpr double kNames = 420;  // columns of names at the left
  constexpr double kNumbers = 90;
  double greatest = 0;
  for (const Bar& bar : chart.bars)
    greatest = std::max(greatest, bar.value);
  const double height = kTop + kRowHeight * static_cast<double>(chart.bars.size()) + 12;
  std::string svg = opening(height, chart.title) + label(12, 38, chart.x_label, "start");
  double y = kTop;
  for (const Bar& bar : chart.bars) {
    const double share = greatest > 0 ? bar.value / greatest : 0.0;
    const double width = (kWidth - kNames - kNumbers) * share;
    svg += label(kNames - 8, y + 12, bar.name, "end");
    svg += "<rect x=\"" + pixels(kNames) + "\" y=\"" + pixels(y + 3) + "\" width=\"" +
           pixels(width) + "\" height=\"11\" fill=\"" + kColors[0] + "\"/>\n";
    svg += label(kNames + width + 6, y + 12, with_thousands(bar.value, bar.value < 100 ? 2 : 0),
                 "start");
    y += kRowHeight;
  }
  return svg + "</svg>\n";
}

}  // namespace karvan::report
