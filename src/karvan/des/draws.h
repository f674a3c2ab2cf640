#pragma once
// Draws: random numbers as a pure function of (seed, stream name, entity number, draw number). What
// befalls shipment 17 depends neither on the order of events nor on how many numbers others drew,
// so scenarios share it and it can be computed again alone. The generator is Philox4x32-10 (Salmon,
// Moraes, Dror, Shaw 2011), tested with the known answers of Random123.
//
// For clocks of the model itself (weather, breakdowns) base's RandomStream is the cheaper choice;
// samplers take both.

#include <array>
#include <cstdint>
#include <string_view>

#include "karvan/base/hash.h"

namespace karvan::des {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

// Four random words of one counter under one key, ten rounds.
constexpr PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key) {
  std::uint32_t c0 = counter[0];
  std::uint32_t c1 = counter[1];
  std::uint32_t c2 = counter[2];
  std::uint32_t c3 = counter[3];
  std::uint32_t k0 = key[0];
  std::uint32_t k1 = key[1];
  const auto round = [&] {
    const std::uint64_t a = std::uint64_t{0xD2511F53U} * c0;
    const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * c2;
    c0 = static_cast<std::uint32_t>(b >> 32U) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(b);
    c2 = static_cast<std::uint32_t>(a >> 32U) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(a);
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  };
  // Written out, because compilers keep a loop of ten, and it is half as long again.
  round(), round(), round(), round(), round();
  round(), round(), round(), round(), round();
  return {c0, c1, c2, c3};
}

// Names a family of streams, one for each entity. Adding a family changes no other.
struct DrawKey {
  std::uint64_t value = 0;
};
constexpr DrawKey draw_key(std::uint64_t seed,
                           std::string_view name,
                           std::uint64_t replication = 0) {
  Fingerprint print;
  print.add(seed);
  print.add(replication);
  print.add(name);
  return {print.value()};
}

// The numbers of one entity, in order. A value: copying it copies its position. One thread.
class Draws {
 public:
  Draws(DrawKey key, std::uint64_t entity) : key_{key.value}, entity_{entity} {}

  // Uniform over all 64-bit numbers.
  std::uint64_t next() {
    if ((position_ & 1U) == 0) block_ = block(position_ / 2);
    const std::size_t half = 2 * static_cast<std::size_t>(position_++ & 1U);
    return (std::uint64_t{block_[half + 1]} << 32U) | block_[half];
  }
  // Uniform in [0, 1), 53 random bits.
  double uniform01() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  // As so many calls of next(), at no cost.
  void skip(std::uint64_t numbers) {
    position_ += numbers;
    if ((position_ & 1U) != 0) block_ = block(position_ / 2);
  }

  // How many numbers were drawn.
  std::uint64_t position() const { return position_; }

 private:
  PhiloxCounter block(std::uint64_t number) const {
    return philox({low(number), high(number), low(entity_), high(entity_)},
                  {low(key_), high(key_)});
  }
  static constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
  static constexpr std::uint32_t high(std::uint64_t x) {
    return static_cast<std::uint32_t>(x >> 32U);
  }

  std::uint64_t key_;
  std::uint64_t entity_;
  std::uint64_t position_ = 0;
  PhiloxCounter block_{};
};

}  // namespace karvan::des
