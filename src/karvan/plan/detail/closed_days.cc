#include "karvan/plan/detail/closed_days.h"

namespace karvan::plan::detail {

ClosedDays::ClosedDays(const World& world, Epoch epoch)
    : world_{world},
      epoch_{epoch},
      links_{world.size<Link>()},
      places_{world.size<Place>()},
      services_{world.size<Service>()},
      crossings_{world.size<Crossing>()} {
  for (const Id<Link> id : world.ids<Link>()) {
    const Link& link = world[id];
    const bool never =
        link.status == LinkStatus::kClosed || (link.status != LinkStatus::kOpen && !link.open_from);
    if (never) {
      links_[id].push_back({});
      continue;
    }
    if (link.open_from) links_[id].push_back({.until = epoch.start_of(*link.open_from)});
    if (link.open_until) links_[id].push_back({.from = epoch.start_of(*link.open_until)});
  }
  for (const Id<Closure> id : world.ids<Closure>()) {
    if (world[id].share_left <= 0) add_closure(world[id]);
  }
}

void ClosedDays::add_closure(const Closure& closure) {
  const Shut shut{.from = epoch_.start_of(closure.from),
                  .until = closure.until ? epoch_.start_of(*closure.until) : kNoMinute};
  switch (closure.reach) {
    case ClosureReach::kLink:
      if (const auto id = world_.find<Link>(closure.code_of)) links_[*id].push_back(shut);
      break;
    case ClosureReach::kPlace:
      if (const auto id = world_.find<Place>(closure.code_of)) places_[*id].push_back(shut);
      break;
    case ClosureReach::kService:
      if (const auto id = world_.find<Service>(closure.code_of)) services_[*id].push_back(shut);
      break;
    case ClosureReach::kCrossing:
      if (const auto id = world_.find<Crossing>(closure.code_of)) {
        crossings_[*id].push_back(shut);
        if (!borders_) borders_.emplace(world_);
      }
      break;
  }
}

std::vector<Shut> ClosedDays::of_passage(const Passage& passage, Mode mode) const {
  std::vector<Shut> shut = links_[passage.link];
  if (!borders_ || !crosses_border(world_, passage)) return shut;
  const std::vector<Id<Goods>> goods = world_.ids<Goods>();
  if (goods.empty()) return shut;
  // Which crossing it is does not depend on the goods.
  const auto procedure =
      borders_->procedure(passage, mode, {.goods = goods.front()}, world_.info().calendar_from);
  if (procedure) {
    const std::vector<Shut>& border = crossings_[procedure->crossing];
    shut.insert(shut.end(), border.begin(), border.end());
  }
  return shut;
}

}  // namespace karvan::plan::detail
