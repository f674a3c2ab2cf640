#pragma once
// What was seen of a vehicle's way between two calls of a service: an executed leg, or one of a
// simulation. Laws of running times are learned from many of them.

#include "karvan/base/units.h"
#include "karvan/model/service.h"

namespace karvan {

// With cargo that was loaded and unloaded there.
struct MovementSeen {
  Id<Service> service;
  int from_sequence = 0;  // calls.sequence where it was loaded
  int to_sequence = 0;    // and unloaded
  Hours took;             // from loading to unloading, so with the borders on the way
};

}  // namespace karvan
