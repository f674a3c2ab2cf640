#pragma once
// Tables as rows of texts, for those who write a corridor: made new, or taken over from what was
// loaded; added to, then written as CSV that read_csv() and the schema take back as it was.

#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/load/build.h"
#include "karvan/load/raw.h"
#include "karvan/load/schema.h"

namespace karvan::load {

class TableText {
 public:
  using Row = std::vector<std::string>;
  using Cells = std::initializer_list<std::pair<std::string_view, std::string>>;

  // `table` is a position in kTables.
  explicit TableText(std::size_t table) : spec_{&table_specs()[table]} {}
  TableText(std::size_t table, const RawTable& raw);

  const TableSpec& spec() const { return *spec_; }
  std::size_t size() const { return rows_.size(); }
  const Row& operator[](std::size_t row) const { return rows_[row]; }

  // A new row: cells by the names of their columns, all others empty. Requires an `id` that no row
  // has yet. Gives its number.
  std::size_t add(Cells cells);
  std::size_t add(Row row);
  std::optional<std::size_t> find(std::string_view code) const;
  bool contains(std::string_view code) const { return find(code).has_value(); }

  // Requires a column of this name.
  std::size_t column(std::string_view name) const;
  const std::string& cell(std::size_t row, std::string_view name) const {
    return rows_[row][column(name)];
  }
  void set(std::size_t row, std::string_view name, std::string text);

  // Removes all rows whose cell in this column is among these.
  template <class Set>
  void remove(std::string_view name, const Set& values) {
    const std::size_t at = column(name);
    std::erase_if(rows_, [&](const Row& row) { return values.contains(row[at]); });
    index();
  }

  // Head line and rows by id, each ended by LF.
  std::string csv() const;

 private:
  void index();

  const TableSpec* spec_;
  std::vector<Row> rows_;
  std::map<std::string, std::size_t, std::less<>> by_code_;
};

// All tables of a corridor.
class TableTexts {
 public:
  TableTexts();
  explicit TableTexts(const RawTables& raw);

  template <class Row>
  TableText& of() {
    return all_[table_number<Row>()];
  }
  template <class Row>
  const TableText& of() const {
    return all_[table_number<Row>()];
  }
  TableText& at(std::size_t table) { return all_[table]; }
  const TableText& at(std::size_t table) const { return all_[table]; }

  // "<table>.csv" of each table that has rows or must be there.
  Files files() const;

 private:
  std::vector<TableText> all_;
};

// corridor.toml.
std::string info_text(const CorridorInfo& info);

}  // namespace karvan::load
