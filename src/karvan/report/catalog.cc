#include "karvan/report/catalog.h"

#include <algorithm>

#include "karvan/base/text.h"

namespace karvan::report {
namespace {

int decimals_of(std::string_view number) {
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos) return 0;
  return static_cast<int>(std::min<std::size_t>(number.size() - point - 1, 9));
}

bool is_named(const CatalogColumn& column, std::string_view cell, std::string_view id) {
  if (!column.is_list) return cell == id;
  const std::vector<std::string_view> items = split(cell, ';');
  return std::ranges::find(items, id) != items.end();
}

bool is_named_by(const CatalogTable& table, std::size_t row, const RowAt& target) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const CatalogColumn& column = table.columns[i];
    if (column.name == "source" || column.refers_to != target.table->name) continue;
    if (is_named(column, table.rows[row][i], target.id())) return true;
  }
  return false;
}

}  // namespace

std::optional<std::size_t> CatalogTable::column(std::string_view column_name) const {
  const auto found = std::ranges::find(columns, column_name, &CatalogColumn::name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

std::optional<std::size_t> CatalogTable::row(std::string_view id) const {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].front() == id) return i;
  }
  return std::nullopt;
}

std::string_view CatalogTable::cell(std::size_t row, std::string_view column_name) const {
  const std::optional<std::size_t> at = column(column_name);
  return at ? std::string_view{rows[row][*at]} : std::string_view{};
}

const CatalogTable* Catalog::table(std::string_view name) const {
  const auto found = std::ranges::find(tables, name, &CatalogTable::name);
  return found == tables.end() ? nullptr : &*found;
}

std::string_view RowAt::name() const {
  for (const std::string_view column : {"name", "title"}) {
    if (const std::string_view text = cell(column); !text.empty()) return text;
  }
  return id();
}

std::vector<RowAt> find_rows(const Catalog& catalog, std::string_view id) {
  std::vector<RowAt> found;
  for (const CatalogTable& table : catalog.tables) {
    if (const std::optional<std::size_t> row = table.row(id))
      found.push_back({.table = &table, .row = *row});
  }
  return found;
}

std::vector<Referrers> referrers(const Catalog& catalog, const RowAt& row) {
  std::vector<Referrers> all;
  for (const CatalogTable& table : catalog.tables) {
    Referrers of{.table = &table, .rows = {}};
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (is_named_by(table, i, row)) of.rows.push_back(i);
    }
    if (!of.rows.empty()) all.push_back(std::move(of));
  }
  return all;
}

std::vector<RowAt> sources_of(const Catalog& catalog, const RowAt& row) {
  std::vector<RowAt> all;
  const CatalogTable* sources = catalog.table("sources");
  const std::string_view cell = row.cell("source");
  if (sources == nullptr || cell.empty()) return all;
  for (const std::string_view id : split(cell, ';')) {
    if (const std::optional<std::size_t> at = sources->row(id))
      all.push_back({.table = sources, .row = *at});
  }
  return all;
}

Cell typed_cell(const CatalogColumn& column, std::string_view text) {
  if (text.empty()) return {};
  if (column.is_list) return text;
  if (column.is_flag) return text == "yes";
  if (column.is_number) {
    if (const std::optional<double> number = parse_double(text))
      return {*number, decimals_of(text)};
  }
  return text;
}

Sheet sheet_of(const CatalogTable& table, const std::vector<std::size_t>* rows) {
  Sheet sheet;
  for (const CatalogColumn& column : table.columns)
    sheet.columns.push_back({column.name, column.name});
  const std::size_t n = rows == nullptr ? table.rows.size() : rows->size();
  for (std::size_t k = 0; k < n; ++k) {
    const std::vector<std::string>& row = table.rows[rows == nullptr ? k : (*rows)[k]];
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < row.size(); ++i)
      cells.push_back(typed_cell(table.columns[i], row[i]));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

}  // namespace karvan::report
