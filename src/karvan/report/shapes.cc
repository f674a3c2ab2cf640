#include "karvan/report/shapes.h"

#include <algorithm>
#include <span>

#include "karvan/geo/polyline.h"

namespace karvan::report {

Shapes::Shapes(const World& world) : world_{world}, points_{group<Link>(world, &ShapePoint::link)} {
  for (std::vector<Id<ShapePoint>>& points : points_) {
    const auto by_sequence = [this](Id<ShapePoint> a, Id<ShapePoint> b) {
      return world_[a].sequence < world_[b].sequence;
    };
    std::ranges::stable_sort(points, by_sequence);
  }
}

std::vector<GeoPoint> Shapes::line(Id<Link> link) const {
  std::vector<GeoPoint> line{world_[world_[link].from].point()};
  for (const Id<ShapePoint> id : points_[link])
    line.push_back({.lon = world_[id].lon, .lat = world_[id].lat});
  line.push_back(world_[world_[link].to].point());
  return unwrap(line);
}

std::vector<GeoPoint> Shapes::line(const std::vector<Passage>& path) const {
  std::vector<GeoPoint> all;
  for (const Passage& passage : path) {
    std::vector<GeoPoint> piece = line(passage.link);
    if (world_[passage.link].from != passage.from) std::ranges::reverse(piece);
    const std::ptrdiff_t shared = all.empty() ? 0 : 1;
    all.insert(all.end(), piece.begin() + shared, piece.end());
  }
  return unwrap(all);
}

}  // namespace karvan::report
