#include "store.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace karvan::server {
namespace {

// A path of its own for each test, gone afterwards.
class StoreFile : public testing::Test {
 protected:
  StoreFile()
      : path_{testing::TempDir() + "karvan_store_" + std::to_string(::getpid()) + "_" +
              testing::UnitTest::GetInstance()->current_test_info()->name()} {
    remove();
  }
  ~StoreFile() override { remove(); }
  void remove() const {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"})
      std::filesystem::remove(path_ + end, ignored);
  }
  std::unique_ptr<Store> open(std::uint64_t most = 1U << 30U) const {
    auto store = Store::open(path_, most);
    EXPECT_TRUE(store) << store.error().message;
    return std::move(store).value();
  }
  const std::string path_;
};

TEST_F(StoreFile, KeepsWhatWasSavedAfterItIsOpenedAgain) {
  {
    const auto store = open();
    ASSERT_TRUE(store->save_scenario("b", "two"));
    ASSERT_TRUE(store->save_scenario("a", "one"));
    ASSERT_TRUE(store->save_scenario("b", "three"));
    ASSERT_TRUE(store->save_answer("key", {"plan", "question", "body", ""}));
  }
  const auto store = open();
  const auto scenarios = store->scenarios();
  ASSERT_TRUE(scenarios);
  const std::vector<std::pair<std::string, std::string>> expected{{"a", "one"}, {"b", "three"}};
  EXPECT_EQ(*scenarios, expected);
  const auto answer = store->answer("key");
  ASSERT_TRUE(answer);
  ASSERT_TRUE(*answer);
  EXPECT_EQ((*answer)->question, "question");
  EXPECT_EQ((*answer)->body, "body");
  const auto none = store->answer("other");
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST_F(StoreFile, AnAnswerGivenOnceNeverChanges) {
  const auto store = open();
  ASSERT_TRUE(store->save_answer("key", {"plan", "q", "first", ""}));
  ASSERT_TRUE(store->save_answer("key", {"plan", "q", "second", ""}));
  const auto answer = store->answer("key");
  ASSERT_TRUE(answer && *answer);
  EXPECT_EQ((**answer).body, "first");
}

TEST_F(StoreFile, BytesOfALogComeBackAsTheyWere) {
  const auto store = open();
  const std::string log{"a\0b\n", 4};
  ASSERT_TRUE(store->save_answer("key", {"simulation", "q", "{}", log}));
  const auto kept = store->log("key");
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ(**kept, log);
}

TEST_F(StoreFile, RefusesWhatNoLongerFitsAndKeepsTheRest) {
  const auto store = open(256U << 10U);
  ASSERT_TRUE(store->save_scenario("kept", "text"));
  const Status refused =
      store->save_answer("large", {"plan", "q", std::string(std::size_t{1} << 20U, 'x'), ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  const auto scenarios = store->scenarios();
  ASSERT_TRUE(scenarios);
  EXPECT_EQ(scenarios->size(), 1U);
}

TEST_F(StoreFile, LeavesFilesOfOthersAlone) {
  std::ofstream{path_} << "this is a letter to my grandmother, and no database at all";
  const auto store = Store::open(path_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().where, path_);
}

}  // namespace
}  // namespace karvan::server
