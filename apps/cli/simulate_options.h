#pragma once
// What `karvan simulate` was asked, as typed and as checked.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/simulate/experiment.h"

#include "options.h"
#include "verb.h"

namespace karvan::cli {

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
  std::string out;
  bool quiet = false;
  bool verify = false;
  bool observations = false;
};

void add_simulate_options(CLI::App& app, SimulateArgs& args);

// "FIGURE=1%": half the width of its interval, as a share of its mean.
std::optional<simulate::Precision> precision_of(const SimulateArgs& args);

// The arguments checked, one with another too.
Result<simulate::Question> question_of(const Settings& settings, const SimulateArgs& args);

}  // namespace karvan::cli
