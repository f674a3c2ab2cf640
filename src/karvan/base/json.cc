#include "karvan/base/json.h"

#include <cmath>
#include <cstddef>
#include <utility>

#include "karvan/base/check.h"
#include "karvan/base/text.h"

namespace karvan {
namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (byte < 0x20U) {
    out += "\\u00";
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xfU];
  } else {
    out += c;
  }
}

// Bytes of the character at the front, 0 if it is broken.
std::size_t character_size(std::string_view text) {
  for (std::size_t size = 1; size <= 4 && size <= text.size(); ++size) {
    if (is_valid_utf8(text.substr(0, size))) return size;
  }
  return 0;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) {
      out += "\xef\xbf\xbd";
      text.remove_prefix(1);
    } else {
      if (size == 1) {
        append_escaped(out, text.front());
      } else {
        out += text.substr(0, size);
      }
      text.remove_prefix(size);
    }
  }
  out += '"';
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string quoted;
  append_quoted(quoted, text);
  return quoted;
}

void JsonWriter::break_line() {
  if (indent_ == 0) return;
  text_ += '\n';
  text_.append(static_cast<std::size_t>(indent_) * open_.size(), ' ');
}

void JsonWriter::begin_item() {
  if (!is_empty_) text_ += ',';
  is_empty_ = false;
  if (!open_.empty()) break_line();
}

void JsonWriter::begin_value() {
  if (has_key_) {
    has_key_ = false;
  } else {
    begin_item();
  }
}

JsonWriter& JsonWriter::open(char begin, char end) {
  begin_value();
  text_ += begin;
  open_ += end;
  is_empty_ = true;
  return *this;
}

JsonWriter& JsonWriter::end() {
  CHECK(!open_.empty());
  CHECK(!has_key_);
  const char closing = open_.back();
  open_.pop_back();
  if (!is_empty_) break_line();
  text_ += closing;
  is_empty_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  begin_item();
  append_quoted(text_, name);
  text_ += indent_ == 0 ? ":" : ": ";
  has_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  begin_value();
  append_quoted(text_, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  std::string digits = format_fixed(value, decimals);
  if (decimals > 0) {
    while (digits.back() == '0')
      digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
  }
  begin_value();
  text_ += digits;
  return *this;
}

JsonWriter& JsonWriter::integer(long long value) {
  begin_value();
  text_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  begin_value();
  text_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  begin_value();
  text_ += "null";
  return *this;
}

std::string JsonWriter::finish() && {
  while (!open_.empty())
    end();
  return std::move(text_);
}

}  // namespace karvan
