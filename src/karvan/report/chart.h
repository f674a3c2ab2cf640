#pragma once
// Line and bar charts as SVG: a few named series over one axis, readable in light and dark, without
// scripts.

#include <string>
#include <vector>

namespace karvan::report {

struct Series {
  std::string name;
  std::vector<double> values;  // at x = 0, 1, 2, ...
};

struct Chart {
  std::string title;
  std::string y_label;
  std::vector<std::string> x_labels;  // one for each x; empty ones are not drawn
  std::vector<Series> series;         // at most eight are drawn
};

std::string chart_svg(const Chart& chart);

struct Bar {
  std::string name;
  double value = 0;  // at least 0
};

struct BarChart {
  std::string title;
  std::string x_label;
  std::vector<Bar> bars;  // from the top
};

std::string bars_svg(const BarChart& chart);

}  // namespace karvan::report
