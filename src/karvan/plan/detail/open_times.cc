#include "karvan/plan/detail/open_times.h"

#include <algorithm>

namespace karvan::plan::detail {

OpenTimes::OpenTimes(const Clocks& clocks,
                     Epoch epoch,
                     Id<Place> place,
                     Span span,
                     const std::vector<DailyOpening>& openings)
    : always_{false} {
  for (const DailyOpening& opening : openings) {
    const bool wraps = opening.closes <= opening.opens;
    for (Date day = span.from; day < span.until; day += std::chrono::days{1}) {
      if (!opening.days.contains(day)) continue;
      const Date closing_day = wraps ? day + std::chrono::days{1} : day;
      const Minute begin = epoch.minute(clocks.instant(place, day, opening.opens));
      const Minute end = epoch.minute(clocks.instant(place, closing_day, opening.closes));
      if (begin < end) intervals_.push_back({.begin = begin, .end = end});
    }
  }
  std::ranges::sort(intervals_, {}, &Interval::begin);
  std::vector<Interval> merged;
  for (const Interval& next : intervals_) {
    if (!merged.empty() && next.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, next.end);
    } else {
      merged.push_back(next);
    }
  }
  for (std::size_t i = 1; i < merged.size(); ++i) {
    const Interval& before = merged[i - 1];
    merged[i].open_before = before.open_before + before.end - before.begin;
  }
  intervals_ = std::move(merged);
}

Minute OpenTimes::next_open(Minute from) const {
  if (always_) return from;
  const auto next = std::ranges::upper_bound(intervals_, from, {}, &Interval::end);
  return next == intervals_.end() ? kNoMinute : std::max(from, next->begin);
}

Minute OpenTimes::open_before(Minute at) const {
  DCHECK(!always_);
  const auto next = std::ranges::upper_bound(intervals_, at, {}, &Interval::end);
  if (next != intervals_.end()) return next->open_before + std::max(0, at - next->begin);
  return intervals_.empty()
             ? 0
             : intervals_.back().open_before + intervals_.back().end - intervals_.back().begin;
}

Minute OpenTimes::when_open(Minute open_minutes) const {
  DCHECK(!always_);
  if (intervals_.empty()) return kNoMinute;
  const auto after =
      std::ranges::lower_bound(intervals_, std::max(open_minutes, 1), {}, &Interval::open_before);
  const Interval& last = *std::prev(after);  // the last whose open_before < open_minutes
  const Minute end = last.begin + (open_minutes - last.open_before);
  return end <= last.end ? end : kNoMinute;
}

Minute OpenTimes::finish(Minute from, Minute work) const {
  if (always_ || work <= 0) return from + work;
  const Minute begin = next_open(from);
  if (begin == kNoMinute) return kNoMinute;
  const auto now = std::ranges::upper_bound(intervals_, begin, {}, &Interval::end);
  const Minute done = now->open_before + (begin - now->begin) + work;  // open minutes at the end
  const auto after = std::ranges::lower_bound(intervals_, done, {}, &Interval::open_before);
  const Interval& last = *std::prev(after);  // the last whose open_before < done
  const Minute end = last.begin + (done - last.open_before);
  return end <= last.end ? end : kNoMinute;
}

}  // namespace karvan::plan::detail
