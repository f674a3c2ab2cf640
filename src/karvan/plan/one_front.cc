#include "karvan/plan/one_front.h"

#include <algorithm>

#include "karvan/plan/detail/range.h"

namespace karvan::plan {
namespace {

void add_statistics(const Statistics& of, Statistics& all) {
  all.voyages = of.voyages;
  all.labels_made += of.labels_made;
  all.labels_kept += of.labels_kept;
  all.labels_pruned += of.labels_pruned;
  all.is_complete = all.is_complete && of.is_complete;
}

}  // namespace

Answer one_front(const Planner& planner, const std::vector<Question>& questions) {
  CHECK(!questions.empty() && questions.size() <= kPairsMax);
  Planner::Memory memory;
  Answer all;
  std::vector<Refusal> refusals;
  for (const Question& question : questions) {
    Answer answer = planner.answer(question, memory);
    add_statistics(answer.statistics, all.statistics);
    if (answer.itineraries.empty()) refusals.push_back(std::move(answer.refusal));
    std::ranges::move(answer.itineraries, std::back_inserter(all.itineraries));
  }
  detail::keep_front(questions.front(), all.itineraries);
  if (!all.itineraries.empty()) return all;
  all.refusal = std::move(refusals.front());
  for (std::size_t i = 1; i < refusals.size(); ++i)
    all.refusal.hints.push_back(refusals[i].message);
  return all;
}

}  // namespace karvan::plan
