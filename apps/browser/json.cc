#include "json.h"

#include <cmath>
#include <utility>

#include "karvan/base/check.h"
#include "karvan/base/text.h"
#include "karvan/geo/geojson.h"

namespace karvan::browser {

void Json::begin_value() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

Json& Json::open(char begin, char end) {
  begin_value();
  text_ += begin;
  open_ += end;
  needs_comma_ = false;
  return *this;
}

Json& Json::end() {
  CHECK(!open_.empty());
  text_ += open_.back();
  open_.pop_back();
  needs_comma_ = true;
  return *this;
}

Json& Json::key(std::string_view name) {
  begin_value();
  text_ += json_quoted(name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

Json& Json::text(std::string_view value) {
  begin_value();
  text_ += json_quoted(value);
  return *this;
}

Json& Json::number(double value, int decimals) {
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

Json& Json::integer(long long value) {
  begin_value();
  text_ += std::to_string(value);
  return *this;
}

Json& Json::boolean(bool value) {
  begin_value();
  text_ += value ? "true" : "false";
  return *this;
}

Json& Json::null() {
  begin_value();
  text_ += "null";
  return *this;
}

std::string Json::finish() && {
  while (!open_.empty())
    end();
  return std::move(text_);
}

void add_complaints(Json& json, const Complaints& complaints) {
  json.list("complaints", complaints, [&json](const Complaint& one) {
    json.object()
        .text("severity", one.severity == Severity::kError ? "error" : "warning")
        .text("file", one.file)
        .integer("line", one.line)
        .text("column", one.column)
        .text("value", one.value)
        .text("message", one.message)
        .text("hint", one.hint)
        .end();
  });
}

}  // namespace karvan::browser
