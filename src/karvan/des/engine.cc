#include "karvan/des/engine.h"

namespace karvan::des {

void Engine::Fifo::grow() {
  std::vector<Wake> larger(2 * ring_.size());
  for (std::size_t i = 0; i < size_; ++i)
    larger[i] = ring_[(begin_ + i) & (ring_.size() - 1)];
  ring_.swap(larger);
  begin_ = 0;
}

}  // namespace karvan::des
