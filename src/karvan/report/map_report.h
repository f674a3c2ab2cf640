#pragma once
// Map report: a corridor as GeoJSON: places as points, links as lines along their shapes, with the
// properties that a map colors and labels by.

#include <string>

#include "karvan/model/world.h"

namespace karvan::report {

// Links open on `date` have the property open = "yes".
std::string map_geojson(const World& world, Date date);

}  // namespace karvan::report
