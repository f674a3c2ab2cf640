// karvan scenario: which there are, what one changes, how two differ.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/report/scenario_report.h"

#include "output.h"
#include "session.h"
#include "sheet_output.h"
#include "verb.h"

namespace karvan::cli {
namespace {

constexpr int kScenarioCellMax = 44;

struct ScenarioArgs {
  std::string a;
  std::string b;
};

std::vector<report::ScenarioChange> changes_of(const load::Scenario& scenario) {
  std::vector<report::ScenarioChange> changes;
  for (const load::CellChange& change : scenario.changes) {
    changes.push_back({.table = change.table,
                       .id = change.id,
                       .column = change.column,
                       .from = change.from,
                       .to = change.to,
                       .what = std::string{to_text(change.kind)}});
  }
  return changes;
}

report::ScenarioHead head_of(const load::Scenario& scenario) {
  return {.name = scenario.info.name,
          .title = scenario.info.title,
          .description = scenario.info.description,
          .parent = scenario.info.parent,
          .cells = scenario.changes.size()};
}

// The session without any scenario laid over it.
std::unique_ptr<Session> open_base(const Settings& settings) {
  Settings base = settings;
  base.scenario.clear();
  return open_session(base);
}

int run_list(const Settings& settings) {
  const std::unique_ptr<Session> session = open_base(settings);
  if (!session) return kBadInput;
  std::vector<report::ScenarioHead> heads;
  int exit = kAnswered;
  for (const std::string& name : scenario_names(session->files)) {
    if (const std::optional<load::Scenario> scenario = open_scenario(*session, name)) {
      heads.push_back(head_of(*scenario));
    } else {
      exit = kBadInput;
    }
  }
  return finish(sheet_in(report::scenarios_sheet(heads), settings, kScenarioCellMax), exit);
}

int run_scenario_show(const Settings& settings, const ScenarioArgs& args) {
  const std::unique_ptr<Session> session = open_base(settings);
  if (!session) return kBadInput;
  const std::optional<load::Scenario> scenario = open_scenario(*session, args.a);
  if (!scenario) return kBadInput;
  const std::vector<report::ScenarioChange> changes = changes_of(*scenario);
  if (settings.format == Format::kText)
    return finish(report::scenario_text(head_of(*scenario), changes, settings.style()), kAnswered);
  if (settings.format == Format::kJson)
    return finish(report::scenario_json(head_of(*scenario), changes), kAnswered);
  return finish(sheet_in(report::changes_sheet(changes), settings, kScenarioCellMax), kAnswered);
}

int run_diff(const Settings& settings, const ScenarioArgs& args) {
  const std::unique_ptr<Session> session = open_base(settings);
  if (!session) return kBadInput;
  const std::optional<load::Scenario> a = open_scenario(*session, args.a);
  if (!a) return kBadInput;
  const std::optional<load::Scenario> b = open_scenario(*session, args.b);
  if (!b) return kBadInput;
  const report::Sheet sheet = report::difference_sheet(
      {.a = args.a, .b = args.b, .of_a = changes_of(*a), .of_b = changes_of(*b)});
  if (sheet.rows.empty() && settings.format == Format::kText)
    return finish("The two scenarios say the same.\n", kAnswered);
  return finish(sheet_in(sheet, settings, kScenarioCellMax), kAnswered);
}

}  // namespace

Verb add_scenario(CLI::App& parent) {
  auto args = std::make_shared<ScenarioArgs>();
  CLI::App* app = parent.add_subcommand("scenario", "List, show and compare scenarios");
  app->require_subcommand(1);
  app->fallthrough();
  CLI::App* list = app->add_subcommand("list", "All scenarios of the data");
  CLI::App* show = app->add_subcommand("show", "What a scenario changes, cell by cell");
  show->add_option("NAME", args->a, "Scenario")->required();
  CLI::App* diff = app->add_subcommand("diff", "Cells in which two scenarios differ");
  diff->add_option("A", args->a, "Scenario, or base: the corridor itself")->required();
  diff->add_option("B", args->b, "Scenario, or base")->required();
  for (CLI::App* one : {list, show, diff})
    one->fallthrough();
  app->footer(
      "Examples:\n"
      "  karvan scenario list\n"
      "  karvan scenario show kuryk_closed\n"
      "  karvan scenario diff base two_more_feeders --format csv");
  const auto run = [args, list, show](const Settings& settings) {
    const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
    if (const Status known = require_format(settings, formats); !known) return fail(known.error());
    if (list->parsed()) return run_list(settings);
    return show->parsed() ? run_scenario_show(settings, *args) : run_diff(settings, *args);
  };
  return {.app = app, .run = run};
}

}  // namespace karvan::cli
