#pragma once
// One clock for the whole house: UTC seconds. Local time exists only at the doors (load, report,
// apps), where an offset from UTC travels beside the text. Everything here is a value; nothing
// reads a wall clock or a time-zone database.

#include <chrono>
#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

#include "karvan/base/check.h"
#include "karvan/base/units.h"

namespace karvan {

using Duration = std::chrono::seconds;
using Instant = std::chrono::sys_seconds;
using Date = std::chrono::sys_days;

// The instant that never comes: no arrival, no end of validity. Do not add to it.
inline constexpr Instant kNever = Instant::max();

constexpr Hours to_hours(Duration d) {
  return Hours{std::chrono::duration<double, std::ratio<3600>>(d).count()};
}
constexpr double to_minutes(Duration d) {
  return std::chrono::duration<double, std::ratio<60>>(d).count();
}
// The one place where hours become seconds: rounded to the nearest. Requires a finite number of
// hours below some 100 million years.
inline Duration to_duration(Hours h) {
  DCHECK(std::abs(h.value()) < 1e12);
  return Duration{std::llround(h.value() * 3600.0)};
}

// From begin up to, but not including, end.
struct Period {
  Instant begin;
  Instant end;

  constexpr bool contains(Instant t) const { return begin <= t && t < end; }
  constexpr bool overlaps(const Period& o) const { return begin < o.end && o.begin < end; }
  constexpr bool empty() const { return end <= begin; }
  constexpr Duration length() const { return end - begin; }
  friend constexpr bool operator==(const Period&, const Period&) = default;
};

// A set of days of the week, Monday first.
class Weekdays {
 public:
  constexpr Weekdays() = default;
  static constexpr Weekdays daily() {
    Weekdays all;
    all.bits_ = kAllBits;
    return all;
  }

  constexpr void add(std::chrono::weekday day) {
    bits_ = static_cast<std::uint8_t>(bits_ | bit(day));
  }
  constexpr bool contains(std::chrono::weekday day) const { return (bits_ & bit(day)) != 0; }
  constexpr bool contains(Date date) const { return contains(std::chrono::weekday{date}); }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr int size() const {
    int n = 0;
    for (unsigned rest = bits_; rest != 0; rest &= rest - 1)
      ++n;
    return n;
  }
  friend constexpr bool operator==(Weekdays, Weekdays) = default;

 private:
  static constexpr std::uint8_t kAllBits = 0b111'1111;
  static constexpr unsigned bit(std::chrono::weekday day) {
    return 1U << (day.iso_encoding() - 1U);
  }
  std::uint8_t bits_ = 0;
};

// "daily", "Mon Wed Fri", "none".
std::string to_text(Weekdays days);
// Accepts "daily", seven marks Monday first ("1010100"), or English day names of three letters or
// in full, any case, separated by spaces, commas, semicolons or '+'. Refuses an empty set.
std::optional<Weekdays> parse_weekdays(std::string_view text);

// "2026-03-02".
std::string date_to_text(Date date);
// ISO 8601 on the clock of a place that is `utc_offset` ahead of UTC: "2026-03-02T08:00:00+08:00".
// Never "Z": an offset of 0 reads "+00:00". kNever reads "never".
std::string instant_to_text(Instant instant, std::chrono::minutes utc_offset);
// For people, two units at most and rounded to the smaller: "9 d 4 h", "3 h 20 min", "45 min",
// "20 s", "0 min"; a minus sign in front of negative ones.
std::string duration_to_text(Duration duration);

// The calendar day at a place that is `utc_offset` ahead of UTC.
constexpr Date local_date(Instant instant, std::chrono::minutes utc_offset) {
  return std::chrono::floor<std::chrono::days>(instant + utc_offset);
}

// "2026-03-02" and nothing else; a day that exists, in the years 1 to 9999.
std::optional<Date> parse_date(std::string_view text);

// What an ISO 8601 text said. Without an offset the clock is that of a place known to the caller.
struct ParsedInstant {
  Duration clock{};  // what the clock shows, as seconds since 1970-01-01T00:00:00 on that clock
  std::optional<std::chrono::minutes> offset = std::nullopt;  // ahead of UTC, if the text said so
  bool date_only = false;                                     // the text had no hour

  // UTC, reading the clock with `fallback` where the text gave no offset.
  constexpr Instant to_instant(std::chrono::minutes fallback) const {
    return Instant{clock - offset.value_or(fallback)};
  }
  friend constexpr bool operator==(const ParsedInstant&, const ParsedInstant&) = default;
};

// Accepts "2026-03-02", "2026-03-02T08:00", "2026-03-02T08:00:30", each but the first with an
// optional "Z" or "+08:00" (at most 14 hours). Refuses what no calendar or clock can show.
std::optional<ParsedInstant> parse_instant(std::string_view text);

}  // namespace karvan
