// karvan observations: published figures against the model's.

#include <memory>

#include <CLI/CLI.hpp>

#include "karvan/report/comparison.h"

#include "output.h"
#include "session.h"
#include "verb.h"

namespace karvan::cli {
namespace {

struct ObservationsArgs {
  bool all = false;
};

int run_observations(const Settings& settings, const ObservationsArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  const World world = session->world();
  const std::vector<report::Comparison> comparisons = report::compare(world);
  const report::Sheet sheet = report::comparison_sheet(world, comparisons, args.all);
  const std::string summary = report::comparison_summary(comparisons);
  switch (settings.format) {
    case Format::kJson:
      return finish(report::sheet_json(sheet), kAnswered);
    case Format::kCsv:
      return finish(report::sheet_csv(sheet), kAnswered);
    case Format::kMarkdown:
      return finish(report::sheet_markdown(sheet) + "\n" + summary + ".\n", kAnswered);
    case Format::kText:
    case Format::kGeoJson:
    case Format::kXlsx:
    case Format::kIcs:
    case Format::kHtml:
      break;
  }
  return finish(report::sheet_text(sheet, settings.style(), 44) + summary + ".\n", kAnswered);
}

}  // namespace

Verb add_observations(CLI::App& parent) {
  auto args = std::make_shared<ObservationsArgs>();
  CLI::App* app =
      parent.add_subcommand("observations", "Hold published figures against the model's values");
  app->add_flag("--all", args->all, "Also those that this model has no value for, and why");
  app->footer(
      "Off: by how many percent the model's value lies beyond the published range. Lengths are "
      "the\n"
      "shortest way over the links meant; transit times and prices are asked of the planner.\n"
      "\n"
      "Examples:\n"
      "  karvan observations\n"
      "  karvan observations --format markdown > table.md");
  return {.app = app, .run = [args](const Settings& s) { return run_observations(s, *args); }};
}

}  // namespace karvan::cli
