#pragma once
// Experiments of `karvan simulate`: each runs many variants of one question and answers by itself.
// Each returns the exit status.

#include "session.h"
#include "simulate_options.h"

namespace karvan::cli {

struct Experiment {
  const Settings& settings;
  const SimulateArgs& args;
  const Session& session;
  simulate::Question question;
};

int run_sweep(const Experiment& experiment);
int run_sensitivity(const Experiment& experiment);
int run_worth(const Experiment& experiment);
// Of an option's handle; its departure says from when.
int run_replay(const Settings& settings, const SimulateArgs& args, const Session& session);

// "vessels.aktau_class.speed_kn=8..14/4", "demand.*.quantity=x0.8..x1.2/5".
struct SweepRange {
  std::string cells;
  bool is_factor = false;
  std::vector<double> values;  // in the order to be run, evenly spread
};
Result<SweepRange> parse_sweep(const std::string& text);

}  // namespace karvan::cli
