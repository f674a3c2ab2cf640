#include "row_lists.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"
#include "karvan/report/sheet.h"

namespace karvan::server {
namespace {

std::string cell_of(BodyReader& row, const RowMember& member) {
  if (member.is_number) {
    double value = 0;
    row.must_number(member.name, value, 0, 1e9);
    return format_fixed(value, 3);
  }
  std::string text;
  if (member.is_needed) {
    row.must_text(member.name, text);
  } else {
    row.text(member.name, text);
  }
  return text;
}

}  // namespace

std::string rows_as_csv(BodyReader& reader,
                        std::string_view list,
                        std::size_t most,
                        std::span<const RowMember> members,
                        std::vector<Fault>& faults) {
  const std::vector<const Json*> rows = reader.objects(list, most);
  if (rows.empty()) return {};
  std::vector<std::string> cells;
  for (const RowMember& member : members)
    cells.emplace_back(member.name);
  std::string csv = report::csv_line(cells);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    BodyReader row{*rows[i]};
    cells.clear();
    for (const RowMember& member : members)
      cells.push_back(cell_of(row, member));
    for (Fault& fault : row.faults()) {
      fault.pointer.replace(0, 1, "#/" + std::string{list} + "/" + std::to_string(i));
      faults.push_back(std::move(fault));
    }
    csv += report::csv_line(cells);
  }
  return csv;
}

void add_faults(std::string_view list, const Complaints& complaints, std::vector<Fault>& faults) {
  for (const Complaint& one : complaints) {
    if (one.severity != Severity::kError) continue;
    std::string pointer = "#/" + std::string{list};
    if (one.line > 1) pointer += "/" + std::to_string(one.line - 2);
    if (one.line > 1 && !one.column.empty()) pointer += "/" + one.column;
    faults.push_back({.pointer = std::move(pointer),
                      .detail = one.message + (one.hint.empty() ? "" : " (" + one.hint + ")")});
  }
}

}  // namespace karvan::server
