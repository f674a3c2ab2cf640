#pragma once
// TravelKit: the rows without which the planner could not answer on an imported timetable, made
// only where the corridor has none: a load unit `passenger` and goods `travel`, handling and
// carriage that take and cost nothing, borders within the timetable, emissions that nobody told.

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/load/table_text.h"
#include "karvan/model/mode.h"

namespace karvan::timetable::detail {

inline constexpr std::string_view kPassenger = "passenger";
inline constexpr std::string_view kTravel = "travel";

class TravelKit {
 public:
  // For services of these modes. The rows name this source and are marked as assumed.
  TravelKit(load::TableTexts& tables, std::string source, std::set<Mode> modes)
      : tables_{tables}, source_{std::move(source)}, modes_{std::move(modes)} {}

  void add_passengers();
  // Changing at a place between vehicles of any of the modes takes so long.
  void add_change(const std::string& place, const std::string& hours);
  // A general crossing for each mode whose links join two countries.
  void add_crossings();
  void add_emissions();

 private:
  void add(load::TableText& table,
           std::string code,
           load::TableText::Cells cells,
           std::string_view note);
  void add_handling(Side from, Side to);

  load::TableTexts& tables_;
  std::string source_;
  std::set<Mode> modes_;
};

}  // namespace karvan::timetable::detail
