#include "karvan/timetable/detail/feed_span.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace karvan::timetable::detail {
namespace {

using std::chrono::days;

constexpr std::size_t kMostStarts = 200;  // tried as first days

FeedSpan span_of(const ServiceDays& service) {
  FeedSpan span{.from = service.from, .until = service.until};
  if (!service.is_weekly()) span = {.from = Date::max(), .until = Date::min()};
  if (!service.dates.empty()) {
    span.from = std::min(span.from, *service.dates.begin());
    span.until = std::max(span.until, *service.dates.rbegin() + days{1});
  }
  return span;
}

std::vector<FeedSpan> spans(const FeedCalendar& calendar,
                            const std::set<std::string, std::less<>>& used) {
  std::vector<FeedSpan> result;
  for (const auto& [id, service] : calendar) {
    if (used.contains(id) && !service.is_empty()) result.push_back(span_of(service));
  }
  return result;
}

}  // namespace

FeedSpan span_of(const FeedCalendar& calendar, const std::set<std::string, std::less<>>& used) {
  FeedSpan all{.from = Date{}, .until = Date{days{1}}};
  bool is_first = true;
  for (const FeedSpan& span : spans(calendar, used)) {
    all.from = is_first ? span.from : std::min(all.from, span.from);
    all.until = is_first ? span.until : std::max(all.until, span.until);
    is_first = false;
  }
  return all;
}

FeedSpan calendar_span(const FeedCalendar& calendar,
                       const std::set<std::string, std::less<>>& used,
                       const ImportOptions& options) {
  FeedSpan best = span_of(calendar, used);
  if (!options.from && best.until - best.from > kLongestCalendar) {
    const std::vector<FeedSpan> all = spans(calendar, used);
    std::set<Date> starts;
    for (const FeedSpan& span : all) {
      if (starts.size() < kMostStarts) starts.insert(span.from);
    }
    std::ptrdiff_t most = -1;
    for (const Date start : starts) {
      const auto shared = std::ranges::count_if(all, [start](const FeedSpan& span) {
        return span.from < start + kLongestCalendar && span.until > start;
      });
      if (shared <= most) continue;
      most = shared;
      best.from = start;
    }
  }
  if (options.from) best.from = *options.from;
  best.until = std::min(best.until, best.from + kLongestCalendar);
  if (options.until) best.until = *options.until;
  if (best.until <= best.from) best.until = best.from + days{1};
  return best;
}

}  // namespace karvan::timetable::detail
