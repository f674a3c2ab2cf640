#include "karvan/plan/detail/stages.h"

#include <algorithm>

namespace karvan::plan::detail {
namespace {

// Sets the bit of an item in the list, from `first` on.
template <class T>
void mark(std::uint32_t& used, const std::vector<T>& list, const T& item, std::size_t first) {
  const auto at = std::ranges::find(list, item);
  if (at != list.end()) used |= 1U << (first + static_cast<std::size_t>(at - list.begin()));
}

}  // namespace

Stages::Stages(const World& world, const Question& question, const Routes* routes)
    : world_{world},
      from_{question.from},
      via_{question.via},
      require_{question.require},
      transshipments_max_{question.transshipments_max},
      routes_{routes},
      are_asked_{!via_.empty() || require_.size() > 0 || transshipments_max_ || routes != nullptr} {
  Stage start;
  pass(start, question.from);
  if (routes_ != nullptr && routes_->begin.empty() && routes_->barred.empty()) start.runs = 2;
  stages_.push_back(start);
}

std::uint32_t Stages::number_of(const Stage& stage) {
  const auto at = std::ranges::find(stages_, stage);
  const auto number = static_cast<std::uint32_t>(at - stages_.begin());
  if (at == stages_.end()) stages_.push_back(stage);
  return number;
}

std::optional<std::uint32_t> Stages::after_transshipment(std::uint32_t stage) {
  if (!transshipments_max_) return stage;
  Stage next = stages_[stage];
  if (++next.transshipments > *transshipments_max_) return std::nullopt;
  return number_of(next);
}

std::optional<std::uint32_t> Stages::after_ride(std::uint32_t stage, const Ride& ride) {
  if (!are_asked_) return stage;
  Stage next = stages_[stage];
  if (!take(next, ride) || comes_back(next, ride.to) || !stand(next, ride.to)) return std::nullopt;
  use(next, world_[ride.service], ride.service);
  for (const Passage& passage : ride.path) {
    pass(next, passage.from);
    pass(next, passage.to);
  }
  return number_of(next);
}

bool Stages::may_end(std::uint32_t stage, Id<Place> destination) const {
  const Stage& here = stages_[stage];
  if (here.via < via_.size()) return false;
  if (here.used != (1U << require_.size()) - 1) return false;
  return routes_ == nullptr || (here.runs > routes_->begin.size() && may_close(here, destination));
}

void Stages::pass(Stage& stage, Id<Place> place) const {
  if (stage.via < via_.size() && via_[stage.via] == place) ++stage.via;
  const std::size_t first = require_.modes.size();
  mark(stage.used, require_.countries, world_[place].country, first);
}

void Stages::use(Stage& stage, const Service& row, Id<Service> service) const {
  mark(stage.used, require_.modes, row.mode, 0);
  const std::size_t operators = require_.modes.size() + require_.countries.size();
  mark(stage.used, require_.operators, row.operator_, operators);
  mark(stage.used, require_.services, service, operators + require_.operators.size());
}

// Whether the last run may end there.
bool Stages::may_close(const Stage& stage, Id<Place> end) const {
  const std::size_t length = routes_->begin.size();
  if (stage.runs == 0 || stage.runs > length + 1) return true;
  if (stage.runs <= length) return routes_->begin[stage.runs - 1].to == end;
  const Run run{.mode = stage.run.mode, .gauge = stage.run.gauge, .to = end};
  return std::ranges::find(routes_->barred, run) == routes_->barred.end();
}

bool Stages::take(Stage& stage, const Ride& ride) const {
  if (routes_ == nullptr) return true;
  const std::size_t length = routes_->begin.size();
  if (stage.runs > length + 1) return true;
  const Service& service = world_[ride.service];
  const auto is_by = [&service](const Run& run) {
    return run.mode == service.mode && run.gauge == service.gauge;
  };
  if (stage.runs > 0 && is_by(stage.run)) return true;
  if (!may_close(stage, ride.from)) return false;
  ++stage.runs;
  if (stage.runs <= length && !is_by(routes_->begin[stage.runs - 1])) return false;
  stage.run = {};
  if (stage.runs <= length + 1)
    stage.run = {.mode = service.mode, .gauge = service.gauge, .to = {}};
  return true;
}

// Whether that is the origin, or where a run of the common beginning ended before.
bool Stages::comes_back(const Stage& stage, Id<Place> place) const {
  if (routes_ == nullptr) return false;
  if (place == from_) return true;
  const std::size_t ended = std::min(stage.runs, routes_->begin.size() + 1);
  for (std::size_t i = 0; i + 1 < ended; ++i) {
    if (routes_->begin[i].to == place) return true;
  }
  return false;
}

bool Stages::stand(Stage& stage, Id<Place> place) const {
  if (routes_ == nullptr) return true;
  const auto at = std::ranges::find(routes_->once, place);
  if (at == routes_->once.end()) return true;
  const std::uint32_t bit = 1U << static_cast<std::size_t>(at - routes_->once.begin());
  const bool is_first = (stage.stood & bit) == 0;
  stage.stood |= bit;
  return is_first;
}

}  // namespace karvan::plan::detail
