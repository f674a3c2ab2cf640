#include "karvan/plan/detail/rooms.h"

#include <algorithm>

namespace karvan::plan::detail {
namespace {

constexpr double kDust = 1e-9;  // of sums of shares

struct Booked {
  Minute from = 0;
  Minute until = 0;
  double share = 0;
};

// The share of a departure that so many units are; all of it where the load unit is not carried.
double share_of(const World& world, const std::vector<Id<Capacity>>& capacities, const Booking& b) {
  double most = 0;
  for (const Id<Capacity> id : capacities) {
    if (world[id].load_unit == b.load_unit) most = std::max(most, world[id].units);
  }
  return most > 0 ? b.units / most : 1;
}

}  // namespace

Rooms::Rooms(const World& world, const Clocks& clocks, Epoch epoch, const TimetableGraph& graph)
    : taken_(graph.courses().size()) {
  if (world.ids<Booking>().empty()) return;
  const auto rows = group(world, &Booking::service);
  const auto capacities = group(world, &Capacity::service);
  for (std::size_t course = 0; course < taken_.size(); ++course) {
    const Course& of = graph.courses()[course];
    const Id<Place> first = graph.stop(of, 0).place;
    std::vector<Booked> list;
    std::vector<Minute> moments;
    for (const Id<Booking> id : rows[of.service]) {
      const Booking& row = world[id];
      const auto minute = [&](Date day, std::chrono::minutes time) {
        return epoch.minute(clocks.instant(first, day, time));
      };
      Booked booked{.share = share_of(world, capacities[of.service], row)};
      booked.from = minute(row.departs_on, row.leaves_at.value_or(std::chrono::minutes{0}));
      booked.until = row.leaves_at
                         ? booked.from + 1
                         : minute(row.departs_on + std::chrono::days{1}, std::chrono::minutes{0});
      moments.push_back(booked.from);
      moments.push_back(booked.until);
      list.push_back(booked);
    }
    std::ranges::sort(moments);
    const auto doubles = std::ranges::unique(moments);
    moments.erase(doubles.begin(), doubles.end());
    std::ranges::stable_sort(list, {}, &Booked::from);
    for (const Minute moment : moments) {
      Taken taken{.from = moment};
      const auto later = std::ranges::upper_bound(list, moment, {}, &Booked::from);
      // None lasts longer than a day of 25 hours.
      for (auto b = std::ranges::lower_bound(list, moment - 25 * 60, {}, &Booked::from); b != later;
           ++b)
        taken.share += moment < b->until ? b->share : 0;
      taken_[course].push_back(taken);
    }
  }
}

std::vector<Rooms::Taken>::const_iterator Rooms::at(std::uint32_t course, Minute leaves) const {
  const auto later = std::ranges::upper_bound(taken_[course], leaves, {}, &Taken::from);
  return later == taken_[course].begin() ? later : std::prev(later);
}

double Rooms::taken(std::uint32_t course, Minute leaves) const {
  const auto here = at(course, leaves);
  return here == taken_[course].end() || here->from > leaves ? 0 : here->share;
}

bool Rooms::has_room(std::uint32_t course, Minute leaves, const Load& load) const {
  for (auto here = at(course, leaves);
       here != taken_[course].end() && here->from <= leaves + load.last; ++here) {
    if (here->share > 0 && here->share + load.share > 1 + kDust) return false;
  }
  return true;
}

}  // namespace karvan::plan::detail
