#pragma once
// A path: links in the order and direction in which cargo passes them.

#include <span>
#include <vector>

#include "karvan/model/world.h"

namespace karvan {

// A link in the direction of travel.
struct Passage {
  Id<Link> link;
  Id<Place> from;
  Id<Place> to;

  friend bool operator==(const Passage&, const Passage&) = default;
};

// The links passed from `start` on; nothing where the chain does not hang together.
std::optional<std::vector<Passage>> passages(const World& world,
                                             Id<Place> start,
                                             std::span<const Id<Link>> links);

// Whether the two ends of a passage lie in different countries.
inline bool crosses_border(const World& world, const Passage& passage) {
  return world[passage.from].country != world[passage.to].country;
}

Km length(const World& world, std::span<const Passage> path);

}  // namespace karvan
