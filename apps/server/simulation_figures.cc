#include "simulation_figures.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "karvan/report/simulate_report.h"

namespace karvan::server {
namespace {

// "market/TITR oil/delivered_t/2024-01"
bool is_of_month(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash + 1 < name.size() && name[slash + 1] >= '0' && name[slash + 1] <= '9';
}

bool is_headline(std::string_view name) {
  if (name.starts_with("market/")) return !is_of_month(name);
  return name.starts_with("corridor/") || simulate::is_named(name, "facility/*/share_of_short");
}

bool is_wanted(const std::string& name, const std::vector<std::string>& wanted) {
  return wanted.empty() || std::ranges::any_of(wanted, [&name](const std::string& pattern) {
           return simulate::is_named(name, pattern);
         });
}

report::Sheet only(const report::Sheet& sheet, const std::vector<std::string>& wanted) {
  report::Sheet some{.columns = sheet.columns, .rows = {}};
  for (const std::vector<report::Cell>& row : sheet.rows) {
    const auto* name = std::get_if<std::string>(&row.front().value());
    if (name != nullptr && is_wanted(*name, wanted)) some.rows.push_back(row);
  }
  return some;
}

}  // namespace

simulate::FigureList headline_of(const simulate::Answer& answer) {
  simulate::FigureList list = simulate::figures_of(answer);
  std::erase_if(list, [](const simulate::Figure& figure) { return !is_headline(figure.name); });
  list.shrink_to_fit();
  return list;
}

SimulationFigures figures_so_far(std::span<const KeptRuns> sides) {
  std::vector<std::vector<simulate::FigureList>> lists(sides.size());
  for (std::size_t side = 0; side < sides.size(); ++side) {
    for (const auto& run : sides[side])
      lists[side].push_back(run->headline);
  }
  SimulationFigures so_far{.replications = sides.front().size(),
                           .fingerprints = {},
                           .figures = report::estimates_sheet(simulate::estimates(lists.front())),
                           .compared = {},
                           .differences = {}};
  for (const auto& run : sides.front())
    so_far.fingerprints.push_back(run->answer.fingerprint);
  if (sides.size() < 2) return so_far;
  so_far.compared = report::estimates_sheet(simulate::estimates(lists.back()));
  so_far.differences = report::estimates_sheet(simulate::differences(lists.front(), lists.back()));
  return so_far;
}

// Our own writer's text, so it is JSON.
Json rows_of(const report::Sheet& sheet) {
  return Json::parse(report::sheet_json(sheet), nullptr, false);
}

std::string fingerprint_text(std::uint64_t fingerprint) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i > 0; --i, fingerprint >>= 4U)
    text[i - 1] = kDigits[fingerprint & 15U];
  return text;
}

Json to_json(const SimulationFigures& figures, const std::vector<std::string>& wanted) {
  const auto rows = [&wanted](const std::optional<report::Sheet>& sheet) {
    return sheet ? rows_of(only(*sheet, wanted)) : Json{};
  };
  Json fingerprints = Json::array();
  for (const std::uint64_t fingerprint : figures.fingerprints)
    fingerprints.push_back(fingerprint_text(fingerprint));
  return {{"replications", figures.replications},
          {"fingerprints", std::move(fingerprints)},
          {"figures", rows(figures.figures)},
          {"compared", rows(figures.compared)},
          {"differences", rows(figures.differences)}};
}

}  // namespace karvan::server
