#include "karvan/testing/naive_asked.h"

#include <algorithm>
#include <cmath>

#include "karvan/base/contains.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/cost/hazard_of.h"

namespace karvan::testing {
namespace {

bool is_subsequence(const std::vector<Id<Place>>& part, const std::vector<Id<Place>>& whole) {
  auto from = whole.begin();
  for (const Id<Place> place : part) {
    from = std::find(from, whole.end(), place);
    if (from == whole.end()) return false;
  }
  return true;
}

// When each document is ready, if papers take time.
std::vector<Instant> papers_ready(const World& world, const plan::Question& question) {
  std::vector<Instant> list;
  if (!question.papers_from) return list;
  for (const Id<Document> id : world.ids<Document>())
    list.push_back(*question.papers_from + to_duration(world[id].lead));
  return list;
}

Duration cutoff(const Service& service) {
  return std::chrono::ceil<std::chrono::minutes>(to_duration(service.cutoff_documents));
}

}  // namespace

bool is_refused(const World& world,
                const plan::Question& question,
                Id<Service> id,
                const std::vector<Passage>& path) {
  const Service& service = world[id];
  const plan::Refusals& no = question.refuse;
  if (contains(no.modes, service.mode) || contains(no.operators, service.operator_) ||
      contains(no.services, id) || contains(no.risks, service.risk))
    return true;
  const plan::Only& only = question.only;
  if ((!only.modes.empty() && !contains(only.modes, service.mode)) ||
      (!only.operators.empty() && !contains(only.operators, service.operator_)) ||
      (!only.services.empty() && !contains(only.services, id)))
    return true;
  for (const Passage& passage : path) {
    if (contains(no.risks, world[passage.link].risk)) return true;
    for (const Id<Place> place : {passage.from, passage.to}) {
      if (contains(no.places, place) || contains(no.countries, world[place].country)) return true;
      if (!only.countries.empty() && !contains(only.countries, world[place].country)) return true;
    }
  }
  return false;
}

bool is_accepted(const World& world, const plan::Question& question, Id<Service> service) {
  const std::string& hazard = world[question.shipment.goods].hazard_class;
  if (hazard.empty()) return true;
  const Service& row = world[service];
  for (const Id<HazardRefusal> id : world.ids<HazardRefusal>()) {
    const HazardRefusal& rule = world[id];
    if (rule.service.valid() ? rule.service != service : rule.vessel_kind != row.vessel_kind)
      continue;
    bool is_refused = cost::is_within(hazard, rule.hazard_class);
    for (const std::string& carried : rule.but_carries)
      is_refused = is_refused && !cost::is_within(hazard, carried);
    if (is_refused) return false;
  }
  return row.cutoff_dangerous.has_value();
}

bool is_as_asked(const World& world, const plan::Question& question, const std::vector<Leg>& legs) {
  std::vector<Id<Place>> places;
  std::vector<Mode> modes;
  std::vector<Id<Country>> countries;
  std::vector<Id<Operator>> operators;
  std::vector<Id<Service>> services;
  for (const Leg& leg : legs) {
    services.push_back(leg.service);
    modes.push_back(world[leg.service].mode);
    operators.push_back(world[leg.service].operator_);
    for (const Passage& passage : leg.path) {
      for (const Id<Place> place : {passage.from, passage.to}) {
        places.push_back(place);
        countries.push_back(world[place].country);
      }
    }
  }
  const auto all_in = [](const auto& asked, const auto& used) {
    return std::ranges::all_of(asked, [&](const auto& item) { return contains(used, item); });
  };
  const plan::Requirements& require = question.require;
  return all_in(require.modes, modes) && all_in(require.countries, countries) &&
         all_in(require.operators, operators) && all_in(require.services, services) &&
         is_subsequence(question.via, places);
}

std::vector<Instant> paper_changes(const World& world,
                                   const plan::Question& question,
                                   Id<Service> service) {
  std::vector<Instant> list;
  const std::vector<Instant> all = papers_ready(world, question);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Instant ready = std::chrono::ceil<std::chrono::minutes>(all[i]);
    list.push_back(ready + cutoff(world[service]));
    const Id<Regime> regime = world[Id<Document>{i}].regime;
    if (regime.valid() && world[regime].kind == RegimeKind::kCustomsTransit) list.push_back(ready);
  }
  return list;
}

namespace {

// Whether the papers of an itinerary are ready in time, document by document.
class PapersJudge {
 public:
  PapersJudge(const World& world,
              const cost::BorderBook& borders,
              const plan::Question& question,
              const Itinerary& itinerary)
      : world_{world},
        borders_{borders},
        goods_{world[question.shipment.goods]},
        itinerary_{itinerary},
        ready_{papers_ready(world, question)} {}

  bool judge() const {
    const Leg& first = itinerary_.legs.front();
    const Duration before = cutoff(world_[first.service]);
    return are_ready(Use::kOnce, first, {}, first.depart, before) &&
           std::ranges::all_of(itinerary_.legs, [&](const Leg& leg) { return is_covered(leg); }) &&
           std::ranges::all_of(itinerary_.borders, [&](const BorderPassed& border) {
             const Leg& leg = itinerary_.legs[border.leg];
             return are_ready(Use::kBorder, leg, {border.passage.from, border.passage.to},
                              leg.arrive, Duration{});
           });
  }

