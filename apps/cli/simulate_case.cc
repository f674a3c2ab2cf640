#include "simulate_case.h"

#include <chrono>

#include "karvan/choice/alternatives.h"

#include "interrupt.h"
#include "output.h"
#include "progress.h"

namespace karvan::cli {

simulate::Simulator::Compiled compiled_of(const World& world,
                                          const simulate::Question& question,
                                          const simulate::Alternator& ask) {
  const auto unless_stopped = [&ask](Id<Demand> demand, const Shipment& shipment, Instant at) {
    return Interrupt::is_set() ? simulate::Alternatives{.refusal = "stopped"}
                               : ask(demand, shipment, at);
  };
  return simulate::Simulator::compile(world, question, unless_stopped);
}

simulate::Simulator::Compiled compiled_of(const World& world, const simulate::Question& question) {
  return compiled_of(world, question, choice::alternatives_from(world));
}

std::optional<simulate::Simulator::Compiled> compiled_or_told(const World& world,
                                                              const simulate::Question& question,
                                                              const simulate::Alternator& ask,
                                                              const SimulateArgs& args) {
  simulate::Simulator::Compiled compiled = compiled_of(world, question, ask);
  if (Interrupt::is_set()) return std::nullopt;
  if (compiled.model) return compiled;
  for (const std::string& error : compiled.errors)
    say(args.located ? args.located(error) : error);
  say(std::to_string(compiled.errors.size()) + " faults; nothing was simulated" +
      (args.lose_unserved ? "" : " (--lose-unserved counts demand without a way as lost)"));
  return std::nullopt;
}

simulate::Watch watch_of(const SimulateArgs& args, Progress& progress) {
  const auto begun = std::chrono::steady_clock::now();
  const double seconds = args.max_seconds;
  return {.stop = Interrupt::flag(), .pulse = [&progress, begun, seconds](double runs) {
            progress.step(runs);
            const std::chrono::duration<double> span = std::chrono::steady_clock::now() - begun;
            if (seconds > 0 && span.count() > seconds) Interrupt::set(Interrupt::Cause::kTime);
          }};
}

std::optional<report::SimulateCase> run_case(const World& world,
                                             const simulate::Question& question,
                                             const SimulateArgs& args,
                                             report::ObservedCase* observed) {
  const auto compiled = compiled_or_told(world, question, choice::alternatives_from(world), args);
  if (!compiled) return std::nullopt;
  const auto runs = static_cast<std::size_t>(args.replications);
  if (observed != nullptr) observed->runs.resize(runs);
  Progress progress{args.precision.empty() ? runs : 0, args.quiet};
  const auto visit = [&](std::size_t i, simulate::Answer& answer) {
    if (observed != nullptr) observed->runs[i] = simulate::observe(world, question, answer);
    if (i == 0) return;
    answer.events = {};
    answer.delivered = {};
  };
  const simulate::Crew crew{
      .for_each = threads_of(args.threads), .visit = visit, .watch = watch_of(args, progress)};
  const std::optional<simulate::Precision> precision = precision_of(args);
  Result<std::vector<simulate::Answer>> answers =
      precision ? simulate::replicate_until(*compiled->model, question, *precision, crew)
                : simulate::replicate(*compiled->model, question, runs, crew);
  if (!answers) {
    if (!Interrupt::is_set()) fail(answers.error());
    return std::nullopt;
  }
  return report::SimulateCase{.scenario = std::string{world.scenario()},
                              .question = question,
                              .answers = std::move(answers).value(),
                              .warnings = compiled->warnings};
}

}  // namespace karvan::cli
