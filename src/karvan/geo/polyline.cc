#include "karvan/geo/polyline.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/base/units.h"
#include "karvan/geo/earth.h"

namespace karvan {

namespace {

// Degrees of longitude from a to b the short way around, -180 to 180.
double lon_step(double a, double b) {
  return std::remainder(b - a, 360.0);
}

// Distance of p from the straight segment a-b on a flat map around a, where a degree of longitude
// shrinks with the cosine of the mean latitude.
Km distance_to_segment(const GeoPoint& p, const GeoPoint& a, const GeoPoint& b) {
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double shrink = std::cos((a.lat + b.lat) / 2.0 * kRadians);
  const double px = lon_step(a.lon, p.lon) * shrink;
  const double py = p.lat - a.lat;
  const double bx = lon_step(a.lon, b.lon) * shrink;
  const double by = b.lat - a.lat;
  const double square = bx * bx + by * by;
  const double along = square > 0.0 ? std::clamp((px * bx + py * by) / square, 0.0, 1.0) : 0.0;
  const double degrees = std::hypot(px - along * bx, py - along * by);
  return kEarthRadius * (degrees * kRadians);
}

}  // namespace

Km length(std::span<const GeoPoint> line) {
  Km sum;
  for (std::size_t i = 1; i < line.size(); ++i)
    sum += great_circle_distance(line[i - 1], line[i]);
  return sum;
}

GeoPoint point_at(std::span<const GeoPoint> line, Km along) {
  CHECK(!line.empty());
  if (along <= Km{}) return line.front();
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Km piece = great_circle_distance(line[i - 1], line[i]);
    if (along < piece) return great_circle_point(line[i - 1], line[i], along / piece);
    along -= piece;
  }
  return line.back();
}

std::vector<GeoPoint> simplify(std::span<const GeoPoint> line, Km tolerance) {
  CHECK(tolerance >= Km{});
  if (line.size() < 3) return {line.begin(), line.end()};
  std::vector<bool> keep(line.size(), false);
  keep.front() = true;
  keep.back() = true;
  // Stretches still to be judged, first and last point each.
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    Km farthest = tolerance;
    std::size_t split = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const Km distance = distance_to_segment(line[i], line[first], line[last]);
      if (distance > farthest) {
        farthest = distance;
        split = i;
      }
    }
    if (split == first) continue;
    keep[split] = true;
    open.emplace_back(first, split);
    open.emplace_back(split, last);
  }
  std::vector<GeoPoint> kept;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i]) kept.push_back(line[i]);
  }
  return kept;
}

std::vector<GeoPoint> unwrap(std::span<const GeoPoint> line) {
  std::vector<GeoPoint> smooth{line.begin(), line.end()};
  double turns = 0.0;  // degrees added to the longitudes from here on
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = line[i].lon - line[i - 1].lon;
    if (step > 180.0) turns -= 360.0;
    if (step < -180.0) turns += 360.0;
    smooth[i].lon = line[i].lon + turns;
  }
  return smooth;
}

}  // namespace karvan
