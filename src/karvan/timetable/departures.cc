#include "karvan/timetable/departures.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

#include "karvan/model/clock.h"
#include "karvan/timetable/detail/call_times.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

class Board {
 public:
  Board(const World& world, const DepartureQuery& query)
      : world_{world},
        query_{query},
        clocks_{world},
        calls_{calls_in_order(world)},
        rows_{group(world, &Departure::service)} {}

  Departures run() {
    for (const Id<Service> service : world_.ids<Service>()) {
      if (query_.service.valid() && query_.service != service) continue;
      const std::vector<Id<Call>>& calls = calls_[service];
      for (std::size_t i = 0; i + 1 < calls.size(); ++i) {
        const Call& call = world_[calls[i]];
        const bool is_asked = query_.service.valid() ? i == 0 : call.place == query_.place;
        if (is_asked && call.loads) add(service, i);
      }
    }
    std::ranges::sort(result_.dated, {}, [](const DatedDeparture& one) {
      return std::tuple{one.leaves, one.service, one.from};
    });
    return std::move(result_);
  }

 private:
  void add(Id<Service> service, std::size_t from) {
    const std::vector<Id<Call>>& calls = calls_[service];
    if (world_[service].departs != DepartureRule::kTimetable) {
      result_.undated.push_back({.service = service, .from = calls[from], .to = calls.back()});
      return;
    }
    const std::vector<CallTimes> times = call_times(world_, calls);
    const auto reach =
        std::chrono::ceil<std::chrono::days>(std::chrono::seconds{times[from].depart}) +
        std::chrono::days{2};
    const Id<Place> first = world_[calls.front()].place;
    const Id<Place> here = world_[calls[from]].place;
    for (const Id<Departure> id : rows_[service]) {
      const Departure& row = world_[id];
      for (const Date day : days_of(clipped(days_of(world_, row), query_.from - reach,
                                            query_.until + std::chrono::days{2}))) {
        const Instant start = clocks_.instant(first, day, row.leaves_at);
        const Instant leaves = start + std::chrono::seconds{times[from].depart};
        const Date local = local_date(leaves, clocks_.offset(here, leaves));
        if (local < query_.from || local >= query_.until) continue;
        result_.dated.push_back({.service = service,
                                 .from = calls[from],
                                 .to = calls.back(),
                                 .leaves = leaves,
                                 .arrives = start + std::chrono::seconds{times.back().arrive}});
      }
    }
  }

  const World& world_;
  const DepartureQuery& query_;
  Clocks clocks_;
  Column<Service, std::vector<Id<Call>>> calls_;
  Column<Service, std::vector<Id<Departure>>> rows_;
  Departures result_;
};

}  // namespace

Departures departures(const World& world, const DepartureQuery& query) {
  return Board{world, query}.run();
}

}  // namespace karvan::timetable
