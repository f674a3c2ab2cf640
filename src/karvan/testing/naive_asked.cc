#include "karvan/testing/naive_asked.h"

#include <algorithm>

namespace karvan::testing {
namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
  return std::ranges::find(list, item) != list.end();
}

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

bool has_papers(const World& world,
                const cost::BorderBook& borders,
                const plan::Question& question,
                const Itinerary& itinerary) {
  const std::vector<Instant> ready = papers_ready(world, question);
  if (ready.empty()) return true;
  const Goods& goods = world[question.shipment.goods];
  enum class Use { kOnce, kLeg, kBorder };
  // Whether, of the documents used so, those that concern a leg or one of its borders (and so the
  // countries given) are ready: all of them or one.
  const auto are_ready = [&](Use use, const Leg& leg, std::vector<Id<Place>> places, Instant when,
                             Duration before) {
    std::size_t some = 0;
    std::size_t good = 0;
    for (const Id<Document> id : world.ids<Document>()) {
      const Document& row = world[id];
      if ((row.dangerous_only && goods.hazard_class.empty()) || (row.food_only && !goods.is_food) ||
          (row.crossing_only && itinerary.borders.empty()))
        continue;
      Use its_use = row.modes.empty() ? Use::kOnce : Use::kLeg;
      if (row.regime.valid()) {
        const RegimeKind kind = world[row.regime].kind;
        if (kind != RegimeKind::kCustomsTransit && kind != RegimeKind::kConsignmentNote) continue;
        its_use = kind == RegimeKind::kCustomsTransit ? Use::kBorder : Use::kLeg;
      }
      if (its_use != use) continue;
      if (!row.modes.empty() && !contains(row.modes, world[leg.service].mode)) continue;
      const bool binds = !row.regime.valid() || std::ranges::all_of(places, [&](Id<Place> place) {
        return borders.is_member(world[place].country, row.regime,
                                 std::chrono::floor<std::chrono::days>(when));
      });
      if (!binds) continue;
      ++some;
      good += ready[id.index()] <= when - before ? 1U : 0U;
    }
    return use == Use::kOnce ? good == some : good > 0 || some == 0;
  };
  const Leg& first = itinerary.legs.front();
  if (!are_ready(Use::kOnce, first, {}, first.depart, cutoff(world[first.service]))) return false;
  for (const Leg& leg : itinerary.legs) {
    std::vector<Id<Place>> places{leg.from};
    for (const Passage& passage : leg.path)
      places.push_back(passage.to);
    if (!are_ready(Use::kLeg, leg, places, leg.depart, cutoff(world[leg.service]))) return false;
  }
  return std::ranges::all_of(itinerary.borders, [&](const BorderPassed& border) {
    const Leg& leg = itinerary.legs[border.leg];
    return are_ready(Use::kBorder, leg, {border.passage.from, border.passage.to}, leg.arrive,
                     Duration{});
  });
}

}  // namespace karvan::testing
