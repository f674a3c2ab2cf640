#include "karvan/model/path.h"

namespace karvan {

std::optional<std::vector<Passage>> passages(const World& world,
                                             Id<Place> start,
                                             std::span<const Id<Link>> links) {
  std::vector<Passage> path;
  path.reserve(links.size());
  Id<Place> here = start;
  for (const Id<Link> id : links) {
    const Link& link = world[id];
    if (link.from != here && link.to != here) return std::nullopt;
    const Id<Place> next = link.from == here ? link.to : link.from;
    path.push_back({.link = id, .from = here, .to = next});
    here = next;
  }
  return path;
}

Km length(const World& world, std::span<const Passage> path) {
  Km sum;
  for (const Passage& passage : path)
    sum += world[passage.link].length;
  return sum;
}

}  // namespace karvan
