#pragma once
// Named random streams from one seed. A stream is named by what it drives ("weather/KZAAU"), so
// adding a stream changes no other, and scenarios share common random numbers. The generator is
// xoshiro256++ (Blackman, Vigna 2019) seeded by splitmix64; the samplers are our own because those
// of std differ between libraries. A stream belongs to one thread.

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace karvan {

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view name);

  // Uniform over all 64-bit numbers.
  std::uint64_t next() {
    auto& [a, b, c, d] = state_;
    const std::uint64_t result = std::rotl(a + d, 23) + a;
    const std::uint64_t shifted = b << 17U;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = std::rotl(d, 45);
    return result;
  }
  // Uniform in [0, 1), 53 random bits.
  double uniform01() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  // Uniform over lo..hi, both included, without bias. Requires lo <= hi.
  std::int64_t uniform_int(std::int64_t lo, std::int64_t hi);
  // True with the given probability; 0 or below is never, 1 or above always. Draws one number.
  bool bernoulli(double probability);

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace karvan
