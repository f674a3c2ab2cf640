#include "karvan/model/clock.h"

#include <algorithm>
#include <map>

namespace karvan {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// 01:00 UTC on the last Sunday of the month (Directive 2000/84/EC, article 2 and 3).
Instant european_switch(std::chrono::year year, std::chrono::month month) {
  return Instant{Date{year / month / std::chrono::Sunday[std::chrono::last]}} + hours{1};
}

bool is_summer(Instant instant, SummerTime rule) {
  if (rule == SummerTime::kNone) return false;
  const Date day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year year = std::chrono::year_month_day{day}.year();
  return instant >= european_switch(year, std::chrono::March) &&
         instant < european_switch(year, std::chrono::October);
}

}  // namespace

Clocks::Clocks(const World& world) : zone_of_{world.size<Place>(), 0} {
  std::map<std::string, std::size_t, std::less<>> index;
  zones_.emplace_back(1);  // zone 0: UTC, for places whose zone has no row
  for (const Id<ZonePeriod> id : world.ids<ZonePeriod>()) {
    const ZonePeriod& period = world[id];
    const auto [entry, is_new] = index.try_emplace(period.zone, zones_.size());
    if (is_new) zones_.emplace_back();
    zones_[entry->second].push_back({.from = Instant{period.valid_from} - period.utc_offset,
                                     .offset = period.utc_offset,
                                     .summer_time = period.summer_time});
  }
  for (Zone& zone : zones_)
    std::ranges::sort(zone, {}, &Stretch::from);
  for (const Id<Place> id : world.ids<Place>()) {
    const auto entry = index.find(world[id].zone);
    if (entry != index.end()) zone_of_[id] = entry->second;
  }
}

minutes Clocks::offset(Id<Place> place, Instant instant) const {
  const Zone& stretches = zone(place);
  auto next = std::ranges::upper_bound(stretches, instant, {}, &Stretch::from);
  const Stretch& now = next == stretches.begin() ? *next : *std::prev(next);
  return now.offset + (is_summer(instant, now.summer_time) ? minutes{60} : minutes{0});
}

Instant Clocks::instant(Id<Place> place, Date day, minutes time_of_day) const {
  const Instant clock = Instant{day} + time_of_day;  // as if the clock showed UTC
  // Offsets are within a day of UTC: the offset before and after bound every change in between.
  const Instant early = clock - offset(place, clock - hours{24});
  const Instant late = clock - offset(place, clock + hours{24});
  for (const Instant guess : {std::min(early, late), std::max(early, late)}) {
    if (guess + offset(place, guess) == clock) return guess;
  }
  return std::max(early, late);  // the reading is skipped
}

Instant Clocks::next_open(Id<Place> place, Instant from, Window window) const {
  const minutes shift = offset(place, from);
  const Date day = local_date(from, shift);
  const minutes now = std::chrono::floor<minutes>(from + shift - Instant{day});
  const bool wraps = window.closes <= window.opens;
  const bool is_open = wraps ? now >= window.opens || now < window.closes
                             : now >= window.opens && now < window.closes;
  if (is_open) return from;
  const Date opening_day = now < window.opens ? day : day + std::chrono::days{1};
  return std::max(from, instant(place, opening_day, window.opens));
}

std::string Clocks::text(Id<Place> place, Instant instant) const {
  return instant_to_text(instant, offset(place, instant));
}

}  // namespace karvan
