#include "karvan/load/booked.h"

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"
#include "karvan/load/scenario.h"

namespace karvan::load {
namespace {

struct Read {
  std::optional<Scenario> scenario;
  std::vector<std::string> complaints;
};

class BookedTest : public testing::Test {
 protected:
  BookedTest() : files_{detail::small_corridor()} {
    Complaints complaints;
    loaded_ = load_corridor(files_, "d", complaints);
  }

  Read read(std::string_view text) const {
    Complaints complaints;
    Read read;
    read.scenario =
        load_booked(*loaded_, files_, "base", {.file = "taken.csv", .text = text}, complaints);
    for (const Complaint& complaint : complaints)
      read.complaints.push_back(to_text(complaint));
    return read;
  }

  Files files_;
  std::optional<Loaded> loaded_;
};

TEST_F(BookedTest, LaysRowsOverTheCorridor) {
  const Read one = read(
      "service,departs_on,load_unit,units,leaves_at\n"
      "ferry,2026-03-10,box40,12,\n"
      "ferry,2026-03-11,wagon,7,08:30\n");
  ASSERT_TRUE(one.scenario.has_value());
  EXPECT_EQ(one.complaints, std::vector<std::string>{});
  const World world{loaded_->corridor, one.scenario->overlay};
  EXPECT_EQ(world.scenario(), "");  // bookings are no scenario
  const std::vector<Id<Booking>> ids = world.ids<Booking>();
  ASSERT_EQ(ids.size(), 2U);
  const Booking& second = world[ids[1]];
  EXPECT_EQ(world[second.service].code, "ferry");
  EXPECT_EQ(date_to_text(second.departs_on), "2026-03-11");
  EXPECT_EQ(second.leaves_at, std::chrono::minutes{8 * 60 + 30});
  EXPECT_EQ(second.units, 7);
  EXPECT_EQ(second.fact.confidence, Confidence::kPublished);
  ASSERT_EQ(second.fact.sources.size(), 1U);
  EXPECT_EQ(world[second.fact.sources[0]].address, "taken.csv");
}

TEST_F(BookedTest, SaysWhatIsWrongWithLineAndColumn) {
  EXPECT_EQ(read("service,departs_on,load_unit\nferry,2026-03-10,box40\n").complaints,
            (std::vector<std::string>{"taken.csv:1: units: is missing "
                                      "(columns are service, departs_on, load_unit, units, ...)"}));
  const Read bad = read(
      "service,departs_on,load_unit,units\n"
      "fery,2026-03-10,box40,12\n"
      "ferry,2026-13-10,box40,12\n"
      "ferry,2026-03-10,box40,-1\n");
  EXPECT_FALSE(bad.scenario.has_value());
  ASSERT_EQ(bad.complaints.size(), 3U);
  EXPECT_TRUE(bad.complaints[0].starts_with("taken.csv:2: service: 'fery'")) << bad.complaints[0];
}

TEST_F(BookedTest, RefusesWhatTheServiceDoesNotCarry) {
  const Read bad = read("service,departs_on,load_unit,units\nferry,2026-03-10,box20,1\n");
  EXPECT_FALSE(bad.scenario.has_value());
}

}  // namespace
}  // namespace karvan::load
