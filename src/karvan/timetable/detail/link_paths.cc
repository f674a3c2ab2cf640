#include "karvan/timetable/detail/link_paths.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/model/corridor.h"

namespace karvan::timetable::detail {

LinkPaths::LinkPaths(const load::TableTexts& tables) {
  const load::TableText& links = tables.of<Link>();
  for (std::size_t row = 0; row < links.size(); ++row) {
    const auto mode = parse_enum<Mode>(links.cell(row, "mode"));
    const auto km = parse_double(links.cell(row, "length_km"));
    if (!mode || !km || links.cell(row, "status") != "open") continue;
    Edge edge{.link = links[row][0], .km = *km, .mode = *mode};
    for (const std::string_view text : split(links.cell(row, "gauges"), ';'))
      edge.gauges.push_back(Gauge{parse_int<int>(text).value_or(0)});
    const std::string& a = links.cell(row, "from_place");
    const std::string& b = links.cell(row, "to_place");
    edge.to = b;
    edges_[a].push_back(edge);
    edge.to = a;
    edges_[b].push_back(edge);
  }
}

std::optional<std::string> LinkPaths::shortest(const std::string& from,
                                               const std::string& to,
                                               Mode mode,
                                               Gauge gauge,
                                               double longest_km) const {
  struct Reached {
    double km = 0;
    std::string links;
  };
  std::set<std::pair<double, std::string>> open{{0.0, from}};
  std::map<std::string, Reached> best{{from, {}}};
  while (!open.empty()) {
    const auto [km, here] = *open.begin();
    open.erase(open.begin());
    const Reached now = best[here];
    if (here == to) return now.links;
    const auto edges = edges_.find(here);
    if (edges == edges_.end()) continue;
    for (const Edge& edge : edges->second) {
      const bool fits =
          edge.mode == mode && (!gauge.is_rail() || mode != Mode::kRail ||
                                std::ranges::find(edge.gauges, gauge) != edge.gauges.end());
      const double next = km + edge.km;
      if (!fits || next > longest_km) continue;
      const auto at = best.find(edge.to);
      if (at != best.end() && at->second.km <= next) continue;
      if (at != best.end()) open.erase({at->second.km, edge.to});
      best[edge.to] = {.km = next, .links = now.links + (now.links.empty() ? "" : ";") + edge.link};
      open.emplace(next, edge.to);
    }
  }
  return std::nullopt;
}

}  // namespace karvan::timetable::detail
