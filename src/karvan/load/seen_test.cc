#include "karvan/load/seen.h"

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"

namespace karvan::load {
namespace {

class SeenTest : public testing::Test {
 protected:
  SeenTest() {
    Complaints complaints;
    loaded_ = load_corridor(detail::small_corridor(), "d", complaints);
  }

  std::vector<MovementSeen> read(std::string_view text) {
    Complaints complaints;
    const World world{loaded_->corridor};
    std::vector<MovementSeen> seen = read_seen(world, text, "seen.csv", complaints);
    said_.clear();
    for (const Complaint& complaint : complaints)
      said_.push_back(to_text(complaint));
    return seen;
  }

  std::optional<Loaded> loaded_;
  std::vector<std::string> said_;
};

TEST_F(SeenTest, ReadsExecutedLegsOnTheClocksOfTheirPlaces) {
  const auto seen = read(
      "waybill,service,from,to,loaded,unloaded\n"
      "a1,ferry,aktau,alat,2026-03-01T20:00,2026-03-02T21:30\n"
      "a2,train,almaty,aktau,2026-03-01T20:00+05:00,2026-03-04T15:00Z\n");
  EXPECT_EQ(said_, std::vector<std::string>{});
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].from_sequence, 1);
  EXPECT_EQ(seen[0].to_sequence, 2);
  EXPECT_EQ(seen[0].took.value(), 26.5);  // Aktau is an hour ahead of Alat
  EXPECT_EQ(seen[1].took.value(), 72);
}

TEST_F(SeenTest, SaysWhatIsWrongWithLineAndColumn) {
  const auto seen = read(
      "service,from,to,loaded,unloaded\n"
      "fery,aktau,alat,2026-03-01T20:00,2026-03-02T21:30\n"
      "ferry,alat,aktau,2026-03-01T20:00,2026-03-02T21:30\n"
      "ferry,aktau,alat,2026-03-01,2026-03-02T21:30\n"
      "ferry,aktau,alat,2026-03-01T20:00,2026-03-01T18:30\n");
  EXPECT_TRUE(seen.empty());
  ASSERT_EQ(said_.size(), 4U);
  EXPECT_EQ(said_[0],
            "seen.csv:2: service: 'fery' is no service of this corridor (did you mean 'ferry'?)");
  EXPECT_EQ(said_[1], "seen.csv:3: to: 'aktau' is no call of ferry after alat");
  EXPECT_EQ(said_[2],
            "seen.csv:4: loaded: '2026-03-01' is no instant; expected 2026-03-02T08:00 or "
            "2026-03-02T08:00+05:00");
  EXPECT_EQ(said_[3], "seen.csv:5: unloaded: '2026-03-01T18:30' is earlier than loaded");
  EXPECT_TRUE(read("service,from,to\n").empty());
  EXPECT_EQ(said_.size(), 2U);
}

TEST_F(SeenTest, ReadsTheLogOfASimulation) {
  const auto seen = read(
      "event_time,shipment,business_step,place,service\n"
      "2026-03-01T00:00:00Z,7,commissioning,almaty,\n"
      "2026-03-01T02:00:00Z,7,loading,almaty,train\n"
      "2026-03-01T03:00:00Z,5,unloading,alat,ferry\n"
      "2026-03-04T08:00:00Z,7,unloading,aktau,train\n"
      "2026-03-04T09:00:00Z,7,loading,aktau,ferry\n"
      "2026-03-05T12:00:00Z,7,unloading,alat,ferry\n");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].took.value(), 78);
  EXPECT_EQ(seen[1].took.value(), 27);
  ASSERT_EQ(said_.size(), 1U);
  EXPECT_NE(said_[0].find("1 unloadings are passed over"), std::string::npos);
}

}  // namespace
}  // namespace karvan::load
