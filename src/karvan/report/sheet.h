#pragma once
// Sheet: a list of alike things with named columns, written for people, for spreadsheets and for
// programs from the same cells. Most verbs answer with one.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "karvan/report/style.h"

namespace karvan::report {

// Nothing, a text, a number shown with a fixed number of decimals, or yes/no.
class Cell {
 public:
  Cell() = default;
  // NOLINTBEGIN(google-explicit-constructor): rows are written as {"Aktau", 3.0, true}.
  Cell(std::string text) : value_{std::move(text)} {}
  Cell(std::string_view text) : value_{std::string{text}} {}
  Cell(const char* text) : value_{std::string{text}} {}
  Cell(bool yes) : value_{yes} {}
  // NOLINTEND(google-explicit-constructor)
  Cell(double number, int decimals) : value_{Number{number, decimals}} {}
  static Cell count(std::size_t n) { return Cell{static_cast<double>(n), 0}; }

  struct Number {
    double value = 0;
    int decimals = 0;
  };
  using Value = std::variant<std::monostate, std::string, Number, bool>;
  const Value& value() const { return value_; }
  bool is_number() const { return std::holds_alternative<Number>(value_); }

 private:
  Value value_;
};

struct SheetColumn {
  std::string name;  // for programs: "length_km"
  std::string head;  // for people: "Length, km"; empty: not shown to them
};

struct Sheet {
  std::vector<SheetColumn> columns;
  std::vector<std::vector<Cell>> rows;
};

// Aligned columns; thousands are marked, numbers stand at the right. Long cells are cut at
// `cell_max` columns (0: never).
std::string sheet_text(const Sheet& sheet, const Style& style, int cell_max = 0);
// RFC 4180 with LF, a head line, plain numbers, yes/no.
std::string sheet_csv(const Sheet& sheet);
// An array of objects; absent cells are null.
std::string sheet_json(const Sheet& sheet);

// A table of Markdown, for documentation.
std::string sheet_markdown(const Sheet& sheet);

// One line of CSV with its line break; quotes where needed.
std::string csv_line(const std::vector<std::string>& cells);

// The text cut to so many columns, "..." at its end where something is missing.
std::string shortened(std::string_view text, int width);

}  // namespace karvan::report
