#include "karvan/load/table_text.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/base/time.h"
#include "karvan/load/csv.h"
#include "karvan/load/schema.h"

namespace karvan::load {
namespace {

void append_line(std::string& text, const TableText::Row& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += ',';
    text += csv_quoted(cells[i]);
  }
  text += '\n';
}

// A basic string of TOML.
std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    const auto byte = static_cast<unsigned char>(c);
    quoted += byte < 0x20U || byte == 0x7fU ? ' ' : c;
  }
  return quoted + '"';
}

}  // namespace

TableText::TableText(std::size_t table, const RawTable& raw) : TableText{table} {
  rows_.reserve(raw.rows());
  for (std::size_t row = 0; row < raw.rows(); ++row) {
    Row cells;
    cells.reserve(spec_->columns.size());
    for (std::size_t column = 0; column < spec_->columns.size(); ++column)
      cells.emplace_back(raw.cell(row, column));
    rows_.push_back(std::move(cells));
  }
  index();
}

std::size_t TableText::column(std::string_view name) const {
  const std::optional<std::size_t> found = find_column(*spec_, name);
  CHECK(found.has_value());
  return *found;
}

std::size_t TableText::add(Cells cells) {
  Row row(spec_->columns.size());
  for (const auto& [name, text] : cells)
    row[column(name)] = text;
  return add(std::move(row));
}

std::size_t TableText::add(Row row) {
  CHECK(row.size() == spec_->columns.size());
  const bool is_new = by_code_.try_emplace(row[0], rows_.size()).second;
  CHECK(is_new);
  rows_.push_back(std::move(row));
  return rows_.size() - 1;
}

std::optional<std::size_t> TableText::find(std::string_view code) const {
  const auto at = by_code_.find(code);
  if (at == by_code_.end()) return std::nullopt;
  return at->second;
}

void TableText::set(std::size_t row, std::string_view name, std::string text) {
  const std::size_t at = column(name);
  CHECK(at != 0);  // the index goes by it
  rows_[row][at] = std::move(text);
}

void TableText::index() {
  by_code_.clear();
  for (std::size_t row = 0; row < rows_.size(); ++row)
    by_code_.try_emplace(rows_[row][0], row);
}

std::string TableText::csv() const {
  std::string text;
  Row head;
  for (const ColumnSpec& column : spec_->columns)
    head.push_back(column.name);
  append_line(text, head);
  for (const auto& [code, row] : by_code_)
    append_line(text, rows_[row]);
  return text;
}

TableTexts::TableTexts() {
  for (std::size_t i = 0; i < kTableCount; ++i)
    all_.emplace_back(i);
}

TableTexts::TableTexts(const RawTables& raw) {
  for (std::size_t i = 0; i < kTableCount; ++i)
    all_.emplace_back(i, raw[i]);
}

Files TableTexts::files() const {
  Files files;
  for (const TableText& table : all_) {
    const bool is_needed =
        std::ranges::find(kNeededTables, table.spec().name) != kNeededTables.end();
    if (is_needed || table.size() > 0) files[table.spec().name + ".csv"] = table.csv();
  }
  return files;
}

std::string info_text(const CorridorInfo& info) {
  std::string text = "name = " + toml_string(info.name) + "\n";
  text += "title = " + toml_string(info.title) + "\n";
  if (!info.description.empty()) text += "description = " + toml_string(info.description) + "\n";
  if (!info.license.empty()) text += "license = " + toml_string(info.license) + "\n";
  text += "calendar_from = " + date_to_text(info.calendar_from) + "\n";
  text += "calendar_until = " + date_to_text(info.calendar_until) + "\n";
  return text;
}

}  // namespace karvan::load
