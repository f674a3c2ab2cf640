// Opening times against the plainest definition: minute by minute on the local clock.

#include "karvan/plan/detail/open_times.h"

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/testing/corridor_builder.h"

namespace karvan::plan::detail {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class OpeningHoursOf : public ::testing::Test {
 protected:
  OpeningHoursOf() {
    place_ = b_.place("sofia", b_.country("BG"), minutes{120});
    b_.corridor.time_zones[Id<ZonePeriod>{0U}].summer_time = SummerTime::kEurope;
  }
  Date day(int n) const { return Date{std::chrono::year{2026} / 3 / 23} + std::chrono::days{n}; }
  OpenTimes times(const std::vector<DailyOpening>& openings) const {
    const World world{b_.corridor};
    return {Clocks{world}, Epoch{day(0)}, place_, {.from = day(-2), .until = day(120)}, openings};
  }

  testing::CorridorBuilder b_;
  Id<Place> place_;
};

Weekdays workdays() {
  return *parse_weekdays("Mon;Tue;Wed;Thu;Fri");
}

// Monday 23 March is minute 0 UTC, 02:00 in Sofia.
TEST_F(OpeningHoursOf, WorkRestsOverNightAndWeekend) {
  const OpenTimes open = times({{workdays(), hours{8}, hours{20}}});
  EXPECT_EQ(open.next_open(0), 6 * 60);
  EXPECT_EQ(open.finish(0, 60), 7 * 60);
  EXPECT_EQ(open.finish(6 * 60, 12 * 60), 18 * 60);          // done when it closes
  EXPECT_EQ(open.finish(6 * 60, 12 * 60 + 1), 30 * 60 + 1);  // and not a minute later
  const Minute friday = 4 * kDayMinutes;
  // One hour on Friday evening, the rest on Monday: the clocks went forward on Sunday.
  EXPECT_EQ(open.finish(friday + 17 * 60, 2 * 60), friday + 3 * kDayMinutes + 6 * 60);
}

TEST_F(OpeningHoursOf, NothingToDoIsDoneAtOnceEvenWhenClosed) {
  EXPECT_EQ(times({{workdays(), hours{8}, hours{20}}}).finish(10, 0), 10);
}

TEST_F(OpeningHoursOf, MidnightMayBePassedAndOpeningsMayOverlap) {
  const OpenTimes open =
      times({{Weekdays::daily(), hours{22}, hours{3}}, {Weekdays::daily(), hours{2}, hours{4}}});
  EXPECT_EQ(open.next_open(5 * 60), 20 * 60);  // 22:00 local
  EXPECT_EQ(open.finish(20 * 60, 6 * 60), 26 * 60);
}

TEST_F(OpeningHoursOf, AfterTheLastDayItNeverOpens) {
  EXPECT_EQ(times({{workdays(), hours{8}, hours{20}}}).next_open(200 * kDayMinutes), kNoMinute);
}

// Goal: finish() counts exactly the minutes that the clock shows as open, and is monotone.
TEST_F(OpeningHoursOf, CountsTheMinutesOfTheLocalClock) {
  RandomStream random{3, "open_times"};
  const World world{b_.corridor};
  const Clocks clocks{world};
  for (int round = 0; round < 40; ++round) {
    const minutes opens{random.uniform_int(0, 95) * 15};
    const minutes closes{random.uniform_int(1, 96) * 15};
    if (opens == closes) continue;
    const OpenTimes open = times({{Weekdays::daily(), opens, closes}});
    const auto is_open = [&](Minute minute) {
      const Instant instant = Epoch{day(0)}.instant(minute);
      const auto local = instant + clocks.offset(place_, instant);
      const auto now = local - std::chrono::floor<std::chrono::days>(local);
      return opens < closes ? opens <= now && now < closes : opens <= now || now < closes;
    };
    const auto start = static_cast<Minute>(random.uniform_int(0, std::int64_t{4} * kDayMinutes));
    const auto work = static_cast<Minute>(random.uniform_int(1, 900));
    Minute now = start;
    for (Minute left = work; left > 0; ++now)
      left -= is_open(now) ? 1 : 0;
    ASSERT_EQ(open.finish(start, work), now) << "round " << round;
    ASSERT_LE(open.finish(start, work), open.finish(start + 1, work));
  }
}

}  // namespace
}  // namespace karvan::plan::detail
