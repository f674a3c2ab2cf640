#pragma once
// A scenario's JSON as the TOML it stands for, so that both forms have one reader (load/scenario.h)
// and one set of rules.

#include <string>

#include "karvan/base/result.h"

#include "json_gate.h"

namespace karvan::server {

// Only the shape is looked at here: members that TOML cannot say are errors. Operations in the
// order change, scale, add, remove.
Result<std::string> scenario_toml(const Json& json);

}  // namespace karvan::server
