#pragma once
// Stable 64-bit hashes: the same on every machine, compiler and day, so they may be printed and
// stored. Not for secrets. hash_bytes is FNV-1a (offset 0xcbf29ce484222325, prime 0x100000001b3);
// mix64 is the finalizer of splitmix64 (Steele, Lea, Flood 2014).

#include <bit>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace karvan {

constexpr std::uint64_t hash_bytes(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3U;
  }
  return hash;
}

constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

// One number for a sequence of facts, sensitive to their order. A text counts with its length, so
// "ab","c" differs from "a","bc". Step: value = mix64(value ^ word) + 0x9e3779b97f4a7c15.
class Fingerprint {
 public:
  template <class T>
    requires(std::integral<T> || std::is_enum_v<T>)
  constexpr void add(T number) {
    add_word(static_cast<std::uint64_t>(number));
  }
  // By its bits; -0.0 counts as 0.0.
  constexpr void add(double number) {
    add_word(number == 0.0 ? 0 : std::bit_cast<std::uint64_t>(number));
  }
  constexpr void add(std::string_view text) {
    add_word(text.size());
    add_word(hash_bytes(text));
  }

  constexpr std::uint64_t value() const { return value_; }

 private:
  constexpr void add_word(std::uint64_t word) {
    value_ = mix64(value_ ^ word) + 0x9e3779b97f4a7c15U;
  }
  std::uint64_t value_ = 0;
};

}  // namespace karvan
