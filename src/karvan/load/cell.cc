#include "karvan/load/cell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/base/time.h"
#include "karvan/load/references.h"
#include "karvan/model/mode.h"
#include "karvan/model/uncertainty.h"

namespace karvan::load {
namespace {

// "; expected km from 0.1 to 30000".
std::string expected(const ColumnSpec& column, std::string_view what) {
  std::string text = "; expected ";
  text += what;
  if (!column.unit.empty()) text += " in " + column.unit;
  const std::string range = to_text(column.range);
  if (!range.empty()) text += ", " + range;
  return text;
}

MaybeFault out_of_range(double value, const ColumnSpec& column) {
  if (column.range.contains(value)) return std::nullopt;
  return CellFault{.message = "is out of range" + expected(column, "a value")};
}

// Two digits before and two behind a colon.
std::optional<std::chrono::minutes> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = parse_int<unsigned>(text.substr(0, 2));
  const auto minutes = parse_int<unsigned>(text.substr(3));
  if (!hours || !minutes || *minutes > 59) return std::nullopt;
  return std::chrono::minutes{*hours * 60 + *minutes};
}

struct LawShape {
  LawFamily family;
  std::array<std::string_view, 3> parameters;  // empty: none
};
constexpr std::array<LawShape, 7> kLawShapes{{
    {LawFamily::kConstant, {"value", "", ""}},
    {LawFamily::kExponential, {"mean", "", ""}},
    {LawFamily::kLognormal, {"mean", "cv", ""}},
    {LawFamily::kGamma, {"mean", "cv", ""}},
    {LawFamily::kWeibull, {"mean", "shape", ""}},
    {LawFamily::kTriangular, {"min", "mode", "max"}},
    {LawFamily::kUniform, {"min", "max", ""}},
}};

// "lognormal mean= cv=".
std::string pattern(const LawShape& shape) {
  std::string text{to_text(shape.family)};
  for (const std::string_view parameter : shape.parameters) {
    if (!parameter.empty()) text += " " + std::string{parameter} + "=";
  }
  return text;
}

MaybeFault parse_parameters(const std::vector<std::string_view>& words,
                            const LawShape& shape,
                            Law& law) {
  const std::array<double*, 3> targets{&law.a, &law.b, &law.c};
  std::array<bool, 3> given{};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word.empty()) continue;
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const auto at = std::ranges::find(shape.parameters, name);
    if (equals == std::string_view::npos || name.empty() || at == shape.parameters.end()) {
      return CellFault{.message = "has '" + std::string{word} +
                                  "', which is no parameter of this law; expected '" +
                                  pattern(shape) + "'"};
    }
    const auto number = parse_double(word.substr(equals + 1));
    if (!number) {
      return CellFault{.message = "has '" + std::string{word} + "', whose value is not a number"};
    }
    const auto which = static_cast<std::size_t>(at - shape.parameters.begin());
    if (given[which]) {
      return CellFault{.message = "gives '" + std::string{name} + "' twice"};
    }
    given[which] = true;
    *targets[which] = *number;
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!shape.parameters[i].empty() && !given[i]) {
      return CellFault{.message = "lacks '" + std::string{shape.parameters[i]} + "='; expected '" +
                                  pattern(shape) + "'"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return fault == std::errc{} ? std::string{buffer.data(), end} : std::string{};
}

std::string to_text(const Range& range) {
  const bool has_low = range.low > -std::numeric_limits<double>::infinity();
  const bool has_high = range.high < std::numeric_limits<double>::infinity();
  if (has_low && has_high) return number_text(range.low) + " to " + number_text(range.high);
  if (has_low) return "at least " + number_text(range.low);
  if (has_high) return "at most " + number_text(range.high);
  return {};
}

void Cell<std::string>::describe(ColumnSpec& column) {
  column.type = "text";
}

MaybeFault Cell<std::string>::parse(std::string_view text,
                                    std::string& value,
                                    const CellContext& /*context*/) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20U || byte == 0x7fU) {
      return CellFault{.message = "has a line break or control character in it",
                       .hint = "write it on one line"};
    }
  }
  value = text;
  return std::nullopt;
}

void Cell<double>::describe(ColumnSpec& column) {
  column.type = "number";
}

MaybeFault Cell<double>::parse(std::string_view text, double& value, const CellContext& context) {
  const auto number = parse_double(text);
  if (!number) {
    const bool has_comma = text.find(',') != std::string_view::npos;
    return CellFault{
        .message = "is not a number" + expected(context.column, "a number"),
        .hint = has_comma ? "decimals are written with a point, thousands joined" : ""};
  }
  value = *number;
  return out_of_range(value, context.column);
}

void Cell<int>::describe(ColumnSpec& column) {
  column.type = "integer";
}

MaybeFault Cell<int>::parse(std::string_view text, int& value, const CellContext& context) {
  const auto number = parse_int<int>(text);
  if (!number) {
    return CellFault{.message = "is not an integer" + expected(context.column, "an integer")};
  }
  value = *number;
  return out_of_range(value, context.column);
}

