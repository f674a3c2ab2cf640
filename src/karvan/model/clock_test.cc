#include "karvan/model/clock.h"

#include <gtest/gtest.h>

namespace karvan {
namespace {

using namespace std::chrono_literals;

Date day(int year, unsigned month, unsigned dom) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{dom}};
}

// Almaty changed from UTC+6 to UTC+5 on 1 March 2024; Vienna has summer time.
class ClocksTest : public testing::Test {
 protected:
  ClocksTest() {
    const auto zone = [this](const std::string& name, Date from, std::chrono::minutes offset) {
      corridor.time_zones.push_back(
          {.code = name, .zone = name, .valid_from = from, .utc_offset = offset});
    };
    zone("Asia/Almaty", day(2015, 1, 1), 6h);
    zone("Asia/Almaty", day(2024, 3, 1), 5h);
    corridor.time_zones.push_back({.zone = "Europe/Vienna",
                                   .valid_from = day(2015, 1, 1),
                                   .utc_offset = 60min,
                                   .summer_time = SummerTime::kEurope});
    almaty = corridor.places.push_back({.code = "almaty", .zone = "Asia/Almaty"});
    vienna = corridor.places.push_back({.code = "vienna", .zone = "Europe/Vienna"});
    nowhere = corridor.places.push_back({.code = "nowhere", .zone = "Mars/Base"});
  }

  Clocks clocks() const { return Clocks{World{corridor}}; }

  Corridor corridor;
  Id<Place> almaty, vienna, nowhere;
};

TEST_F(ClocksTest, ZonesChangeTheirOffsetOnTheDayTheirRowSays) {
  EXPECT_EQ(clocks().offset(almaty, Instant{day(2024, 2, 29)}), 6h);
  EXPECT_EQ(clocks().offset(almaty, Instant{day(2024, 3, 1)}), 5h);
  EXPECT_EQ(clocks().offset(almaty, Instant{day(2000, 1, 1)}), 6h);  // before all rows: the first
}

TEST_F(ClocksTest, SummerTimeFollowsTheEuropeanRule) {
  // 29 March and 25 October are the last Sundays in 2026.
  EXPECT_EQ(clocks().offset(vienna, Instant{day(2026, 3, 29)} + 59min), 60min);
  EXPECT_EQ(clocks().offset(vienna, Instant{day(2026, 3, 29)} + 60min), 120min);
  EXPECT_EQ(clocks().offset(vienna, Instant{day(2026, 10, 25)} + 59min), 120min);
  EXPECT_EQ(clocks().offset(vienna, Instant{day(2026, 10, 25)} + 60min), 60min);
}

TEST_F(ClocksTest, ReadingsTurnIntoInstantsAndBack) {
  const Clocks c = clocks();
  for (const Id<Place> place : {almaty, vienna, nowhere}) {
    for (Date date = day(2024, 1, 1); date < day(2025, 1, 1); date += std::chrono::days{1}) {
      const Instant noon = c.instant(place, date, 12h);
      EXPECT_EQ(noon + c.offset(place, noon), Instant{date} + 12h);
    }
  }
}

TEST_F(ClocksTest, SkippedReadingsMeanAnHourLaterAndDoubledOnesTheFirst) {
  // 02:30 does not exist on 29 March 2026: 01:30 UTC, when the clock shows 03:30.
  EXPECT_EQ(clocks().instant(vienna, day(2026, 3, 29), 150min), Instant{day(2026, 3, 29)} + 90min);
  // 02:30 comes twice on 25 October 2026: the first is summer time, 00:30 UTC.
  EXPECT_EQ(clocks().instant(vienna, day(2026, 10, 25), 150min),
            Instant{day(2026, 10, 25)} + 30min);
}

TEST_F(ClocksTest, WindowsOpenAtLocalTimeAndMayPassMidnight) {
  const Clocks c = clocks();
  const Clocks::Window office{.opens = 8h, .closes = 18h};
  const Clocks::Window night{.opens = 23h, .closes = 5h};
  const Instant noon = c.instant(almaty, day(2026, 3, 2), 12h);
  EXPECT_EQ(c.next_open(almaty, noon, office), noon);
  EXPECT_EQ(c.next_open(almaty, noon, night), noon + 11h);
  EXPECT_EQ(c.next_open(almaty, noon + 6h, office), noon + 20h);  // closed at 18:00 sharp
  EXPECT_EQ(c.next_open(almaty, noon + 13h, night), noon + 13h);  // 01:00
}

TEST_F(ClocksTest, TextCarriesTheLocalOffset) {
  EXPECT_EQ(clocks().text(almaty, Instant{day(2026, 3, 1)} + 19h), "2026-03-02T00:00:00+05:00");
}

}  // namespace
}  // namespace karvan
