// karvan timetable: timetables of others taken in and given out; departures as boards show them.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/base/text.h"
#include "karvan/load/directory.h"
#include "karvan/report/check_report.h"
#include "karvan/report/timetable_report.h"
#include "karvan/timetable/archive.h"
#include "karvan/timetable/departures.h"
#include "karvan/timetable/export_gtfs.h"
#include "karvan/timetable/import_gtfs.h"
#include "karvan/timetable/import_sheet.h"

#include "lookup.h"
#include "output.h"
#include "session.h"
#include "sheet_output.h"
#include "verb.h"

namespace karvan::cli {
namespace {

constexpr int kTimetableCellMax = 44;
constexpr std::chrono::days kLongestShow{3660};

struct ImportArgs {
  std::string source;
  std::string into;
  std::string out;
  std::string from;
  std::string until;
  int gauge_mm = 1435;
  bool dry_run = false;
  timetable::ImportOptions options;
};

struct ExportArgs {
  std::string out;
  timetable::ExportOptions options;
};

struct TimetableShowArgs {
  std::string what;
  std::string name;
  std::string from;
  std::string until;
};

struct TimetableArgs {
  ImportArgs import;
  ExportArgs exported;
  TimetableShowArgs show;
};

int refuse(const Complaints& complaints, const std::string& last) {
  // Nothing is left to do if standard error is closed.
  static_cast<void>(write_err(report::complaints_text(complaints, report::Style{})));
  say(last);
  return kBadInput;
}

Result<std::optional<Date>> date_option(const std::string& text, const std::string& option) {
  if (text.empty()) return std::optional<Date>{};
  const std::optional<Date> date = parse_date(text);
  if (date) return date;
  return Error{.kind = ErrorKind::kMalformed,
               .message = "'" + text + "' is not a date; expected one like 2026-03-02",
               .where = option};
}

// -- import --------------------------------------------------------------------------------------

// "feeds/german-long-distance.zip" gives "german-long-distance".
std::string name_of(const std::string& path) {
  std::filesystem::path file{path};
  if (file.filename().empty()) file = file.parent_path();
  std::string name;
  for (const char c : file.stem().string())
    name += load::is_code_char(c) ? c : '_';
  return name.empty() || name == "." || name == ".." ? "timetable" : name.substr(0, 60);
}

Status settle_import(ImportArgs& args) {
  const auto bad = [](std::string option, std::string message) {
    return Error{
        .kind = ErrorKind::kInvalid, .message = std::move(message), .where = std::move(option)};
  };
  const auto from = date_option(args.from, "--from");
  if (!from) return from.error();
  const auto until = date_option(args.until, "--until");
  if (!until) return until.error();
  args.options.from = *from;
  args.options.until = *until;
  if (*from && *until && **until <= **from) return bad("--until", "is not after --from");
  if (args.into.empty() && args.out.empty() && !args.dry_run)
    return bad("--out", "say where the corridor goes: --out, or --into for one that exists");
  if (args.options.name.empty()) args.options.name = name_of(args.source);
  if (!load::is_code(args.options.name))
    return bad("--name", "'" + args.options.name + "' is not an id; expected A-Z a-z 0-9 _ - .");
  if (!load::is_code(args.options.prefix) || args.options.prefix.size() > 16)
    return bad("--prefix", "expected at most 16 of A-Z a-z 0-9 _ - .");
  const std::string& country = args.options.country;
  const bool is_capital = country.size() == 2 && country[0] >= 'A' && country[0] <= 'Z' &&
                          country[1] >= 'A' && country[1] <= 'Z';
  if (!country.empty() && !is_capital) return bad("--country", "expected two capitals, like KZ");
  if (!(args.options.units > 0)) return bad("--units", "is not above 0");
  if (args.gauge_mm < 600 || args.gauge_mm > 1676)
    return bad("--gauge", "expected millimetres from 600 to 1676");
  args.options.gauge = Gauge{args.gauge_mm};
  return Done{};
}

std::optional<timetable::Imported> import_from(const ImportArgs& args,
                                               const timetable::Base* base,
                                               Complaints& complaints) {
  if (args.source.ends_with(".csv")) {
    const Result<std::string> text = read_file(args.source);
    if (!text) {
      complaints.add({.file = args.source, .message = text.error().message});
      return std::nullopt;
    }
    return timetable::import_sheet(*text, args.source, args.options, base, complaints);
  }
  const std::optional<load::Files> feed = timetable::read_feed_files(args.source, complaints);
  if (!feed) return std::nullopt;
  return timetable::import_gtfs(*feed, args.options, base, complaints);
}

int run_import(const Settings& settings, const ImportArgs& given) {
  ImportArgs args = given;
  if (const Status ok = settle_import(args); !ok) return fail(ok.error());
  Complaints complaints;
  std::optional<load::Loaded> into;
  if (!args.into.empty()) {
    into = load::load_corridor(args.into, complaints);
    if (!into) return refuse(complaints, args.into + " cannot be imported into");
    if (!args.options.load_unit.empty() &&
        !find_load_unit(World{into->corridor}, args.options.load_unit))
      return fail(find_load_unit(World{into->corridor}, args.options.load_unit).error());
  } else if (!args.options.load_unit.empty()) {
    return fail({.kind = ErrorKind::kInvalid,
                 .message = "a new corridor has no load units to name; use --into",
                 .where = "--load-unit"});
  }
  std::optional<timetable::Base> base;
  if (into) base.emplace(timetable::Base{*into});
  complaints = {};
  const auto imported = import_from(args, base ? &*base : nullptr, complaints);
  if (!imported) return refuse(complaints, "nothing was imported");
  complaints = {};
  const std::string target = args.out.empty() ? args.into : args.out;
  if (!load::load_corridor(imported->files, target, complaints))
    return refuse(complaints, "nothing was imported: the corridor would not hold together");
  if (!args.dry_run) {
    const Status written = timetable::write_folder(target, imported->files, args.into);
    if (!written) return fail(written.error());
    if (!settings.quiet) say("wrote " + target);
  }
  if (settings.format == Format::kJson) return finish(report::import_json(*imported), kAnswered);
  if (settings.format == Format::kText)
    return finish(report::import_text(*imported, settings.style()), kAnswered);
  return finish(sheet_in(report::remarks_sheet(imported->remarks), settings, 0), kAnswered);
}

// -- export --------------------------------------------------------------------------------------

int run_export(const Settings& settings, const ExportArgs& args) {
  Settings base = settings;
  base.scenario.clear();
  const std::unique_ptr<Session> session = open_session(base);
  if (!session) return kBadInput;
  Complaints complaints;
  const auto exported = timetable::export_gtfs(session->loaded, args.options, complaints);
  if (!exported) return refuse(complaints, "nothing was exported");
  if (args.out.ends_with(".zip")) {
    const Result<std::string> bytes = timetable::zipped(exported->files);
    if (!bytes) return fail(bytes.error());
    if (const Status done = write_file(args.out, *bytes); !done) return fail(done.error());
  } else if (const Status done = timetable::write_folder(args.out, exported->files, ""); !done) {
    return fail(done.error());
  }
  if (!settings.quiet) say("wrote " + args.out);
  if (settings.format == Format::kJson) return finish(report::export_json(*exported), kAnswered);
  if (settings.format == Format::kText)
    return finish(report::export_text(*exported, settings.style()), kAnswered);
  return finish(sheet_in(report::remarks_sheet(exported->remarks), settings, 0), kAnswered);
}

// -- show ----------------------------------------------------------------------------------------

Result<timetable::DepartureQuery> query_of(const World& world, const TimetableShowArgs& args) {
  timetable::DepartureQuery query;
  if (args.what == "place") {
    const auto place = find_place(world, args.name);
    if (!place) return place.error();
    query.place = *place;
  } else if (args.what == "service") {
    const auto service = find_service(world, args.name);
    if (!service) return service.error();
    query.service = *service;
  } else {
    return unknown_word("kind", args.what, {"place", "service"});
  }
  const auto from = date_option(args.from, "--from");
  if (!from) return from.error();
  const auto until = date_option(args.until, "--until");
  if (!until) return until.error();
  query.from = from->value_or(world.info().calendar_from);
  query.until = until->value_or(query.from + std::chrono::days{7});
  if (query.until <= query.from || query.until - query.from > kLongestShow)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "is not after --from, or more than ten years later",
                 .where = "--until"};
  return query;
}

int run_timetable_show(const Settings& settings, const TimetableShowArgs& args) {
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  const World world = session->world();
  const Result<timetable::DepartureQuery> query = query_of(world, args);
  if (!query) return fail(query.error());
  const timetable::Departures found = timetable::departures(world, *query);
  const report::Sheet sheet = report::departures_sheet(world, found);
  if (sheet.rows.empty() && settings.format == Format::kText)
    return finish("Nothing leaves in these days.\n", kNo);
  return finish(sheet_in(sheet, settings, kTimetableCellMax), sheet.rows.empty() ? kNo : kAnswered);
}

void add_import_options(CLI::App& app, ImportArgs& args) {
  app.add_option("FEED", args.source,
                 "A GTFS feed (a folder or a .zip) or a sheet (.csv, see docs/timetables.md)")
      ->required();
  app.add_option("-o,--out", args.out, "Folder of the new corridor")->type_name("DIR");
  app.add_option("--into", args.into, "Corridor to merge into; without --out it is replaced")
      ->type_name("DIR");
  app.add_option("--name", args.options.name, "Id of the corridor and of the source of its rows")
      ->type_name("ID");
  app.add_option("--prefix", args.options.prefix, "Before the ids of the feed")->type_name("TEXT");
  app.add_option("--zone", args.options.zone, "Time zone, if the feed names none")
      ->type_name("ZONE");
  app.add_option("--country", args.options.country, "Country of places; default: by time zone")
      ->type_name("XX");
  app.add_option("--from", args.from, "First day of a new corridor")->type_name("DATE");
  app.add_option("--until", args.until, "First day without; default: two years at most")
      ->type_name("DATE");
  app.add_option("--gauge", args.gauge_mm, "Of rails, where the feed does not say; default 1435")
      ->type_name("MM");
  app.add_option("--load-unit", args.options.load_unit,
                 "What services carry where the feed does not say; default: passenger")
      ->type_name("ID");
  app.add_option("--units", args.options.units, "So many by each departure; default 500")
      ->type_name("N");
  app.add_flag("--dry-run", args.dry_run, "Report only; nothing is written");
}

constexpr const char* kTimetableFooter =
    "The report counts what was dropped, repaired and assumed, each with its first examples. A\n"
    "folder appears whole or not at all. Services by rate are exported with headways; those on\n"
    "demand are not. What GTFS has no word for stands in columns and files named karvan_*.\n"
    "\n"
    "Examples:\n"
    "  karvan timetable import feed.zip --out corridors/feed\n"
    "  karvan timetable import feed/ --dry-run --out x --format json\n"
    "  karvan timetable import trains.csv --into data/demo --out corridors/more\n"
    "  karvan timetable export --data data/titr -o titr.zip --zone Asia/Almaty\n"
    "  karvan timetable show place aktau --from 2026-03-02 --until 2026-03-09\n"
    "  karvan timetable show service ktz_block_west --data data/demo --from 2026-03-02";

}  // namespace

