#include "karvan/base/time.h"

#include <chrono>
#include <optional>

#include <gtest/gtest.h>

namespace karvan {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Date kMonday{std::chrono::year{2026} / 3 / 2};

TEST(ToDuration, RoundsToTheSecond) {
  EXPECT_EQ(to_duration(Hours{22.0}), hours{22});
  EXPECT_EQ(to_duration(Hours{1.0 / 3600.0 * 1.6}), seconds{2});
  EXPECT_EQ(to_duration(Hours{-0.5}), minutes{-30});
  EXPECT_DOUBLE_EQ(to_hours(minutes{90}).value(), 1.5);
  EXPECT_DOUBLE_EQ(to_minutes(seconds{90}), 1.5);
}

TEST(Period, HoldsItsBeginAndNotItsEnd) {
  const Period day{kMonday, kMonday + days{1}};
  EXPECT_TRUE(day.contains(day.begin));
  EXPECT_FALSE(day.contains(day.end));
  EXPECT_EQ(day.length(), hours{24});
  EXPECT_FALSE(day.overlaps({day.end, day.end + hours{1}}));
  EXPECT_TRUE(day.overlaps({day.end - seconds{1}, day.end}));
  EXPECT_TRUE(Period{}.empty());
}

TEST(Weekdays, KnowsADateByItsDay) {
  Weekdays days_of_call;
  days_of_call.add(std::chrono::Monday);
  days_of_call.add(std::chrono::Sunday);
  EXPECT_TRUE(days_of_call.contains(kMonday));
  EXPECT_TRUE(days_of_call.contains(kMonday - days{1}));
  EXPECT_FALSE(days_of_call.contains(kMonday + days{1}));
  EXPECT_EQ(days_of_call.size(), 2);
  EXPECT_EQ(Weekdays::daily().size(), 7);
}

TEST(ParseWeekdays, ReadsMarksNamesAndDaily) {
  EXPECT_EQ(to_text(parse_weekdays("1010100").value()), "Mon Wed Fri");
  EXPECT_EQ(to_text(parse_weekdays(" mon, Wednesday;FRI ").value()), "Mon Wed Fri");
  EXPECT_EQ(to_text(parse_weekdays("Sat+Sun").value()), "Sat Sun");
  EXPECT_EQ(to_text(parse_weekdays("Daily").value()), "daily");
  EXPECT_EQ(to_text(parse_weekdays("1111111").value()), "daily");
  EXPECT_EQ(to_text(Weekdays{}), "none");
}

TEST(ParseWeekdays, RefusesWhatIsNoDay) {
  for (const char* text : {"", " ", "0000000", "101010", "1010102", "Mon Foo", "M"}) {
    EXPECT_EQ(parse_weekdays(text), std::nullopt) << text;
  }
}

TEST(ParseDate, ReadsWhatDateToTextWrites) {
  EXPECT_EQ(parse_date("2026-03-02"), kMonday);
  EXPECT_EQ(date_to_text(kMonday), "2026-03-02");
  EXPECT_EQ(parse_date("2024-02-29").value() + days{1}, parse_date("2024-03-01"));
  EXPECT_EQ(date_to_text(parse_date("0001-01-01").value()), "0001-01-01");
}

TEST(ParseDate, RefusesDaysThatDoNotExist) {
  for (const char* text : {"2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "2026-04-31",
                           "0000-01-01", "2026-3-2", "2026/03/02", "2026-03-02 ", "20260302", "",
                           "2026-03-2x", "+026-03-02", "2026-03-02T08:00"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(ParseInstant, RefusesFebruary30) {
  EXPECT_EQ(parse_instant("2026-02-30T08:00"), std::nullopt);
  EXPECT_EQ(parse_instant("2026-02-30"), std::nullopt);
}

TEST(ParseInstant, ReadsClockAndOffset) {
  const auto date = parse_instant("2026-03-02");
  ASSERT_TRUE(date);
  EXPECT_TRUE(date->date_only);
  EXPECT_EQ(date->to_instant(hours{8}), kMonday - hours{8});
  const auto clock = parse_instant("2026-03-02T08:00");
  ASSERT_TRUE(clock);
  EXPECT_FALSE(clock->date_only);
  EXPECT_EQ(clock->offset, std::nullopt);
  EXPECT_EQ(clock->to_instant(hours{8}), kMonday);
  const auto zulu = parse_instant("2026-03-02T08:00:30Z");
  ASSERT_TRUE(zulu);
  EXPECT_EQ(zulu->to_instant(hours{8}), kMonday + hours{8} + seconds{30});
  const auto east = parse_instant("2026-03-02T08:00+05:30");
  ASSERT_TRUE(east);
  EXPECT_EQ(east->to_instant(hours{0}), kMonday + hours{2} + minutes{30});
  EXPECT_EQ(parse_instant("2026-03-02T08:00-03:00")->to_instant(hours{0}), kMonday + hours{11});
}

TEST(ParseInstant, RefusesWhatNoClockShows) {
  for (const char* text :
       {"2026-03-02T24:00", "2026-03-02T08:60", "2026-03-02T08:00:60", "2026-03-02T8:00",
        "2026-03-02T", "2026-03-02T08", "2026-03-02 08:00", "2026-03-02T08:00z", "2026-03-02Z",
        "2026-03-02T08:00+5:00", "2026-03-02T08:00+15:00", "2026-03-02T08:00+14:01",
        "2026-03-02T08:00+0500", "2026-03-02T08:00Zx", "2026-03-02T08:00:", "T08:00"}) {
    EXPECT_EQ(parse_instant(text), std::nullopt) << text;
  }
}

TEST(InstantToText, ShowsTheLocalClock) {
  EXPECT_EQ(instant_to_text(kMonday, hours{8}), "2026-03-02T08:00:00+08:00");
  EXPECT_EQ(instant_to_text(kMonday, minutes{0}), "2026-03-02T00:00:00+00:00");
  EXPECT_EQ(instant_to_text(kMonday, minutes{-210}), "2026-03-01T20:30:00-03:30");
  EXPECT_EQ(instant_to_text(Instant{} - seconds{1}, minutes{0}), "1969-12-31T23:59:59+00:00");
  EXPECT_EQ(instant_to_text(kNever, hours{8}), "never");
  EXPECT_EQ(local_date(kMonday - hours{3}, hours{4}), kMonday);
}

TEST(InstantToText, IsReadBack) {
  for (const int offset : {-720, -210, 0, 300, 330, 840}) {
    const Instant t = kMonday + seconds{12345};
    const auto parsed = parse_instant(instant_to_text(t, minutes{offset}));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->to_instant(hours{99}), t);
    EXPECT_EQ(parsed->offset, minutes{offset});
  }
}

TEST(DurationToText, ShowsTwoUnits) {
  const struct {
    Duration duration;
    const char* text;
  } cases[] = {
      {days{9} + hours{4}, "9 d 4 h"},
      {hours{3} + minutes{20}, "3 h 20 min"},
      {minutes{45}, "45 min"},
      {seconds{20}, "20 s"},
      {seconds{0}, "0 min"},
      {seconds{60}, "1 min"},
      {seconds{89}, "1 min"},
      {seconds{90}, "2 min"},
      {hours{3}, "3 h"},
      {days{9}, "9 d"},
      {hours{23} + minutes{59} + seconds{40}, "1 d"},
      {days{1} + hours{23} + minutes{45}, "2 d"},
      {-(hours{3} + minutes{20}), "-3 h 20 min"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(duration_to_text(c.duration), c.text);
}

}  // namespace
}  // namespace karvan
