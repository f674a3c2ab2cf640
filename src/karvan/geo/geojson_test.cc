#include "karvan/geo/geojson.h"

#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/geo/earth.h"

namespace karvan {
namespace {

TEST(GeoJson, WritesPointsAndLines) {
  GeoJsonWriter map;
  map.add_point({.lon = 51.21, .lat = 43.6}, {{"name", "Aktau"}, {"berths", 12.0}});
  const std::vector<GeoPoint> line{{.lon = 51.21, .lat = 43.6}, {.lon = 49.4100004, .lat = -0.0}};
  map.add_line(line, {});
  EXPECT_EQ(std::move(map).finish(),
            "{\"type\":\"FeatureCollection\",\"features\":[\n"
            "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[51.21,43.6]},"
            "\"properties\":{\"name\":\"Aktau\",\"berths\":12}},\n"
            "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
            "[[51.21,43.6],[49.41,0]]},\"properties\":{}}\n"
            "]}\n");
}

TEST(GeoJson, MayBeEmpty) {
  EXPECT_EQ(GeoJsonWriter{}.finish(), "{\"type\":\"FeatureCollection\",\"features\":[]}\n");
}

TEST(GeoJson, ShowsNoNumberThatJsonCannot) {
  GeoJsonWriter map;
  map.add_point({}, {{"x", std::numeric_limits<double>::infinity()}, {"y", 0.1}});
  EXPECT_NE(std::move(map).finish().find("{\"x\":null,\"y\":0.1}"), std::string::npos);
}

}  // namespace
}  // namespace karvan
