#pragma once
// What a question asks of the whole way, for the heading of a plan.

#include <string>
#include <vector>

#include "karvan/model/world.h"
#include "karvan/plan/question.h"

namespace karvan::report {

// "via Alat, then Poti", "only rail or ship", "with Türkiye", "at most 2 transshipments", "budget
// USD 5,000"; empty for nothing. Refusals are not told.
std::vector<std::string> asked_words(const World& world, const plan::Question& question);

}  // namespace karvan::report
