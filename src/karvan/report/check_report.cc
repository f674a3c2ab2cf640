#include "karvan/report/check_report.h"

#include <fmt/format.h>

#include "karvan/base/check.h"
#include "karvan/base/text.h"
#include "karvan/report/detail/json.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

using detail::Json;

struct Sourced {
  std::size_t rows = 0;
  std::size_t sourced = 0;
};

// A source is its own source and not counted.
Sourced sourced_of(const Catalog& catalog) {
  Sourced sum;
  for (const CatalogTable& table : catalog.tables) {
    if (!table.column("source")) continue;
    sum.rows += table.rows.size();
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      sum.sourced += table.cell(row, "source").empty() ? 0U : 1U;
  }
  return sum;
}

// Tables in as many columns as fit a page, read downwards.
std::string counts_text(const Catalog& catalog, const Style& style) {
  constexpr std::size_t kColumns = 3;
  std::vector<const CatalogTable*> filled;
  for (const CatalogTable& table : catalog.tables) {
    if (!table.rows.empty()) filled.push_back(&table);
  }
  const std::size_t height = (filled.size() + kColumns - 1) / kColumns;
  std::vector<TextTable::Column> columns;
  for (std::size_t i = 0; i < kColumns; ++i) {
    columns.push_back({"", Align::kRight});
    columns.push_back({"", Align::kLeft});
  }
  TextTable table{columns, 2};
  for (std::size_t y = 0; y < height; ++y) {
    std::vector<std::string> cells;
    for (std::size_t x = 0; x < kColumns; ++x) {
      const std::size_t i = x * height + y;
      const bool is_there = i < filled.size();
      cells.push_back(is_there ? with_thousands(static_cast<double>(filled[i]->rows.size()), 0)
                               : std::string{});
      cells.push_back(is_there ? filled[i]->name : std::string{});
    }
    table.add(std::move(cells));
  }
  return table.text(style);
}

std::string plural(std::size_t n, std::string_view word) {
  return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s");
}

Json complaint_json(const Complaint& complaint) {
  return {{"severity", complaint.severity == Severity::kError ? "error" : "warning"},
          {"file", complaint.file},
          {"line", complaint.line},
          {"column", complaint.column},
          {"value", complaint.value},
          {"message", complaint.message},
          {"hint", complaint.hint}};
}

}  // namespace

std::string complaints_text(const Complaints& complaints, const Style& style) {
  std::string text;
  for (const Complaint& complaint : complaints) {
    text += complaint.severity == Severity::kError ? style.red("error") : style.yellow("warning");
    text += ": " + to_text(complaint) + '\n';
  }
  if (complaints.not_kept() > 0) text += fmt::format("... and {} more\n", complaints.not_kept());
  return text;
}

std::string CheckReport::text(const Style& style) const {
  CHECK(complaints != nullptr);
  std::string text;
  if (catalog != nullptr) {
    std::size_t rows = 0;
    for (const CatalogTable& table : catalog->tables)
      rows += table.rows.size();
    text += fmt::format("{}: {} rows\n", style.bold(folder),
                        with_thousands(static_cast<double>(rows), 0));
    text += counts_text(*catalog, style);
    const Sourced sourced = sourced_of(*catalog);
    text += sourced.rows == sourced.sourced
                ? style.green("Every row has its source.") + "\n"
                : style.red(plural(sourced.rows - sourced.sourced, "row") + " without a source.") +
                      "\n";
    if (!scenarios.empty())
      text += "Scenarios checked: " + wrapped(join(scenarios, ", "), 80, 19) + '\n';
  } else {
    text += fmt::format("{}: not usable\n", style.bold(folder));
  }
  const std::string errors = plural(complaints->error_count(), "error");
  const std::string warnings = plural(complaints->warning_count(), "warning");
  text += (complaints->ok() ? style.green(errors) : style.red(errors)) + ", " + warnings + '\n';
  if (seconds) text += fmt::format("Loaded and checked in {:.0f} ms.\n", *seconds * 1000);
  return text;
}

std::string CheckReport::json() const {
  CHECK(complaints != nullptr);
  Json all = {{"folder", folder}, {"ok", complaints->ok()}};
  all["counts"] = Json::object();
  if (catalog != nullptr) {
    for (const CatalogTable& table : catalog->tables)
      all["counts"][table.name] = table.rows.size();
    const Sourced sourced = sourced_of(*catalog);
    all["rows"] = sourced.rows;
    all["sourced"] =
        sourced.rows == 0
            ? Json(1.0)
            : detail::number(
                  static_cast<double>(sourced.sourced) / static_cast<double>(sourced.rows), 6);
  }
  all["scenarios"] = scenarios;
  all["errors"] = complaints->error_count();
  all["warnings"] = complaints->warning_count();
  all["complaints"] = Json::array();
  for (const Complaint& complaint : *complaints)
    all["complaints"].push_back(complaint_json(complaint));
  if (seconds) all["seconds"] = detail::number(*seconds, 4);
  return detail::dump(all);
}

}  // namespace karvan::report
