#include "session.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/load/directory.h"
#include "karvan/load/schema.h"
#include "karvan/report/check_report.h"

#include "catalog_of.h"
#include "output.h"

namespace karvan::cli {
namespace {

constexpr std::string_view kBase = "base";  // no scenario

report::CatalogColumn column_of(const load::ColumnSpec& spec) {
  const std::string_view type = spec.type;
  return {.name = spec.name,
          .unit = spec.unit,
          .doc = spec.doc,
          .refers_to = spec.reference,
          .is_number = type == "number" || type == "integer",
          .is_flag = type == "flag",
          .is_list = type.starts_with("list of")};
}

report::CatalogTable table_of(const load::TableSpec& spec, const load::RawTable& raw) {
  report::CatalogTable table;
  table.name = spec.name;
  table.description = spec.description;
  for (const load::ColumnSpec& column : spec.columns)
    table.columns.push_back(column_of(column));
  table.rows.reserve(raw.rows());
  for (std::size_t row = 0; row < raw.rows(); ++row) {
    std::vector<std::string>& cells = table.rows.emplace_back();
    cells.reserve(spec.columns.size());
    for (std::size_t i = 0; i < spec.columns.size(); ++i)
      cells.emplace_back(raw.cell(row, i));
  }
  return table;
}

// Added rows have all their cells in a row, one change each, the first being the id.
void apply(const std::vector<load::CellChange>& changes, report::Catalog& catalog) {
  for (const load::CellChange& change : changes) {
    const auto table = std::ranges::find(catalog.tables, change.table, &report::CatalogTable::name);
    if (table == catalog.tables.end()) continue;
    std::optional<std::size_t> row = table->row(change.id);
    if (change.kind == load::ChangeKind::kRemoved) {
      if (row) table->rows.erase(table->rows.begin() + static_cast<std::ptrdiff_t>(*row));
      continue;
    }
    if (!row) {
      std::vector<std::string> cells(table->columns.size());
      cells.front() = change.id;
      table->rows.push_back(std::move(cells));
      row = table->rows.size() - 1;
    }
    if (const std::optional<std::size_t> column = table->column(change.column))
      table->rows[*row][*column] = change.to;
  }
}

}  // namespace

void tell(const Complaints& complaints) {
  // If standard error is closed there is nobody to tell.
  static_cast<void>(write_err(report::complaints_text(complaints, report::Style{})));
}

std::vector<std::string> scenario_names(const load::Files& files) {
  constexpr std::string_view kFolder = "scenarios/";
  constexpr std::string_view kEnd = ".toml";
  std::vector<std::string> names;
  for (const auto& [file, text] : files) {
    if (!file.starts_with(kFolder) || !file.ends_with(kEnd)) continue;
    names.push_back(file.substr(kFolder.size(), file.size() - kFolder.size() - kEnd.size()));
  }
  return names;
}

Status check_scenario(const load::Files& files, std::string_view name) {
  const std::vector<std::string> names = scenario_names(files);
  for (const std::string& known : names) {
    if (known == name) return Done{};
  }
  if (names.empty())
    return Error{.kind = ErrorKind::kNotFound,
                 .message = "unknown scenario '" + std::string{name} + "'; this data has none"};
  return unknown_word("scenario", name, names);
}

std::optional<load::Scenario> open_scenario(const Session& session, std::string_view name) {
  if (name != kBase) {
    if (const Status known = check_scenario(session.files, name); !known) {
      fail(known.error());
      return std::nullopt;
    }
  }
  Complaints complaints;
  std::optional<load::Scenario> scenario =
      load::load_scenario(session.loaded, session.files, name, complaints);
  if (!scenario) tell(complaints);
  return scenario;
}

std::optional<load::Scenario> open_varied(const Session& session,
                                          std::string_view name,
                                          std::span<const load::Tweak> tweaks) {
  Complaints complaints;
  std::optional<load::Scenario> scenario = load::load_varied(
      session.loaded, session.files, name.empty() ? kBase : name, tweaks, complaints);
  if (!scenario) tell(complaints);
  return scenario;
}

std::unique_ptr<Session> open_session(const Settings& settings) {
  auto session = std::make_unique<Session>();
  Complaints complaints;
  session->files = load::read_folder(settings.data, complaints);
  std::optional<load::Loaded> loaded =
      load::load_corridor(session->files, settings.data, complaints);
  if (!loaded) {
    tell(complaints);
    say(settings.data + " cannot be used as data; `karvan check` says all that is wrong");
    return nullptr;
  }
  session->loaded = std::move(*loaded);
  if (settings.scenario.empty() || settings.scenario == kBase) return session;
  session->scenario = open_scenario(*session, settings.scenario);
  return session->scenario ? std::move(session) : nullptr;
}

std::unique_ptr<Session> open_session(const Settings& settings, const std::string& booked) {
  std::unique_ptr<Session> session = open_session(settings);
  if (!session || booked.empty()) return session;
  const Result<std::string> text = read_file(booked);
  if (!text) {
    fail({.kind = text.error().kind, .message = text.error().message, .where = booked});
    return nullptr;
  }
  Complaints complaints;
  session->scenario = load::load_booked(session->loaded, session->files,
                                        session->scenario ? settings.scenario : kBase,
                                        {.file = booked, .text = *text}, complaints);
  if (!complaints.empty()) tell(complaints);
  return session->scenario ? std::move(session) : nullptr;
}

report::Catalog catalog_of(const load::Loaded& loaded, const load::Scenario* scenario) {
  report::Catalog catalog;
  const std::vector<load::TableSpec>& specs = load::table_specs();
  for (std::size_t i = 0; i < specs.size(); ++i)
    catalog.tables.push_back(table_of(specs[i], loaded.raw[i]));
  if (scenario != nullptr) apply(scenario->changes, catalog);
  return catalog;
}

report::Catalog catalog_of(const Session& session) {
  return catalog_of(session.loaded, session.scenario ? &*session.scenario : nullptr);
}

std::string located(const load::Loaded& loaded, const std::string& fault) {
  const std::size_t colon = fault.find(": ");
  const std::size_t blank = fault.find(' ');
  if (colon == std::string::npos || blank > colon) return fault;
  const auto table = load::find_table(fault.substr(0, blank));
  if (!table) return fault;
  const std::string id = fault.substr(blank + 1, colon - blank - 1);
  const load::RawTable& raw = loaded.raw[*table];
  for (std::size_t row = 0; row < raw.rows(); ++row) {
    if (raw.code(row) == id)
      return raw.file + ":" + std::to_string(raw.csv.line(row)) + ": row " + id +
             fault.substr(colon);
  }
  return fault;
}

}  // namespace karvan::cli
