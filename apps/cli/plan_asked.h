#pragma once
// The ways in which one question may be asked of the planner: for the front, for one front over
// several pairs of places, for the k best; and what is told of the answer beside its options. For
// the command and the server.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "karvan/plan/k_best.h"
#include "karvan/plan/learned_laws.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/why_not.h"
#include "karvan/report/plan_report.h"

#include "plan_options.h"

namespace karvan::cli {

struct PlanAsked {
  plan::Question question;               // of one front the first
  std::vector<plan::Question> pairs;     // of one front; else empty
  std::optional<plan::Ranking> ranking;  // of the k best
  std::vector<plan::Subject> subjects;   // of "why not?"
  std::optional<std::size_t> most;       // options told; all if absent
  plan::LearnedLaws learned;             // in the place of the data's laws
};

// The questions of each of --from with each of --to, as far as they differ, at most kPairsMax; an
// error of their number names `option`.
Result<std::vector<plan::Question>> pairs_of(const World& world,
                                             const PlanArgs& args,
                                             const char* option);
// An error names the option.
Result<PlanAsked> asked_of(const World& world, const PlanArgs& args);
plan::Answer answer_to(const plan::Planner& planner, const PlanAsked& asked);
// What the judge finds broken.
std::vector<std::string> broken_by(const World& world,
                                   const PlanAsked& asked,
                                   const plan::Answer& answer);
// An answer as it is told: all of it, or where there are more than asked for, as many as text would
// show.
struct PlanTold {
  plan::Answer answer;
  // Reliability, policy, pairs, ranking and why not; of a planner that is stopped, less.
  report::PlanReportOptions options;
};
PlanTold told_of(const World& world,
                 const PlanArgs& args,
                 const plan::Planner& planner,
                 const PlanAsked& asked,
                 plan::Answer answer);

}  // namespace karvan::cli
