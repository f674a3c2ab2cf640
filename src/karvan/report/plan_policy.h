#pragma once
// A policy for people who dispatch: for each place where cargo may come to stand on its way, what
// to do then, by the time it comes there.

#include <string>

#include "karvan/model/clock.h"
#include "karvan/plan/policy.h"
#include "karvan/report/style.h"

namespace karvan::report {

struct PolicyTold {
  const World& world;
  const Clocks& clocks;
  const plan::Policy& policy;
  const plan::PolicyTerms& terms;
  Id<Place> destination;
  std::size_t steps_max = 6;  // of one stand in text

  // "Dostyk, off rail: from Fri ... make it ready for rail of 1520 mm -> 4; there on ...".
  std::string text(const Style& style) const;
};

}  // namespace karvan::report
