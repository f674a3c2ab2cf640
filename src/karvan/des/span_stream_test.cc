#include "karvan/des/span_stream.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace karvan::des {
namespace {

std::vector<Sampler> laws() {
  return {*Sampler::exponential(2.5),
          Sampler::exponential(2.5)->shifted(0.25),
          *Sampler::exponential(2.5)->truncated(1.0, 4.0),
          *Sampler::lognormal(3.0, 1.0),
          *Sampler::gamma(0.7, 2.0),
          *Sampler::uniform(0.0, 1.0),
          *Sampler::deterministic(7.5)};
}

// Goal: drawing ahead changes no draw. Method: the same stream, drawn one by one; compared as
// doubles too, so that rounding to ticks hides no last bit.
TEST(SpanStream, GivesWhatTheLawGivesOneByOne) {
  for (const Sampler& law : laws()) {
    const RandomStream start{11, "spans"};
    SpanStream spans{law, start, 1e6};
    RandomStream one_by_one = start;
    for (int i = 0; i < 1000; ++i)
      ASSERT_EQ(spans.next(), to_ticks(law.sample(one_by_one), 1e6)) << i;
    RandomStream in_blocks = start;
    one_by_one = start;
    for (int i = 0; i < 50; ++i) {
      std::array<double, Sampler::kBlock> block{};
      law.sample_block(in_blocks, block);
      for (const double value : block)
        ASSERT_EQ(value, law.sample(one_by_one)) << i;
    }
  }
}

TEST(SpanStream, ACopyGoesOnWithTheSameSpans) {
  SpanStream spans{*Sampler::exponential(1), RandomStream{1, "copy"}, 1e3};
  for (int i = 0; i < 5; ++i)
    spans.next();
  SpanStream copy = spans;
  for (int i = 0; i < 50; ++i)
    ASSERT_EQ(copy.next(), spans.next());
}

}  // namespace
}  // namespace karvan::des
