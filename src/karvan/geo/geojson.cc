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
#include "karvan/base/json.h"
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

}  // namespace

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