Verb add_timetable(CLI::App& parent) {
  auto args = std::make_shared<TimetableArgs>();
  args->import.options.name.clear();
  CLI::App* app =
      parent.add_subcommand("timetable", "Import, export and show timetables (GTFS, CSV)");
  app->require_subcommand(1);
  app->fallthrough();
  CLI::App* import = app->add_subcommand("import", "A feed or sheet becomes a corridor's services");
  add_import_options(*import, args->import);
  CLI::App* exporting = app->add_subcommand("export", "The corridor's services as a GTFS feed");
  exporting->add_option("-o,--out", args->exported.out, "A new folder, or a .zip")
      ->required()
      ->type_name("PATH");
  exporting->add_option("--zone", args->exported.options.zone, "Time zone of the feed's times")
      ->type_name("ZONE");
  CLI::App* show = app->add_subcommand("show", "Departures in local time");
  show->add_option("WHAT", args->show.what, "place or service")->required();
  show->add_option("NAME", args->show.name, "Which one")->required();
  show->add_option("--from", args->show.from, "First day; default: the calendar's")
      ->type_name("DATE");
  show->add_option("--until", args->show.until, "First day without; default: a week later")
      ->type_name("DATE");
  for (CLI::App* one : {import, exporting, show})
    one->fallthrough();
  app->footer(kTimetableFooter);
  const auto run = [args, import, exporting](const Settings& settings) {
    const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
    if (const Status known = require_format(settings, formats); !known) return fail(known.error());
    if (import->parsed()) return run_import(settings, args->import);
    return exporting->parsed() ? run_export(settings, args->exported)
                               : run_timetable_show(settings, args->show);
  };
  return {.app = app, .run = run};
}

}  // namespace karvan::cli
