#include "karvan/plan/timetable_router.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/plan/detail/timetable_graph.h"

namespace karvan::plan {
namespace {

using detail::Minute;

constexpr std::uint32_t kBarred = 1U << 31U;
constexpr std::uint8_t kUnreachable = 255;

}  // namespace

class TimetableRouter::Builder {
 public:
  Builder(TimetableRouter& router, const World& world)
      : router_{router},
        clocks_{world},
        graph_{world, clocks_, detail::Epoch{world.info().calendar_from},
               detail::Closures::kIgnore} {}

  void build() {
    for (const detail::Course& course : graph_.courses()) {
      for (std::uint32_t i = 0; i < course.pattern_count; ++i)
        add_pattern(course, graph_.pattern(course, i));
    }
    // Within a minute hops that take none come first, and those of a voyage in their order.
    std::ranges::stable_sort(router_.connections_, {},
                             [](const Connection& c) { return std::pair{c.depart, c.arrive}; });
    index_hours();
    count_legs();
  }

 private:
  void add_pattern(const detail::Course& course, const detail::Pattern& pattern) {
    for (std::uint32_t v = 0; v < pattern.voyages; ++v) {
      for (std::uint32_t i = 0; i + 1 < course.stop_count; ++i) {
        const detail::Stop& from = graph_.stop(course, i);
        const detail::Stop& to = graph_.stop(course, i + 1);
        router_.connections_.push_back(
            {.depart = graph_.departures(pattern, i)[v],
             .arrive = graph_.arrivals(pattern, i + 1)[v],
             .from = static_cast<std::uint32_t>(from.place.index()) | (from.loads ? 0U : kBarred),
             .to = static_cast<std::uint32_t>(to.place.index()) | (to.unloads ? 0U : kBarred),
             .voyage = static_cast<std::uint32_t>(router_.voyage_count_)});
      }
      ++router_.voyage_count_;
    }
  }

  void index_hours() {
    const std::vector<Connection>& all = router_.connections_;
    if (all.empty()) return;
    const std::int32_t first = all.front().depart;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto hour = static_cast<std::size_t>((all[i].depart - first) / 60);
      while (router_.first_of_hour_.size() <= hour)
        router_.first_of_hour_.push_back(i);
    }
  }

  // By breadth from each destination back over courses, whatever the hour.
  void count_legs() {
    const std::size_t n = router_.place_count_;
    router_.fewest_.assign(n * n, kUnreachable);
    // Courses that call at a place where one may leave, and how far along.
    std::vector<std::vector<std::pair<const detail::Course*, std::uint32_t>>> ending(n);
    for (const detail::Course& course : graph_.courses()) {
      if (course.pattern_count == 0) continue;
      for (std::uint32_t i = 1; i < course.stop_count; ++i) {
        const detail::Stop& stop = graph_.stop(course, i);
        if (stop.unloads) ending[stop.place.index()].emplace_back(&course, i);
      }
    }
    std::vector<std::uint32_t> done(graph_.courses().size());
    for (std::size_t to = 0; to < n; ++to)
      count_legs_to(to, ending, done);
  }

  void count_legs_to(
      std::size_t to,
      const std::vector<std::vector<std::pair<const detail::Course*, std::uint32_t>>>& ending,
      std::vector<std::uint32_t>& done) {
    const std::size_t n = router_.place_count_;
    std::uint8_t* fewest = router_.fewest_.data() + to * n;
    std::ranges::fill(done, 0U);  // stops of the course from which one is known to be there
    std::queue<std::size_t> open;
    fewest[to] = 0;
    open.push(to);
    while (!open.empty()) {
      const std::size_t here = open.front();
      open.pop();
      const auto next = static_cast<std::uint8_t>(std::min<int>(fewest[here] + 1, 254));
      for (const auto& [course, end] : ending[here]) {
        const auto number = static_cast<std::size_t>(course - graph_.courses().data());
        for (std::uint32_t i = done[number]; i < end; ++i) {
          const detail::Stop& stop = graph_.stop(*course, i);
          std::uint8_t& legs = fewest[stop.place.index()];
          if (!stop.loads || legs != kUnreachable) continue;
          legs = next;
          open.push(stop.place.index());
        }
        done[number] = std::max(done[number], end);
      }
    }
  }

  TimetableRouter& router_;
  Clocks clocks_;
  detail::TimetableGraph graph_;
};

TimetableRouter::TimetableRouter(const World& world)
    : epoch_{world.info().calendar_from}, place_count_{world.size<Place>()} {
  Builder{*this, world}.build();
}

void TimetableRouter::begin(Workspace& workspace, std::size_t values) const {
  workspace.arrivals_.assign(values, detail::kNoMinute);
  workspace.boarded_.resize(voyage_count_);
  // Every query has a number of its own above those of all legs before it, so that nothing needs
  // to be cleared until numbers run out.
  constexpr std::uint32_t kStep = 16;
  static_assert(kMostLegs < kStep);
  if (workspace.query_ > std::numeric_limits<std::uint32_t>::max() - 2 * kStep) {
    std::ranges::fill(workspace.boarded_, 0U);
    workspace.query_ = 0;
  }
  workspace.query_ += kStep;
}

