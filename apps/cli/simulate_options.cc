#include "simulate_options.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "karvan/base/text.h"

#include "writable.h"

namespace karvan::cli {

void add_simulate_options(CLI::App& app, SimulateArgs& args) {
  const auto option = [&app](const char* name, auto& value, const char* help, const char* type) {
    app.add_option(name, value, help)->type_name(type)->capture_default_str();
  };
  option("--from", args.from, "First day that counts", "DAY");
  option("--days", args.days, "How many days count", "N");
  option("--warm-up", args.warm_up_text, "Days simulated before, while the corridor fills; or auto",
         "N");
  option("--replications", args.replications, "Independent runs", "N");
  option("--threads", args.threads, "Threads; 0: as many as there are cores", "N");
  option("--demand", args.demand, "Factor on every quantity of demand", "X");
  app.add_option("--compare", args.compare, "Also run this scenario and tell the differences")
      ->type_name("NAME");
  app.add_option("--events", args.events, "Write the first run's event log here (CSV)")
      ->type_name("FILE");
  app.add_option("--shipments", args.shipments,
                 "Write the first run's deliveries here (CSV): where each one's hours went")
      ->type_name("FILE");
  app.add_option("--max-events", args.max_events,
                 "A run that needs more events of the engine fails")
      ->type_name("N");
  app.add_option("--max-seconds", args.max_seconds, "Runs that take longer, all together, fail")
      ->type_name("S");
  app.add_option("--precision", args.precision,
                 "Run until this figure's 95 % interval is so narrow: NAME=1%")
      ->type_name("NAME=P%");
  app.add_option("--charts", args.charts, "Write charts (SVG) into this folder")->type_name("DIR");
  app.add_option("--charts-of", args.charts_of,
                 "Also the queues of facilities whose id contains this: dostyk, kuryk, ...")
      ->type_name("TEXT");
  app.add_option("--sweep", args.sweep,
                 "Set a number to n values: TABLE.ROWS.COLUMN=a..b/n, factors =xA..xB/n")
      ->type_name("CELLS=RANGE");
  app.add_option("--sensitivity", args.sensitivity,
                 "Which assumed numbers matter: Morris screening with N trajectories (2)")
      ->type_name("[N]")
      ->expected(0, 1);
  app.add_option("--sensitivity-of", args.sensitivity_of,
                 "Only those with this in TABLE.ID.COLUMN, in finer groups")
      ->type_name("TEXT");
  option("--range", args.range_text, "How far --sensitivity moves them, each way", "P%");
  app.add_option("--worth", args.worth, "What a tenth more of the N worst bottlenecks would bring")
      ->type_name("N");
  app.add_option("--replay", args.replay,
                 "Send this option of a plan through the simulated corridor: karvan plan --handles")
      ->type_name("HANDLE");
  app.add_option("--figure", args.figures,
                 "A figure that --sweep and --sensitivity tell; * for any letters")
      ->type_name("NAME");
  app.add_option("-o,--out", args.out, "Write the answer into this file")->type_name("FILE");
  app.add_flag("--observations", args.observations,
               "Hold published figures of these days against the runs");
  app.add_flag("--lose-unserved", args.lose_unserved,
               "Demand without any way is lost and told, not refused");
  app.add_flag("--verify", args.verify, "Let the independent auditor check the first run's log");
}

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

namespace {

Error option_error(const char* option, const std::string& message) {
  return Error{.kind = ErrorKind::kInvalid, .message = message, .where = option};
}

Status settle_warm_up(SimulateArgs& args) {
  args.is_warm_up_auto = args.warm_up_text == "auto";
  if (args.is_warm_up_auto) return Done{};
  const auto days = parse_int<int>(args.warm_up_text);
  if (!days) return option_error("--warm-up", "is no number of days; expected 0 to 3660, or auto");
  args.warm_up = *days;
  return Done{};
}

Status settle_sensitivity(SimulateArgs& args) {
  if (args.is_sensitivity) {
    // CLI11 gives a word of its own for an option without its value.
    const bool is_bare = args.sensitivity.empty() || args.sensitivity == "true";
    const auto count = is_bare ? std::optional<int>{2} : parse_int<int>(args.sensitivity);
    if (!count || *count < 2 || *count > 1000)
      return option_error("--sensitivity", "is out of range; expected 2 to 1000 trajectories");
    args.trajectories = *count;
  }
  std::string_view range = args.range_text;
  if (range.ends_with('%')) range.remove_suffix(1);
  const auto percent = parse_double(range);
  if (!percent || !(*percent > 0 && *percent < 100))
    return option_error("--range", "is out of range; expected more than 0% and less than 100%");
  args.range = *percent / 100;
  return Done{};
}

// Whether the files beside the answer can be written: told before the runs, not after them.
Status check_files(const SimulateArgs& args) {
  for (const auto& [option, path] :
       {std::pair{"--events", &args.events}, std::pair{"--shipments", &args.shipments}}) {
    if (path->empty()) continue;
    if (const Status able = can_write(*path); !able)
      return option_error(option, able.error().message);
    if (*path == args.out) return option_error(option, "is the same file as --out");
  }
  if (!args.events.empty() && args.events == args.shipments)
    return option_error("--shipments", "is the same file as --events");
  if (args.charts.empty() && !args.charts_of.empty())
    return option_error("--charts-of", "needs --charts DIR");
  for (const std::string& part : args.charts_of) {
    const bool is_name = std::ranges::all_of(part, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '@';
    });
    if (!is_name)
      return option_error("--charts-of",
                          "'" + part + "' is not part of a row's id; expected a-z, 0-9, _ - @");
  }
  if (args.charts.empty()) return Done{};
  std::error_code fault;
  if (const Status able = can_write(args.charts + "/deliveries.svg"); able) return Done{};
  // The folder itself may be made.
  if (const Status able = can_write(args.charts);
      !able && !std::filesystem::is_directory(args.charts, fault))
    return option_error("--charts", able.error().message);
  return std::filesystem::is_directory(args.charts, fault)
             ? option_error("--charts", "cannot write into " + args.charts)
             : Status{Done{}};
}

}  // namespace

