#pragma once
// A writer of JSON text: calls in order; commas, quotes and line breaks by themselves. Broken UTF-8
// becomes U+FFFD. Depth is ours (never that of input), so it is small.
//
//   JsonWriter json;
//   json.object().key("ok").boolean(true).key("hours").number(3.25, 1).end();

#include <string>
#include <string_view>

namespace karvan {

// The text as a JSON string, in quotes.
std::string json_quoted(std::string_view text);

class JsonWriter {
 public:
  // All on one line; with an indentation each member has a line of its own.
  JsonWriter() = default;
  explicit JsonWriter(int indent) : indent_(indent) {}

  JsonWriter& object() { return open('{', '}'); }
  JsonWriter& array() { return open('[', ']'); }
  // Closes what was opened last.
  JsonWriter& end();

  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  // Rounded to so many decimals, without zeros at the end; null if infinite or not a number.
  JsonWriter& number(double value, int decimals);
  JsonWriter& integer(long long value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  JsonWriter& text(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& number(std::string_view name, double value, int decimals) {
    return key(name).number(value, decimals);
  }
  JsonWriter& integer(std::string_view name, long long value) { return key(name).integer(value); }
  JsonWriter& boolean(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& null(std::string_view name) { return key(name).null(); }

  // "name": [...], each item written by `one`.
  template <class Items, class F>
  JsonWriter& list(std::string_view name, const Items& items, F&& one) {
    key(name).array();
    for (const auto& item : items)
      one(item);
    return end();
  }

  // Everything written, each opening closed.
  std::string finish() &&;

 private:
  JsonWriter& open(char begin, char end);
  void begin_item();  // of what is open: a key or a value without one
  void begin_value();
  void break_line();

  std::string text_;
  std::string open_;  // closing brackets still to come
  int indent_ = 0;
  bool is_empty_ = true;  // nothing stands in what is open
  bool has_key_ = false;  // the next value belongs to a key
};

}  // namespace karvan
