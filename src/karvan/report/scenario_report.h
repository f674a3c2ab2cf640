#pragma once
// Scenario report: which scenarios a data set has, what one changes, how two differ.

#include <string>
#include <vector>

#include "karvan/report/sheet.h"

namespace karvan::report {

struct ScenarioHead {
  std::string name;
  std::string title;
  std::string description;
  std::string parent;
  std::size_t cells = 0;  // that differ from the corridor
};

// A cell that differs. Empty `column`: the whole row.
struct ScenarioChange {
  std::string table;
  std::string id;
  std::string column;
  std::string from;
  std::string to;
  std::string what;  // "changed", "added", "removed"
};

Sheet scenarios_sheet(const std::vector<ScenarioHead>& heads);
Sheet changes_sheet(const std::vector<ScenarioChange>& changes);

std::string scenario_text(const ScenarioHead& head,
                          const std::vector<ScenarioChange>& changes,
                          const Style& style);
std::string scenario_json(const ScenarioHead& head, const std::vector<ScenarioChange>& changes);

// Cells in which two scenarios differ from each other; a cell that one does not touch is "as in
// the corridor".
struct TwoScenarios {
  std::string a;
  std::string b;
  std::vector<ScenarioChange> of_a;
  std::vector<ScenarioChange> of_b;
};
Sheet difference_sheet(const TwoScenarios& two);

}  // namespace karvan::report
