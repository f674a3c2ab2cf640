#include "karvan/des/span_stream.h"

namespace karvan::des {

void SpanStream::draw_ahead() {
  std::array<double, kAhead> spans{};
  law_.sample_block(stream_, spans);
  for (std::size_t i = 0; i < kAhead; ++i)
    ahead_[i] = to_ticks(spans[i], ticks_per_unit_);
  used_ = 0;
}

}  // namespace karvan::des
