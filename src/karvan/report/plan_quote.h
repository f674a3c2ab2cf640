#pragma once
// One option of a plan as a quote: a page of HTML for A4, without scripts and without anything from
// elsewhere. Every price names the row of data it comes from, how sure that row is, and its source.

#include <cstddef>
#include <string>

#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::report {

struct QuoteOf {
  std::size_t itinerary = 0;  // in the answer
  std::size_t number = 1;     // in the table of options
  std::string merits;         // "lowest CO2e; 2 d later, 18 % cheaper than option 1"; may be empty
};

std::string plan_quote(const World& world,
                       const plan::Question& question,
                       const plan::Answer& answer,
                       const QuoteOf& which);

}  // namespace karvan::report
