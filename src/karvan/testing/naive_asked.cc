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

}  // namespace karvan::testing
