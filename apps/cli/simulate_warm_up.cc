// karvan simulate --warm-up auto: as many days as pilot runs show the corridor takes to fill.

#include "karvan/simulate/warm_up.h"

#include "interrupt.h"
#include "output.h"
#include "simulate_case.h"

namespace karvan::cli {
namespace {

constexpr int kPilotRuns = 3;
constexpr int kPilotDays = 180;  // filled from empty before the days asked about begin

}  // namespace

std::optional<AutomaticWarmUp> automatic_warm_up(const World& world,
                                                 const simulate::Question& question,
                                                 const SimulateArgs& args) {
  simulate::Question pilot = question;
  pilot.warm_up_days = kPilotDays;
  pilot.keep_events = true;
  const auto compiled = compiled_of(world, pilot);
  if (Interrupt::is_set()) return std::nullopt;
  if (!compiled.model) {
    for (const std::string& error : compiled.errors)
      say(error);
    return std::nullopt;
  }
  std::vector<std::vector<simulate::Filling>> runs(kPilotRuns);
  const auto visit = [&](std::size_t i, simulate::Answer& answer) {
    runs[i] = simulate::filling(world, pilot, answer);
    answer.events = {};
    answer.delivered = {};
  };
  Progress progress{kPilotRuns, args.quiet};
  const auto answers = simulate::replicate(
      *compiled.model, pilot, kPilotRuns,
      {.for_each = threads_of(args.threads), .visit = visit, .watch = watch_of(args, progress)});
  if (!answers) {
    if (!Interrupt::is_set()) fail(answers.error());
    return std::nullopt;
  }
  std::string open;
  for (const simulate::WarmUp& one : simulate::warm_ups(runs)) {
    if (!one.days) open += (open.empty() ? "" : ", ") + one.market;
  }
  const auto days = simulate::warm_up_days(runs);
  if (!days) {
    fail({.kind = ErrorKind::kInvalid,
          .message = "finds none: the best cut (MSER-5) lies in the second half of " +
                     std::to_string(kPilotDays + question.days) +
                     " days, so most cargo under way"
                     " has not settled (" +
                     open + "); ask for more days, or say how many",
          .where = "--warm-up auto"});
    return std::nullopt;
  }
  AutomaticWarmUp found{.days = *days};
  found.remark = "warm-up: " + std::to_string(*days) +
                 " days by MSER-5, on tonnes under way by day in " + std::to_string(kPilotRuns) +
                 " pilot runs";
  if (!open.empty()) found.remark += "; not settled: " + open;
  return found;
}

}  // namespace karvan::cli
