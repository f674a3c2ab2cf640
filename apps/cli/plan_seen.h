#pragma once
// karvan plan --seen: laws of running times from legs that were seen.

#include <optional>
#include <string>

#include "karvan/model/world.h"
#include "karvan/plan/learned_laws.h"

namespace karvan::cli {

// From a file of executed legs, or of a simulation's events; none without a file. What is wrong
// with it, or how much was learned, is told on standard error; nothing then, if it is of no use.
std::optional<plan::LearnedLaws> learned_from(const World& world,
                                              const std::string& file,
                                              bool is_quiet);

}  // namespace karvan::cli
