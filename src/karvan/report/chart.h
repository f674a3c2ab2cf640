#pragma once
// Line charts as SVG: a few named series over one axis, readable in light and dark, without
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

}  // namespace karvan::report
