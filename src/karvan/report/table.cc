#include "karvan/report/table.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "karvan/base/check.h"
#include "karvan/base/text.h"

namespace karvan::report {

TextTable::TextTable(std::vector<Column> columns, int indent)
    : columns_{std::move(columns)}, indent_{indent} {}

void TextTable::add(std::vector<std::string> cells) {
  CHECK(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::line(const std::vector<std::string>& cells,
                            const std::vector<int>& widths) const {
  std::string text(static_cast<std::size_t>(indent_), ' ');
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += "  ";
    text += padded(cells[i], widths[i], columns_[i].align);
  }
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
  return text;
}

std::string TextTable::text(const Style& style) const {
  std::vector<int> widths;
  std::vector<std::string> heads;
  bool has_head = false;
  for (const Column& column : columns_) {
    widths.push_back(display_width(column.head));
    heads.push_back(style.bold(column.head));
    has_head = has_head || !column.head.empty();
  }
  for (const std::vector<std::string>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string all = has_head ? line(heads, widths) : "";
  for (const std::vector<std::string>& row : rows_)
    all += line(row, widths);
  return all;
}

std::string padded(std::string text, int width, Align align) {
  const int missing = width - display_width(text);
  if (missing <= 0) return text;
  const std::string blanks(static_cast<std::size_t>(missing), ' ');
  return align == Align::kRight ? blanks + text : text + blanks;
}

std::string wrapped(std::string_view text, int width, int indent) {
  std::string all;
  int column = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    const int columns = display_width(word);
    if (column > 0 && column + 1 + columns > width) {
      all += '\n';
      all.append(static_cast<std::size_t>(indent), ' ');
      column = 0;
    } else if (column > 0) {
      all += ' ';
      ++column;
    }
    all += word;
    column += columns;
  }
  return all;
}

}  // namespace karvan::report
