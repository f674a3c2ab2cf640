#include "karvan/base/result.h"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace karvan {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return Error{ErrorKind::kInvalid, std::to_string(n) + " is odd"};
  return n / 2;
}

TEST(Result, HoldsAValue) {
  const Result<int> result = half(8);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 4);
}

TEST(Result, HoldsAReason) {
  const Result<int> result = half(7);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::kInvalid);
  EXPECT_EQ(result.error().message, "7 is odd");
}

TEST(Result, GivesAwayWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result{std::make_unique<int>(3)};
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 3);
}

TEST(Status, IsDoneOrAnError) {
  const Status done = Done{};
  EXPECT_TRUE(done.ok());
  const Status failed = Error{ErrorKind::kConflict, "taken"};
  EXPECT_FALSE(failed.ok());
}

TEST(ResultDeathTest, ValueOfAnErrorIsOurBug) {
  const Result<int> result = half(7);
  EXPECT_DEATH(static_cast<void>(result.value()), "CHECK failed");
}

}  // namespace
}  // namespace karvan
