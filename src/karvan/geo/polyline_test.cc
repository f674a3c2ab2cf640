#include "karvan/geo/polyline.h"

#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/geo/earth.h"

namespace karvan {
namespace {

using Line = std::vector<GeoPoint>;

const Line& bent_line() {
  static const Line line{
      {.lon = 50.0, .lat = 40.0}, {.lon = 51.0, .lat = 40.0}, {.lon = 51.0, .lat = 41.0}};
  return line;
}

TEST(Length, AddsThePieces) {
  const Line& line = bent_line();
  EXPECT_EQ(length(line),
            great_circle_distance(line[0], line[1]) + great_circle_distance(line[1], line[2]));
  EXPECT_EQ(length(Line{}), Km{});
  EXPECT_EQ(length(Line{line[0]}), Km{});
}

TEST(PointAt, WalksTheLine) {
  const Line& line = bent_line();
  EXPECT_EQ(point_at(line, Km{-1.0}), line.front());
  EXPECT_EQ(point_at(line, Km{1e6}), line.back());
  const Km first = great_circle_distance(line[0], line[1]);
  const GeoPoint after_bend = point_at(line, first + Km{10.0});
  EXPECT_NEAR(great_circle_distance(line[1], after_bend).value(), 10.0, 1e-6);
  EXPECT_NEAR(after_bend.lon, 51.0, 1e-9);
}

TEST(Simplify, DropsPointsOnTheWayAndKeepsBends) {
  const Line line{{.lon = 50.0, .lat = 40.0},
                  {.lon = 50.5, .lat = 40.001},
                  {.lon = 51.0, .lat = 40.0},
                  {.lon = 51.0, .lat = 41.0}};
  EXPECT_EQ(simplify(line, Km{1.0}), bent_line());
  EXPECT_EQ(simplify(line, Km{0.01}), line);
  EXPECT_EQ(simplify(bent_line(), Km{1000.0}), (Line{bent_line().front(), bent_line().back()}));
}

TEST(Simplify, KeepsBothEndsOfARandomLine) {
  RandomStream random{3, "simplify"};
  Line line;
  for (int i = 0; i < 300; ++i) {
    line.push_back({.lon = 50.0 + i * 0.01, .lat = 40.0 + random.uniform01() * 0.05});
  }
  std::size_t before = line.size();
  for (const double tolerance : {0.0, 0.5, 1.0, 2.0, 10.0}) {
    const Line kept = simplify(line, Km{tolerance});
    EXPECT_EQ(kept.front(), line.front());
    EXPECT_EQ(kept.back(), line.back());
    EXPECT_LE(kept.size(), before);
    before = kept.size();
  }
  EXPECT_EQ(before, 2U);
}

TEST(Unwrap, GoesOnBeyondTheAntimeridian) {
  const Line line{{.lon = 170.0}, {.lon = -175.0}, {.lon = -170.0}, {.lon = 175.0}};
  const Line smooth = unwrap(line);
  EXPECT_EQ(smooth, (Line{{.lon = 170.0}, {.lon = 185.0}, {.lon = 190.0}, {.lon = 175.0}}));
  EXPECT_EQ(unwrap(bent_line()), bent_line());
}

}  // namespace
}  // namespace karvan
