#pragma once
// The work behind Planner::why_not.

#include "karvan/plan/detail/engine.h"
#include "karvan/plan/why_not.h"

namespace karvan::plan::detail {

// `answer` is what the engine's planner answers to the question.
WhyNot why_not_of(const Engine& engine,
                  const Question& question,
                  const Answer& answer,
                  const Subject& subject);

}  // namespace karvan::plan::detail
