#pragma once
// The integers of the search: whole minutes since 00:00 UTC of the first day of the timetables,
// whole cents, whole grams of CO2e. Every duration is rounded up to the minute here and nowhere
// else, so no plan promises a connection that seconds would break. One int32 covers four thousand
// years.

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>

#include "karvan/base/time.h"
#include "karvan/base/units.h"

namespace karvan::plan::detail {

using Minute = std::int32_t;
inline constexpr Minute kNoMinute = std::numeric_limits<Minute>::max();  // never
inline constexpr Minute kDayMinutes = 24 * 60;

using Cents = std::int64_t;
using Grams = std::int64_t;

inline Minute minutes_up(Duration duration) {
  return static_cast<Minute>(std::chrono::ceil<std::chrono::minutes>(duration).count());
}
inline Minute minutes_up(Hours hours) {
  return minutes_up(to_duration(hours));
}

inline Cents to_cents(Usd usd) {
  return std::llround(usd.value() * 100);
}
inline Usd to_usd(Cents cents) {
  return Usd{static_cast<double>(cents) / 100};
}
inline Grams to_grams(KgCo2e co2e) {
  return std::llround(co2e.value() * 1000);
}
inline KgCo2e to_kg(Grams grams) {
  return KgCo2e{static_cast<double>(grams) / 1000};
}

// Where minute 0 lies.
class Epoch {
 public:
  explicit Epoch(Date zero) : zero_{zero} {}

  // The first whole minute at or after the instant.
  Minute minute(Instant instant) const { return minutes_up(instant - Instant{zero_}); }
  // The last whole minute at or before the instant.
  Minute minute_before(Instant instant) const {
    return static_cast<Minute>(
        std::chrono::floor<std::chrono::minutes>(instant - Instant{zero_}).count());
  }
  Instant instant(Minute minute) const { return Instant{zero_} + std::chrono::minutes{minute}; }
  Minute start_of(Date day) const {
    return static_cast<Minute>((day - zero_).count() * kDayMinutes);
  }
  // The UTC day; days of tariffs, treaties, closures and links are UTC days.
  Date day(Minute minute) const { return std::chrono::floor<std::chrono::days>(instant(minute)); }

 private:
  Date zero_;
};

}  // namespace karvan::plan::detail
