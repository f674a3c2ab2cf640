#pragma once
// What a ReliabilityBook holds, for the files of this room that read it.

#include "karvan/plan/detail/law_tables.h"
#include "karvan/plan/reliability.h"

namespace karvan::plan {

struct ReliabilityBook::State {
  State(const Planner& planner, const LearnedLaws& learned, int step)
      : engine{planner.engine()}, stop{planner.stop()}, laws{engine, step, learned} {}

  const detail::Engine& engine;
  const std::atomic<bool>* stop;
  detail::LawTables laws;
};

}  // namespace karvan::plan
