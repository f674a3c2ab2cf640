// karvan simulate: what happens to the corridor from a day on.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/choice/alternatives.h"
#include "karvan/report/simulate_report.h"
#include "karvan/simulate/experiment.h"
#include "karvan/simulate/verify.h"

#include "output.h"
#include "progress.h"
#include "session.h"
#include "sheet_output.h"
#include "verb.h"

namespace karvan::cli {
namespace {

struct SimulateArgs {
  std::string from = "2024-01-01";
  int days = 366;
  int warm_up = 90;
  int replications = 1;
  int threads = 0;
  double demand = 1;
  std::string compare;
  std::string events;
  std::string charts;
  std::vector<std::string> charts_of;
  std::string precision;
  bool quiet = false;
  bool verify = false;
  bool observations = false;
};

// "FIGURE=1%": half the width of its interval, as a share of its mean.
std::optional<simulate::Precision> precision_of(const SimulateArgs& args) {
  const std::size_t at = args.precision.rfind('=');
  if (at == std::string::npos) return std::nullopt;
  std::string_view share = std::string_view{args.precision}.substr(at + 1);
  if (share.ends_with('%')) share.remove_suffix(1);
  const std::optional<double> percent = parse_double(share);
  if (!percent || !(*percent > 0)) return std::nullopt;
  return simulate::Precision{.figure = args.precision.substr(0, at), .share = *percent / 100};
}

Result<simulate::Question> question_of(const Settings& settings, const SimulateArgs& args) {
  simulate::Question question{
      .days = args.days,
      .warm_up_days = args.warm_up,
      .seed = settings.seed,
      .demand_factor = args.demand,
      .keep_events = args.verify || args.observations || !args.events.empty()};
  const std::optional<ParsedInstant> parsed = parse_instant(args.from);
  if (!parsed)
    return Error{.kind = ErrorKind::kMalformed,
                 .message = "'" + args.from + "' is not a date; expected 2024-01-01",
                 .where = "--from"};
  question.from = Date{std::chrono::floor<std::chrono::days>(parsed->clock)};
  const auto refuse = [](const char* option, const std::string& expected) {
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "is out of range; expected " + expected,
                 .where = option};
  };
  if (args.days < 1 || args.days > 36600) return refuse("--days", "1 to 36600");
  if (args.warm_up < 0 || args.warm_up > 3660) return refuse("--warm-up", "0 to 3660");
  if (args.replications < 1 || args.replications > 100'000)
    return refuse("--replications", "1 to 100000");
  if (!args.precision.empty() && !precision_of(args))
    return Error{.kind = ErrorKind::kMalformed,
                 .message = "'" + args.precision +
                            "' is not a figure and a percentage; expected "
                            "'market/TITR containers/transit_p95_h=1%'",
                 .where = "--precision"};
  if (!args.precision.empty() && args.observations)
    return Error{.kind = ErrorKind::kUnsupported,
                 .message = "does not go with --observations; say --replications instead",
                 .where = "--precision"};
  if (args.threads < 0 || args.threads > 256) return refuse("--threads", "0 to 256");
  if (!(args.demand > 0 && args.demand <= 10'000))
    return refuse("--demand", "more than 0, at most 10000");
  return question;
}

// Work dealt to threads by a common counter; what each item gives does not depend on who took it.
simulate::ForEach threads_of(int wanted) {
  const unsigned count = wanted > 0 ? static_cast<unsigned>(wanted)
                                    : std::max(1U, std::thread::hardware_concurrency());
  return [count](std::size_t n, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
      for (std::size_t i = next++; i < n; i = next++)
        work(i);
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < count && i < n; ++i)
      others.emplace_back(take);
    take();
  };
}

// The runs of one scenario; nothing after words on standard error.
std::optional<report::SimulateCase> run_case(const World& world,
                                             const simulate::Question& question,
                                             const SimulateArgs& args,
                                             report::ObservedCase* observed) {
  simulate::Simulator::Compiled compiled =
      simulate::Simulator::compile(world, question, choice::alternatives_from(world));
  if (!compiled.model) {
    for (const std::string& error : compiled.errors)
      say(error);
    say(std::to_string(compiled.errors.size()) + " faults; nothing was simulated");
    return std::nullopt;
  }
  const auto runs = static_cast<std::size_t>(args.replications);
  if (observed != nullptr) observed->runs.resize(runs);
  Progress progress{args.precision.empty() ? runs : 0, args.quiet};
  const auto visit = [&](std::size_t i, simulate::Answer& answer) {
    if (observed != nullptr) observed->runs[i] = simulate::observe(world, question, answer);
    if (i != 0) answer.events = {};
    progress.step();
  };
  const simulate::Crew crew{.for_each = threads_of(args.threads), .visit = visit};
  const std::optional<simulate::Precision> precision = precision_of(args);
  Result<std::vector<simulate::Answer>> answers =
      precision ? simulate::replicate_until(*compiled.model, question, *precision, crew)
                : simulate::replicate(*compiled.model, question, runs, crew);
  if (!answers) {
    fail(answers.error());
    return std::nullopt;
  }
  return report::SimulateCase{.scenario = std::string{world.scenario()},
                              .question = question,
                              .answers = std::move(answers).value(),
                              .warnings = std::move(compiled.warnings)};
}

int run_compare(const Settings& settings,
                const SimulateArgs& args,
                const Session& session,
                const report::SimulateCase& base) {
  const std::optional<load::Scenario> scenario = open_scenario(session, args.compare);
  if (!scenario) return kBadInput;
  const World world{session.loaded.corridor, scenario->overlay};
  simulate::Question question = base.question;
  question.keep_events = false;
  // As many runs as the base took, so that each has its pair.
  SimulateArgs same = args;
  same.precision.clear();
  same.replications = static_cast<int>(base.answers.size());
  const auto other = run_case(world, question, same, nullptr);
  if (!other) return kBadInput;
  if (settings.format != Format::kText)
    return finish(sheet_in(report::simulate_difference_sheet(base, *other), settings, 0),
                  kAnswered);
  return finish(report::simulate_difference_text(base, *other, settings.style()), kAnswered);
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
    const bool is_name = std::ranges::all_of(part, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '@';
    });
    if (!is_name)
      return Error{.kind = ErrorKind::kInvalid,
                   .message = "'" + part + "' is not part of a row's id; expected a-z, 0-9, _ - @",
                   .where = "--charts-of"};
    if (Status done = write("queues_" + part, report::queues_chart(run, part)); !done) return done;
  }
  return Done{};
}

int run_simulate(const Settings& settings, SimulateArgs args) {
  args.quiet = settings.quiet;
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const Result<simulate::Question> question = question_of(settings, args);
  if (!question) return fail(question.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  report::ObservedCase observed;
  const auto base =
      run_case(session->world(), *question, args, args.observations ? &observed : nullptr);
  if (!base) return kBadInput;
  if (args.verify) {
    const std::vector<std::string> faults =
        simulate::verify(session->world(), *question, base->answers.front());
    for (const std::string& fault : faults)
      say(fault);
    if (!faults.empty()) return kFault;
    if (!settings.quiet)
      say("audited: " + std::to_string(base->answers.front().events.size()) +
          " events of the first run, no fault");
  }
  if (!args.events.empty()) {
    const Status written = write_file(
        args.events, report::simulate_events_csv(session->world(), base->answers.front()));
    if (!written) return fail(written.error());
  }
  if (!args.charts.empty()) {
    if (const Status written = write_charts(args, *base); !written) return fail(written.error());
  }
  if (args.observations) {
    const World world = session->world();
    const report::Sheet sheet = report::simulate_observations_sheet(world, observed);
    if (settings.format != Format::kText) return finish(sheet_in(sheet, settings, 0), kAnswered);
    return finish(report::sheet_text(sheet, settings.style(), 40) +
                      report::simulate_observations_summary(world, observed) + ".\n",
                  kAnswered);
  }
  if (!args.compare.empty()) return run_compare(settings, args, *session, *base);
  if (settings.format != Format::kText)
    return finish(sheet_in(report::simulate_sheet(*base), settings, 0), kAnswered);
  return finish(report::simulate_text(*base, settings.style()), kAnswered);
}

}  // namespace

Verb add_simulate(CLI::App& parent) {
  auto args = std::make_shared<SimulateArgs>();
  CLI::App* app = parent.add_subcommand("simulate", "See what happens to the corridor in a year");
  const auto option = [app](const char* name, auto& value, const char* help, const char* type) {
    app->add_option(name, value, help)->type_name(type)->capture_default_str();
  };
  option("--from", args->from, "First day that counts", "DAY");
  option("--days", args->days, "How many days count", "N");
  option("--warm-up", args->warm_up, "Days simulated before, while the corridor fills", "N");
  option("--replications", args->replications, "Independent runs", "N");
  option("--threads", args->threads, "Threads; 0: as many as there are cores", "N");
  option("--demand", args->demand, "Factor on every quantity of demand", "X");
  app->add_option("--compare", args->compare, "Also run this scenario and tell the differences")
      ->type_name("NAME");
  app->add_option("--events", args->events, "Write the first run's event log here (CSV)")
      ->type_name("FILE");
  app->add_option("--precision", args->precision,
                  "Run until this figure's 95 % interval is so narrow: NAME=1%")
      ->type_name("NAME=P%");
  app->add_option("--charts", args->charts, "Write charts (SVG) into this folder")
      ->type_name("DIR");
  app->add_option("--charts-of", args->charts_of,
                  "Also the queues of facilities whose id contains this: dostyk, kuryk, ...")
      ->type_name("TEXT");
  app->add_flag("--observations", args->observations,
                "Hold published figures of these days against the runs");
  app->add_flag("--verify", args->verify, "Let the independent auditor check the first run's log");
  app->footer(
      "The same seed gives the same answer on every machine and any number of threads. Scenarios\n"
      "that are compared meet the same storms, breakdowns and delays.\n"
      "\n"
      "Examples:\n"
      "  karvan simulate --scenario 2024 --replications 5\n"
      "  karvan simulate --from 2026-01-01 --days 365 --compare storm_winter --replications 10");
  return {.app = app, .run = [args](const Settings& s) { return run_simulate(s, *args); }};
}

}  // namespace karvan::cli
