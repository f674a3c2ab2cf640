#pragma once
// Comparison: published figures against what the model says about the same thing. Lengths are those
// of the shortest way over the links meant; running times those of the fastest service that calls
// at both ends (else of the links' speeds); transit times (first departure to last arrival) and
// prices are asked of the planner, on four days spread over the month observed, for forty boxes (or
// one truck).

#include <optional>
#include <string>
#include <vector>

#include "karvan/model/world.h"
#include "karvan/report/sheet.h"

namespace karvan::report {

enum class Verdict {
  kInside,   // within the published range and its tolerance
  kOutside,  // not so
  kShown,    // the observation has no tolerance: a value, no verdict
  kNone,     // the model has no value of its own to hold against it
};

struct Comparison {
  Id<Observation> observation;
  std::optional<double> model;    // in the observation's unit
  double difference_percent = 0;  // from the nearer end of the published range; 0 within
  Verdict verdict = Verdict::kNone;
  std::string method;  // how the model's value came about, or why there is none
};

// Every observation of the world, in table order.
std::vector<Comparison> compare(const World& world);

// All comparisons with a value; those without too if asked.
Sheet comparison_sheet(const World& world, const std::vector<Comparison>& all, bool without_value);
// "41 inside, 3 outside, ...".
std::string comparison_summary(const std::vector<Comparison>& all);

std::string_view verdict_text(Verdict verdict);

}  // namespace karvan::report
