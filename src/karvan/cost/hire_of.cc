#include "karvan/cost/hire_of.h"

#include <algorithm>
#include <cmath>

#include "karvan/cost/consignment_of.h"

namespace karvan::cost {
namespace {

using std::chrono::days;

Usd for_all(Usd per_unit, double units) {
  return Usd{static_cast<double>(std::llround(per_unit.value() * units * 100)) / 100};
}

Usd charge(const std::vector<HireTerms::Step>& steps, Duration kept) {
  const auto kept_days = std::chrono::ceil<days>(kept).count();
  Usd sum;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto last = kept_days;  // day that this step prices
    if (i + 1 < steps.size()) last = std::min<decltype(last)>(last, steps[i + 1].after_days);
    if (last <= steps[i].after_days) break;
    sum += steps[i].per_day * static_cast<double>(last - steps[i].after_days);
  }
  return sum;
}

}  // namespace

Usd HireTerms::detention(Duration on_the_way) const {
  const auto& since_hire = steps[static_cast<std::size_t>(DetentionClock::kHire)];
  const auto& at_destination = steps[static_cast<std::size_t>(DetentionClock::kDestination)];
  return charge(since_hire, on_the_way + until_back) + charge(at_destination, until_back);
}

HireBook::HireBook(const World& world)
    : world_{world},
      detention_{group(world, &Detention::operator_)},
      returns_{group(world, &EmptyReturn::operator_)} {}

std::optional<HireTerms> HireBook::terms(Id<Operator> from,
                                         Id<Place> destination,
                                         const Consignment& consignment) const {
  Id<EmptyReturn> back;
  for (const Id<EmptyReturn> id : returns_[from]) {
    const EmptyReturn& row = world_[id];
    if (row.load_unit != consignment.load_unit) continue;
    if (row.place == destination || (!row.place.valid() && !back.valid())) back = id;
    if (row.place == destination) break;
  }
  if (!back.valid()) return std::nullopt;
  HireTerms terms{.back = back,
                  .until_back = std::chrono::minutes{std::llround(world_[back].days * 24 * 60)},
                  .empty_return = for_all(world_[back].usd_per_unit, consignment.units)};
  for (const Id<Detention> id : detention_[from]) {
    const Detention& row = world_[id];
    if (row.load_unit != consignment.load_unit) continue;
    terms.steps[static_cast<std::size_t>(row.clock)].push_back(
        {.after_days = row.after_days,
         .per_day = for_all(row.usd_per_unit_day, consignment.units)});
  }
  for (std::vector<HireTerms::Step>& steps : terms.steps)
    std::ranges::sort(steps, {}, &HireTerms::Step::after_days);
  return terms;
}

std::vector<Id<Place>> HireBook::places(const Shipment& shipment) const {
  const std::vector<Id<LoadUnit>> units = load_units_for(world_, shipment);
  std::vector<Id<Place>> places;
  for (const Id<EmptyReturn> id : returns_[shipment.hired_from]) {
    if (std::ranges::find(units, world_[id].load_unit) == units.end()) continue;
    if (!world_[id].place.valid()) return {};
    places.push_back(world_[id].place);
  }
  std::ranges::sort(places);
  const auto [last, end] = std::ranges::unique(places);
  places.erase(last, end);
  return places;
}

}  // namespace karvan::cost
