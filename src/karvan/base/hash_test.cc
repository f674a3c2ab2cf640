#include "karvan/base/hash.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include <gtest/gtest.h>

namespace karvan {
namespace {

TEST(HashBytes, GivesThePublishedValues) {
  // From the FNV reference test suite.
  EXPECT_EQ(hash_bytes(""), 0xcbf29ce484222325U);
  EXPECT_EQ(hash_bytes("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(hash_bytes("foobar"), 0x85944171f73967e8U);
}

TEST(Mix64, GivesThePublishedValues) {
  // First output of splitmix64 seeded with 0.
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15U), 0xe220a8397b1dcdafU);
}

std::uint64_t fingerprint(std::initializer_list<std::string_view> texts) {
  Fingerprint print;
  for (const std::string_view text : texts)
    print.add(text);
  return print.value();
}

TEST(Fingerprint, KnowsOrderAndBounds) {
  EXPECT_EQ(fingerprint({"ab", "c"}), fingerprint({"ab", "c"}));
  EXPECT_NE(fingerprint({"ab", "c"}), fingerprint({"a", "bc"}));
  EXPECT_NE(fingerprint({"ab", "c"}), fingerprint({"c", "ab"}));
  EXPECT_NE(fingerprint({""}), fingerprint({}));
}

TEST(Fingerprint, IsTheSameForever) {
  enum class Mode { kRail, kSea };
  Fingerprint print;
  print.add(std::int64_t{-1});
  print.add(true);
  print.add(Mode::kSea);
  print.add(0.5);
  print.add("karvan");
  // Computed by an independent program from the description in hash.h.
  EXPECT_EQ(print.value(), 0x3c5cf269a6695cbbU);
  Fingerprint zero;
  zero.add(0.0);
  Fingerprint minus_zero;
  minus_zero.add(-0.0);
  EXPECT_EQ(zero.value(), minus_zero.value());
}

}  // namespace
}  // namespace karvan
