#include "karvan/geo/earth.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "karvan/base/units.h"

namespace karvan {

namespace {

constexpr double kRadians = std::numbers::pi / 180.0;

struct Vector {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

Vector to_vector(const GeoPoint& p) {
  const double lon = p.lon * kRadians;
  const double lat = p.lat * kRadians;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

GeoPoint to_point(const Vector& v) {
  return {.lon = std::atan2(v.y, v.x) / kRadians,
          .lat = std::atan2(v.z, std::hypot(v.x, v.y)) / kRadians};
}

// The angle between two points at the center of the earth, in radians.
double central_angle(const GeoPoint& a, const GeoPoint& b) {
  const double half_lat = std::sin((b.lat - a.lat) * kRadians / 2.0);
  const double half_lon = std::sin((b.lon - a.lon) * kRadians / 2.0);
  const double haversine = half_lat * half_lat + std::cos(a.lat * kRadians) *
                                                     std::cos(b.lat * kRadians) * half_lon *
                                                     half_lon;
  return 2.0 * std::asin(std::sqrt(std::clamp(haversine, 0.0, 1.0)));
}

}  // namespace

bool is_on_earth(const GeoPoint& point) {
  // Comparisons with NaN are false, so NaN is refused too.
  return point.lon >= -180.0 && point.lon <= 180.0 && point.lat >= -90.0 && point.lat <= 90.0;
}

Km great_circle_distance(const GeoPoint& a, const GeoPoint& b) {
  return kEarthRadius * central_angle(a, b);
}

GeoPoint great_circle_point(const GeoPoint& a, const GeoPoint& b, double fraction) {
  // Spherical linear interpolation (Shoemake 1985) of the two unit vectors.
  const double angle = central_angle(a, b);
  const double sine = std::sin(angle);
  if (sine < 1e-12) return fraction < 0.5 ? a : b;  // same or opposite points
  const double wa = std::sin((1.0 - fraction) * angle) / sine;
  const double wb = std::sin(fraction * angle) / sine;
  const Vector va = to_vector(a);
  const Vector vb = to_vector(b);
  return to_point({wa * va.x + wb * vb.x, wa * va.y + wb * vb.y, wa * va.z + wb * vb.z});
}

}  // namespace karvan
