// karvan check: reads a data folder and its scenarios and says everything that is wrong with them.

#include <chrono>
#include <memory>

#include <CLI/CLI.hpp>

#include "karvan/load/directory.h"
#include "karvan/load/scenario.h"
#include "karvan/report/check_report.h"

#include "output.h"
#include "session.h"
#include "verb.h"

namespace karvan::cli {
namespace {

struct CheckArgs {
  std::string data;
  bool timing = false;
  bool strict = false;
};

// Loads what the settings name, and all scenarios. Nothing if the folder itself is not usable.
std::unique_ptr<Session> check_all(const Settings& settings, Complaints& complaints) {
  auto session = std::make_unique<Session>();
  session->files = load::read_folder(settings.data, complaints);
  std::optional<load::Loaded> loaded =
      load::load_corridor(session->files, settings.data, complaints);
  if (!loaded) return nullptr;
  session->loaded = std::move(*loaded);
  for (const std::string& name : scenario_names(session->files))
    load::load_scenario(session->loaded, session->files, name, complaints);
  return session;
}

int run_check(const Settings& given, const CheckArgs& args) {
  Settings settings = given;
  if (!args.data.empty()) settings.data = args.data;
  if (const Status known = require_format(settings, std::array{Format::kText, Format::kJson});
      !known)
    return fail(known.error());
  const auto begin = std::chrono::steady_clock::now();
  Complaints complaints;
  const std::unique_ptr<Session> session = check_all(settings, complaints);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  complaints.sort();
  report::Catalog catalog;
  report::CheckReport report{.folder = settings.data,
                             .catalog = nullptr,
                             .complaints = &complaints,
                             .scenarios = {},
                             .seconds = std::nullopt};
  if (session) {
    catalog = catalog_of(*session);
    report.catalog = &catalog;
    report.scenarios = scenario_names(session->files);
  }
  const bool passed = session && complaints.ok() && (!args.strict || complaints.empty());
  const int exit = passed ? kAnswered : kBadInput;
  if (settings.format == Format::kJson) {
    if (args.timing) report.seconds = took.count();
    return finish(report.json(), exit);
  }
  if (!settings.quiet) report.seconds = took.count();
  if (!complaints.ok() || !settings.quiet)
    static_cast<void>(write_err(report::complaints_text(complaints, report::Style{})));
  return settings.quiet && passed ? exit : finish(report.text(settings.style()), exit);
}

}  // namespace

Verb add_check(CLI::App& parent) {
  auto args = std::make_shared<CheckArgs>();
  CLI::App* app = parent.add_subcommand("check", "Say what a data folder holds and what is wrong");
  app->add_option("DATA", args->data, "Folder; the same as --data");
  app->add_flag("--timing", args->timing, "Put the time of loading into the JSON");
  app->add_flag("--strict", args->strict, "Warnings count as errors");
  app->footer(
      "Errors and warnings go to standard error, each with file, line and column. With errors the\n"
      "exit status is 2.\n"
      "\n"
      "Examples:\n"
      "  karvan check data/titr\n"
      "  karvan check --data data/titr --format json | jq .counts");
  return {.app = app, .run = [args](const Settings& s) { return run_check(s, *args); }};
}

}  // namespace karvan::cli
