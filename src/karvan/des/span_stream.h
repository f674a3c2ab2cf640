#pragma once
// SpanStream: spans of one law in ticks, from a stream that nobody else draws from. Call for call
// they are to_ticks(law.sample(stream), ticks_per_unit), to the last bit; but as the law is known,
// the next few are computed together, before anybody waits for them. A logarithm asked for at the
// last moment holds up the event list, which cannot order what it does not know.

#include <array>
#include <cstddef>
#include <utility>

#include "karvan/base/random.h"
#include "karvan/des/clock.h"
#include "karvan/des/sampler.h"

namespace karvan::des {

// A value: a copy goes on with the same spans. One thread.
class SpanStream {
 public:
  SpanStream(Sampler law, const RandomStream& stream, double ticks_per_unit)
      : law_{std::move(law)}, stream_{stream}, ticks_per_unit_{ticks_per_unit} {}

  Time next() {
    if (used_ == kAhead) draw_ahead();
    return ahead_[used_++];
  }

 private:
  static constexpr std::size_t kAhead = Sampler::kBlock;
  void draw_ahead();

  std::array<Time, kAhead> ahead_{};
  std::size_t used_ = kAhead;
  Sampler law_;
  RandomStream stream_;
  double ticks_per_unit_;
};

}  // namespace karvan::des
