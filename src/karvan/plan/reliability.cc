#include "karvan/plan/reliability.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "karvan/plan/detail/book_state.h"
#include "karvan/plan/detail/propagation.h"

namespace karvan::plan {

namespace {

bool boards_before(const Leg& a, const Leg& b) {
  const auto key = [](const Leg& leg) {
    return std::tuple{leg.service, leg.from_sequence, leg.to_sequence, leg.depart, leg.arrive};
  };
  return key(a) < key(b);
}

}  // namespace

ReliabilityBook::ReliabilityBook(const Planner& planner,
                                 const LearnedLaws& learned,
                                 int step_minutes)
    : state_{std::make_unique<const State>(planner, learned, step_minutes)} {}
ReliabilityBook::~ReliabilityBook() = default;
ReliabilityBook::ReliabilityBook(ReliabilityBook&&) noexcept = default;
ReliabilityBook& ReliabilityBook::operator=(ReliabilityBook&&) noexcept = default;

Reliability ReliabilityBook::assess(const Itinerary& itinerary, const Terms& terms) const {
  return assess({&itinerary, 1}, terms).front();
}

std::vector<Reliability> ReliabilityBook::assess(std::span<const Itinerary> itineraries,
                                                 const Terms& terms) const {
  CHECK(0 < terms.slot_chance && terms.slot_chance <= 1);
  CHECK(terms.penalty_per_day >= Usd{});
  // Those that begin alike one after another.
  std::vector<std::size_t> order(itineraries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::ranges::lexicographical_compare(itineraries[a].legs, itineraries[b].legs,
                                                boards_before);
  });
  detail::Propagation propagation{state_->engine, state_->laws, terms};
  std::vector<Reliability> result(itineraries.size());
  for (const std::size_t i : order) {
    if (detail::is_set(state_->stop)) break;
    result[i] = propagation.assess(itineraries[i]);
  }
  return result;
}

}  // namespace karvan::plan
