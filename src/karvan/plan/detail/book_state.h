#pragma once
// What a ReliabilityBook holds, for the files of this room that read it.

#include "karvan/plan/detail/law_tables.h"
#include "karvan/plan/reliability.h"

namespace karvan::plan {

struct ReliabilityBook::State {
  State(const detail::Engine& e, const LearnedLaws& learned, int step)
      : engine{e}, laws{e, step, learned} {}

  const detail::Engine& engine;
  detail::LawTables laws;
};

}  // namespace karvan::plan
