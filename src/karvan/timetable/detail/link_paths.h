#pragma once
// The shortest way between two places over the links of a corridor in the making, for services
// whose timetable does not name the links.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/load/table_text.h"
#include "karvan/model/mode.h"

namespace karvan::timetable::detail {

class LinkPaths {
 public:
  // Open links as the tables hold them now.
  explicit LinkPaths(const load::TableTexts& tables);

  // Codes joined by ; of the shortest way by links of the mode, and of the gauge if it is one of
  // rails. Nothing if there is none at most `longest_km` long.
  std::optional<std::string> shortest(const std::string& from,
                                      const std::string& to,
                                      Mode mode,
                                      Gauge gauge,
                                      double longest_km) const;

 private:
  struct Edge {
    std::string to;
    std::string link;
    double km = 0;
    Mode mode = Mode::kRail;
    std::vector<Gauge> gauges;
  };

  std::map<std::string, std::vector<Edge>> edges_;
};

}  // namespace karvan::timetable::detail
