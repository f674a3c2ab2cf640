#include "karvan/geo/earth.h"

#include <limits>
#include <numbers>

#include <GeographicLib/Geodesic.hpp>
#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan {
namespace {

constexpr GeoPoint kAktau{.lon = 51.21, .lat = 43.60};
constexpr GeoPoint kAlat{.lon = 49.41, .lat = 39.95};

TEST(GreatCircle, AgreesWithTheGeodesicOnTheEllipsoid) {
  // GeographicLib is the second opinion: a sphere may differ by its flattening, 0.56 % at most.
  const GeographicLib::Geodesic& wgs84 = GeographicLib::Geodesic::WGS84();
  RandomStream random{1, "earth"};
  const auto point = [&random] {
    return GeoPoint{.lon = random.uniform01() * 360.0 - 180.0,
                    .lat = random.uniform01() * 180.0 - 90.0};
  };
  for (int i = 0; i < 2000; ++i) {
    const GeoPoint a = point();
    const GeoPoint b = point();
    double meters = 0.0;
    wgs84.Inverse(a.lat, a.lon, b.lat, b.lon, meters);
    EXPECT_NEAR(great_circle_distance(a, b).value(), meters / 1000.0, meters / 1000.0 * 0.0056);
  }
}

TEST(GreatCircle, CrossesTheCaspian) {
  // GeographicLib gives 430.5 km between these two points.
  EXPECT_NEAR(great_circle_distance(kAktau, kAlat).value(), 430.5, 2.4);
}

TEST(GreatCircle, IsExactForNearAndOppositePoints) {
  EXPECT_EQ(great_circle_distance(kAktau, kAktau).value(), 0.0);
  const GeoPoint meter_north{.lon = kAktau.lon, .lat = kAktau.lat + 1.0 / 111'195.08};
  EXPECT_NEAR(great_circle_distance(kAktau, meter_north).value(), 0.001, 1e-8);
  const double half = kEarthRadius.value() * std::numbers::pi;
  EXPECT_NEAR(great_circle_distance({.lat = 90.0}, {.lat = -90.0}).value(), half, 1e-6);
  EXPECT_NEAR(great_circle_distance({.lon = 10.0}, {.lon = -170.0}).value(), half, 1e-6);
}

TEST(GreatCircle, TakesTheShortWayOverTheAntimeridian) {
  const Km distance = great_circle_distance({.lon = 179.0}, {.lon = -179.0});
  EXPECT_NEAR(distance.value(), 222.39, 0.01);
}

TEST(GreatCirclePoint, DividesTheWay) {
  for (const double fraction : {0.0, 0.25, 0.5, 1.0}) {
    const GeoPoint p = great_circle_point(kAktau, kAlat, fraction);
    const double whole = great_circle_distance(kAktau, kAlat).value();
    EXPECT_NEAR(great_circle_distance(kAktau, p).value(), whole * fraction, 1e-6);
    EXPECT_NEAR(great_circle_distance(p, kAlat).value(), whole * (1.0 - fraction), 1e-6);
  }
  EXPECT_EQ(great_circle_point(kAktau, kAktau, 0.7), kAktau);
}

TEST(IsOnEarth, RefusesWhatNoMapShows) {
  EXPECT_TRUE(is_on_earth(kAktau));
  EXPECT_TRUE(is_on_earth({.lon = -180.0, .lat = 90.0}));
  EXPECT_FALSE(is_on_earth({.lon = 180.1}));
  EXPECT_FALSE(is_on_earth({.lat = -90.5}));
  EXPECT_FALSE(is_on_earth({.lon = std::numeric_limits<double>::quiet_NaN()}));
}

}  // namespace
}  // namespace karvan
