#include "simulate_options.h"

#include <string_view>

#include "karvan/base/text.h"

namespace karvan::cli {

void add_simulate_options(CLI::App& app, SimulateArgs& args) {
  const auto option = [&app](const char* name, auto& value, const char* help, const char* type) {
    app.add_option(name, value, help)->type_name(type)->capture_default_str();
  };
  option("--from", args.from, "First day that counts", "DAY");
  option("--days", args.days, "How many days count", "N");
  option("--warm-up", args.warm_up, "Days simulated before, while the corridor fills", "N");
  option("--replications", args.replications, "Independent runs", "N");
  option("--threads", args.threads, "Threads; 0: as many as there are cores", "N");
  option("--demand", args.demand, "Factor on every quantity of demand", "X");
  app.add_option("--compare", args.compare, "Also run this scenario and tell the differences")
      ->type_name("NAME");
  app.add_option("--events", args.events, "Write the first run's event log here (CSV)")
      ->type_name("FILE");
  app.add_option("--precision", args.precision,
                 "Run until this figure's 95 % interval is so narrow: NAME=1%")
      ->type_name("NAME=P%");
  app.add_option("--charts", args.charts, "Write charts (SVG) into this folder")->type_name("DIR");
  app.add_option("--charts-of", args.charts_of,
                 "Also the queues of facilities whose id contains this: dostyk, kuryk, ...")
      ->type_name("TEXT");
  app.add_option("-o,--out", args.out, "Write the answer into this file")->type_name("FILE");
  app.add_flag("--observations", args.observations,
               "Hold published figures of these days against the runs");
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

}  // namespace karvan::cli
