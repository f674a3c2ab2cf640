#pragma once
// Catalog: every table of a corridor as texts, with what its columns mean, so that any row of any
// table can be shown, traced to its sources and found by what refers to it. The doors fill it from
// the gate, a scenario's differences applied; this room reads it.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/report/sheet.h"

namespace karvan::report {

struct CatalogColumn {
  std::string name;
  std::string unit;  // empty: none
  std::string doc;
  std::string refers_to;  // name of a table; empty: no reference
  bool is_number = false;
  bool is_flag = false;
  bool is_list = false;  // items separated by ;
};

struct CatalogTable {
  std::string name;
  std::string description;
  std::vector<CatalogColumn> columns;          // the first is `id`
  std::vector<std::vector<std::string>> rows;  // a cell for each column; empty: unknown

  std::optional<std::size_t> column(std::string_view column_name) const;
  std::optional<std::size_t> row(std::string_view id) const;
  // The cell, or nothing if there is no such column or no text.
  std::string_view cell(std::size_t row, std::string_view column_name) const;
};

struct Catalog {
  std::vector<CatalogTable> tables;

  const CatalogTable* table(std::string_view name) const;
};

struct RowAt {
  const CatalogTable* table = nullptr;
  std::size_t row = 0;

  std::string_view id() const { return table->rows[row].front(); }
  std::string_view cell(std::string_view column) const { return table->cell(row, column); }
  // "name" or "title" of the row, else its id.
  std::string_view name() const;
};

// The rows of one table that refer to a row, in table order.
struct Referrers {
  const CatalogTable* table = nullptr;
  std::vector<std::size_t> rows;
};

// All rows with this id, in any table; at most one a table.
std::vector<RowAt> find_rows(const Catalog& catalog, std::string_view id);
// What refers to a row by a column other than `source`.
std::vector<Referrers> referrers(const Catalog& catalog, const RowAt& row);
// The rows of sources that a row rests on.
std::vector<RowAt> sources_of(const Catalog& catalog, const RowAt& row);

// A cell with its type.
Cell typed_cell(const CatalogColumn& column, std::string_view text);
// The table as a sheet of typed cells; only these rows if any are given.
Sheet sheet_of(const CatalogTable& table, const std::vector<std::size_t>* rows = nullptr);

}  // namespace karvan::report
