#pragma once
// One world run as often as asked, on the threads there are.

#include <optional>

#include "karvan/model/world.h"
#include "karvan/report/simulate_report.h"

#include "progress.h"
#include "simulate_options.h"
#include "threads.h"

namespace karvan::cli {

// The model, as the planner fills it; if the user interrupts, without one and soon.
simulate::Simulator::Compiled compiled_of(const World& world,
                                          const simulate::Question& question,
                                          const simulate::Alternator& ask);
simulate::Simulator::Compiled compiled_of(const World& world, const simulate::Question& question);
// The same; nothing after its faults on standard error, or when interrupted.
std::optional<simulate::Simulator::Compiled> compiled_or_told(const World& world,
                                                              const simulate::Question& question,
                                                              const simulate::Alternator& ask,
                                                              const SimulateArgs& args);

// Shows the runs on the progress line; stops them on Ctrl-C and when their time is up.
simulate::Watch watch_of(const SimulateArgs& args, Progress& progress);

// The runs of one scenario; nothing after words on standard error, or when interrupted. Looks for
// the world's published figures in every run if `observed` is given; only the first run keeps its
// events.
std::optional<report::SimulateCase> run_case(const World& world,
                                             const simulate::Question& question,
                                             const SimulateArgs& args,
                                             report::ObservedCase* observed);

// What --warm-up auto finds in pilot runs; nothing after words on standard error.
struct AutomaticWarmUp {
  int days = 0;
  std::string remark;  // how it was found, and which markets do not settle
};
std::optional<AutomaticWarmUp> automatic_warm_up(const World& world,
                                                 const simulate::Question& question,
                                                 const SimulateArgs& args);

}  // namespace karvan::cli
