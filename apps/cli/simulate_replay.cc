// karvan simulate --replay: an option of a plan, sent through the simulated corridor.

#include <utility>

#include "karvan/choice/alternatives.h"
#include "karvan/choice/replayed.h"
#include "karvan/plan/follow.h"
#include "karvan/plan/handle.h"
#include "karvan/plan/plan.h"
#include "karvan/report/replay_report.h"

#include "interrupt.h"
#include "output.h"
#include "plan_kinds.h"
#include "sheet_output.h"
#include "simulate_case.h"
#include "simulate_experiments.h"

namespace karvan::cli {
namespace {

Status check_alone(const SimulateArgs& args) {
  const bool has_more = !args.compare.empty() || !args.events.empty() || !args.shipments.empty() ||
                        !args.charts.empty() || !args.precision.empty() || !args.sweep.empty() ||
                        args.trajectories > 0 || args.worth > 0 || args.observations ||
                        args.verify || args.is_warm_up_auto;
  if (!has_more) return Done{};
  return Error{.kind = ErrorKind::kInvalid,
               .message =
                   "goes with --scenario, --days, --warm-up, --replications, --threads, "
                   "--demand, --lose-unserved and limits only",
               .where = "--replay"};
}

// From the day of departure on; nothing after words on standard error.
std::optional<std::vector<choice::Replay::Outcome>> outcomes_of(const choice::Replay& replay,
                                                                const World& world,
                                                                const simulate::Question& question,
                                                                const SimulateArgs& args) {
  const simulate::Alternator others = choice::alternatives_from(world);
  const std::optional<simulate::Simulator::Compiled> compiled =
      compiled_or_told(replay.world(), question, replay.alternatives(others), args);
  if (!compiled) return std::nullopt;
  const auto runs = static_cast<std::size_t>(args.replications);
  std::vector<choice::Replay::Outcome> outcomes(runs);
  Progress progress{runs, args.quiet};
  const auto visit = [&](std::size_t i, simulate::Answer& answer) {
    outcomes[i] = replay.outcome(answer);
    answer = {};
  };
  const auto answers = simulate::replicate(
      *compiled->model, question, runs,
      {.for_each = threads_of(args.threads), .visit = visit, .watch = watch_of(args, progress)});
  if (answers) return outcomes;
  if (!Interrupt::is_set()) fail(answers.error());
  return std::nullopt;
}

int deliver_replay(const Settings& settings,
                   const SimulateArgs& args,
                   const World& world,
                   const report::ReplayCase& replay) {
  switch (settings.format) {
    case Format::kText:
      return deliver(report::replay_text(world, replay, settings.style()), settings, args.out);
    case Format::kJson:
      return deliver(report::replay_json(world, replay), settings, args.out);
    default:
      return deliver_sheet({"Replay", report::replay_sheet(world, replay)}, settings, args.out);
  }
}

}  // namespace

int run_replay(const Settings& settings, const SimulateArgs& args, const Session& session) {
  if (const Status alone = check_alone(args); !alone) return fail(alone.error());
  const World world = session.world();
  const Result<plan::Handle> handle = handle_of_option(world, args.replay, "--replay");
  if (!handle) return fail(handle.error());
  const plan::Answer today = plan::follow(world, handle->question, handle->promise->legs);
  if (today.itineraries.empty())
    return finish("No longer possible: " + today.refusal.message + "\n", kNo);
  const Itinerary& option = today.itineraries.front();
  SimulateArgs dated = args;
  const Date first = std::chrono::floor<std::chrono::days>(option.depart);
  dated.from = date_to_text(first);
  if (dated.days == 0) dated.days = choice::replay_days(option);
  Result<simulate::Question> question = question_of(settings, dated);
  if (!question) return fail(question.error());
  const plan::Planner planner{world};
  const plan::ReliabilityBook book{planner};
  const choice::Replay replay{world, handle->question.shipment, option};
  const std::optional<Instant>& deadline = handle->question.deadline;
  const plan::Terms terms{.deadline = deadline.value_or(option.arrive),
                          .waits_for_papers = handle->question.papers_from.has_value()};
  report::ReplayCase told{.shipment = handle->question.shipment,
                          .replayed = {.option = option, .deadline = deadline, .runs = {}},
                          .surety = book.assess(option, terms),
                          .question = std::move(question).value()};
  told.question.sent = replay.sent();
  auto outcomes = outcomes_of(replay, world, told.question, dated);
  if (!outcomes) return kBadInput;
  told.replayed.runs = *std::move(outcomes);
  return deliver_replay(settings, args, world, told);
}

}  // namespace karvan::cli
