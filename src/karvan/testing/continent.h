#pragma once
// A continent made from a seed, for measuring what planning costs far beyond the corridor that is
// shipped: terminals scattered over a plane and joined to their nearest neighbors, trains that call
// at several of them, coasters between ports, shuttles on demand. Borders take time, runs are late
// by laws, terminals ask for storage, so that all four criteria have something to say. Every figure
// is invented.

#include <cstdint>

#include "karvan/testing/corridor_builder.h"

namespace karvan::testing {

struct ContinentSize {
  int places = 1'000;  // 4..20,000, named p0, p1, ... by their distance to the west
  int services = 2'000;
  int days = 180;     // of timetables
  double growth = 1;  // departures are so many times as frequent
  std::uint64_t seed = 1;
};

// The same for the same size everywhere.
Corridor continent(const ContinentSize& size);

}  // namespace karvan::testing
