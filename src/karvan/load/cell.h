#pragma once
// Cells: how the text of a cell becomes a member of a row. The member's type decides; one
// specialization of Cell<T> for each type says how it is read and how it is described.

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/base/time.h"
#include "karvan/base/units.h"
#include "karvan/load/references.h"
#include "karvan/model/mode.h"
#include "karvan/model/uncertainty.h"

namespace karvan::load {

// Both ends belong to it.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  bool contains(double value) const { return low <= value && value <= high; }
};
constexpr Range at_least(double low) {
  return {.low = low, .high = std::numeric_limits<double>::infinity()};
}
constexpr Range between(double low, double high) {
  return {.low = low, .high = high};
}
// The shortest text that reads back as the same number.
std::string number_text(double value);

// "0 to 4", "at least 0", empty if everything belongs to it.
std::string to_text(const Range& range);

// A column of a table, as documented.
struct ColumnSpec {
  std::string name;
  std::string type;  // text, number, integer, flag, date, time, offset, days, law, gauge, choice,
                     // reference; "list of ..." for several separated by ;
  std::string unit;  // from the end of the name; may be empty
  bool required = false;
  Range range;
  std::vector<std::string> choices;  // type choice: what may be written
  std::optional<std::size_t> table;  // type reference: number of the table in kTables
  std::string reference;             // its name (filled by table_specs())
  std::string doc;
};

// Why a text cannot be a cell: "is not a number; expected ...".
struct CellFault {
  std::string message;
  std::string hint = {};
  // For an unknown reference: the code and its table, so that the reader may look for near ones.
  std::string code = {};
  std::optional<std::size_t> table = std::nullopt;
};
using MaybeFault = std::optional<CellFault>;

struct CellContext {
  const ColumnSpec& column;
  const References& references;
};

template <class T>
struct Cell;

// The types that are no templates; each in cell.cc.
template <>
struct Cell<std::string> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, std::string& value, const CellContext& context);
};
template <>
struct Cell<double> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, double& value, const CellContext& context);
};
template <>
struct Cell<int> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, int& value, const CellContext& context);
};
template <>
struct Cell<bool> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, bool& value, const CellContext& context);
};
template <>
struct Cell<Date> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, Date& value, const CellContext& context);
};
template <>
struct Cell<std::chrono::minutes> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text,
                          std::chrono::minutes& value,
                          const CellContext& context);
};
template <>
struct Cell<Weekdays> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, Weekdays& value, const CellContext& context);
};
template <>
struct Cell<Law> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, Law& value, const CellContext& context);
};
template <>
struct Cell<Gauge> {
  static void describe(ColumnSpec& column);
  static MaybeFault parse(std::string_view text, Gauge& value, const CellContext& context);
};

template <Dimension D>
struct Cell<Quantity<D>> {
  static void describe(ColumnSpec& column) { Cell<double>::describe(column); }
  static MaybeFault parse(std::string_view text, Quantity<D>& value, const CellContext& context) {
    double number = 0;
    MaybeFault fault = Cell<double>::parse(text, number, context);
    if (!fault) value = Quantity<D>{number};
    return fault;
  }
};

// "is not one of rail, sea, road", with a near one as hint.
CellFault unknown_choice(std::string_view text, const std::vector<std::string>& choices);

template <HasEnumTexts E>
struct Cell<E> {
  static void describe(ColumnSpec& column) {
    column.type = "choice";
    for (const auto& [value, text] : EnumTexts<E>::values)
      column.choices.emplace_back(text);
  }
  static MaybeFault parse(std::string_view text, E& value, const CellContext& context) {
    const std::optional<E> known = parse_enum<E>(text);
    if (!known) return unknown_choice(text, context.column.choices);
    value = *known;
    return std::nullopt;
  }
};

// The row number of a code, or why there is none. An unknown code of a table that could not be read
// to its end is not held against the cell: the number is absent and so is the fault.
struct FoundRow {
  std::optional<std::size_t> row;
  MaybeFault fault;
};
FoundRow find_row(std::string_view code, std::size_t table, const References& references);

template <class Row>
struct Cell<Id<Row>> {
  static void describe(ColumnSpec& column) {
    column.type = "reference";
    column.table = table_number<Row>();
  }
  static MaybeFault parse(std::string_view text, Id<Row>& value, const CellContext& context) {
    FoundRow found = find_row(text, table_number<Row>(), context.references);
    if (found.row) value = Id<Row>{*found.row};
    return std::move(found.fault);
  }
};

template <class T>
struct Cell<std::optional<T>> {
  static void describe(ColumnSpec& column) { Cell<T>::describe(column); }
  static MaybeFault parse(std::string_view text,
                          std::optional<T>& value,
                          const CellContext& context) {
    T inner{};
    MaybeFault fault = Cell<T>::parse(text, inner, context);
    if (!fault) value = std::move(inner);
    return fault;
  }
};

template <class T>
struct Cell<std::vector<T>> {
  static void describe(ColumnSpec& column) {
    Cell<T>::describe(column);
    column.type = "list of " + column.type;
  }
  static MaybeFault parse(std::string_view text,
                          std::vector<T>& value,
                          const CellContext& context) {
    std::vector<T> items;
    for (const std::string_view part : split(text, ';')) {
      if (part.empty()) {
        return CellFault{.message = "has an empty item in its list",
                         .hint = "items are separated by one ;"};
      }
      T item{};
      if (MaybeFault fault = Cell<T>::parse(part, item, context)) {
        fault->message = "item '" + std::string{part} + "' " + fault->message;
        return fault;
      }
      items.push_back(std::move(item));
    }
    value = std::move(items);
    return std::nullopt;
  }
};

}  // namespace karvan::load
