#include "karvan/des/calendar.h"

#include <algorithm>
#include <utility>

#include "karvan/base/check.h"

namespace karvan::des {

Result<Calendar> Calendar::make(Time origin, Time cycle, std::vector<Span> spans) {
  const auto invalid = [](const char* what) { return Error{ErrorKind::kInvalid, what}; };
  if (cycle <= 0) return invalid("calendar: the cycle must be longer than nothing");
  if (spans.empty()) return invalid("calendar: it must open at some time");
  std::vector<Span> joined;
  Time last_end = 0;
  Time open = 0;
  for (const Span& span : spans) {
    if (span.begin < last_end || span.end <= span.begin || span.end > cycle) {
      return invalid("calendar: spans must be sorted, apart and within the cycle");
    }
    last_end = span.end;
    open += span.end - span.begin;
    if (!joined.empty() && joined.back().end == span.begin) {
      joined.back().end = span.end;
    } else {
      joined.push_back(span);
    }
  }
  if (open == cycle) return Calendar{};
  Calendar calendar;
  calendar.origin_ = origin;
  calendar.cycle_ = cycle;
  calendar.spans_ = std::move(joined);
  calendar.open_in_cycle_ = open;
  return calendar;
}

Calendar::Position Calendar::locate(Time t) const {
  Time offset = (t - origin_) % cycle_;
  if (offset < 0) offset += cycle_;
  return {t - offset, offset};
}

bool Calendar::is_open(Time t) const {
  return next_opening(t) == t;
}

Time Calendar::next_opening(Time t) const {
  if (spans_.empty()) return t;
  const Position at = locate(t);
  const auto span = std::ranges::upper_bound(spans_, at.offset, {}, &Span::end);
  if (span == spans_.end()) return at.cycle_start + cycle_ + spans_.front().begin;
  return at.cycle_start + std::max(at.offset, span->begin);
}

Time Calendar::next_closing(Time t) const {
  if (spans_.empty()) return kNever;
  if (!is_open(t)) return t;
  const Position at = locate(t);
  const auto span = std::ranges::upper_bound(spans_, at.offset, {}, &Span::end);
  // Open over the end of the cycle: on to the end of the first span of the next.
  const bool goes_on = span->end == cycle_ && spans_.front().begin == 0;
  return at.cycle_start + span->end + (goes_on ? spans_.front().end : 0);
}

Time Calendar::open_up_to(Time offset) const {
  Time sum = 0;
  for (const Span& span : spans_)
    sum += std::clamp(offset, span.begin, span.end) - span.begin;
  return sum;
}

Time Calendar::open_between(Time from, Time to) const {
  DCHECK(from <= to);
  if (spans_.empty()) return to - from;
  const Position a = locate(from);
  const Position b = locate(to);
  const Time cycles = (b.cycle_start - a.cycle_start) / cycle_;
  return cycles * open_in_cycle_ + open_up_to(b.offset) - open_up_to(a.offset);
}

}  // namespace karvan::des
