// import(export(x)) = x for services: on the shipped corridor, on random ones, on real feeds.

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/timetable/archive.h"
#include "karvan/timetable/detail/test_support.h"
#include "karvan/timetable/export_gtfs.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

load::Files exported_of(const load::Loaded& loaded, const std::string& zone = {}) {
  Complaints complaints;
  const auto exported = export_gtfs(loaded, {.zone = zone}, complaints);
  EXPECT_TRUE(exported.has_value()) << all_of(complaints);
  return exported ? exported->files : load::Files{};
}

// The corridor without the services that a feed can carry, and all that hangs on them.
load::Files skeleton(const load::Loaded& loaded) {
  load::TableTexts tables{loaded.raw};
  std::set<std::string, std::less<>> gone;
  for (const Service& service : loaded.corridor.services) {
    if (service.departs != DepartureRule::kOnDemand) gone.insert(service.code);
  }
  tables.of<Service>().remove("id", gone);
  tables.of<Call>().remove("service", gone);
  tables.of<Departure>().remove("service", gone);
  tables.of<Capacity>().remove("service", gone);
  tables.of<Tariff>().remove("service", gone);
  load::TableText vessels{load::table_number<Vessel>()};
  tables.of<Vessel>() = vessels;
  load::TableText closures{load::table_number<Closure>()};
  tables.of<Closure>() = closures;
  load::Files files = tables.files();
  files["corridor.toml"] = load::info_text(loaded.corridor.info);
  return files;
}

void expect_round_trip(const load::Loaded& loaded, const std::string& zone) {
  const load::Files feed = exported_of(loaded, zone);
  const load::Loaded bare = loaded_of(skeleton(loaded));
  const Base base{bare};
  const Imported imported = imported_of(feed, {.name = "feed"}, &base);
  for (const Remark& remark : imported.remarks.all())
    ADD_FAILURE() << to_text(remark.effect) << " " << remark.file << " " << remark.what;
  expect_same(pictures(loaded, true), pictures(loaded_of(imported.files), true));
}

TEST(RoundTrip, TheShippedCorridorComesBack) {
  const load::Loaded loaded = loaded_from("data/titr");
  expect_round_trip(loaded, "Asia/Almaty");
  expect_round_trip(loaded, "Europe/Bucharest");
}

TEST(RoundTrip, ACorridorOfItsOwnHasTheSameServices) {
  const load::Loaded loaded = loaded_from("data/demo");
  const Imported imported = imported_of(exported_of(loaded), {.name = "feed"});
  expect_same(pictures(loaded, true), pictures(loaded_of(imported.files), true));
}

TEST(RoundTrip, IntoTheCorridorItselfChangesNothing) {
  const load::Loaded loaded = loaded_from("data/demo");
  const Base base{loaded};
  const Imported imported = imported_of(exported_of(loaded, "UTC"), {.name = "demo"}, &base);
  for (const auto& [name, text] : load::TableTexts{loaded.raw}.files())
    EXPECT_EQ(text, imported.files.at(name)) << name;
}

// Random timetables of the demo's services: other calls' hours, days, dates, exceptions, periods.
load::Files random_timetable(std::uint64_t seed) {
  Complaints complaints;
  load::Files files = load::read_folder("data/demo", complaints);
  auto loaded = loaded_of(files);
  load::TableTexts tables{loaded.raw};
  RandomStream random{seed, "round_trip"};
  const auto below = [&random](int n) { return static_cast<int>(random.uniform_int(0, n - 1)); };
  load::TableText& calls = tables.of<Call>();
  for (std::size_t row = 0; row < calls.size(); ++row) {
    if (below(2) == 0)
      calls.set(row, "hours", load::number_text(below(400 * 60) / 60.0 + below(2) / 3600.0));
    if (below(2) == 0) calls.set(row, "dwell_hours", load::number_text(below(90) / 60.0));
    const bool is_first = calls.cell(row, "sequence") == "1";
    if (!is_first && below(4) == 0) calls.set(row, "loads", "no");
  }
  const auto day = [&] { return parse_date("2026-01-01").value() + std::chrono::days{below(365)}; };
  const auto days = [&](int most) {
    std::set<Date> dates;
    for (int n = below(most) + 1; n > 0; --n)
      dates.insert(day());
    return dates_cell(dates);
  };
  load::TableText departures{load::table_number<Departure>()};
  int number = 0;
  for (const Service& service : loaded.corridor.services) {
    if (service.departs != DepartureRule::kTimetable) continue;
    for (int n = below(3) + 1; n > 0; --n) {
      const std::string code = "d" + std::to_string(++number);
      const int minute = below(24 * 60);
      const std::string clock = std::to_string(minute / 60 + 100).substr(1) + ":" +
                                std::to_string(minute % 60 + 100).substr(1);
      const std::size_t row = departures.add({{"id", code},
                                              {"service", service.code},
                                              {"leaves_at", clock},
                                              {"source", "demo"},
                                              {"confidence", "assumed"}});
      if (below(3) == 0) {
        departures.set(row, "dates", days(5));
        continue;
      }
      Weekdays week;
      week.add(std::chrono::weekday{static_cast<unsigned>(below(7))});
      week.add(std::chrono::weekday{static_cast<unsigned>(below(7))});
      departures.set(row, "days", below(4) == 0 ? "daily" : weekdays_cell(week));
      if (below(2) == 0) departures.set(row, "except", days(40));
      const Date from = day();
      if (below(2) == 0) departures.set(row, "valid_from", date_to_text(from));
      if (below(2) == 0)
        departures.set(row, "valid_until", date_to_text(from + std::chrono::days{below(90) + 1}));
    }
  }
  tables.of<Departure>() = departures;
  for (const auto& [name, text] : tables.files())
    files[name] = text;
  return files;
}

TEST(RoundTrip, RandomTimetablesComeBack) {
  const std::array<std::string, 4> zones{"Asia/Shanghai", "Europe/Bucharest", "Asia/Tbilisi",
                                         "America/New_York"};
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    expect_round_trip(loaded_of(random_timetable(seed)), zones[seed % zones.size()]);
    if (HasFailure()) return;
  }
}

std::string feeds_folder() {
  const char* given = std::getenv("KARVAN_FEEDS");
  return given == nullptr ? "../shared/feeds" : given;
}

// A real feed, twice there and once back.
void expect_feed_holds(const std::string& name, double least_share) {
  const std::string folder = feeds_folder() + "/" + name;
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << folder << " is absent; KARVAN_FEEDS names the folder of public feeds";
  Complaints complaints;
  const auto files = read_feed_files(folder, complaints);
  ASSERT_TRUE(files.has_value()) << all_of(complaints);
  const Imported imported = imported_of(*files, {.name = "feed"});
  EXPECT_GE(static_cast<double>(imported.counts.trips_imported),
            least_share * static_cast<double>(imported.counts.trips_read));
  const load::Loaded loaded = loaded_of(imported.files);
  const Imported again = imported_of(exported_of(loaded), {.name = "feed"});
  expect_same(pictures(loaded, true), pictures(loaded_of(again.files), true));
}

TEST(RoundTrip, GermanLongDistanceTrainsComeBack) {
  expect_feed_holds("german-long-distance", 0.99);
}

TEST(RoundTrip, ViaRailComesBack) {
  expect_feed_holds("via-rail", 0.95);
}

}  // namespace
}  // namespace karvan::timetable
