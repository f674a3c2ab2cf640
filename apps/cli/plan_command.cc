// karvan plan: a shipper's question to the planner.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/plan/plan.h"
#include "karvan/report/plan_report.h"

#include "output.h"
#include "plan_asked.h"
#include "plan_kinds.h"
#include "plan_options.h"
#include "plan_seen.h"
#include "session.h"
#include "verb.h"

namespace karvan::cli {
namespace {

// Which of the options shown are told by themselves; an error names the option.
Status check_told(const Settings& settings,
                  const PlanArgs& args,
                  const report::PlanReport& report) {
  const auto told = static_cast<int>(report.told());
  if (told == 0) return Done{};  // a "no" is told instead
  if (args.gantt != 0) {
    if (const Status fine = check_range("--gantt", args.gantt, 1, told); !fine) return fine;
  }
  if (settings.format == Format::kIcs || settings.format == Format::kHtml)
    return check_range("--choose", args.chosen, 1, told);
  return Done{};
}

// Formats that hold every option unless so many are asked for.
bool tells_all(Format format) {
  return format == Format::kJson || format == Format::kCsv || format == Format::kGeoJson;
}

// The judge's words on standard error; the exit status if it found anything broken.
int judge(const Settings& settings,
          const World& world,
          const PlanAsked& asked,
          const plan::Answer& answer) {
  const std::vector<std::string> broken = broken_by(world, asked, answer);
  for (const std::string& promise : broken)
    say("verify: " + promise);
  if (broken.empty() && !settings.quiet)
    say("verify: " + std::to_string(answer.itineraries.size()) + " itineraries hold");
  return broken.empty() ? kAnswered : kFault;
}

int run_question(const Settings& settings, const PlanArgs& args) {
  const std::array formats{Format::kText,    Format::kJson, Format::kCsv,
                           Format::kGeoJson, Format::kIcs,  Format::kHtml};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const Result<std::size_t> options = options_of(
      args.options, std::max<std::size_t>(6, static_cast<std::size_t>(std::max(args.k_best, 0))));
  if (!options) return fail(options.error());
  const auto chart = axes_of(args.chart);
  if (!chart) return fail(chart.error());
  const std::unique_ptr<Session> session = open_session(settings, args.booked);
  if (!session) return kBadInput;
  const World world = session->world();
  Result<PlanAsked> read = asked_of(world, args);
  if (!read) return fail(read.error());
  PlanAsked asked = std::move(read).value();
  if (!args.options.empty() && tells_all(settings.format)) asked.most = *options;
  std::optional<plan::LearnedLaws> learned = learned_from(world, args.seen, settings.quiet);
  if (!learned) return kBadInput;
  asked.learned = *std::move(learned);
  const plan::Planner planner{world};
  plan::Answer answer = answer_to(planner, asked);
  if (args.verify) {
    if (const int exit = judge(settings, world, asked, answer); exit != kAnswered) return exit;
  }
  PlanTold told = told_of(world, args, planner, asked, std::move(answer));
  told.options.legs = !args.is_brief;
  told.options.chosen = static_cast<std::size_t>(std::max(args.chosen, 0));
  told.options.handles = args.handles;
  if (args.gantt != 0) told.options.gantt = static_cast<std::size_t>(std::max(args.gantt, 0));
  told.options.options_max = *options;
  told.options.chart = *chart;
  const report::PlanReport report{world, asked.question, told.answer, std::move(told.options)};
  if (const Status fine = check_told(settings, args, report); !fine) return fail(fine.error());
  return finish(in_format(report, settings), told.answer.itineraries.empty() ? kNo : kAnswered);
}

int run_plan(const Settings& settings, const PlanArgs& args) {
  if (args.threads < 0 || args.threads > 256)
    return fail(check_range("--threads", args.threads, 0, 256).error());
  const bool is_many = items_of({args.from}).size() > 1 || items_of({args.to}).size() > 1;
  const bool is_matrix = !args.matrix.empty() || (is_many && !args.one_front);
  if (!args.seen.empty() &&
      (!args.batch.empty() || args.isochrone != 0 || !args.refresh.empty() || is_matrix))
    return fail({.kind = ErrorKind::kInvalid,
                 .message = "is for one shipment's options; expected no --batch, --matrix, "
                            "--isochrone, --refresh",
                 .where = "--seen"});
  if (!args.batch.empty()) return run_batch(settings, args);
  if (args.isochrone != 0) return run_isochrone(settings, args);
  if (!args.refresh.empty()) return run_refresh(settings, args);
  if (is_matrix) return run_matrix(settings, args);
  return run_question(settings, args);
}

}  // namespace

std::string in_format(const report::PlanReport& report, const Settings& settings) {
  switch (settings.format) {
    case Format::kJson:
      return report.json();
    case Format::kCsv:
      return report.csv();
    case Format::kGeoJson:
      return report.geojson();
    case Format::kIcs:
      return report.told() > 0 ? report.calendar() : report.text(report::Style{});
    case Format::kHtml:
      return report.told() > 0 ? report.quote() : report.text(report::Style{});
    case Format::kText:
    case Format::kMarkdown:
    case Format::kXlsx:
      break;
  }
  return report.text(settings.style());
}

Verb add_plan(CLI::App& parent) {
  auto args = std::make_shared<PlanArgs>();
  CLI::App* app = parent.add_subcommand("plan", "Find the best ways of shipping cargo");
  add_plan_options(*app, *args);
  app->footer(
      "The answer is the set of options of which none is better than another in arrival, cost,\n"
      "CO2e and risk all at once. Text tells the best by each, then the most different; JSON, CSV "
      "and\n"
      "GeoJSON hold all unless --options says how many, ics and html the one that --choose names. "
      "Without an option the answer "
      "says\n"
      "why and the exit status is 1.\n"
      "\n"
      "Examples:\n"
      "  karvan plan --from xian --to constanta --cargo 80TEU --goods machinery \\\n"
      "      --depart 2026-03-02\n"
      "  karvan plan --from kostanay --to Mersin --cargo 3000t --goods wheat \\\n"
      "      --depart 2026-09-01 --avoid-country RU\n"
      "  karvan plan --from tengiz --to ceyhan --cargo 8000t --goods crude --depart 2026-03-02 \\\n"
      "      --format json | jq '.itineraries[0].legs[].mode'\n"
      "  karvan plan ... --chart cost,arrival --gantt 2 --why-not service:kuryk_ferry\n"
      "  karvan plan ... --format html --choose 4 > quote.html\n"
      "  karvan plan --batch shipments.csv --by arrival --format csv\n"
      "  karvan plan --from xian --to poti,mersin,constanta --cargo 2TEU --goods machinery \\\n"
      "      --depart 2026-03-02\n"
      "  karvan plan ... --via aktau --only-mode rail,sea --max-transshipments 3 --budget 9000USD\n"
      "  karvan plan ... --k-best 5 --by cost\n"
      "  karvan plan ... --to poti,batumi --one-front\n"
      "  karvan plan --refresh HANDLE --scenario storm_winter");
  return {.app = app, .run = [args](const Settings& s) { return run_plan(s, *args); }};
}

}  // namespace karvan::cli