std::size_t TimetableRouter::first_from(std::int32_t minute) const {
  if (connections_.empty() || minute <= connections_.front().depart) return 0;
  const auto hour = static_cast<std::size_t>((minute - connections_.front().depart) / 60);
  if (hour >= first_of_hour_.size()) return connections_.size();
  std::size_t i = first_of_hour_[hour];
  while (i < connections_.size() && connections_[i].depart < minute)
    ++i;
  return i;
}

std::optional<Instant> TimetableRouter::earliest_arrival(Id<Place> from,
                                                         Id<Place> to,
                                                         Instant depart,
                                                         Workspace& workspace,
                                                         std::chrono::hours within) const {
  if (from == to) return depart;
  if (fewest_[to.index() * place_count_ + from.index()] == kUnreachable) return std::nullopt;
  begin(workspace, place_count_);
  Minute* arrivals = workspace.arrivals_.data();
  std::uint32_t* boarded = workspace.boarded_.data();
  const std::uint32_t query = workspace.query_;
  const detail::Epoch epoch{epoch_};
  const Minute start = epoch.minute(depart);
  const Minute last = start + static_cast<Minute>(std::chrono::minutes{within}.count());
  arrivals[from.index()] = start;
  const Minute& arrival = arrivals[to.index()];
  const Connection* end = connections_.data() + connections_.size();
  for (const Connection* c = connections_.data() + first_from(start); c != end; ++c) {
    if (c->depart >= arrival || c->depart > last) break;
    if (boarded[c->voyage] != query) {
      if ((c->from & kBarred) != 0 || arrivals[c->from] > c->depart) continue;
      boarded[c->voyage] = query;
    }
    if ((c->to & kBarred) == 0) arrivals[c->to] = std::min(arrivals[c->to], c->arrive);
  }
  if (arrival == detail::kNoMinute) return std::nullopt;
  return epoch.instant(arrival);
}

std::vector<TimetableRouter::Option> TimetableRouter::options(Id<Place> from,
                                                              Id<Place> to,
                                                              Instant depart,
                                                              Workspace& workspace,
                                                              std::chrono::hours within) const {
  if (from == to) return {{.arrives = depart, .legs = 0}};
  const std::uint8_t* fewest = fewest_.data() + to.index() * place_count_;
  const std::size_t least = fewest[from.index()];
  if (least > kMostLegs) return {};
  constexpr std::size_t kStride = kMostLegs + 1;
  begin(workspace, place_count_ * kStride);
  // Earliest arrival with so many legs or fewer.
  Minute* arrivals = workspace.arrivals_.data();
  std::uint32_t* boarded = workspace.boarded_.data();
  // A voyage boarded with few legs has a high number: `query` minus legs, above all older ones.
  const std::uint32_t query = workspace.query_ + kMostLegs;
  const detail::Epoch epoch{epoch_};
  const Minute start = epoch.minute(depart);
  const Minute last = start + static_cast<Minute>(std::chrono::minutes{within}.count());
  std::fill_n(arrivals + from.index() * kStride, kStride, start);
  const Minute* goal = arrivals + to.index() * kStride;
  const Connection* end = connections_.data() + connections_.size();
  for (const Connection* c = connections_.data() + first_from(start); c != end; ++c) {
    if (c->depart >= goal[least] || c->depart > last) break;
    std::size_t legs = kStride;
    const std::uint32_t mark = boarded[c->voyage];
    if (mark > workspace.query_ - 1) legs = query - mark;
    if ((c->from & kBarred) == 0) {
      const Minute* here = arrivals + c->from * kStride;
      if (here[kMostLegs - 1] <= c->depart) {
        std::size_t k = 0;
        while (k + 1 < legs && here[k] > c->depart)
          ++k;
        if (k + 1 < legs) {
          legs = k + 1;
          boarded[c->voyage] = query - static_cast<std::uint32_t>(legs);
        }
      }
    }
    if (legs > kMostLegs || (c->to & kBarred) != 0) continue;
    // Of no use if the destination is reached by then with what it takes at least.
    const std::size_t total = legs + fewest[c->to];
    if (total > kMostLegs || c->arrive >= goal[total]) continue;
    Minute* there = arrivals + c->to * kStride;
    for (std::size_t k = legs; k < kStride && there[k] > c->arrive; ++k)
      there[k] = c->arrive;
  }
  std::vector<Option> result;
  Minute best = detail::kNoMinute;
  for (std::size_t legs = 1; legs < kStride; ++legs) {
    if (goal[legs] >= best) continue;
    best = goal[legs];
    result.push_back({.arrives = epoch.instant(best), .legs = legs});
  }
  return result;
}

}  // namespace karvan::plan