void Cell<bool>::describe(ColumnSpec& column) {
  column.type = "flag";
}

MaybeFault Cell<bool>::parse(std::string_view text, bool& value, const CellContext& /*context*/) {
  if (text != "yes" && text != "no") {
    return CellFault{.message = "is not a flag; expected yes or no"};
  }
  value = text == "yes";
  return std::nullopt;
}

void Cell<Date>::describe(ColumnSpec& column) {
  column.type = "date";
}

MaybeFault Cell<Date>::parse(std::string_view text, Date& value, const CellContext& /*context*/) {
  const auto date = parse_date(text);
  if (!date) return CellFault{.message = "is not a date; expected one like 2026-03-02"};
  value = *date;
  return std::nullopt;
}

void Cell<std::chrono::minutes>::describe(ColumnSpec& column) {
  column.type = column.name.ends_with("utc_offset") ? "offset" : "time";
}

MaybeFault Cell<std::chrono::minutes>::parse(std::string_view text,
                                             std::chrono::minutes& value,
                                             const CellContext& context) {
  if (context.column.type.ends_with("offset")) {
    const bool is_signed = text.starts_with('+') || text.starts_with('-');
    const auto clock = is_signed ? parse_clock(text.substr(1)) : std::nullopt;
    if (!clock || *clock > std::chrono::hours{14}) {
      return CellFault{.message =
                           "is not an offset from UTC; expected one like +05:00, at most 14 "
                           "hours"};
    }
    value = text.starts_with('-') ? -*clock : *clock;
    return std::nullopt;
  }
  const auto clock = parse_clock(text);
  if (!clock || *clock > std::chrono::hours{24}) {
    return CellFault{.message = "is not a time of day; expected hh:mm from 00:00 to 24:00"};
  }
  value = *clock;
  return std::nullopt;
}

void Cell<Weekdays>::describe(ColumnSpec& column) {
  column.type = "days";
}

MaybeFault Cell<Weekdays>::parse(std::string_view text,
                                 Weekdays& value,
                                 const CellContext& /*context*/) {
  const auto days = parse_weekdays(text);
  if (!days) {
    return CellFault{.message =
                         "is not a set of days; expected daily or some of "
                         "Mon;Tue;Wed;Thu;Fri;Sat;Sun"};
  }
  value = *days;
  return std::nullopt;
}

void Cell<Law>::describe(ColumnSpec& column) {
  column.type = "law";
}

MaybeFault Cell<Law>::parse(std::string_view text, Law& value, const CellContext& /*context*/) {
  if (const auto number = parse_double(text)) {
    value = {.family = LawFamily::kConstant, .a = *number};
    return std::nullopt;
  }
  const std::vector<std::string_view> words = split(text, ' ');
  const auto family = parse_enum<LawFamily>(words.front());
  if (!family) {
    std::vector<std::string> names;
    for (const LawShape& shape : kLawShapes)
      names.emplace_back(to_text(shape.family));
    const auto near = closest(words.front(), names, 3);
    return CellFault{.message =
                         "is not a law; expected hours like 36, or a family with its "
                         "parameters like lognormal mean=36 cv=0.6",
                     .hint = near.empty() ? "families: " + join(names, ", ")
                                          : "did you mean '" + near.front() + "'?"};
  }
  Law law{.family = *family};
  const auto shape = std::ranges::find(kLawShapes, *family, &LawShape::family);
  MaybeFault fault = parse_parameters(words, *shape, law);
  if (!fault) value = law;
  return fault;
}

void Cell<Gauge>::describe(ColumnSpec& column) {
  column.type = "gauge";
}

MaybeFault Cell<Gauge>::parse(std::string_view text, Gauge& value, const CellContext& /*context*/) {
  const auto mm = parse_int<int>(text);
  if (!mm || *mm < 600 || *mm > 1676) {
    return CellFault{.message = "is not a track gauge; expected mm from 600 to 1676",
                     .hint = "1435 is standard, 1520 broad"};
  }
  value = Gauge{*mm};
  return std::nullopt;
}

CellFault unknown_choice(std::string_view text, const std::vector<std::string>& choices) {
  CellFault fault{.message = "is not known; expected one of " + join(choices, ", ")};
  if (text.size() <= 64) {
    const auto near = closest(text, choices, std::clamp<std::size_t>(text.size() / 3, 1, 3));
    if (!near.empty()) fault.hint = "did you mean '" + near.front() + "'?";
  }
  return fault;
}

FoundRow find_row(std::string_view code, std::size_t table, const References& references) {
  const TableCodes& target = references[table];
  if (const auto row = target.codes.find(code)) return {.row = row, .fault = std::nullopt};
  if (!target.is_complete) return {};
  return {.row = std::nullopt,
          .fault = CellFault{.message = "is not an id in " + std::string{target.name} + ".csv",
                             .code = std::string{code},
                             .table = table}};
}

}  // namespace karvan::load
