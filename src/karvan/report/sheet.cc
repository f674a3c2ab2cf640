#include "karvan/report/sheet.h"

#include <algorithm>
#include <cstddef>

#include "karvan/base/check.h"
#include "karvan/base/text.h"
#include "karvan/report/detail/json.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::string for_people(const Cell& cell) {
  return std::visit(Overloaded{
                        [](std::monostate) { return std::string{}; },
                        [](const std::string& text) { return one_line(text); },
                        [](const Cell::Number& n) { return with_thousands(n.value, n.decimals); },
                        [](bool yes) { return std::string{yes ? "yes" : "no"}; },
                    },
                    cell.value());
}

std::string for_csv(const Cell& cell) {
  return std::visit(Overloaded{
                        [](std::monostate) { return std::string{}; },
                        [](const std::string& text) { return text; },
                        [](const Cell::Number& n) { return format_fixed(n.value, n.decimals); },
                        [](bool yes) { return std::string{yes ? "yes" : "no"}; },
                    },
                    cell.value());
}

detail::Json for_json(const Cell& cell) {
  return std::visit(Overloaded{
                        [](std::monostate) { return detail::Json{}; },
                        [](const std::string& text) { return detail::Json(text); },
                        [](const Cell::Number& n) { return detail::number(n.value, n.decimals); },
                        [](bool yes) { return detail::Json(yes); },
                    },
                    cell.value());
}

bool needs_quotes(const std::string& cell) {
  return cell.find_first_of(",\"\r\n") != std::string::npos ||
         (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
}

}  // namespace

std::string sheet_text(const Sheet& sheet, const Style& style, int cell_max) {
  std::vector<std::size_t> shown;
  std::vector<TextTable::Column> columns;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (sheet.columns[i].head.empty()) continue;
    const auto is_number = [i](const std::vector<Cell>& row) { return row[i].is_number(); };
    const bool has_numbers = std::ranges::any_of(sheet.rows, is_number);
    shown.push_back(i);
    columns.push_back(
        {.head = sheet.columns[i].head, .align = has_numbers ? Align::kRight : Align::kLeft});
  }
  TextTable table{columns};
  for (const std::vector<Cell>& row : sheet.rows) {
    CHECK(row.size() == sheet.columns.size());
    std::vector<std::string> cells;
    for (const std::size_t i : shown) {
      const std::string cell = for_people(row[i]);
      cells.push_back(cell_max == 0 ? cell : shortened(cell, cell_max));
    }
    table.add(std::move(cells));
  }
  return table.text(style);
}

std::string sheet_csv(const Sheet& sheet) {
  std::vector<std::string> cells;
  for (const SheetColumn& column : sheet.columns)
    cells.push_back(column.name);
  std::string all = csv_line(cells);
  for (const std::vector<Cell>& row : sheet.rows) {
    CHECK(row.size() == sheet.columns.size());
    cells.clear();
    for (const Cell& cell : row)
      cells.push_back(for_csv(cell));
    all += csv_line(cells);
  }
  return all;
}

std::string sheet_json(const Sheet& sheet) {
  return detail::dump(detail::to_json(sheet));
}

std::string sheet_markdown(const Sheet& sheet) {
  std::string head = "|";
  std::string rule = "|";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (sheet.columns[i].head.empty()) continue;
    const auto is_number = [i](const std::vector<Cell>& row) { return row[i].is_number(); };
    head += " " + sheet.columns[i].head + " |";
    rule += std::ranges::any_of(sheet.rows, is_number) ? "---:|" : "---|";
  }
  std::string all = head + "\n" + rule + "\n";
  for (const std::vector<Cell>& row : sheet.rows) {
    all += '|';
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (sheet.columns[i].head.empty()) continue;
      std::string cell = for_people(row[i]);
      for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2)
        cell.insert(at, 1, '\\');
      all += " " + cell + " |";
    }
    all += '\n';
  }
  return all;
}

namespace detail {

Json to_json(const Sheet& sheet) {
  Json all = Json::array();
  for (const std::vector<Cell>& row : sheet.rows) {
    Json one = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i)
      one[sheet.columns[i].name] = for_json(row[i]);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace detail

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    if (!needs_quotes(cells[i])) {
      line += cells[i];
      continue;
    }
    line += '"';
    for (const char c : cells[i]) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  line += '\n';
  return line;
}

std::string shortened(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string{text};
  std::string cut{text};
  while (!cut.empty() && display_width(cut) > width - 3) {
    while (cut.size() > 1 && (static_cast<unsigned char>(cut.back()) & 0xC0U) == 0x80U)
      cut.pop_back();
    cut.pop_back();
  }
  while (!cut.empty() && cut.back() == ' ')
    cut.pop_back();
  return cut + "...";
}

}  // namespace karvan::report
