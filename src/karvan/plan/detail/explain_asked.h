#pragma once
// Why a question has no option that meets what it asks of the whole way: its budget, its most
// transshipments, the places it passes and the things it uses, the moment from which papers can be
// applied for. For explain.h, whose finders and words these are.

#include <string>

#include "karvan/cost/documents_of.h"
#include "karvan/plan/detail/explain.h"

namespace karvan::plan::detail {

// The name people know, or the code where a row has none.
template <class Row>
std::string named(const World& world, Id<Row> id) {
  if (!id.valid()) return "?";
  const Row& row = world[id];
  return row.name.empty() ? row.code : row.name;
}

// " by way of Alat that uses the mode sea with at most 2 transshipments for at most 5,000 USD".
std::string asked_text(const World& world, const Question& question);

// "CIM note is ready 12 h after papers are applied for, 2026-03-02 00:00; Train 1 takes papers at
// Poti until 2026-03-01 18:00".
std::string lacking_text(const Engine& engine,
                         const Itinerary& itinerary,
                         const cost::PaperLacking& lacking);

// Whether there is nothing to hire, or nowhere to give it back. Obstacle::kNone: there is.
Refusal explain_hire(const World& world, const Question& question);

// Each gives Obstacle::kNone where that is not the obstacle. Finders that look for less than all
// ways (`narrowed`) do not weigh cost: then the budget is none.
Refusal explain_budget(const Engine& engine, const Question& question, const std::string& narrowed);
Refusal explain_transshipments(const Engine& engine,
                               const Question& question,
                               const Finder& find,
                               const std::string& narrowed);
Refusal explain_papers(const Engine& engine,
                       const Question& question,
                       const Finder& find,
                       const std::string& narrowed);
Refusal explain_required(const Engine& engine,
                         const Question& question,
                         const Finder& find,
                         const std::string& narrowed);

}  // namespace karvan::plan::detail
