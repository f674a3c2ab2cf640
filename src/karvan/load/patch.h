#pragma once
// The raw tables seen through changes of text: what a scenario does, before texts become rows.
// Rows are numbered as in the raw table, added ones after them in the order of adding.

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/load/raw.h"
#include "karvan/load/rows.h"
#include "karvan/load/schema.h"
#include "karvan/load/toml_text.h"

namespace karvan::load {

class PatchedTable {
 public:
  PatchedTable(const RawTable& raw, const TableSpec& spec) : raw_{&raw}, spec_{&spec} {}

  const RawTable& raw() const { return *raw_; }
  const TableSpec& spec() const { return *spec_; }

  std::size_t size() const { return raw_->rows() + added_.size(); }
  bool is_added(std::size_t row) const { return row >= raw_->rows(); }
  bool is_removed(std::size_t row) const { return removed_.contains(row); }
  bool is_touched(std::size_t row) const { return is_added(row) || changed_.contains(row); }
  bool has_removed() const { return !removed_.empty(); }

  std::string_view cell(std::size_t row, std::size_t column) const;
  std::string_view code(std::size_t row) const { return cell(row, 0); }
  // Where the row was written last.
  RowPlace place(std::size_t row) const;
  // The row of this code, if it is not removed.
  std::optional<std::size_t> find(std::string_view code) const;
  // The rows not removed, ascending.
  std::vector<std::size_t> rows() const;

  void set(std::size_t row, std::size_t column, std::string text, const RowPlace& place);
  void add(std::vector<std::string> cells, const RowPlace& place);
  void remove(std::size_t row) { removed_.insert(row); }
  // Forgets changes that give what was there, and added rows that were removed: numbers change.
  void tidy();

 private:
  struct Written {
    std::vector<std::string> cells;
    RowPlace place;
  };
  const Written* written(std::size_t row) const;

  const RawTable* raw_;
  const TableSpec* spec_;
  std::map<std::size_t, Written> changed_;
  std::vector<Written> added_;
  std::set<std::size_t> removed_;
};

// All tables of a corridor, and the operations of a scenario's text upon them. What is wrong with
// an operation is complained about and left undone.
class Patch {
 public:
  explicit Patch(const RawTables& raw);

  // `op` is a table of one of the lists change, add, remove, scale, whose name is `verb`.
  void apply(std::string_view verb,
             const TomlNode& op,
             const std::string& file,
             Complaints& complaints);
  // One cell of a table, as change does it.
  void set(std::size_t table,
           std::size_t row,
           const std::pair<std::size_t, std::string>& cell,
           const RowPlace& place) {
    tables_[table].set(row, cell.first, cell.second, place);
  }
  void add(std::size_t table, std::vector<std::string> cells, const RowPlace& place) {
    tables_[table].add(std::move(cells), place);
  }
  void tidy();

  const PatchedTable& operator[](std::size_t table) const { return tables_[table]; }

 private:
  std::vector<PatchedTable> tables_;
};

}  // namespace karvan::load
