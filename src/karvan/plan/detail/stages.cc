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

Stages::Stages(const World& world, const Question& question, const Chains* chains)
    : world_{world},
      via_{question.via},
      require_{question.require},
      transshipments_max_{question.transshipments_max},
      chains_{chains},
      are_asked_{!via_.empty() || require_.size() > 0 || transshipments_max_ || chains != nullptr} {
  Stage start;
  pass(start, question.from);
  if (chains_ != nullptr) stand(start, question.from);
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

std::optional<std::uint32_t> Stages::after_ride(std::uint32_t stage,
                                                Id<Service> service,
                                                std::span<const Passage> path,
                                                Id<Place> comes_off) {
  if (!are_asked_) return stage;
  Stage next = stages_[stage];
  if (!take(next, service) || !stand(next, comes_off)) return std::nullopt;
  use(next, world_[service], service);
  for (const Passage& passage : path) {
    pass(next, passage.from);
    pass(next, passage.to);
  }
  return number_of(next);
}

bool Stages::may_end(std::uint32_t stage) const {
  const Stage& here = stages_[stage];
  if (here.via < via_.size()) return false;
  if (here.used != (1U << require_.size()) - 1) return false;
  if (chains_ == nullptr) return true;
  const std::size_t length = chains_->begin.size();
  return here.begun > length || (here.begun == length && chains_->may_end);
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

bool Stages::take(Stage& stage, Id<Service> service) const {
  if (chains_ == nullptr) return true;
  const std::size_t length = chains_->begin.size();
  if (stage.begun > length) return true;
  if (stage.begun == length) {
    if (std::ranges::find(chains_->barred, service) != chains_->barred.end()) return false;
  } else if (chains_->begin[stage.begun] != service) {
    return false;
  }
  ++stage.begun;
  return true;
}

bool Stages::stand(Stage& stage, Id<Place> place) const {
  if (chains_ == nullptr) return true;
  const auto at = std::ranges::find(chains_->once, place);
  if (at == chains_->once.end()) return true;
  const std::uint32_t bit = 1U << static_cast<std::size_t>(at - chains_->once.begin());
  const bool is_first = (stage.stood & bit) == 0;
  stage.stood |= bit;
  return is_first;
}

}  // namespace karvan::plan::detail
