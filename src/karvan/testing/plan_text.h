#pragma once
// An answer of `plan` in plain lines, for golden cases: what a forwarder would tell on the
// telephone.

#include <string>

#include "karvan/plan/answer.h"

namespace karvan::testing {

std::string plan_text(const World& world, const plan::Answer& answer);

}  // namespace karvan::testing
