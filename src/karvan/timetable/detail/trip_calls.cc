#include "karvan/timetable/detail/trip_calls.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/text.h"

namespace karvan::timetable::detail {
namespace {

constexpr Seconds kDay = 24 * 3600;

}  // namespace

std::optional<Seconds> parse_feed_time(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  Seconds value = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view part = i < parts.size() ? trim(parts[i]) : std::string_view{"00"};
    const bool is_long_enough = i == 0 ? !part.empty() && part.size() <= 4 : part.size() == 2;
    const auto number = parse_int<unsigned>(part);
    if (!is_long_enough || !number || (i > 0 && *number > 59)) return std::nullopt;
    value = value * 60 + static_cast<Seconds>(*number);
  }
  return value;
}

std::vector<TripCall> TripRepair::calls(std::vector<StopTime> times) const {
  if (times.empty()) return {};
  const std::size_t first_row = times.front().row;
  if (times.size() > kMostCalls) {
    remarks_.dropped(table_.origin(first_row, columns_.trip), "trip has more than 2000 stop times");
    return {};
  }
  drop_doubles(times);
  complete_ends(times);
  go_forward(times);
  interpolate(times);
  std::vector<TripCall> calls = joined(times);
  if (calls.size() < 2) {
    remarks_.dropped(table_.origin(first_row, columns_.trip),
                     "trip calls at fewer than two places");
    return {};
  }
  if (!is_sane(calls)) {
    remarks_.dropped(table_.origin(first_row, columns_.trip),
                     "trip takes over 5000 hours, or stands over 1000 at a place");
    return {};
  }
  return calls;
}

void TripRepair::drop_doubles(std::vector<StopTime>& times) const {
  std::ranges::stable_sort(times, {}, &StopTime::sequence);
  const auto is_double = [this](const StopTime& a, const StopTime& b) {
    if (a.sequence != b.sequence) return false;
    remarks_.dropped(table_.origin(b.row, columns_.sequence),
                     "stop time has the sequence of another");
    return true;
  };
  times.erase(std::unique(times.begin(), times.end(), is_double), times.end());
}

// One of two times stands for both; a trip begins and ends where times are known.
void TripRepair::complete_ends(std::vector<StopTime>& times) const {
  for (StopTime& time : times) {
    if (time.arrive.has_value() == time.depart.has_value()) continue;
    const std::size_t missing = time.arrive ? columns_.depart : columns_.arrive;
    remarks_.repaired(table_.origin(time.row, missing), "time taken from the other of the two");
    if (!time.arrive) time.arrive = time.depart;
    time.depart = time.depart.value_or(*time.arrive);
  }
  const auto drop = [this](const StopTime& time) {
    remarks_.dropped(table_.origin(time.row, columns_.arrive), "no time at an end of the trip");
  };
  while (!times.empty() && !times.back().arrive) {
    drop(times.back());
    times.pop_back();
  }
  auto first = times.begin();
  for (; first != times.end() && !first->arrive; ++first)
    drop(*first);
  times.erase(times.begin(), first);
}

// Times after midnight that began at 00:00 again get their day; small steps back are flattened.
void TripRepair::go_forward(std::vector<StopTime>& times) const {
  std::int64_t now = std::numeric_limits<std::int32_t>::min();
  std::int64_t days = 0;
  for (StopTime& time : times) {
    if (!time.arrive) continue;
    const auto advance = [&](std::optional<Seconds>& value, std::size_t column) {
      std::int64_t moved = *value + days;
      if (moved < now && now - moved >= kDay / 2) {
        const std::int64_t more = (now - moved + kDay - 1) / kDay * kDay;
        remarks_.repaired(table_.origin(time.row, column), "clock began again after midnight");
        days += more;
        moved += more;
      } else if (moved < now) {
        remarks_.repaired(table_.origin(time.row, column), "time goes backwards; kept level");
        moved = now;
      }
      now = moved;
      // Beyond what 32 bits hold the trip is absurd anyway.
      value = static_cast<Seconds>(std::min<std::int64_t>(moved, 2 * std::int64_t{kLatestTime}));
    };
    advance(time.arrive, columns_.arrive);
    advance(time.depart, columns_.depart);
  }
}

void TripRepair::interpolate(std::vector<StopTime>& times) const {
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i].arrive) continue;
    std::size_t next = i;
    while (!times[next].arrive)
      ++next;  // the last has a time
    std::vector<double> way{0};
    for (std::size_t j = i; j <= next; ++j) {
      const GeoPoint from = points_[times[j - 1].place];
      way.push_back(way.back() + great_circle_distance(from, points_[times[j].place]).value() +
                    1e-6);
    }
    const Seconds begin = *times[i - 1].depart;
    const double span = *times[next].arrive - begin;
    for (std::size_t j = i; j < next; ++j) {
      remarks_.repaired(table_.origin(times[j].row, columns_.arrive), "time filled in by distance");
      const double share = way[j - i + 1] / way.back();
      // To the minute before, as timetables are.
      const auto at = static_cast<Seconds>(begin + std::floor(span * share / 60) * 60);
      times[j].arrive = at;
      times[j].depart = at;
    }
    i = next;
  }
}

std::vector<TripCall> TripRepair::joined(const std::vector<StopTime>& times) const {
  std::vector<TripCall> calls;
  for (const StopTime& time : times) {
    if (!calls.empty() && calls.back().place == time.place) {
      remarks_.repaired(table_.origin(time.row, columns_.place),
                        "two calls in a row at one place joined");
      calls.back().depart = *time.depart;
      calls.back().loads = calls.back().loads || time.loads;
      calls.back().unloads = calls.back().unloads || time.unloads;
      continue;
    }
    calls.push_back({.row = time.row,
                     .place = time.place,
                     .arrive = *time.arrive,
                     .depart = *time.depart,
                     .loads = time.loads,
                     .unloads = time.unloads});
  }
  return calls;
}

bool TripRepair::is_sane(const std::vector<TripCall>& calls) const {
  if (calls.back().depart > kLatestTime) return false;
  if (calls.back().arrive - calls.front().depart > kLongestTrip) return false;
  return std::ranges::all_of(
      calls, [](const TripCall& call) { return call.depart - call.arrive <= kLongestStay; });
}

}  // namespace karvan::timetable::detail
