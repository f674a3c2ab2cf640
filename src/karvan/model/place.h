#pragma once
// Countries, local time and places: where things are and what the clock says there.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/geo/earth.h"
#include "karvan/model/fact.h"
#include "karvan/model/mode.h"

namespace karvan {

struct Sea;

struct Country {
  std::string code;  // ISO 3166-1 alpha-2
  std::string name;
  std::string currency;                  // ISO 4217
  std::optional<double> grid_g_per_kwh;  // g CO2e per kWh generated, well-to-wheel
  Fact fact;
};

// Summer time: none, or the European rule (last Sunday of March to last Sunday of October, 01:00
// UTC).
enum class SummerTime { kNone, kEurope };

template <>
struct EnumTexts<SummerTime> {
  static constexpr std::array values{
      std::pair{SummerTime::kNone, std::string_view{"none"}},
      std::pair{SummerTime::kEurope, std::string_view{"europe"}},
  };
};

// One stretch of history of one zone. A zone has one row for each change of its standard offset.
struct ZonePeriod {
  std::string code;                    // unique row key, e.g. "asia_almaty_2024"
  std::string zone;                    // IANA name, e.g. "Asia/Almaty"
  Date valid_from{};                   // first local day of this offset
  std::chrono::minutes utc_offset{0};  // standard time minus UTC
  SummerTime summer_time = SummerTime::kNone;
  Fact fact;
};

enum class PlaceKind {
  kRailTerminal,
  kRailJunction,
  kSeaport,
  kFerryPort,
  kOilTerminal,
  kBorderRail,
  kBorderRoad,
  kInlandPort,
  kCity,
};

template <>
struct EnumTexts<PlaceKind> {
  static constexpr std::array values{
      std::pair{PlaceKind::kRailTerminal, std::string_view{"rail_terminal"}},
      std::pair{PlaceKind::kRailJunction, std::string_view{"rail_junction"}},
      std::pair{PlaceKind::kSeaport, std::string_view{"seaport"}},
      std::pair{PlaceKind::kFerryPort, std::string_view{"ferry_port"}},
      std::pair{PlaceKind::kOilTerminal, std::string_view{"oil_terminal"}},
      std::pair{PlaceKind::kBorderRail, std::string_view{"border_rail"}},
      std::pair{PlaceKind::kBorderRoad, std::string_view{"border_road"}},
      std::pair{PlaceKind::kInlandPort, std::string_view{"inland_port"}},
      std::pair{PlaceKind::kCity, std::string_view{"city"}},
  };
};

struct Place {
  std::string code;  // our own lower-case code, stable for ever
  std::string name;
  std::vector<std::string> other_names;  // spellings people type
  PlaceKind kind = PlaceKind::kCity;
  Id<Country> country;
  std::string unlocode;  // empty where none could be found
  double lon = 0;        // degrees east
  double lat = 0;        // degrees north
  std::string zone;      // IANA time zone
  std::vector<Gauge> gauges;
  Id<Sea> sea;                   // the sea it lies on, for weather and water level
  std::string unreachable_note;  // why no link ends here, if so
  Fact fact;

  GeoPoint point() const { return {.lon = lon, .lat = lat}; }
};

}  // namespace karvan
