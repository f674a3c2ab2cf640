// karvan simulate: what happens to the corridor from a day on.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/report/simulate_workbook.h"
#include "karvan/simulate/verify.h"

#include "interrupt.h"
#include "output.h"
#include "session.h"
#include "sheet_output.h"
#include "simulate_case.h"
#include "simulate_experiments.h"
#include "simulate_options.h"
#include "verb.h"

namespace karvan::cli {
namespace {

// The runs of the scenario to compare with, each with its pair among those of the base.
std::optional<report::SimulateCase> run_other(const SimulateArgs& args,
                                              const Session& session,
                                              const load::Scenario& scenario,
                                              const report::SimulateCase& base) {
  const World world{session.loaded.corridor, scenario.overlay};
  simulate::Question question = base.question;
  question.keep_events = false;
  question.lose_unserved = true;  // what the base carries and this does not is a difference
  SimulateArgs same = args;
  same.precision.clear();
  same.replications = static_cast<int>(base.answers.size());
  return run_case(world, question, same, nullptr);
}

// deliveries.svg, queues.svg and one chart of queues for each text of --charts-of.
Status write_charts(const SimulateArgs& args, const report::SimulateCase& run) {
  std::error_code fault;
  std::filesystem::create_directories(args.charts, fault);
  if (fault)
    return Error{.kind = ErrorKind::kUnavailable,
                 .message = "cannot make folder '" + args.charts + "': " + fault.message(),
                 .where = "--charts"};
  const auto write = [&](const std::string& name, const report::Chart& chart) {
    return write_file(args.charts + "/" + name + ".svg", report::chart_svg(chart));
  };
  if (Status done = write("deliveries", report::deliveries_chart(run)); !done) return done;
  if (Status done = write("queues", report::queues_chart(run, "")); !done) return done;
  for (const std::string& part : args.charts_of) {
    if (Status done = write("queues_" + part, report::queues_chart(run, part)); !done) return done;
  }
  return Done{};
}

// What the auditor and the files beside the answer have to say before it.
int write_tables(const Settings& settings,
                 const SimulateArgs& args,
                 const World& world,
                 const report::SimulateCase& base) {
  if (args.verify) {
    const std::vector<std::string> faults =
        simulate::verify(world, base.question, base.answers.front());
    for (const std::string& fault : faults)
      say(fault);
    if (!faults.empty()) return kFault;
    if (!settings.quiet)
      say("audited: " + std::to_string(base.answers.front().events.size()) +
          " events of the first run, no fault");
  }
  if (!args.events.empty()) {
    const Status written =
        write_file(args.events, report::simulate_events_csv(world, base.answers.front()));
    if (!written) return fail(written.error());
  }
  if (!args.shipments.empty()) {
    const Status written =
        write_file(args.shipments, report::simulate_shipments_csv(world, base.answers.front()));
    if (!written) return fail(written.error());
  }
  if (!args.charts.empty()) {
    if (const Status written = write_charts(args, base); !written) return fail(written.error());
  }
  return kAnswered;
}

// What a question was answered with.
struct Answered {
  const World& world;
  const report::SimulateCase& base;
  const std::optional<report::SimulateCase>& other;
  const report::ObservedCase& observed;

