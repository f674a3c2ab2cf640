#include "karvan/load/rows.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/load/cell.h"
#include "karvan/load/references.h"

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
                         const CellContext& cell,
                         std::string_view text,
                         CellFault fault) {
  if (fault.table && complaints.size() < kMostGuesses) {
    fault.hint = reference_hint(fault, cell.references);
  }
  complaints.add({.file = place.file,
                  .line = place.line,
                  .column = cell.column.name,
                  .value = std::string{text},
                  .message = std::move(fault.message),
                  .hint = std::move(fault.hint)});
}

}  // namespace karvan::load
