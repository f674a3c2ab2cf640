#include "karvan/plan/reliability.h"

#include "karvan/plan/detail/book_state.h"
#include "karvan/plan/detail/propagation.h"

namespace karvan::plan {

ReliabilityBook::ReliabilityBook(const Planner& planner,
                                 const LearnedLaws& learned,
                                 int step_minutes)
    : state_{std::make_unique<const State>(planner.engine(), learned, step_minutes)} {}
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
  detail::Propagation propagation{state_->engine, state_->laws, terms};
  std::vector<Reliability> result;
  result.reserve(itineraries.size());
  for (const Itinerary& itinerary : itineraries)
    result.push_back(propagation.assess(itinerary));
  return result;
}

}  // namespace karvan::plan
