// karvan show: tables, one table, one row.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/base/text.h"
#include "karvan/report/show_report.h"

#include "lookup.h"
#include "output.h"
#include "session.h"
#include "sheet_output.h"
#include "verb.h"

namespace karvan::cli {
namespace {

constexpr int kShowCellMax = 30;
constexpr std::string_view kFleet = "fleet";

struct ShowArgs {
  std::string table;
  std::string id;
  std::string date;
};

bool names_table(std::string_view word, std::string_view table) {
  if (word == table || std::string{word} + "s" == table) return true;
  return word.ends_with("y") && std::string{word.substr(0, word.size() - 1)} + "ies" == table;
}

// The tables that a word means: "place" and "places"; "fleet" is several.
Result<std::vector<const report::CatalogTable*>> tables_named(const report::Catalog& catalog,
                                                              std::string_view typed) {
  std::string word = to_lower_ascii(typed);
  for (char& c : word)
    c = c == '-' ? '_' : c;
  if (word == kFleet || word == "fleets")
    return std::vector{catalog.table("vessels"), catalog.table("wagon_pools"),
                       catalog.table("locomotives")};
  std::vector<std::string> names{std::string{kFleet}};
  for (const report::CatalogTable& table : catalog.tables) {
    if (names_table(word, table.name)) return std::vector{&table};
    names.push_back(table.name);
  }
  return unknown_word("table", typed, names);
}

// The row by its id, else by a name that only one row has. Places are found by all their names.
Result<report::RowAt> row_named(const World& world,
                                const std::vector<const report::CatalogTable*>& tables,
                                std::string_view text) {
  std::vector<report::RowAt> rows;
  std::vector<Candidate> candidates;
  for (const report::CatalogTable* table : tables) {
    if (const std::optional<std::size_t> row = table->row(text))
      return report::RowAt{.table = table, .row = *row};
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
      const report::RowAt at{.table = table, .row = i};
      rows.push_back(at);
      candidates.push_back({.code = std::string{at.id()},
                            .label = std::string{at.id()},
                            .names = {std::string{at.name()}}});
    }
  }
  if (tables.size() == 1 && tables.front()->name == "places") {
    const Result<Id<Place>> place = find_place(world, text);
    if (!place) return place.error();
    const std::optional<std::size_t> row = tables.front()->row(world[*place].code);
    if (row) return report::RowAt{.table = tables.front(), .row = *row};
  }
  const Result<std::size_t> chosen = choose("row of " + tables.front()->name, text, candidates);
  if (!chosen) return chosen.error();
  return rows[*chosen];
}

// All columns for programs, those worth a glance for people.
std::string table_in(const report::CatalogTable& table, const Settings& settings) {
  const bool is_read = settings.format == Format::kText || settings.format == Format::kMarkdown;
  return sheet_in(is_read ? report::glance_sheet(table) : report::sheet_of(table), settings,
                  kShowCellMax);
}

int show_tables(const std::vector<const report::CatalogTable*>& tables, const Settings& settings) {
  std::string text;
  for (const report::CatalogTable* table : tables) {
    if (settings.format == Format::kText) {
      if (!text.empty()) text += '\n';
      text += settings.style().bold(table->name) + ": " + table->description + '\n';
    }
    // Several tables in one JSON answer would not be one value.
    if (tables.size() > 1 && settings.format != Format::kText)
      return fail({.kind = ErrorKind::kUnsupported,
                   .message = "'fleet' is several tables; with --format ask for vessels, "
                              "wagon_pools or locomotives"});
    text += table_in(*table, settings);
  }
  return finish(text, kAnswered);
}

int show_row(const Session& session,
             const report::Catalog& catalog,
             const report::RowAt& row,
             const Settings& settings,
             Date date) {
  const World world = session.world();
  const report::RowReport report{.world = world, .catalog = catalog, .row = row, .date = date};
  const std::vector<std::size_t> only{row.row};
  if (settings.format == Format::kJson) return finish(report.json(), kAnswered);
  if (settings.format == Format::kCsv)
    return finish(report::sheet_csv(report::sheet_of(*row.table, &only)), kAnswered);
  return finish(report.text(settings.style()), kAnswered);
}

// Memberships are looked at on --date, else on the first day of the calendar's last year (never the
// wall clock: the same command gives the same answer tomorrow).
Result<Date> date_of(const ShowArgs& args, const World& world) {
  if (args.date.empty()) {
    const Date last = world.info().calendar_until - std::chrono::days{1};
    return Date{std::chrono::year_month_day{std::chrono::year_month_day{last}.year(),
                                            std::chrono::January, std::chrono::day{1}}};
  }
  if (const std::optional<Date> date = parse_date(args.date)) return *date;
  return Error{.kind = ErrorKind::kMalformed,
               .message = "'" + args.date + "' is not a date; expected one like 2026-03-02",
               .where = "--date"};
}

int run_show(const Settings& settings, const ShowArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  const report::Catalog catalog = catalog_of(*session);
  if (args.table.empty()) {
    const report::Sheet sheet = report::tables_sheet(catalog);
    return finish(sheet_in(sheet, settings, kShowCellMax), kAnswered);
  }
  const auto tables = tables_named(catalog, args.table);
  if (!tables) return fail(tables.error());
  if (args.id.empty()) return show_tables(*tables, settings);
  const Result<report::RowAt> row = row_named(session->world(), *tables, args.id);
  if (!row) return fail(row.error());
  const Result<Date> date = date_of(args, session->world());
  if (!date) return fail(date.error());
  return show_row(*session, catalog, *row, settings, *date);
}

}  // namespace

Verb add_show(CLI::App& parent) {
  auto args = std::make_shared<ShowArgs>();
  CLI::App* app =
      parent.add_subcommand("show", "Show tables, one table, or one row with all it says");
  app->add_option("TABLE", args->table, "place, link, service, fleet, regime, goods, ...");
  app->add_option("ID", args->id, "Row: its id, or a name that only one row has");
  app->add_option("--date", args->date, "Day on which memberships are looked at")
      ->type_name("DATE");
  app->footer(
      "Without TABLE: all tables and how many rows they have. `fleet` is vessels, wagon pools and\n"
      "locomotives.\n"
      "\n"
      "Examples:\n"
      "  karvan show\n"
      "  karvan show place Baku\n"
      "  karvan show service ktz_block_altynkol_aktau\n"
      "  karvan show regime tir --date 2026-03-02\n"
      "  karvan show links --format csv > links.csv");
  return {.app = app, .run = [args](const Settings& s) { return run_show(s, *args); }};
}

}  // namespace karvan::cli
