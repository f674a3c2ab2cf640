#pragma once
// Time zones and the countries they lie in, from the system's copy of IANA's database: what a feed
// names and a corridor needs as rows. The only door to it in the house, used by imports alone; once
// written, a corridor's own rows hold (docs/decisions/0004).

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/load/table_text.h"

namespace karvan::timetable::detail {

// One stretch of a zone's history, as a row of time_zones has it.
struct ZoneStretch {
  Date from{};  // local day
  std::chrono::minutes offset{0};
  bool is_european = false;  // summer time by the European rule, on top of the offset
};

// The stretches that tell the clock of the zone between the two days, to the day of a change; empty
// if there is no such zone.
std::vector<ZoneStretch> zone_stretches(const std::string& zone, Date from, Date until);

struct ZoneCountry {
  std::string code;  // ISO 3166-1 alpha-2
  std::string name;
};
// The country of a zone, by the database's table; nothing for zones that it leaves out.
std::optional<ZoneCountry> country_of_zone(std::string_view zone);

// Clocks of zones at noon, by the rows of a time_zones table, else by the database.
class ZoneBook {
 public:
  // The table must outlive this. `source` is what added rows name.
  ZoneBook(load::TableText& table, std::string source, Date from, Date until);

  // Whether the table or the database has it.
  bool knows(const std::string& zone);
  // Adds the zone's rows to the table if it lacks them. Requires knows(zone).
  void keep(const std::string& zone);
  // Clock minus UTC at noon of the day, on that clock. Requires knows(zone).
  std::chrono::minutes noon_offset(const std::string& zone, Date day);
  bool has_added() const { return has_added_; }

 private:
  void read_rows();
  bool look_up(const std::string& zone);

  load::TableText& table_;
  std::string source_;
  Date from_{};
  Date until_{};
  bool has_added_ = false;
  std::map<std::string, std::vector<ZoneStretch>, std::less<>> zones_;  // by `from`
  std::set<std::string> not_kept_;                                      // from the database
};

}  // namespace karvan::timetable::detail