 private:
  enum class Use { kOnce, kLeg, kBorder };

  bool is_covered(const Leg& leg) const {
    std::vector<Id<Place>> places{leg.from};
    for (const Passage& passage : leg.path)
      places.push_back(passage.to);
    return are_ready(Use::kLeg, leg, places, leg.depart, cutoff(world_[leg.service]));
  }

  // Nothing: the itinerary does not need it.
  std::optional<Use> use_of(const Document& row) const {
    if ((row.dangerous_only && goods_.hazard_class.empty()) || (row.food_only && !goods_.is_food) ||
        (row.crossing_only && itinerary_.borders.empty()))
      return std::nullopt;
    if (!row.regime.valid()) return row.modes.empty() ? Use::kOnce : Use::kLeg;
    switch (world_[row.regime].kind) {
      case RegimeKind::kCustomsTransit:
        return Use::kBorder;
      case RegimeKind::kConsignmentNote:
        return Use::kLeg;
      default:
        return std::nullopt;
    }
  }

  bool binds(const Document& row, const std::vector<Id<Place>>& places, Instant when) const {
    const Date day = std::chrono::floor<std::chrono::days>(when);
    return !row.regime.valid() || std::ranges::all_of(places, [&](Id<Place> place) {
      return borders_.is_member(world_[place].country, row.regime, day);
    });
  }

  // Whether, of the documents used so, those that concern a leg or one of its borders (and so the
  // countries given) are ready: all of them or one.
  bool are_ready(Use use,
                 const Leg& leg,
                 const std::vector<Id<Place>>& places,
                 Instant when,
                 Duration before) const {
    const Mode mode = world_[leg.service].mode;
    std::size_t some = 0;
    std::size_t good = 0;
    for (const Id<Document> id : world_.ids<Document>()) {
      const Document& row = world_[id];
      const bool is_by = row.modes.empty() || contains(row.modes, mode);
      if (use_of(row) != use || !is_by || !binds(row, places, when)) continue;
      ++some;
      good += ready_[id.index()] <= when - before ? 1U : 0U;
    }
    return use == Use::kOnce ? good == some : good > 0 || some == 0;
  }

  const World& world_;
  const cost::BorderBook& borders_;
  const Goods& goods_;
  const Itinerary& itinerary_;
  std::vector<Instant> ready_;
};

// The row that prices the day of this number, if any does.
const Detention* rate_of(
    const World& world, Id<Operator> owner, Id<LoadUnit> unit, DetentionClock clock, int day) {
  const Detention* rate = nullptr;
  for (const Id<Detention> id : world.ids<Detention>()) {
    const Detention& row = world[id];
    if (row.operator_ != owner || row.load_unit != unit || row.clock != clock) continue;
    if (row.after_days < day && (rate == nullptr || row.after_days > rate->after_days)) rate = &row;
  }
  return rate;
}

const EmptyReturn* return_of(const World& world,
                             Id<Operator> owner,
                             Id<LoadUnit> unit,
                             Id<Place> to) {
  const EmptyReturn* back = nullptr;
  for (const Id<EmptyReturn> id : world.ids<EmptyReturn>()) {
    const EmptyReturn& row = world[id];
    if (row.operator_ != owner || row.load_unit != unit) continue;
    if (row.place == to || (!row.place.valid() && back == nullptr)) back = &row;
  }
  return back;
}

}  // namespace

bool has_papers(const World& world,
                const cost::BorderBook& borders,
                const plan::Question& question,
                const Itinerary& itinerary) {
  if (!question.papers_from) return true;
  return PapersJudge{world, borders, question, itinerary}.judge();
}

std::optional<std::int64_t> hire_cents(const World& world,
                                       const plan::Question& question,
                                       Id<LoadUnit> unit,
                                       Duration on_the_way) {
  const Id<Operator> owner = question.shipment.hired_from;
  if (!owner.valid()) return 0;
  const EmptyReturn* back = return_of(world, owner, unit, question.to);
  if (back == nullptr) return std::nullopt;
  const double units = cost::pack(world, question.shipment, unit).units;
  const auto cents = [units](Usd each) { return std::llround(each.value() * units * 100); };
  const auto minutes_back = std::chrono::minutes{std::llround(back->days * 24 * 60)};
  std::int64_t sum = cents(back->usd_per_unit);
  for (const DetentionClock clock : {DetentionClock::kHire, DetentionClock::kDestination}) {
    Duration kept = minutes_back;
    if (clock == DetentionClock::kHire) kept += on_the_way;
    for (int day = 1; std::chrono::days{day - 1} < kept; ++day) {
      const Detention* rate = rate_of(world, owner, unit, clock, day);
      if (rate != nullptr) sum += cents(rate->usd_per_unit_day);
    }
  }
  return sum;
}

}  // namespace karvan::testing
