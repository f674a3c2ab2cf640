#include "karvan/base/time.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "karvan/base/text.h"

namespace karvan {

namespace {

constexpr std::array<std::string_view, 7> kDayNames = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

constexpr std::chrono::weekday day_from_monday(std::size_t index) {
  return std::chrono::weekday{static_cast<unsigned>(index) + 1U};  // 7 is Sunday too
}

std::optional<std::chrono::weekday> parse_day_name(std::string_view text) {
  const std::string word = to_lower_ascii(text);
  for (std::size_t i = 0; i < kDayNames.size(); ++i) {
    if (word == kDayNames[i] || word == kDayNames[i].substr(0, 3)) return day_from_monday(i);
  }
  return std::nullopt;
}

std::optional<Weekdays> parse_day_marks(std::string_view text) {
  if (text.size() != kDayNames.size()) return std::nullopt;
  Weekdays days;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '0' && text[i] != '1') return std::nullopt;
    if (text[i] == '1') days.add(day_from_monday(i));
  }
  if (days.empty()) return std::nullopt;
  return days;
}

// 7 in width 2 becomes "07".
void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

// Cuts a text from the left; every cut either succeeds or leaves a fault that stays.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : rest_{text} {}

  bool done() const { return rest_.empty(); }
  bool failed() const { return failed_; }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  // A number of exactly `width` digits within lo..hi.
  int number(std::size_t width, int lo, int hi) {
    if (rest_.size() < width) return fail(lo);
    int value = 0;
    for (const char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return fail(lo);
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return value < lo || value > hi ? fail(lo) : value;
  }
  void expect(char c) {
    if (peek() != c) {
      fail(0);
    } else {
      rest_.remove_prefix(1);
    }
  }
  int fail(int stand_in) {
    failed_ = true;
    return stand_in;
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

Date cut_date(Cutter& cut) {
  const int year = cut.number(4, 1, 9999);
  cut.expect('-');
  const int month = cut.number(2, 1, 12);
  cut.expect('-');
  const int day = cut.number(2, 1, 31);
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (cut.failed()) return Date{};
  if (!date.ok()) {
    cut.fail(0);
    return Date{};
  }
  return Date{date};
}

std::chrono::minutes cut_offset(Cutter& cut) {
  if (cut.peek() == 'Z') {
    cut.expect('Z');
    return std::chrono::minutes{0};
  }
  const bool behind = cut.peek() == '-';
  cut.expect(behind ? '-' : '+');
  const int hours = cut.number(2, 0, 14);
  cut.expect(':');
  const int minutes = hours * 60 + cut.number(2, 0, 59);
  if (minutes > 14 * 60) cut.fail(0);
  return std::chrono::minutes{behind ? -minutes : minutes};
}

std::int64_t rounded_units(std::int64_t seconds, std::int64_t unit) {
  return (seconds + unit / 2) / unit;
}

std::string two_units(std::int64_t big,
                      std::string_view big_name,
                      std::int64_t small,
                      std::string_view small_name) {
  std::string text;
  if (big != 0) text.append(std::to_string(big)).append(big_name);
  if (small != 0 || big == 0) {
    if (!text.empty()) text += ' ';
    text.append(std::to_string(small)).append(small_name);
  }
  return text;
}

}  // namespace

std::string to_text(Weekdays days) {
  if (days == Weekdays::daily()) return "daily";
  if (days.empty()) return "none";
  std::string text;
  for (std::size_t i = 0; i < kDayNames.size(); ++i) {
    if (!days.contains(day_from_monday(i))) continue;
    if (!text.empty()) text += ' ';
    text += static_cast<char>(kDayNames[i][0] - 'a' + 'A');
    text += kDayNames[i].substr(1, 2);
  }
  return text;
}

std::optional<Weekdays> parse_weekdays(std::string_view text) {
  text = trim(text);
  if (to_lower_ascii(text) == "daily") return Weekdays::daily();
  if (const auto marks = parse_day_marks(text)) return marks;
  Weekdays days;
  std::string list{text};
  for (char& c : list) {
    if (c == ',' || c == ';' || c == '+') c = ' ';
  }
  for (const std::string_view word : split_trimmed(list, ' ')) {
    if (word.empty()) continue;
    const auto day = parse_day_name(word);
    if (!day) return std::nullopt;
    days.add(*day);
  }
  if (days.empty()) return std::nullopt;
  return days;
}

std::string date_to_text(Date date) {
  const std::chrono::year_month_day parts{date};
  std::string text;
  append_padded(text, static_cast<int>(parts.year()), 4);
  text += '-';
  append_padded(text, static_cast<unsigned>(parts.month()), 2);
  text += '-';
  append_padded(text, static_cast<unsigned>(parts.day()), 2);
  return text;
}

std::string instant_to_text(Instant instant, std::chrono::minutes utc_offset) {
  if (instant == kNever) return "never";
  const Instant local = instant + utc_offset;
  const Date date = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock{local - date};
  std::string text = date_to_text(date);
  text += 'T';
  append_padded(text, clock.hours().count(), 2);
  text += ':';
  append_padded(text, clock.minutes().count(), 2);
  text += ':';
  append_padded(text, clock.seconds().count(), 2);
  const std::int64_t ahead = utc_offset.count();
  const std::int64_t size = ahead < 0 ? -ahead : ahead;
  text += ahead < 0 ? '-' : '+';
  append_padded(text, size / 60, 2);
  text += ':';
  append_padded(text, size % 60, 2);
  return text;
}

std::string duration_to_text(Duration duration) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::int64_t seconds = std::abs(duration.count());
  const std::string sign = duration.count() < 0 ? "-" : "";
  if (seconds == 0) return "0 min";
  if (seconds < kMinute) return sign + std::to_string(seconds) + " s";
  if (const std::int64_t minutes = rounded_units(seconds, kMinute); minutes < kDay / kMinute) {
    return sign + two_units(minutes / 60, " h", minutes % 60, " min");
  }
  const std::int64_t hours = rounded_units(seconds, kHour);
  return sign + two_units(hours / 24, " d", hours % 24, " h");
}

std::optional<Date> parse_date(std::string_view text) {
  Cutter cut{text};
  const Date date = cut_date(cut);
  if (cut.failed() || !cut.done()) return std::nullopt;
  return date;
}

std::optional<ParsedInstant> parse_instant(std::string_view text) {
  Cutter cut{text};
  ParsedInstant parsed;
  parsed.clock = cut_date(cut).time_since_epoch();
  parsed.date_only = cut.done();
  if (!parsed.date_only) {
    cut.expect('T');
    parsed.clock += std::chrono::hours{cut.number(2, 0, 23)};
    cut.expect(':');
    parsed.clock += std::chrono::minutes{cut.number(2, 0, 59)};
    if (cut.peek() == ':') {
      cut.expect(':');
      parsed.clock += std::chrono::seconds{cut.number(2, 0, 59)};
    }
    if (!cut.failed() && !cut.done()) parsed.offset = cut_offset(cut);
  }
  if (cut.failed() || !cut.done()) return std::nullopt;
  return parsed;
}

}  // namespace karvan
