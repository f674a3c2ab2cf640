#pragma once
// Mode: how cargo moves; Gauge: the distance between rails. Shared by links, services and tariffs.

#include <array>
#include <compare>
#include <string_view>
#include <utility>

#include "karvan/base/enum_text.h"

namespace karvan {

enum class Mode { kRail, kSea, kInlandWater, kRoad, kPipeline };

template <>
struct EnumTexts<Mode> {
  static constexpr std::array values{
      std::pair{Mode::kRail, std::string_view{"rail"}},
      std::pair{Mode::kSea, std::string_view{"sea"}},
      std::pair{Mode::kInlandWater, std::string_view{"inland_water"}},
      std::pair{Mode::kRoad, std::string_view{"road"}},
      std::pair{Mode::kPipeline, std::string_view{"pipeline"}},
  };
};

// A side of a handling at a terminal: a mode, or the gate where the shipper brings or fetches
// cargo.
enum class Side { kGate, kRail, kSea, kInlandWater, kRoad, kPipeline };

template <>
struct EnumTexts<Side> {
  static constexpr std::array values{
      std::pair{Side::kGate, std::string_view{"gate"}},
      std::pair{Side::kRail, std::string_view{"rail"}},
      std::pair{Side::kSea, std::string_view{"sea"}},
      std::pair{Side::kInlandWater, std::string_view{"inland_water"}},
      std::pair{Side::kRoad, std::string_view{"road"}},
      std::pair{Side::kPipeline, std::string_view{"pipeline"}},
  };
};

constexpr Side side_of(Mode mode) {
  switch (mode) {
    case Mode::kRail:
      return Side::kRail;
    case Mode::kSea:
      return Side::kSea;
    case Mode::kInlandWater:
      return Side::kInlandWater;
    case Mode::kRoad:
      return Side::kRoad;
    case Mode::kPipeline:
      return Side::kPipeline;
  }
  return Side::kGate;
}

// Millimetres between the rails: 1435 (standard) or 1520 (broad). 0 means "no rails".
struct Gauge {
  int mm = 0;

  constexpr bool is_rail() const { return mm != 0; }
  friend constexpr auto operator<=>(Gauge, Gauge) = default;
};

// What pulls a train; priced and counted for CO2e differently.
enum class Traction { kElectric, kDiesel };

template <>
struct EnumTexts<Traction> {
  static constexpr std::array values{
      std::pair{Traction::kElectric, std::string_view{"electric"}},
      std::pair{Traction::kDiesel, std::string_view{"diesel"}},
  };
};

}  // namespace karvan
