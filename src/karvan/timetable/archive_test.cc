#include "karvan/timetable/archive.h"

#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

#include "karvan/timetable/detail/test_support.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

std::string packed(const load::Files& files) {
  const Result<std::string> bytes = zipped(files);
  EXPECT_TRUE(bytes.ok());
  return bytes ? *bytes : std::string{};
}

void expect_refused(std::string_view bytes, const ArchiveLimits& limits, std::string_view word) {
  Complaints complaints;
  EXPECT_FALSE(unzipped(bytes, "feed.zip", complaints, limits).has_value());
  EXPECT_NE(all_of(complaints).find(word), std::string::npos) << all_of(complaints);
}

TEST(Archive, WhatIsPackedComesOut) {
  const load::Files feed = small_feed();
  const std::string bytes = packed(feed);
  EXPECT_EQ(bytes, packed(feed)) << "the same bytes at any time";
  Complaints complaints;
  EXPECT_EQ(unzipped(bytes, "feed.zip", complaints), feed);
}

TEST(Archive, AFeedMayLieInAFolder) {
  load::Files nested{{"__MACOSX/feed/._stops.txt", "x"}};
  for (const auto& [name, text] : small_feed())
    nested["feed/" + name] = text;
  Complaints complaints;
  EXPECT_EQ(unzipped(packed(nested), "feed.zip", complaints), small_feed());
}

TEST(Archive, NamesNeverBecomePaths) {
  Complaints complaints;
  const auto files = unzipped(packed({{"../../etc/stops.txt", "stop_id\n"}}), "z", complaints);
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ(files->begin()->first, "stops.txt");
}

TEST(Archive, BombsAreRefused) {
  expect_refused(packed({{"stops.txt", std::string(8U << 20U, 'a')}}), {}, "packed more than 200");
  expect_refused(packed(small_feed()), {.entries = 3}, "more than 3 entries");
  expect_refused(packed(small_feed()), {.file_bytes = 50}, "larger than 50");
  expect_refused(packed(small_feed()), {.total_bytes = 300}, "unpacks to more than 300");
  expect_refused(packed(small_feed()), {.archive_bytes = 10}, "larger than 10");
}

TEST(Archive, BrokenOnesAreRefused) {
  const std::string bytes = packed(small_feed());
  expect_refused("not a zip", {}, "no zip archive");
  expect_refused("", {}, "zip archive");
  expect_refused(std::string_view{bytes}.substr(0, bytes.size() / 2), {}, "no zip archive");
  std::string broken = bytes;
  for (std::size_t i = 60; i < 160; ++i)
    broken[i] = static_cast<char>(broken[i] ^ 0x55);
  Complaints complaints;
  EXPECT_FALSE(unzipped(broken, "feed.zip", complaints).has_value());
}

class WriteFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("karvan_folder_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }

  std::filesystem::path folder_;
};

TEST_F(WriteFolder, AppearsWholeAndKeepsOtherFiles) {
  ASSERT_TRUE(write_folder(at("one"), {{"a.csv", "1"}, {"b.csv", "2"}}, "").ok());
  ASSERT_TRUE(write_folder(at("two"), {{"b.csv", "3"}}, at("one")).ok());
  ASSERT_TRUE(write_folder(at("one"), {{"c.csv", "4"}}, at("one")).ok());
  const auto exists = [this](const std::string& name) { return std::filesystem::exists(at(name)); };
  EXPECT_TRUE(exists("two/a.csv") && exists("two/b.csv"));
  EXPECT_TRUE(exists("one/a.csv") && exists("one/c.csv"));
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{folder_})
    ++count;
  EXPECT_EQ(count, 2U) << "nothing is left beside";
}

TEST_F(WriteFolder, TakesNobodysPlace) {
  ASSERT_TRUE(write_folder(at("mine"), {{"a.csv", "1"}}, "").ok());
  EXPECT_FALSE(write_folder(at("mine"), {{"b.csv", "2"}}, "").ok());
  EXPECT_TRUE(std::filesystem::exists(at("mine/a.csv")));
  EXPECT_FALSE(write_folder(at("no/such/place"), {{"b.csv", "2"}}, "").ok());
  std::filesystem::create_directory(at("empty"));
  EXPECT_TRUE(write_folder(at("empty"), {{"b.csv", "2"}}, "").ok());
}

}  // namespace
}  // namespace karvan::timetable
