#include "karvan/geo/geojson.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/base/text.h"
#include "karvan/geo/earth.h"

namespace karvan {

namespace {

void append_coordinate(std::string& out, double degrees) {
  std::string text = format_fixed(degrees, 6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  out += text;
}

void append_position(std::string& out, const GeoPoint& p) {
  out += '[';
  append_coordinate(out, p.lon);
  out += ',';
  append_coordinate(out, p.lat);
  out += ']';
}

// The shortest text that reads back as the same number.
void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char buffer[32] = {};
  const auto [end, fault] = std::to_chars(buffer, buffer + sizeof(buffer), value);
  CHECK(fault == std::errc{});
  out.append(buffer, end);
}

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

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) {
      quoted += "\xef\xbf\xbd";
      text.remove_prefix(1);
    } else {
      if (size == 1) {
        append_escaped(quoted, text.front());
      } else {
        quoted += text.substr(0, size);
      }
      text.remove_prefix(size);
    }
  }
  quoted += '"';
  return quoted;
}

void GeoJsonWriter::add_point(const GeoPoint& point, const std::vector<GeoProperty>& properties) {
  begin_feature("Point");
  append_position(text_, point);
  end_feature(properties);
}

void GeoJsonWriter::add_line(std::span<const GeoPoint> line,
                             const std::vector<GeoProperty>& properties) {
  CHECK(line.size() >= 2);
  begin_feature("LineString");
  text_ += '[';
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i != 0) text_ += ',';
    append_position(text_, line[i]);
  }
  text_ += ']';
  end_feature(properties);
}

std::string GeoJsonWriter::finish() && {
  text_ += empty_ ? "]}\n" : "\n]}\n";
  return std::move(text_);
}

void GeoJsonWriter::begin_feature(std::string_view kind) {
  text_ += empty_ ? "\n" : ",\n";
  empty_ = false;
  text_ += R"({"type":"Feature","geometry":{"type":")";
  text_ += kind;
  text_ += R"(","coordinates":)";
}

void GeoJsonWriter::end_feature(const std::vector<GeoProperty>& properties) {
  text_ += R"(},"properties":{)";
  bool first = true;
  for (const GeoProperty& property : properties) {
    if (!first) text_ += ',';
    first = false;
    text_ += json_quoted(property.name);
    text_ += ':';
    if (const auto* words = std::get_if<std::string>(&property.value)) {
      text_ += json_quoted(*words);
    } else {
      append_number(text_, *std::get_if<double>(&property.value));
    }
  }
  text_ += "}}";
}

}  // namespace karvan
