#pragma once
// A writer of GeoJSON text (RFC 7946): one FeatureCollection of points and lines with flat
// properties. Coordinates have at most 6 decimals (0.1 m). The text depends on nothing but the
// calls, in their order.
//
//   GeoJsonWriter map;
//   map.add_point({.lon = 51.2, .lat = 43.6}, {{"name", "Aktau"}, {"berths", 12.0}});
//   const std::string text = std::move(map).finish();

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "karvan/geo/earth.h"

namespace karvan {

// Name and value of a property. A number that JSON cannot show (infinite, not a number) is null.
struct GeoProperty {
  std::string name;
  std::variant<std::string, double> value;
};

class GeoJsonWriter {
 public:
  void add_point(const GeoPoint& point, const std::vector<GeoProperty>& properties);
  // Requires at least two points, as the standard does.
  void add_line(std::span<const GeoPoint> line, const std::vector<GeoProperty>& properties);

  // The whole text, ending in a line break. The writer is used up.
  std::string finish() &&;

 private:
  void begin_feature(std::string_view kind);
  void end_feature(const std::vector<GeoProperty>& properties);

  std::string text_ = "{\"type\":\"FeatureCollection\",\"features\":[";
  bool empty_ = true;
};

}  // namespace karvan
