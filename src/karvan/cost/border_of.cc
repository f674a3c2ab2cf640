#include "karvan/cost/border_of.h"

#include <algorithm>

namespace karvan::cost {
namespace {

bool governs(const Regime& regime, Mode mode) {
  return regime.modes.empty() || std::ranges::find(regime.modes, mode) != regime.modes.end();
}

bool holds_on(const Membership& membership, Date day) {
  return membership.status == MemberStatus::kMember &&
         (!membership.from || *membership.from <= day) &&
         (!membership.until || day < *membership.until);
}

}  // namespace

BorderBook::BorderBook(const World& world)
    : world_{world},
      crossings_{world.size<Link>()},
      steps_{group(world, &CrossingStep::crossing)},
      effects_{group(world, &RegimeEffect::regime)},
      memberships_{group(world, &Membership::country)} {
  for (auto& steps : steps_) {
    std::ranges::stable_sort(steps, {},
                             [this](Id<CrossingStep> id) { return world_[id].sequence; });
  }
  for (const Id<Crossing> id : world.ids<Crossing>()) {
    const Id<Link> link = world[id].link;
    (link.valid() ? crossings_[link] : crossings_anywhere_).push_back(id);
  }
}

bool BorderBook::is_member(Id<Country> country, Id<Regime> regime, Date day) const {
  return std::ranges::any_of(memberships_[country], [&](Id<Membership> id) {
    return world_[id].regime == regime && holds_on(world_[id], day);
  });
}

std::vector<Id<Regime>> BorderBook::shared_regimes(Id<Country> a,
                                                   Id<Country> b,
                                                   Mode mode,
                                                   Date day) const {
  std::vector<Id<Regime>> shared;
  for (const Id<Membership> id : memberships_[a]) {
    const Id<Regime> regime = world_[id].regime;
    if (!holds_on(world_[id], day) || !governs(world_[regime], mode)) continue;
    const auto& in_force = world_[regime].in_force_from;
    if (in_force && day < *in_force) continue;
    if (is_member(b, regime, day)) shared.push_back(regime);
  }
  std::ranges::sort(shared);
  const auto doubles = std::ranges::unique(shared);
  shared.erase(doubles.begin(), doubles.end());
  return shared;
}

std::optional<Id<Crossing>> BorderBook::crossing(const Passage& passage, Mode mode) const {
  const Id<Country> from = world_[passage.from].country;
  const Id<Country> to = world_[passage.to].country;
  std::optional<Id<Crossing>> best;
  int best_rank = -1;
  const auto look_in = [&](const std::vector<Id<Crossing>>& rows) {
    for (const Id<Crossing> id : rows) {
      const Crossing& row = world_[id];
      if (row.mode != mode) continue;
      if (row.from.valid() && row.from != from) continue;
      if (row.to.valid() && row.to != to) continue;
      const int rank = (row.from.valid() ? 1 : 0) + (row.to.valid() ? 1 : 0);
      if (rank > best_rank) {
        best = id;
        best_rank = rank;
      }
    }
  };
  look_in(crossings_[passage.link]);
  if (!best) look_in(crossings_anywhere_);
  return best;
}

// A cargo that is counted in tonnes (a hold, a pipe) is declared as one unit.
double BorderBook::declared_units(const Consignment& consignment) const {
  if (!consignment.load_unit.valid()) return 1;
  switch (world_[consignment.load_unit].kind) {
    case LoadUnitKind::kContainer:
    case LoadUnitKind::kWagon:
    case LoadUnitKind::kTruck:
      return consignment.units;
    case LoadUnitKind::kBulk:
    case LoadUnitKind::kBreakBulk:
    case LoadUnitKind::kLiquid:
      break;
  }
  return 1;
}

BorderBook::Change BorderBook::change_of(StepKind kind,
                                         const std::vector<Id<Regime>>& shared) const {
  Change change;
  for (const Id<Regime> regime : shared) {
    for (const Id<RegimeEffect> id : effects_[regime]) {
      const RegimeEffect& effect = world_[id];
      if (effect.step != kind) continue;
      change.hours_factor *= effect.hours_factor;
      change.share_factor *= effect.share_factor;
      change.fee_factor *= effect.fee_factor;
      change.by.push_back(regime);
    }
  }
  return change;
}

std::optional<Procedure> BorderBook::procedure(const Passage& passage,
                                               Mode mode,
                                               const Consignment& consignment,
                                               Date day) const {
  const std::optional<Id<Crossing>> found = crossing(passage, mode);
  if (!found) return std::nullopt;
  Procedure procedure{.crossing = *found};
  const std::vector<Id<Regime>> shared =
      shared_regimes(world_[passage.from].country, world_[passage.to].country, mode, day);
  for (const Id<CrossingStep> id : steps_[*found]) {
    const CrossingStep& step = world_[id];
    if (step.food_only && !world_[consignment.goods].is_food) continue;
    const Change change = change_of(step.kind, shared);
    for (const Id<Regime> regime : change.by) {
      if (std::ranges::find(procedure.regimes, regime) == procedure.regimes.end())
        procedure.regimes.push_back(regime);
    }
    const double share = std::min(step.share * change.share_factor, 1.0);
    const Usd fee = step.usd_per_consignment + step.usd_per_unit * declared_units(consignment);
    const StepTaken taken{.step = id,
                          .hours = mean(step.hours) * (change.hours_factor * share),
                          .cost = fee * (change.fee_factor * share),
                          .share = share};
    procedure.hours += taken.hours;
    procedure.cost += taken.cost;
    procedure.steps.push_back(taken);
  }
  return procedure;
}

}  // namespace karvan::cost
