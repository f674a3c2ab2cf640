#include "karvan/cost/through_of.h"

#include <cmath>

namespace karvan::cost {

bool may_carry(const World& world,
               const ThroughRate& rate,
               Id<Service> service,
               Id<LoadUnit> unit) {
  const bool is_operator = !rate.operator_.valid() || rate.operator_ == world[service].operator_;
  return is_operator && rate.load_unit == unit;
}

bool is_offered(const ThroughRate& rate, Date day) {
  return (!rate.valid_from || *rate.valid_from <= day) &&
         (!rate.valid_until || day < *rate.valid_until);
}

Usd price(const ThroughRate& rate, const Consignment& consignment) {
  const double cents = rate.per_unit.value() * consignment.units * 100;
  return Usd{static_cast<double>(std::llround(cents)) / 100};
}

}  // namespace karvan::cost
