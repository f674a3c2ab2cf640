#include "karvan/report/scenario_report.h"

#include <map>
#include <optional>

#include <fmt/format.h>

#include "karvan/report/detail/json.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

constexpr int kChangeMax = 70;

// What a scenario says about a cell: its value, or how the row as a whole stands.
std::string said(const ScenarioChange& change) {
  return change.what == "removed" ? "(row removed)" : change.to;
}

struct Key {
  std::string table;
  std::string id;
  std::string column;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Values {
  std::string corridor;
  std::optional<std::string> a;
  std::optional<std::string> b;
};

// For people: an added row is one line, not one for each cell; what all rows say alike is left out.
std::vector<ScenarioChange> rows_joined(const std::vector<ScenarioChange>& changes) {
  std::vector<ScenarioChange> joined;
  for (const ScenarioChange& change : changes) {
    if (change.what != "added") {
      joined.push_back(change);
      continue;
    }
    const bool is_same_row = !joined.empty() && joined.back().what == "added" &&
                             joined.back().table == change.table && joined.back().id == change.id;
    if (!is_same_row) {
      joined.push_back(change);
      joined.back().column.clear();
      joined.back().to.clear();
    }
    if (change.column == "id" || change.column == "source" || change.column == "confidence")
      continue;
    std::string& to = joined.back().to;
    if (!to.empty()) to += ", ";
    to += change.column + " " + change.to;
  }
  return joined;
}

}  // namespace

Sheet scenarios_sheet(const std::vector<ScenarioHead>& heads) {
  Sheet sheet{.columns = {{"name", "Scenario"},
                          {"parent", "Parent"},
                          {"cells", "Cells"},
                          {"title", "Title"},
                          {"description", ""}},
              .rows = {}};
  for (const ScenarioHead& head : heads)
    sheet.rows.push_back(
        {head.name, head.parent, Cell::count(head.cells), head.title, head.description});
  return sheet;
}

Sheet changes_sheet(const std::vector<ScenarioChange>& changes) {
  Sheet sheet{.columns = {{"table", "Table"},
                          {"id", "Row"},
                          {"what", "What"},
                          {"column", "Column"},
                          {"from", "From"},
                          {"to", "To"}},
              .rows = {}};
  for (const ScenarioChange& change : changes)
    sheet.rows.push_back(
        {change.table, change.id, change.what, change.column, change.from, change.to});
  return sheet;
}

std::string scenario_text(const ScenarioHead& head,
                          const std::vector<ScenarioChange>& changes,
                          const Style& style) {
  std::string text =
      fmt::format("{}  {}\n", style.bold(one_line(head.title)), style.dim(head.name));
  if (!head.description.empty()) text += "  " + wrapped(one_line(head.description), 96, 2) + '\n';
  text += fmt::format("  parent: {}\n", head.parent);
  if (changes.empty()) return text + "\nNothing differs from the corridor.\n";
  return text + '\n' + sheet_text(changes_sheet(rows_joined(changes)), style, kChangeMax);
}

std::string scenario_json(const ScenarioHead& head, const std::vector<ScenarioChange>& changes) {
  detail::Json all = {{"name", head.name},
                      {"title", head.title},
                      {"description", head.description},
                      {"parent", head.parent}};
  all["changes"] = detail::to_json(changes_sheet(changes));
  return detail::dump(all);
}

Sheet difference_sheet(const TwoScenarios& two) {
  std::map<Key, Values> cells;
  for (const ScenarioChange& change : two.of_a) {
    Values& values = cells[{change.table, change.id, change.column}];
    values.corridor = change.from;
    values.a = said(change);
  }
  for (const ScenarioChange& change : two.of_b) {
    Values& values = cells[{change.table, change.id, change.column}];
    values.corridor = change.from;
    values.b = said(change);
  }
  Sheet sheet{.columns = {{"table", "Table"},
                          {"id", "Row"},
                          {"column", "Column"},
                          {"corridor", "Corridor"},
                          {"a", two.a},
                          {"b", two.b}},
              .rows = {}};
  for (const auto& [key, values] : cells) {
    if (values.a == values.b) continue;
    sheet.rows.push_back({key.table, key.id, key.column, values.corridor,
                          values.a.value_or(values.corridor), values.b.value_or(values.corridor)});
  }
  return sheet;
}

}  // namespace karvan::report
