// karvan sources: from numbers to publications and back.

#include <algorithm>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/base/text.h"
#include "karvan/report/sources_report.h"

#include "output.h"
#include "session.h"
#include "sheet_output.h"
#include "verb.h"

namespace karvan::cli {
namespace {

struct SourcesArgs {
  std::string id;
  bool assumed = false;
};

int run_summary(const report::Catalog& catalog, const Settings& settings) {
  const report::Sheet counts = report::confidence_sheet(catalog);
  const report::Sheet sources = report::sources_sheet(catalog);
  if (settings.format == Format::kText)
    return finish(report::sheet_text(counts, settings.style()) + "\n" +
                      report::sheet_text(sources, settings.style(), 56),
                  kAnswered);
  return finish(sheet_in(sources, settings, 0), kAnswered);
}

int run_assumed(const report::Catalog& catalog, const SourcesArgs& args, const Settings& settings) {
  if (!args.id.empty() && catalog.table(args.id) == nullptr) {
    std::vector<std::string> names;
    for (const report::CatalogTable& table : catalog.tables)
      names.push_back(table.name);
    return fail(unknown_word("table", args.id, names));
  }
  return finish(sheet_in(report::assumed_sheet(catalog, args.id), settings, 110), kAnswered);
}

// "links:aktau-alat-sea", or an id in whatever tables have it.
Result<std::vector<report::RowAt>> rows_named(const report::Catalog& catalog,
                                              const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    const report::CatalogTable* table = catalog.table(text.substr(0, colon));
    if (table == nullptr) {
      std::vector<std::string> names;
      for (const report::CatalogTable& one : catalog.tables)
        names.push_back(one.name);
      return unknown_word("table", text.substr(0, colon), names);
    }
    const std::string id = text.substr(colon + 1);
    if (const auto row = table->row(id)) return std::vector{report::RowAt{table, *row}};
    std::vector<std::string> ids;
    for (const auto& row : table->rows)
      ids.push_back(row.front());
    return unknown_word("row of " + table->name, id, ids);
  }
  std::vector<report::RowAt> found = report::find_rows(catalog, text);
  if (!found.empty()) return found;
  std::vector<std::string> ids;
  for (const report::CatalogTable& table : catalog.tables) {
    for (const auto& row : table.rows)
      ids.push_back(row.front());
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  return unknown_word("id", text, ids);
}

int run_trace(const report::Catalog& catalog, const SourcesArgs& args, const Settings& settings) {
  const auto rows = rows_named(catalog, args.id);
  if (!rows) return fail(rows.error());
  const auto is_source = [](const report::RowAt& row) { return row.table->name == "sources"; };
  const auto source = std::ranges::find_if(*rows, is_source);
  if (source != rows->end()) {
    if (settings.format == Format::kText)
      return finish(report::uses_text(catalog, *source, settings.style()), kAnswered);
    return finish(sheet_in(report::uses_sheet(catalog, source->id()), settings, 0), kAnswered);
  }
  if (settings.format == Format::kText)
    return finish(report::trace_text(catalog, *rows, settings.style()), kAnswered);
  return finish(sheet_in(report::trace_sheet(catalog, *rows), settings, 0), kAnswered);
}

int run_sources(const Settings& settings, const SourcesArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  const report::Catalog catalog = catalog_of(*session);
  if (args.assumed) return run_assumed(catalog, args, settings);
  if (args.id.empty()) return run_summary(catalog, settings);
  return run_trace(catalog, args, settings);
}

}  // namespace

Verb add_sources(CLI::App& parent) {
  auto args = std::make_shared<SourcesArgs>();
  CLI::App* app = parent.add_subcommand("sources", "Trace any number to its source, and back");
  app->add_option("ID", args->id, "A row (table:id or id), or a source; with --assumed a table");
  app->add_flag("--assumed", args->assumed, "List the assumed rows and what they rest on");
  app->footer(
      "Without ID: how many rows are published, derived and assumed, and all sources with the\n"
      "number of rows that rest on them.\n"
      "\n"
      "Examples:\n"
      "  karvan sources\n"
      "  karvan sources links:aktau-alat-sea\n"
      "  karvan sources seanews240312\n"
      "  karvan sources --assumed tariffs");
  return {.app = app, .run = [args](const Settings& s) { return run_sources(s, *args); }};
}

}  // namespace karvan::cli
