#pragma once
// A writer of JSON text: calls in order, commas and quotes by themselves. Depth is ours, so small.
//
//   Json json;
//   json.object().key("ok").boolean(true).key("hours").number(3.25, 1).end();

#include <string>
#include <string_view>

#include "karvan/base/complaint.h"

namespace karvan::browser {

class Json {
 public:
  Json& object() { return open('{', '}'); }
  Json& array() { return open('[', ']'); }
  // Closes what was opened last.
  Json& end();

  Json& key(std::string_view name);
  Json& text(std::string_view value);
  // Rounded to so many decimals, without zeros at the end; null if infinite or not a number.
  Json& number(double value, int decimals);
  Json& integer(long long value);
  Json& boolean(bool value);
  Json& null();

  Json& text(std::string_view name, std::string_view value) { return key(name).text(value); }
  Json& number(std::string_view name, double value, int decimals) {
    return key(name).number(value, decimals);
  }
  Json& integer(std::string_view name, long long value) { return key(name).integer(value); }

  // "name": [...], each item written by `one`.
  template <class Items, class F>
  Json& list(std::string_view name, const Items& items, F&& one) {
    key(name).array();
    for (const auto& item : items)
      one(item);
    return end();
  }

  // Everything written, each opening closed.
  std::string finish() &&;

 private:
  Json& open(char begin, char end);
  void begin_value();

  std::string text_;
  std::string open_;  // closing brackets still to come
  bool needs_comma_ = false;
};

// "complaints": [...], errors and warnings.
void add_complaints(Json& json, const Complaints& complaints);

}  // namespace karvan::browser
