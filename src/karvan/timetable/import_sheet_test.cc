#include "karvan/timetable/import_sheet.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "karvan/timetable/departures.h"
#include "karvan/timetable/detail/test_support.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

constexpr std::string_view kSheet =
    "service,trip,place,arrives,departs,days,operator,mode,gauge_mm,load_units,cutoff_cargo_hours\n"
    "west,1,Xi'an,,08:00,Mon;Thu,cr,rail,1435,box40=44,12\n"
    "west,1,khorgos,12:30+3,,,,,,,\n"
    "west,2,xian,,20:00,Sat,,,,,\n"
    "west,2,CNSIA,24:30,24:40,,,,,,\n"
    "ferry,,Alat,,22:00,daily,caspian_line,sea,,box40=10;ghost=1,\n"
    ",,aktau,,19:00+1,,,,,,\n"
    "lost,,atlantis,,10:00,daily,cr,sea,,,\n"
    ",,aktau,,11:00,,,,,,\n";

TEST(ImportSheet, TimesAreThoseOfThePlaces) {
  const load::Loaded demo = loaded_from("data/demo");
  const Base base{demo};
  Complaints complaints;
  const auto imported =
      import_sheet(std::string{kSheet}, "t.csv", {.name = "sheet"}, &base, complaints);
  ASSERT_TRUE(imported.has_value()) << all_of(complaints);
  EXPECT_EQ(imported->counts.trips_read, 4U);
  EXPECT_EQ(imported->counts.trips_imported, 2U);
  EXPECT_EQ(times_told(imported->remarks, "place the corridor lacks"), 1U);
  EXPECT_EQ(times_told(imported->remarks, "fewer than two places"), 1U);
  EXPECT_EQ(times_told(imported->remarks, "once each"), 1U);
  const load::Loaded loaded = loaded_of(imported->files);
  const auto found = pictures(loaded, true);
  ASSERT_TRUE(found.contains("west"));
  // 4 h 30 min and three days, both on China's clock.
  EXPECT_NE(found.at("west").calls[1].find("275400/275400"), std::string::npos)
      << found.at("west").calls[1];
  EXPECT_NE(found.at("west").calls[1].find("xian-khorgos-rail"), std::string::npos);
  // 21 hours on the clocks, an hour less on the way: Aktau is an hour ahead of Alat.
  EXPECT_NE(found.at("ferry").calls[1].find("72000/72000"), std::string::npos)
      << found.at("ferry").calls[1];
}

TEST(ImportSheet, WithoutPlacesThereIsNothingToImport) {
  Complaints complaints;
  EXPECT_FALSE(import_sheet(std::string{kSheet}, "t.csv", {}, nullptr, complaints).has_value());
  const load::Loaded demo = loaded_from("data/demo");
  const Base base{demo};
  EXPECT_FALSE(import_sheet("service,place\nx,aktau\n", "t.csv", {}, &base, complaints));
  EXPECT_NE(all_of(complaints).find("departs"), std::string::npos);
}

TEST(Departures, AreLocalAndWithinTheDays) {
  const load::Loaded demo = loaded_from("data/demo");
  const World world{demo.corridor};
  const auto place = [&world](std::string_view code) {
    for (const Id<Place> id : world.ids<Place>()) {
      if (world[id].code == code) return id;
    }
    return Id<Place>{};
  };
  const Date monday = parse_date("2026-03-02").value();
  const Departures found = departures(
      world, {.place = place("almaty"), .from = monday, .until = monday + std::chrono::days{7}});
  // Six trains of the two block services, three a week each; westbound ones come from Altynkol.
  ASSERT_EQ(found.dated.size(), 6U);
  for (std::size_t i = 1; i < found.dated.size(); ++i)
    EXPECT_LE(found.dated[i - 1].leaves, found.dated[i].leaves);
  const Departures at_port = departures(
      world, {.place = place("aktau"), .from = monday, .until = monday + std::chrono::days{7}});
  EXPECT_EQ(at_port.undated.size(), 2U);
}

}  // namespace
}  // namespace karvan::timetable
