#include "karvan/timetable/detail/feed_mode.h"

#include <array>
#include <optional>
#include <string_view>

#include "karvan/base/text.h"

namespace karvan::timetable::detail {
namespace {

struct TypeRange {
  int first;
  int last;
  Mode mode;
};

// Lorry transport by rail (112), vehicle transport by rail (115), train ferries (1011) and
// road-link ferries (1012) are within their ranges. Rail replacement buses (714) are buses.
constexpr std::array<TypeRange, 16> kRanges{{
    {0, 2, Mode::kRail},        // tram, subway, rail
    {3, 3, Mode::kRoad},        // bus
    {4, 4, Mode::kSea},         // ferry
    {5, 5, Mode::kRail},        // cable tram
    {7, 7, Mode::kRail},        // funicular
    {11, 11, Mode::kRoad},      // trolleybus
    {12, 12, Mode::kRail},      // monorail
    {100, 199, Mode::kRail},    // railways
    {200, 299, Mode::kRoad},    // coaches
    {300, 699, Mode::kRail},    // suburban, urban, metro, underground
    {700, 899, Mode::kRoad},    // buses, trolleybuses
    {900, 999, Mode::kRail},    // trams
    {1000, 1099, Mode::kSea},   // by water
    {1200, 1299, Mode::kSea},   // ferries
    {1400, 1499, Mode::kRail},  // funiculars
    {1500, 1599, Mode::kRoad},  // taxis
}};

}  // namespace

std::optional<Mode> mode_of_route_type(std::string_view text) {
  const auto type = parse_int<int>(text);
  if (!type) return std::nullopt;
  for (const TypeRange& range : kRanges) {
    if (range.first <= *type && *type <= range.last) return range.mode;
  }
  return std::nullopt;
}

std::string_view route_type_of(Mode mode) {
  switch (mode) {
    case Mode::kRail:
      return "2";
    case Mode::kSea:
    case Mode::kInlandWater:
      return "4";
    case Mode::kRoad:
    case Mode::kPipeline:
      break;
  }
  return "3";
}

}  // namespace karvan::timetable::detail
