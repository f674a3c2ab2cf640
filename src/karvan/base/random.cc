#include "karvan/base/random.h"

#include <bit>
#include <cstdint>
#include <string_view>

#include "karvan/base/check.h"
#include "karvan/base/hash.h"

namespace karvan {

RandomStream::RandomStream(std::uint64_t seed, std::string_view name) {
  // splitmix64 from a start that mixes seed and name; xoshiro's state may not be all zero, and four
  // consecutive outputs of splitmix64 never are.
  std::uint64_t counter = mix64(seed + 0x9e3779b97f4a7c15U) ^ hash_bytes(name);
  for (std::uint64_t& word : state_) {
    counter += 0x9e3779b97f4a7c15U;
    word = mix64(counter);
  }
}

std::int64_t RandomStream::uniform_int(std::int64_t lo, std::int64_t hi) {
  DCHECK(lo <= hi);
  const std::uint64_t span = static_cast<std::uint64_t>(hi) - static_cast<std::uint64_t>(lo);
  // The smallest all-ones mask over span; draws above it are thrown away, less than half of them.
  const std::uint64_t mask = span == 0 ? 0 : ~std::uint64_t{0} >> std::countl_zero(span);
  std::uint64_t draw = next() & mask;
  while (draw > span)
    draw = next() & mask;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(lo) + draw);
}

bool RandomStream::bernoulli(double probability) {
  return uniform01() < probability;
}

}  // namespace karvan
