#include "shipment_table.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>

#include "karvan/base/text.h"
#include "karvan/load/csv.h"

namespace karvan::cli {
namespace {

using Setter = void (*)(PlanArgs&, const std::string&);

struct Known {
  std::string_view column;
  bool is_required = false;  // in the table or on the command line
  Setter set = nullptr;      // nothing for `id`
};

// Several codes of one cell are separated by semicolons or commas.
std::vector<std::string> list_of(std::string text) {
  std::ranges::replace(text, ';', ',');
  return {std::move(text)};
}

constexpr std::array<Known, 30> kColumns{{
    {"id"},
    {"from", true, [](PlanArgs& a, const std::string& v) { a.from = v; }},
    {"to", true, [](PlanArgs& a, const std::string& v) { a.to = v; }},
    {"cargo", true, [](PlanArgs& a, const std::string& v) { a.cargo = v; }},
    {"goods", true, [](PlanArgs& a, const std::string& v) { a.goods = v; }},
    {"depart", true, [](PlanArgs& a, const std::string& v) { a.depart = v; }},
    {"load_unit", false, [](PlanArgs& a, const std::string& v) { a.load_unit = v; }},
    {"hired_from", false, [](PlanArgs& a, const std::string& v) { a.hired_from = v; }},
    // What is no number is out of range, and told as such.
    {"days", false,
     [](PlanArgs& a, const std::string& v) { a.days = parse_int<int>(v).value_or(-1); }},
    {"legs", false,
     [](PlanArgs& a, const std::string& v) { a.legs = parse_int<int>(v).value_or(-1); }},
    {"avoid_mode", false, [](PlanArgs& a, const std::string& v) { a.avoid_modes = list_of(v); }},
    {"avoid_country", false,
     [](PlanArgs& a, const std::string& v) { a.avoid_countries = list_of(v); }},
    {"avoid_place", false, [](PlanArgs& a, const std::string& v) { a.avoid_places = list_of(v); }},
    {"avoid_operator", false,
     [](PlanArgs& a, const std::string& v) { a.avoid_operators = list_of(v); }},
    {"avoid_service", false,
     [](PlanArgs& a, const std::string& v) { a.avoid_services = list_of(v); }},
    {"avoid_risk", false, [](PlanArgs& a, const std::string& v) { a.avoid_risks = list_of(v); }},
    {"avoid_regime", false,
     [](PlanArgs& a, const std::string& v) { a.avoid_regimes = list_of(v); }},
    {"only_mode", false, [](PlanArgs& a, const std::string& v) { a.only.modes = list_of(v); }},
    {"only_country", false,
     [](PlanArgs& a, const std::string& v) { a.only.countries = list_of(v); }},
    {"only_operator", false,
     [](PlanArgs& a, const std::string& v) { a.only.operators = list_of(v); }},
    {"only_service", false,
     [](PlanArgs& a, const std::string& v) { a.only.services = list_of(v); }},
    {"require_mode", false,
     [](PlanArgs& a, const std::string& v) { a.require.modes = list_of(v); }},
    {"require_country", false,
     [](PlanArgs& a, const std::string& v) { a.require.countries = list_of(v); }},
    {"require_operator", false,
     [](PlanArgs& a, const std::string& v) { a.require.operators = list_of(v); }},
    {"require_service", false,
     [](PlanArgs& a, const std::string& v) { a.require.services = list_of(v); }},
    {"via", false, [](PlanArgs& a, const std::string& v) { a.via = list_of(v); }},
    {"max_transshipments", false,
     [](PlanArgs& a, const std::string& v) { a.transshipments = parse_int<int>(v).value_or(-1); }},
    {"tolerance", false, [](PlanArgs& a, const std::string& v) { a.tolerance = v; }},
    {"papers_from", false, [](PlanArgs& a, const std::string& v) { a.papers_from = v; }},
    {"budget", false, [](PlanArgs& a, const std::string& v) { a.budget = v; }},
}};

// By column of the table; nothing after complaints.
std::optional<std::vector<const Known*>> columns_of(const load::CsvTable& table,
                                                    const std::string& file,
                                                    Complaints& complaints) {
  std::vector<std::string_view> names;
  for (const Known& known : kColumns)
    names.push_back(known.column);
  std::vector<const Known*> columns;
  bool is_fine = table.columns() > 0;
  for (std::size_t c = 0; c < table.columns(); ++c) {
    const std::string name{trim(table.header(c))};
    const auto found = std::ranges::find(kColumns, name, &Known::column);
    if (found != kColumns.end()) {
      columns.push_back(&*found);
      continue;
    }
    const std::vector<std::string> near = closest(name, names, 3);
    complaints.add({.file = file,
                    .line = 1,
                    .column = name,
                    .message = "is no column of shipments; known are " + join(names, ", "),
                    .hint = near.empty() ? "" : "did you mean '" + near.front() + "'?"});
    is_fine = false;
  }
  if (!is_fine) return std::nullopt;
  return columns;
}

}  // namespace

Result<std::string> read_text(const std::string& file) {
  std::ostringstream text;
  if (file == "-") {
    text << std::cin.rdbuf();
    return std::move(text).str();
  }
  std::ifstream in{file, std::ios::binary};
  if (in) text << in.rdbuf();
  if (!in || !text)
    return Error{.kind = ErrorKind::kUnavailable,
                 .message = "cannot read " + file + ": " + std::generic_category().message(errno)};
  return std::move(text).str();
}

std::vector<ShipmentRow> read_shipments(const std::string& file,
                                        const PlanArgs& otherwise,
                                        Complaints& complaints) {
  const Result<std::string> text = read_text(file);
  if (!text) {
    complaints.add({.file = file, .message = text.error().message});
    return {};
  }
  const load::CsvTable table = load::read_csv(*text, file, complaints);
  const auto columns = columns_of(table, file, complaints);
  if (!columns) return {};
  std::vector<ShipmentRow> rows;
  for (std::size_t r = 0; r < table.records(); ++r) {
    ShipmentRow row{.id = std::to_string(r + 1),
                    .line = table.line(r),
                    .args = otherwise,
                    .cells = {},
                    .is_faulty = table.is_faulty(r)};
    for (std::size_t c = 0; c < columns->size(); ++c) {
      const Known& known = *(*columns)[c];
      const std::string value{trim(table.cell(r, c))};
      if (value.empty()) continue;
      row.cells.emplace_back(known.column, value);
      if (known.set == nullptr) {
        row.id = value;
      } else {
        known.set(row.args, value);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Complaint complaint_of(const ShipmentRow& row, const std::string& file, const Error& error) {
  Complaint complaint{.file = file, .line = row.line, .message = error.message};
  if (error.where.starts_with("--")) {
    complaint.column = error.where.substr(2);
    std::ranges::replace(complaint.column, '-', '_');
    const auto cell =
        std::ranges::find(row.cells, complaint.column, &std::pair<std::string, std::string>::first);
    if (cell != row.cells.end()) complaint.value = cell->second;
    // Values stand in front of messages already.
    const std::string quoted = "'" + complaint.value + "'";
    if (complaint.message.find(quoted) != std::string::npos) complaint.value.clear();
  }
  // "no place 'aktua'; did you mean Aktau (aktau, KZ)?": the question is the hint.
  const std::size_t hint = complaint.message.find("; did you mean");
  if (hint != std::string::npos) {
    complaint.hint = complaint.message.substr(hint + 2);
    complaint.message.resize(hint);
  }
  return complaint;
}

}  // namespace karvan::cli
