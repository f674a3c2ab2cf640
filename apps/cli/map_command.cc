// karvan map: the corridor as GeoJSON.

#include <memory>

#include <CLI/CLI.hpp>

#include "karvan/report/map_report.h"

#include "output.h"
#include "session.h"
#include "verb.h"

namespace karvan::cli {
namespace {

struct MapArgs {
  std::string data;
  std::string out;
  std::string date;
};

int run_map(const Settings& given, const MapArgs& args) {
  Settings settings = given;
  if (!args.data.empty()) settings.data = args.data;
  // Text is what --format says when nobody said anything: a map is GeoJSON anyway.
  if (const Status known = require_format(settings, std::array{Format::kText, Format::kGeoJson});
      !known)
    return fail(known.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  const World world = session->world();
  std::optional<Date> date = parse_date(args.date);
  if (!args.date.empty() && !date)
    return fail({.kind = ErrorKind::kMalformed,
                 .message = "'" + args.date + "' is not a date; expected one like 2026-03-02",
                 .where = "--date"});
  if (!date) date = world.info().calendar_until - std::chrono::days{1};
  const std::string map = report::map_geojson(world, *date);
  if (args.out.empty() || args.out == "-") return finish(map, kAnswered);
  const Status written = write_file(args.out, map);
  if (!written) return fail(written.error());
  if (!settings.quiet)
    say("wrote " + args.out + ": " + std::to_string(world.ids<Place>().size()) + " places, " +
        std::to_string(world.ids<Link>().size()) + " links");
  return kAnswered;
}

}  // namespace

Verb add_map(CLI::App& parent) {
  auto args = std::make_shared<MapArgs>();
  CLI::App* app = parent.add_subcommand("map", "Write the corridor as GeoJSON");
  app->add_option("DATA", args->data, "Folder; the same as --data");
  app->add_option("-o,--out", args->out, "File; standard output without it")->type_name("FILE");
  app->add_option("--date", args->date, "Day on which links are open or not; default: the last day")
      ->type_name("DATE");
  app->footer(
      "Places are points, links are lines along their shapes. The file appears whole or not at\n"
      "all.\n"
      "\n"
      "Examples:\n"
      "  karvan map -o corridor.geojson\n"
      "  karvan map data/demo --date 2026-03-02 | jq '.features | length'");
  return {.app = app, .run = [args](const Settings& s) { return run_map(s, *args); }};
}

}  // namespace karvan::cli
