#include "karvan/load/rows.h"

#include <utility>

namespace karvan::load {
namespace {

constexpr std::size_t kMostGuesses = 200;  // complaints after which no more near ids are sought

std::string reference_hint(const CellFault& fault, const References& references) {
  const auto near = references[*fault.table].codes.alike(fault.code);
  if (near.empty()) return {};
  std::string hint = "did you mean '" + near.front() + "'";
  for (std::size_t i = 1; i < near.size(); ++i)
    hint += " or '" + near[i] + "'";
  return hint + "?";
}

}  // namespace

void complain_about_cell(Complaints& complaints,
                         const RowPlace& place,
                         const ColumnSpec& column,
                         std::string_view text,
                         CellFault fault,
                         const References& references) {
  if (fault.table && complaints.size() < kMostGuesses) {
    fault.hint = reference_hint(fault, references);
  }
  complaints.add({.file = place.file,
                  .line = place.line,
                  .column = column.name,
                  .value = std::string{text},
                  .message = std::move(fault.message),
                  .hint = std::move(fault.hint)});
}

}  // namespace karvan::load
