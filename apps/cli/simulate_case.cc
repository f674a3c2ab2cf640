#include "simulate_case.h"

#include "karvan/choice/alternatives.h"

#include "output.h"
#include "progress.h"

namespace karvan::cli {

std::optional<report::SimulateCase> run_case(const World& world,
                                             const simulate::Question& question,
                                             const SimulateArgs& args,
                                             report::ObservedCase* observed) {
  simulate::Simulator::Compiled compiled =
      simulate::Simulator::compile(world, question, choice::alternatives_from(world));
  if (!compiled.model) {
    for (const std::string& error : compiled.errors)
      say(error);
    say(std::to_string(compiled.errors.size()) + " faults; nothing was simulated" +
        (args.lose_unserved ? "" : " (--lose-unserved counts demand without a way as lost)"));
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

}  // namespace karvan::cli
