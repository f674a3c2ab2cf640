#pragma once
// The kernel's clock. A Time is a whole number of ticks since an epoch that the model chooses; what
// a tick is (a microsecond, a second) is the model's affair too. Integers make ties exact and equal
// on every machine (OMNeT++'s lesson); 63 bits of microseconds are 292 000 years.

#include <cstdint>
#include <limits>

namespace karvan::des {

using Time = std::int64_t;

// The instant that never comes. Nothing can be scheduled at it; do not add to it.
inline constexpr Time kNever = std::numeric_limits<Time>::max();
inline constexpr Time kEarliest = std::numeric_limits<Time>::min();

// What happens, in the model's own numbers: `kind` selects a case of its switch, `subject` the
// entity or station concerned.
struct Event {
  std::uint32_t kind = 0;
  std::uint32_t subject = 0;

  friend constexpr bool operator==(const Event&, const Event&) = default;
};

// Order of events at one instant: the smaller comes first; equal ones come in the order in which
// they were scheduled. 0 to 15.
using Priority = std::uint8_t;
inline constexpr Priority kPriorityCount = 16;
inline constexpr Priority kUsual = 8;

}  // namespace karvan::des
