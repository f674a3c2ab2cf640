#pragma once
// What answers are kept under: 32 hexadecimal digits of a sequence of texts. Not for secrets: who
// uses it to find an answer compares the question too (store.h).

#include <initializer_list>
#include <string>
#include <string_view>

namespace karvan::server {

std::string content_hash(std::initializer_list<std::string_view> parts);

// Texts one by one, where they are not all at hand.
class ContentHash {
 public:
  void add(std::string_view text);
  std::string text() const;

 private:
  unsigned long long forward_ = 0;
  unsigned long long backward_ = 0;
};

}  // namespace karvan::server