  report::Sheet observations() const {
    return report::simulate_observations_sheet(world, observed);
  }
  report::Sheet differences() const { return report::simulate_difference_sheet(base, *other); }
};

// All there is to tell, as pages; the other formats tell one thing.
int answer_workbook(const Settings& settings, const SimulateArgs& args, const Answered& answered) {
  std::vector<report::WorkbookPage> pages = report::simulate_pages(answered.base);
  if (args.observations) pages.push_back({"Observations", answered.observations()});
  if (answered.other) pages.push_back({"Differences", answered.differences()});
  return deliver_pages(pages, settings, args.out);
}

std::string answer_text(const Settings& settings,
                        const SimulateArgs& args,
                        const Answered& answered) {
  if (args.observations)
    return report::sheet_text(answered.observations(), settings.style(), 40) +
           report::simulate_observations_summary(answered.world, answered.observed) + ".\n";
  if (answered.other)
    return report::simulate_difference_text(answered.base, *answered.other, settings.style());
  return report::simulate_text(answered.base, settings.style());
}

int answer(const Settings& settings, const SimulateArgs& args, const Answered& answered) {
  if (settings.format == Format::kXlsx) return answer_workbook(settings, args, answered);
  if (settings.format == Format::kText)
    return deliver(answer_text(settings, args, answered), settings, args.out);
  const report::Sheet sheet = args.observations ? answered.observations()
                              : answered.other  ? answered.differences()
                                                : report::simulate_sheet(answered.base);
  return deliver(sheet_in(sheet, settings, 0), settings, args.out);
}

// Runs of --replay where nothing is said: a tenth of them tells a quantile of 10 %.
constexpr int kReplays = 20;

// One scenario, or two compared.
int run_cases(const Experiment& experiment, const std::string& remark) {
  const auto& [settings, args, session, question] = experiment;
  std::optional<load::Scenario> compared;
  if (!args.compare.empty()) {
    compared = open_scenario(session, args.compare);
    if (!compared) return kBadInput;
  }
  report::ObservedCase observed;
  auto base = run_case(session.world(), question, args, args.observations ? &observed : nullptr);
  if (!base) return kBadInput;
  if (!remark.empty()) base->remarks.push_back(remark);
  std::optional<report::SimulateCase> other;
  if (compared) {
    other = run_other(args, session, *compared, *base);
    if (!other) return kBadInput;
  }
  if (const int exit = write_tables(settings, args, session.world(), *base); exit != kAnswered)
    return exit;
  const World world = session.world();
  return answer(settings, args,
                {.world = world, .base = *base, .other = other, .observed = observed});
}

// What was asked, once the data are there.
int run_asked(const Settings& settings,
              const SimulateArgs& args,
              const Session& session,
              simulate::Question question) {
  std::string remark;
  if (args.is_warm_up_auto) {
    const auto found = automatic_warm_up(session.world(), question, args);
    if (!found) return kBadInput;
    question.warm_up_days = found->days;
    if (!settings.quiet) say(found->remark);
    remark = found->remark;
  }
  const Experiment experiment{settings, args, session, question};
  if (!args.sweep.empty()) return run_sweep(experiment);
  if (args.trajectories > 0) return run_sensitivity(experiment);
  if (args.worth > 0) return run_worth(experiment);
  return run_cases(experiment, remark);
}

int run_simulate(const Settings& settings, SimulateArgs args) {
  args.quiet = settings.quiet;
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown,
                           Format::kXlsx};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  if (const Status able = check_delivery(settings, args.out); !able) return fail(able.error());
  if (const Status known = settle_experiments(args); !known) return fail(known.error());
  const Result<simulate::Question> asked = question_of(settings, args);
  if (!asked && args.replay.empty()) return fail(asked.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  args.located = [&session](const std::string& fault) { return located(session->loaded, fault); };
  const Interrupt interrupt;
  const int exit = args.replay.empty() ? run_asked(settings, args, *session, *asked)
                                       : run_replay(settings, args, *session);
  if (exit == kAnswered || !Interrupt::is_set()) return exit;
  if (Interrupt::cause() == Interrupt::Cause::kSignal) {
    say("stopped; nothing was written");
    return kStopped;
  }
  return fail({.kind = ErrorKind::kUnavailable,
               .message = "the runs took longer; nothing was written",
               .where = "--max-seconds"});
}

}  // namespace

Verb add_simulate(CLI::App& parent) {
  auto args = std::make_shared<SimulateArgs>();
  CLI::App* app = parent.add_subcommand("simulate", "See what happens to the corridor in a year");
  add_simulate_options(*app, *args);
  app->footer(
      "The same seed gives the same answer on every machine and any number of threads. Scenarios\n"
      "that are compared meet the same storms, breakdowns and delays.\n"
      "\n"
      "Examples:\n"
      "  karvan simulate --scenario 2024 --replications 5\n"
      "  karvan simulate --from 2026-01-01 --days 365 --compare storm_winter --replications 10\n"
      "  karvan simulate --replay HANDLE --scenario storm_winter      an option of a plan, sent");
  const auto run = [app, args](const Settings& settings) {
    args->is_sensitivity = app->count("--sensitivity") > 0;
    if (!args->replay.empty()) {
      if (app->count("--from") > 0)
        return fail({.kind = ErrorKind::kInvalid,
                     .message = "the option says when it leaves; expected no --from",
                     .where = "--replay"});
      if (app->count("--days") == 0) args->days = 0;
      if (app->count("--replications") == 0) args->replications = kReplays;
    }
    return run_simulate(settings, *args);
  };
  return {.app = app, .run = run};
}

}  // namespace karvan::cli
