#pragma once
// The name of one claim at a resource or store: good from the request until the release, stale
// for good after that. A ticket made by default is stale.

#include <cstdint>

namespace karvan::des {

struct Ticket {
  std::uint32_t index = 0;
  std::uint32_t generation = 0;

  friend constexpr bool operator==(const Ticket&, const Ticket&) = default;
};

}  // namespace karvan::des
