#include "karvan/plan/detail/departures.h"

#include "karvan/base/contains.h"

namespace karvan::plan::detail {
namespace {

bool runs_on(const Departure& row, Date day) {
  if (row.valid_from && day < *row.valid_from) return false;
  if (row.valid_until && day >= *row.valid_until) return false;
  if (contains(row.except, day)) return false;
  return row.days.contains(day) || contains(row.dates, day);
}

}  // namespace

Span compiled_span(const CorridorInfo& info) {
  return {.from = info.calendar_from - std::chrono::days{2},
          .until = info.calendar_until + std::chrono::days{402}};
}

OpenTimes window_of(
    const Service& service, const Clocks& clocks, Epoch epoch, Id<Place> place, Span span) {
  if (!service.window_from && !service.window_until) return {};
  const DailyOpening window{.opens = service.window_from.value_or(std::chrono::minutes{0}),
                            .closes = service.window_until.value_or(std::chrono::minutes{24 * 60})};
  return {clocks, epoch, place, span, {window}};
}

DepartureBook::DepartureBook(const World& world, const Clocks& clocks, Epoch epoch)
    : world_{world}, clocks_{clocks}, epoch_{epoch}, rows_{group(world, &Departure::service)} {}

bool DepartureBook::is_valid(const Service& service, Date local_day) const {
  return (!service.valid_from || local_day >= *service.valid_from) &&
         (!service.valid_until || local_day < *service.valid_until);
}

std::vector<Minute> DepartureBook::departures(Id<Service> service, Id<Place> first) const {
  std::vector<Minute> minutes;
  switch (world_[service].departs) {
    case DepartureRule::kTimetable:
      minutes = timetabled(service, first);
      break;
    case DepartureRule::kFrequency:
    case DepartureRule::kWhenFull:
      minutes = spread(service, first);
      break;
    case DepartureRule::kOnDemand:
      break;
  }
  std::ranges::sort(minutes);
  const auto doubles = std::ranges::unique(minutes);
  minutes.erase(doubles.begin(), doubles.end());
  return minutes;
}

std::vector<Minute> DepartureBook::timetabled(Id<Service> service, Id<Place> first) const {
  std::vector<Minute> minutes;
  const CorridorInfo& info = world_.info();
  for (const Id<Departure> id : rows_[service]) {
    const Departure& row = world_[id];
    for (Date day = info.calendar_from; day < info.calendar_until; day += std::chrono::days{1}) {
      if (!runs_on(row, day) || !is_valid(world_[service], day)) continue;
      minutes.push_back(epoch_.minute(clocks_.instant(first, day, row.leaves_at)));
    }
  }
  return minutes;
}

std::vector<Minute> DepartureBook::spread(Id<Service> service, Id<Place> first) const {
  const Service& row = world_[service];
  const double per_week = row.departures_per_week.value_or(0);
  if (per_week <= 0) return {};
  const CorridorInfo& info = world_.info();
  const OpenTimes window = window_of(row, clocks_, epoch_, first, compiled_span(info));
  const Minute begin =
      epoch_.minute(clocks_.instant(first, info.calendar_from, std::chrono::minutes{0}));
  const Minute end =
      epoch_.minute(clocks_.instant(first, info.calendar_until, std::chrono::minutes{0}));
  const bool has_dates = row.valid_from || row.valid_until;
  std::vector<Minute> minutes;
  for (std::int64_t i = 0;; ++i) {
    const double after = std::floor(static_cast<double>(i) * (7 * kDayMinutes) / per_week);
    if (after >= end - begin) return minutes;
    const Minute leaves = window.next_open(begin + static_cast<Minute>(after));
    if (leaves == kNoMinute) return minutes;
    if (has_dates) {
      const Instant instant = epoch_.instant(leaves);
      if (!is_valid(row, local_date(instant, clocks_.offset(first, instant)))) continue;
    }
    minutes.push_back(leaves);
  }
}

}  // namespace karvan::plan::detail
