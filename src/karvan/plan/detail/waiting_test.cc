// Goal: what still waits is what no other cargo for the same voyage beats, however many wait.

#include "karvan/plan/detail/waiting.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::plan::detail {
namespace {

using Entry = Waiting::Entry;

bool beats(const Entry& a, const Entry& b) {
  const bool is_same =
      a.sailing.boarding == b.sailing.boarding && a.sailing.pattern == b.sailing.pattern &&
      a.sailing.voyage == b.sailing.voyage && a.papers == b.papers && a.open == b.open;
  return is_same && a.cents <= b.cents && a.grams <= b.grams && a.miss <= b.miss &&
         a.legs <= b.legs && (a.risks & ~b.risks) == 0;
}

Entry drawn(RandomStream& random) {
  const auto below = [&random](std::int64_t n) {
    return static_cast<std::uint32_t>(random.uniform_int(0, n - 1));
  };
  Entry entry;
  entry.sailing.boarding = below(20);
  entry.sailing.pattern = below(3);
  entry.sailing.voyage = below(10);
  entry.papers = below(2);
  entry.open = below(2);
  entry.miss = static_cast<cost::MissRisk>(below(6));
  entry.cents = below(6);
  entry.grams = below(6);
  entry.legs = static_cast<std::uint8_t>(below(3));
  entry.risks = static_cast<std::uint8_t>(below(4));
  return entry;
}

// More than the table has chains at first, so that it doubles.
TEST(Waiting, KeepsWhatNothingBeats) {
  RandomStream random{1, "waiting_test"};
  Waiting waiting{{.counts_legs = true, .keeps_safer_options = true}};
  std::vector<Entry> waits;
  std::size_t refused = 0;
  for (int i = 0; i < 12'000; ++i) {
    const Entry entry = drawn(random);
    const bool is_beaten =
        std::ranges::any_of(waits, [&](const Entry& e) { return beats(e, entry); });
    const std::uint32_t number = waiting.size();
    ASSERT_EQ(waiting.add(entry), !is_beaten) << "entry " << i;
    refused += is_beaten ? 1U : 0U;
    if (is_beaten) continue;
    ASSERT_EQ(waiting.size(), number + 1);
    std::erase_if(waits, [&](const Entry& e) { return beats(entry, e); });
    waits.push_back(entry);
  }
  std::size_t still = 0;
  for (std::uint32_t i = 0; i < waiting.size(); ++i)
    still += waiting[i].is_beaten ? 0U : 1U;
  EXPECT_EQ(still, waits.size());
  EXPECT_GT(refused, 1'000U);
  EXPECT_GT(waiting.size(), 3'000U);
}

}  // namespace
}  // namespace karvan::plan::detail
