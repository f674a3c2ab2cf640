#pragma once
// What `karvan simulate` was asked, as typed and as checked.

#include <functional>
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
  std::string warm_up_text = "90";
  int warm_up = 90;              // settled from it
  bool is_warm_up_auto = false;  // likewise
  int replications = 1;
  int threads = 0;
  double demand = 1;
  bool lose_unserved = false;
  std::string compare;
  std::string events;
  std::string charts;
  std::vector<std::string> charts_of;
  std::string precision;
  std::string out;
  std::string sweep;                 // "TABLE.ROWS.COLUMN=a..b/n"
  std::vector<std::string> figures;  // of experiments
  bool is_sensitivity = false;
  std::string sensitivity;  // as typed
  int trajectories = 0;     // of --sensitivity; 0 where it is not asked
  std::string sensitivity_of;
  std::string range_text = "20%";
  double range = 0.2;
  int worth = 0;
  std::string replay;  // handle of an option; then `days` 0: as long as it takes
  std::string shipments;
  std::uint64_t max_events = 0;
  double max_seconds = 0;
  bool quiet = false;
  std::function<std::string(const std::string&)> located;  // a fault, with file and line
  bool verify = false;
  bool observations = false;
};

void add_simulate_options(CLI::App& app, SimulateArgs& args);

// "FIGURE=1%": half the width of its interval, as a share of its mean.
std::optional<simulate::Precision> precision_of(const SimulateArgs& args);

// Settles what is typed as text: the warm-up, the experiments; an error if they do not go together.
Status settle_experiments(SimulateArgs& args);

// The arguments checked, one with another too.
Result<simulate::Question> question_of(const Settings& settings, const SimulateArgs& args);

}  // namespace karvan::cli
