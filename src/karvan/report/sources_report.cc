#include "karvan/report/sources_report.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

constexpr std::array<std::string_view, 3> kConfidences{"published", "derived", "assumed"};

bool has_facts(const CatalogTable& table) {
  return table.column("confidence").has_value();
}

bool rests_on(const CatalogTable& table, std::size_t row, std::string_view source_id) {
  const std::vector<std::string_view> ids = split(table.cell(row, "source"), ';');
  return std::ranges::find(ids, source_id) != ids.end();
}

}  // namespace

Sheet confidence_sheet(const Catalog& catalog) {
  Sheet sheet{.columns = {{"table", "Table"},
                          {"rows", "Rows"},
                          {"published", "Published"},
                          {"derived", "Derived"},
                          {"assumed", "Assumed"},
                          {"unsourced", "No source"}},
              .rows = {}};
  std::array<std::size_t, 5> total{};
  const auto add = [&sheet](std::string_view name, const std::array<std::size_t, 5>& counts) {
    std::vector<Cell> row{name};
    for (const std::size_t count : counts)
      row.push_back(Cell::count(count));
    sheet.rows.push_back(std::move(row));
  };
  for (const CatalogTable& table : catalog.tables) {
    if (!has_facts(table) || table.rows.empty()) continue;
    std::array<std::size_t, 5> counts{table.rows.size()};
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const std::string_view confidence = table.cell(row, "confidence");
      for (std::size_t k = 0; k < kConfidences.size(); ++k)
        counts[k + 1] += confidence == kConfidences[k] ? 1U : 0U;
      counts[4] += table.cell(row, "source").empty() ? 1U : 0U;
    }
    for (std::size_t k = 0; k < counts.size(); ++k)
      total[k] += counts[k];
    add(table.name, counts);
  }
  add("all", total);
  return sheet;
}

Sheet sources_sheet(const Catalog& catalog) {
  Sheet sheet{.columns = {{"id", "Source"},
                          {"uses", "Rows"},
                          {"date", "Date"},
                          {"publisher", "Publisher"},
                          {"title", "Title"},
                          {"address", ""}},
              .rows = {}};
  std::map<std::string_view, std::size_t> uses;
  for (const CatalogTable& table : catalog.tables) {
    if (!has_facts(table)) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (const std::string_view id : split(table.cell(row, "source"), ';'))
        ++uses[id];
    }
  }
  const CatalogTable* sources = catalog.table("sources");
  if (sources == nullptr) return sheet;
  for (std::size_t row = 0; row < sources->rows.size(); ++row) {
    const RowAt at{.table = sources, .row = row};
    sheet.rows.push_back({at.id(), Cell::count(uses[at.id()]), at.cell("date"),
                          at.cell("publisher"), at.cell("title"), at.cell("address")});
  }
  return sheet;
}

Sheet assumed_sheet(const Catalog& catalog, std::string_view only) {
  Sheet sheet{.columns = {{"table", "Table"}, {"id", "Row"}, {"source", ""}, {"note", "Rests on"}},
              .rows = {}};
  for (const CatalogTable& table : catalog.tables) {
    if (!has_facts(table) || (!only.empty() && table.name != only)) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (table.cell(row, "confidence") != "assumed") continue;
      sheet.rows.push_back({table.name, table.rows[row].front(), table.cell(row, "source"),
                            table.cell(row, "note")});
    }
  }
  return sheet;
}

Sheet trace_sheet(const Catalog& catalog, const std::vector<RowAt>& rows) {
  Sheet sheet{.columns = {{"table", "Table"},
                          {"id", "Row"},
                          {"confidence", "Confidence"},
                          {"note", "Note"},
                          {"source", "Source"},
                          {"title", "Title"},
                          {"publisher", "Publisher"},
                          {"date", "Date"},
                          {"address", "Address"}},
              .rows = {}};
  for (const RowAt& row : rows) {
    for (const RowAt& source : sources_of(catalog, row)) {
      sheet.rows.push_back({row.table->name, row.id(), row.cell("confidence"), row.cell("note"),
                            source.id(), source.cell("title"), source.cell("publisher"),
                            source.cell("date"), source.cell("address")});
    }
  }
  return sheet;
}

std::string trace_text(const Catalog& catalog, const std::vector<RowAt>& rows, const Style& style) {
  std::string text;
  for (const RowAt& row : rows) {
    if (!text.empty()) text += '\n';
    const std::string_view confidence = row.cell("confidence");
    text += fmt::format("{}  {}:{}\n", style.bold(one_line(row.name())), row.table->name, row.id());
    text += fmt::format(
        "  {}", confidence == "assumed" ? style.yellow(confidence) : style.green(confidence));
    if (const std::string_view note = row.cell("note"); !note.empty())
      text += ": " + wrapped(one_line(note), 86, 4);
    text += '\n';
    for (const RowAt& source : sources_of(catalog, row)) {
      text += fmt::format("  <- {} ({})\n", style.bold(source.id()), one_line(source.cell("date")));
      text += "     " + wrapped(one_line(source.cell("title")), 92, 5) + '\n';
      text += "     " + one_line(source.cell("publisher")) + '\n';
      if (const std::string_view address = source.cell("address"); !address.empty())
        text += "     " + style.dim(one_line(address)) + '\n';
    }
  }
  return text;
}

Sheet uses_sheet(const Catalog& catalog, std::string_view source_id) {
  Sheet sheet{.columns = {{"table", "Table"},
                          {"id", "Row"},
                          {"name", "Name"},
                          {"confidence", "Confidence"},
                          {"note", "Note"}},
              .rows = {}};
  for (const CatalogTable& table : catalog.tables) {
    if (!has_facts(table)) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (!rests_on(table, row, source_id)) continue;
      const RowAt at{.table = &table, .row = row};
      sheet.rows.push_back({table.name, at.id(), at.name() == at.id() ? Cell{} : Cell{at.name()},
                            at.cell("confidence"), at.cell("note")});
    }
  }
  return sheet;
}

std::string uses_text(const Catalog& catalog, const RowAt& source, const Style& style) {
  const Sheet uses = uses_sheet(catalog, source.id());
  std::string text = fmt::format("{}  {}\n", style.bold(one_line(source.id())),
                                 wrapped(one_line(source.cell("title")), 90, 2));
  text +=
      fmt::format("  {}, {}\n", one_line(source.cell("publisher")), one_line(source.cell("date")));
  if (const std::string_view address = source.cell("address"); !address.empty())
    text += "  " + style.dim(one_line(address)) + '\n';
  text += fmt::format("\n{} row{} rest{} on it\n", uses.rows.size(),
                      uses.rows.size() == 1 ? "" : "s", uses.rows.size() == 1 ? "s" : "");
  return text + sheet_text(uses, style, 60);
}

}  // namespace karvan::report
