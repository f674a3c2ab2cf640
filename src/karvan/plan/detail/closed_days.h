#pragma once
// When links, places, services and borders are shut: the dates of links and the rows of closures
// that leave nothing (share_left 0). Days are UTC days.

#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/plan/detail/minutes.h"

namespace karvan::plan::detail {

struct Shut {
  Minute from = std::numeric_limits<Minute>::min();
  Minute until = kNoMinute;
};

class ClosedDays {
 public:
  ClosedDays(const World& world, Epoch epoch);

  std::vector<Shut> of_passage(const Passage& passage, Mode mode) const;
  const std::vector<Shut>& of_place(Id<Place> place) const { return places_[place]; }
  const std::vector<Shut>& of_service(Id<Service> service) const { return services_[service]; }

 private:
  void add_closure(const Closure& closure);

  World world_;
  Epoch epoch_;
  Column<Link, std::vector<Shut>> links_;
  Column<Place, std::vector<Shut>> places_;
  Column<Service, std::vector<Shut>> services_;
  Column<Crossing, std::vector<Shut>> crossings_;
  std::optional<cost::BorderBook> borders_;  // only where a border is shut
};

}  // namespace karvan::plan::detail
