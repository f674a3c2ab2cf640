#pragma once
// Polylines: the drawn course of track, sea lane or pipe, as points from begin to end. Each piece
// between neighbors is a great circle.

#include <span>
#include <vector>

#include "karvan/base/units.h"
#include "karvan/geo/earth.h"

namespace karvan {

// Sum of the pieces; 0 for fewer than two points.
Km length(std::span<const GeoPoint> line);

// The point `along` kilometers from the begin; the begin or end itself beyond them. Requires at
// least one point.
GeoPoint point_at(std::span<const GeoPoint> line, Km along);

// Fewer points, none of the dropped ones farther than `tolerance` from the new line (Douglas,
// Peucker 1973, on a local flat map of each piece: meant for tolerances far below 1000 km). First
// and last stay. Requires tolerance >= 0.
std::vector<GeoPoint> simplify(std::span<const GeoPoint> line, Km tolerance);

// The same line with no step of more than 180 degrees of longitude: a line across the antimeridian
// goes on beyond 180 (or below -180) instead of jumping around the map.
std::vector<GeoPoint> unwrap(std::span<const GeoPoint> line);

}  // namespace karvan
