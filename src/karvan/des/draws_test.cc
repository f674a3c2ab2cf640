#include "karvan/des/draws.h"

#include <cstdint>
#include <set>

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

// The known-answer vectors of Random123 for philox4x32, 10 rounds.
TEST(Philox, GivesTheKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (PhiloxCounter{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  EXPECT_EQ(
      philox({0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU}, {0xffffffffU, 0xffffffffU}),
      (PhiloxCounter{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(
      philox({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
      (PhiloxCounter{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Draws, DependOnlyOnTheirName) {
  const DrawKey key = draw_key(2026, "service/berth");
  Draws seventeen{key, 17};
  const std::uint64_t first = seventeen.next();
  const std::uint64_t second = seventeen.next();
  Draws eighteen{key, 18};
  eighteen.next();
  Draws again{key, 17};
  EXPECT_EQ(again.next(), first);
  EXPECT_EQ(again.next(), second);
  EXPECT_EQ(again.position(), 2U);
}

TEST(Draws, DifferByEntitySeedNameAndReplication) {
  std::set<std::uint64_t> seen;
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const std::uint64_t replication : {0U, 1U}) {
      for (const char* name : {"a", "b"}) {
        for (const std::uint64_t entity : {0U, 1U}) {
          Draws draws{draw_key(seed, name, replication), entity};
          for (int i = 0; i < 10; ++i)
            seen.insert(draws.next());
        }
      }
    }
  }
  EXPECT_EQ(seen.size(), 160U);
}

TEST(Draws, SkippingIsDrawingWithoutLooking) {
  const DrawKey key = draw_key(1, "skip");
  for (std::uint64_t before = 0; before < 4; ++before) {
    for (std::uint64_t numbers = 0; numbers < 6; ++numbers) {
      Draws one{key, 17};
      Draws other{key, 17};
      for (std::uint64_t i = 0; i < before; ++i)
        EXPECT_EQ(one.next(), other.next());
      for (std::uint64_t i = 0; i < numbers; ++i)
        one.next();
      other.skip(numbers);
      EXPECT_EQ(one.position(), other.position());
      for (int i = 0; i < 3; ++i)
        EXPECT_EQ(one.next(), other.next()) << before << " before, " << numbers << " skipped";
    }
  }
}

TEST(Draws, UniformsAreUncorrelatedBetweenNeighbors) {
  // Goal: entities side by side share nothing. Method: the correlation of the first draws of
  // entities n and n+1 over 100000 pairs; its standard error is 1/sqrt(n).
  const DrawKey key = draw_key(1, "neighbors");
  double sum = 0.0;
  double previous = 0.0;
  constexpr int kPairs = 100'000;
  for (int i = 0; i < kPairs; ++i) {
    const double x = Draws{key, static_cast<std::uint64_t>(i)}.uniform01() - 0.5;
    sum += x * previous;
    previous = x;
  }
  EXPECT_NEAR(12.0 * sum / kPairs, 0.0, 4.0 / 316.0);
}

}  // namespace
}  // namespace karvan::des
