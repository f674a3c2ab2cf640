#pragma once
// What is told of a simulation while it runs: some figures with their intervals over the
// replications so far, of thousands that its answer has. They are taken from each run once, so that
// telling them after every run costs next to nothing.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "karvan/report/sheet.h"
#include "karvan/simulate/experiment.h"

#include "json_gate.h"

namespace karvan::server {

// One run as its job keeps it.
struct KeptRun {
  simulate::FigureList headline;
  simulate::Answer answer;  // without events
};
// Sides of replications 0 to n - 1: the scenario's, and those of what it is compared with, if it
// is.
using KeptRuns = std::vector<std::shared_ptr<const KeptRun>>;

// Of the whole corridor and its markets, and where capacity is short.
simulate::FigureList headline_of(const simulate::Answer& answer);

struct SimulationFigures {
  std::size_t replications = 0;
  std::vector<std::uint64_t> fingerprints;
  report::Sheet figures;
  std::optional<report::Sheet> compared;
  std::optional<report::Sheet> differences;
};
// Requires as many runs on each of one or two sides, one at least.
SimulationFigures figures_so_far(std::span<const KeptRuns> sides);
// SimulationFigures of api/openapi.yaml, with the figures of these names (simulate::is_named); all
// if there are none.
Json to_json(const SimulationFigures& figures, const std::vector<std::string>& wanted);

// The rows of a sheet as JSON.
Json rows_of(const report::Sheet& sheet);
// 16 hexadecimal digits.
std::string fingerprint_text(std::uint64_t fingerprint);

}  // namespace karvan::server
