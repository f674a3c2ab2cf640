#pragma once
// The texts that a corridor was made of, kept so that a scenario can patch them and a complaint can
// name file and line. Row i of a raw table is row i of the corridor's.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/load/csv.h"
#include "karvan/load/references.h"

namespace karvan::load {

struct RawTable {
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

  std::string file;                     // as complaints name it
  CsvTable csv;                         // no columns if the file is absent
  std::vector<std::size_t> csv_column;  // of each column of the schema; kAbsent: not in the file

  std::size_t rows() const { return csv.records(); }
  // Columns are those of the schema; one that the file lacks is empty.
  std::string_view cell(std::size_t row, std::size_t column) const {
    const std::size_t at = csv_column[column];
    return at == kAbsent ? std::string_view{} : csv.cell(row, at);
  }
  std::string_view code(std::size_t row) const { return cell(row, 0); }
};

using RawTables = std::array<RawTable, kTableCount>;

}  // namespace karvan::load
