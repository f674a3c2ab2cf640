#pragma once
// Every table of loaded data as texts, for whoever shows rows.

#include "karvan/load/build.h"
#include "karvan/load/scenario.h"
#include "karvan/report/catalog.h"

namespace karvan::cli {

// The scenario's changes are applied, if there is one.
report::Catalog catalog_of(const load::Loaded& loaded, const load::Scenario* scenario);

}  // namespace karvan::cli
