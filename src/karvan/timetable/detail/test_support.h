#pragma once
// For this room's tests: texts of small feeds, corridors from texts, and two corridors' services
// held against each other.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/load/build.h"
#include "karvan/load/directory.h"
#include "karvan/load/table_text.h"
#include "karvan/timetable/detail/call_times.h"
#include "karvan/timetable/detail/small_feed.h"
#include "karvan/timetable/import_gtfs.h"

namespace karvan::timetable::detail {

inline std::string all_of(const Complaints& complaints) {
  std::string text;
  for (const Complaint& complaint : complaints)
    text += to_text(complaint) + "\n";
  return text;
}

inline load::Loaded loaded_of(const load::Files& files) {
  Complaints complaints;
  auto loaded = load::load_corridor(files, "", complaints);
  EXPECT_TRUE(loaded.has_value()) << all_of(complaints);
  return loaded ? std::move(*loaded) : load::Loaded{};
}

inline load::Loaded loaded_from(const std::string& folder) {
  Complaints complaints;
  auto loaded = load::load_corridor(folder, complaints);
  EXPECT_TRUE(loaded.has_value()) << all_of(complaints);
  return loaded ? std::move(*loaded) : load::Loaded{};
}

inline Imported imported_of(const load::Files& feed,
                            const ImportOptions& options = {},
                            const Base* base = nullptr) {
  Complaints complaints;
  auto imported = import_gtfs(feed, options, base, complaints);
  EXPECT_TRUE(imported.has_value()) << all_of(complaints);
  return imported ? std::move(*imported) : Imported{};
}

// How often a remark with these words was made.
inline std::size_t times_told(const Remarks& remarks, std::string_view what) {
  std::size_t count = 0;
  for (const Remark& remark : remarks.all())
    count += remark.what.find(what) != std::string::npos ? remark.count : 0;
  return count;
}

// What a service is, in words that two corridors share.
struct ServicePicture {
  std::string row;  // all cells of the service but its facts
  std::vector<std::string> calls;
  std::map<std::string, std::set<Date>> leaves;  // by code and time: local days
  std::vector<std::string> capacities;

  friend bool operator==(const ServicePicture&, const ServicePicture&) = default;
};

template <class Row>
std::string cells_of(const load::RawTables& raw, Id<Row> id, std::set<std::string_view> without) {
  const load::TableSpec& spec = load::schema<Row>().spec();
  std::string text;
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    if (without.contains(spec.columns[i].name)) continue;
    text += std::string{raw[load::table_number<Row>()].cell(id.index(), i)} + "|";
  }
  return text;
}

// `with_links`: the chains of links too.
inline std::map<std::string, ServicePicture> pictures(const load::Loaded& loaded, bool with_links) {
  const World world{loaded.corridor};
  const auto calls = calls_in_order(world);
  std::map<std::string, ServicePicture> result;
  for (const Id<Service> id : world.ids<Service>()) {
    if (world[id].departs == DepartureRule::kOnDemand) continue;
    ServicePicture& picture = result[world[id].code];
    picture.row = cells_of(loaded.raw, id, {});
    const std::vector<CallTimes> times = call_times(world, calls[id]);
    for (std::size_t i = 0; i < calls[id].size(); ++i) {
      std::set<std::string_view> without{"hours", "dwell_hours", "loads", "unloads", "note"};
      if (!with_links) without.insert("links");
      const Call& call = world[calls[id][i]];
      picture.calls.push_back(
          cells_of(loaded.raw, calls[id][i], without) + std::to_string(times[i].arrive) + "/" +
          std::to_string(times[i].depart) + (call.loads ? "l" : "") + (call.unloads ? "u" : ""));
    }
  }
  for (const Id<Departure> id : world.ids<Departure>()) {
    const Departure& row = world[id];
    const std::vector<Date> days = days_of(days_of(world, row));
    if (days.empty()) continue;
    result[world[row.service].code].leaves[row.code + " " + std::to_string(row.leaves_at.count())] =
        {days.begin(), days.end()};
  }
  for (const Id<Capacity> id : world.ids<Capacity>()) {
    const auto at = result.find(world[world[id].service].code);
    if (at != result.end()) at->second.capacities.push_back(cells_of(loaded.raw, id, {}));
  }
  // A feed cannot carry what never runs.
  for (const Service& service : loaded.corridor.services) {
    const auto at = result.find(service.code);
    const bool never_runs = at != result.end() && at->second.leaves.empty();
    if (never_runs && service.departs == DepartureRule::kTimetable) result.erase(at);
  }
  for (auto& [code, picture] : result)
    std::ranges::sort(picture.capacities);
  return result;
}

inline void expect_same(const std::map<std::string, ServicePicture>& a,
                        const std::map<std::string, ServicePicture>& b) {
  EXPECT_EQ(a.size(), b.size());
  for (const auto& [code, picture] : a) {
    const auto other = b.find(code);
    ASSERT_TRUE(other != b.end()) << code;
    EXPECT_EQ(picture.row, other->second.row);
    EXPECT_EQ(picture.calls, other->second.calls) << code;
    EXPECT_TRUE(picture.leaves == other->second.leaves) << code;
    EXPECT_EQ(picture.capacities, other->second.capacities) << code;
    if (!(picture == other->second)) return;  // one is enough to read
  }
}

}  // namespace karvan::timetable::detail
