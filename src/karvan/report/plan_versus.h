#pragma once
// How one option of a plan stands against another: in figures, and in words for people.

#include <cstddef>
#include <optional>
#include <string>

#include "karvan/plan/answer.h"
#include "karvan/report/plan_digest.h"

namespace karvan::report {

struct Versus {
  Duration later{};                    // negative: earlier
  std::optional<double> cost_percent;  // above 0: dearer; nothing against an option that is free
  std::optional<double> co2e_percent;
  Risks spared;  // risks that only the other bears
  Risks added;   // that only this one bears
};

Versus versus(const Itinerary& one, const Itinerary& other);

// "2 d 7 h later, 18 % cheaper, 31 % less CO2e, without its risk of sanctions". Less than half an
// hour and half a percent are not told; "no different" if nothing is left.
std::string versus_text(const Itinerary& one, const Itinerary& other);

// Against which of the options shown the one at `shown[n]` is best told: the earliest; itself the
// earliest, the cheapest of the others. Nothing if it is alone.
std::optional<std::size_t> rival_of(const plan::Answer& answer,
                                    const PlanDigest& digest,
                                    std::size_t n);

}  // namespace karvan::report