Status settle_experiments(SimulateArgs& args) {
  if (const Status settled = settle_warm_up(args); !settled) return settled;
  if (const Status settled = settle_sensitivity(args); !settled) return settled;
  if (args.worth < 0 || args.worth > 100)
    return option_error("--worth", "is out of range; expected 1 to 100");
  const int asked = (args.sweep.empty() ? 0 : 1) + (args.trajectories > 0 ? 1 : 0) +
                    (args.worth > 0 ? 1 : 0) + (args.compare.empty() ? 0 : 1) +
                    (args.observations ? 1 : 0);
  const bool is_experiment = !args.sweep.empty() || args.trajectories > 0 || args.worth > 0;
  if (is_experiment && asked > 1)
    return option_error("--sweep, --sensitivity, --worth",
                        "ask one at a time, and without --compare");
  const bool has_log = args.verify || !args.events.empty() || !args.shipments.empty();
  if (is_experiment && (has_log || !args.precision.empty()))
    return option_error("--sweep, --sensitivity, --worth",
                        "do not go with --verify, --events, --shipments or --precision");
  if (!(args.max_seconds >= 0))
    return option_error("--max-seconds", "is out of range; expected more than 0");
  return check_files(args);
}

Result<simulate::Question> question_of(const Settings& settings, const SimulateArgs& args) {
  simulate::Question question{.days = args.days,
                              .warm_up_days = args.warm_up,
                              .seed = settings.seed,
                              .demand_factor = args.demand,
                              .lose_unserved = args.lose_unserved,
                              .keep_events = args.verify || args.observations ||
                                             !args.events.empty() || !args.shipments.empty(),
                              .most_events = args.max_events};
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

}  // namespace karvan::cli
