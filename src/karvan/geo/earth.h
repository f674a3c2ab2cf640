#pragma once
// Points on the earth and the shortest way between them. The earth is a sphere of the IUGG mean
// radius, 6371.0088 km: within 0.56 % of the WGS 84 geodesic everywhere, far below what detours of
// real track and sea lanes add. Angles are degrees, longitude first as in GeoJSON.

#include "karvan/base/units.h"

namespace karvan {

struct GeoPoint {
  double lon = 0.0;  // degrees east, -180 to 180 (beyond only after unwrapping, see polyline.h)
  double lat = 0.0;  // degrees north, -90 to 90

  friend constexpr bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

inline constexpr Km kEarthRadius{6371.0088};

// True for finite longitude within -180..180 and latitude within -90..90.
bool is_on_earth(const GeoPoint& point);

// By the haversine formula (Sinnott 1984), exact on the sphere also for near and opposite points.
Km great_circle_distance(const GeoPoint& a, const GeoPoint& b);

// The point at `fraction` of the great circle from a (0) to b (1). Opposite points have no
// single shortest way: the nearer end is given. The longitude lies in -180..180.
GeoPoint great_circle_point(const GeoPoint& a, const GeoPoint& b, double fraction);

}  // namespace karvan
