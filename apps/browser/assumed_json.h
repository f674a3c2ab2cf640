#pragma once
// Groups of assumed numbers, as JSON.

#include <span>
#include <string>

#include "karvan/load/assumed.h"

namespace karvan::browser {

// {ok, groups: [{name, table, cells, rows, notes}]}
std::string assumed_json(std::span<const load::AssumedGroup> groups);

}  // namespace karvan::browser
