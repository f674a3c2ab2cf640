#pragma once
// One row from its cells, with a complaint for each cell that is wrong.

#include <string>
#include <string_view>

#include "karvan/base/complaint.h"
#include "karvan/load/schema.h"

namespace karvan::load {

// Where a row was written.
struct RowPlace {
  std::string file;
  int line = 0;
};

// Adds the complaint; looks for near ids unless there are very many complaints already.
void complain_about_cell(Complaints& complaints,
                         const RowPlace& place,
                         const CellContext& cell,
                         std::string_view text,
                         CellFault fault);

// `cell_at(column)` gives the text of a cell. Members whose cells are wrong keep their defaults.
template <class Row, class CellAt>
Row parse_row(const RowPlace& place,
              CellAt&& cell_at,
              const References& references,
              Complaints& complaints) {
  const TableSchema<Row>& table = schema<Row>();
  Row row;
  for (std::size_t i = 0; i < table.spec().columns.size(); ++i) {
    const std::string_view text = cell_at(i);
    if (MaybeFault fault = table.set(i, row, text, references)) {
      complain_about_cell(complaints, place,
                          {.column = table.spec().columns[i], .references = references}, text,
                          std::move(*fault));
    }
  }
  return row;
}

}  // namespace karvan::load
