#pragma once
// TextTable: rows of cells as aligned columns for people. Widths are those of a terminal, so names
// with marks, Chinese letters and painted cells line up.

#include <string>
#include <vector>

#include "karvan/report/style.h"

namespace karvan::report {

enum class Align { kLeft, kRight };

class TextTable {
 public:
  struct Column {
    std::string head;
    Align align = Align::kLeft;
  };

  explicit TextTable(std::vector<Column> columns, int indent = 0);

  // Requires as many cells as there are columns.
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  // Head line and rows, each ending in a line break and without blanks at its end. No head line if
  // all heads are empty.
  std::string text(const Style& style) const;

 private:
  std::string line(const std::vector<std::string>& cells, const std::vector<int>& widths) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
  int indent_;
};

// The text with blanks added at its right (left, for Align::kRight) up to a width.
std::string padded(std::string text, int width, Align align = Align::kLeft);

// Words broken into lines of at most `width` columns, each but the first after `indent` blanks.
// Ends without a line break.
std::string wrapped(std::string_view text, int width, int indent);

}  // namespace karvan::report
