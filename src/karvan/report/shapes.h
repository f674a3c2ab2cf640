#pragma once
// Shapes: links as lines on the map.

#include <vector>

#include "karvan/geo/earth.h"
#include "karvan/model/path.h"

namespace karvan::report {

class Shapes {
 public:
  explicit Shapes(const World& world);

  // From one end over its shape points to the other; longitudes go on beyond 180 instead of
  // jumping. At least two points.
  std::vector<GeoPoint> line(Id<Link> link) const;
  // The links of a path joined, in the direction of travel.
  std::vector<GeoPoint> line(const std::vector<Passage>& path) const;

 private:
  World world_;
  Column<Link, std::vector<Id<ShapePoint>>> points_;  // in order
};

}  // namespace karvan::report
