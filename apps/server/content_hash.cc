#include "content_hash.h"

#include "karvan/base/hash.h"

namespace karvan::server {
namespace {

std::string hex(unsigned long long number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i > 0; --i, number >>= 4U)
    text[i - 1] = kDigits[number & 15U];
  return text;
}

}  // namespace

// The halves differ in what they make of the bytes: FNV-1a forwards, and splitmix64 over eight
// bytes at a time.
void ContentHash::add(std::string_view text) {
  Fingerprint first;
  first.add(forward_);
  first.add(text);
  forward_ = first.value();
  Fingerprint second;
  second.add(backward_);
  second.add(text.size());
  unsigned long long word = 0;
  std::size_t filled = 0;
  for (const char byte : text) {
    word = (word << 8U) | static_cast<unsigned char>(byte);
    if (++filled % 8 != 0) continue;
    second.add(word);
    word = 0;
  }
  second.add(word);
  backward_ = second.value();
}

std::string ContentHash::text() const {
  return hex(forward_) + hex(backward_);
}

std::string content_hash(std::initializer_list<std::string_view> parts) {
  ContentHash hash;
  for (const std::string_view part : parts)
    hash.add(part);
  return hash.text();
}

}  // namespace karvan::server
