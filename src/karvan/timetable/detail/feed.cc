#include "karvan/timetable/detail/feed.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/load/schema.h"

namespace karvan::timetable::detail {
namespace {

struct FileRule {
  std::string_view name;
  FeedTable Feed::* table;
  bool is_needed = false;
  std::array<std::string_view, 4> columns;  // needed ones; empty: none
};

constexpr std::array<FileRule, 12> kFileRules{{
    {"agency.txt", &Feed::agency, false, {}},
    {"stops.txt", &Feed::stops, true, {"stop_id", "stop_lat", "stop_lon", ""}},
    {"routes.txt", &Feed::routes, true, {"route_id", "route_type", "", ""}},
    {"trips.txt", &Feed::trips, true, {"route_id", "service_id", "trip_id", ""}},
    {"stop_times.txt", &Feed::stop_times, true, {"trip_id", "stop_id", "departure_time", ""}},
    {"calendar.txt", &Feed::calendar, false, {"service_id", "start_date", "end_date", ""}},
    {"calendar_dates.txt",
     &Feed::calendar_dates,
     false,
     {"service_id", "date", "exception_type", ""}},
    {"frequencies.txt",
     &Feed::frequencies,
     false,
     {"trip_id", "start_time", "end_time", "headway_secs"}},
    {"feed_info.txt", &Feed::feed_info, false, {}},
    {"transfers.txt", &Feed::transfers, false, {"from_stop_id", "to_stop_id", "", ""}},
    {"karvan_capacities.txt", &Feed::capacities, false, {"service", "load_unit", "units", ""}},
    {"karvan_tariffs.txt", &Feed::tariffs, false, {"service", "", "", ""}},
}};

constexpr std::string_view kTablePrefix = "karvan_";
constexpr std::string_view kEnding = ".txt";

void read_table(const FileRule& rule,
                const load::Files& files,
                Feed& feed,
                Remarks& remarks,
                Complaints& complaints) {
  const std::string file{rule.name};
  const auto text = files.find(file);
  if (text == files.end()) {
    if (rule.is_needed)
      complaints.add({.file = file,
                      .message = "is missing in the feed",
                      .hint = "is this a GTFS feed, with its files at the top?"});
    return;
  }
  FeedTable& table = feed.*rule.table;
  table = FeedTable{file, text->second, remarks, complaints};
  if (table.names().empty()) return;
  for (const std::string_view column : rule.columns) {
    if (column.empty() || table.column(column) != FeedTable::kAbsent) continue;
    complaints.add({.file = file,
                    .line = 1,
                    .column = std::string{column},
                    .message = "is missing in the header"});
  }
}

std::string_view loss_of(std::string_view file) {
  if (file == "shapes.txt") return "point of a way on the map; links are great circles";
  if (file.starts_with("fare")) return "row about fares";
  return "row of a file that is not read";
}

void drop_others(const load::Files& files, Remarks& remarks) {
  for (const auto& [name, text] : files) {
    const bool is_read = std::ranges::find(kFileRules, name, &FileRule::name) != kFileRules.end();
    if (is_read || name.starts_with(kTablePrefix) || !name.ends_with(kEnding)) continue;
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) +
                       (text.empty() || text.ends_with('\n') ? 0 : 1);
    if (lines > 1)  // the first is the header
      remarks.add(Effect::kDropped, {.file = name}, loss_of(name), lines - 1);
  }
}

}  // namespace

Feed read_feed(const load::Files& files, Remarks& remarks, Complaints& complaints) {
  Feed feed;
  for (const FileRule& rule : kFileRules)
    read_table(rule, files, feed, remarks, complaints);
  if (feed.calendar.names().empty() && feed.calendar_dates.names().empty() && complaints.ok()) {
    complaints.add({.file = "calendar.txt",
                    .message = "is missing in the feed, and so is calendar_dates.txt",
                    .hint = "one of the two says when trips run"});
  }
  drop_others(files, remarks);
  for (const auto& [name, text] : files) {
    if (!name.starts_with(kTablePrefix) || !name.ends_with(kEnding)) continue;
    if (std::ranges::find(kFileRules, name, &FileRule::name) != kFileRules.end()) continue;
    const std::string table =
        name.substr(kTablePrefix.size(), name.size() - kTablePrefix.size() - kEnding.size());
    if (load::find_table(table)) feed.tables[table + ".csv"] = text;
  }
  return feed;
}

}  // namespace karvan::timetable::detail
