#pragma once
// Writes a found label out as an Itinerary: every leg, transfer, border and paper, with the same
// minutes, cents and grams that the search counted.

#include "karvan/plan/detail/search.h"

namespace karvan::plan::detail {

// `option` is one of found.options.
Itinerary itinerary_of(const Engine& engine,
                       const QueryTables& tables,
                       const Found& found,
                       std::uint32_t option);

}  // namespace karvan::plan::detail
