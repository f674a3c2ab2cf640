#pragma once
// What a simulated year looks like, for people, spreadsheets and programs.

#include <span>
#include <string>
#include <vector>

#include "karvan/report/sheet.h"
#include "karvan/report/style.h"
#include "karvan/simulate/experiment.h"

namespace karvan::report {

struct SimulateCase {
  std::string scenario;  // empty: the data as they are
  simulate::Question question;
  std::vector<simulate::Answer> answers;  // one for each replication, at least one
  std::vector<std::string> warnings;
};

// Headline, bottlenecks, markets, ports, ships, pipelines.
std::string simulate_text(const SimulateCase& run, const Style& style);
// Every figure with its interval: name, mean, low, high, runs.
Sheet simulate_sheet(const SimulateCase& run);
// Paired differences against a base that met the same chance; `other` minus `base`.
Sheet simulate_difference_sheet(const SimulateCase& base, const SimulateCase& other);
std::string simulate_difference_text(const SimulateCase& base,
                                     const SimulateCase& other,
                                     const Style& style);
// One row for each event of the first replication's shipments.
std::string simulate_events_csv(const simulate::Answer& answer);

}  // namespace karvan::report
