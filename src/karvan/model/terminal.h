#pragma once
// What a terminal has and how long its work takes: berths, cranes, stands, yards, tanks, hours.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/model/cargo.h"
#include "karvan/model/fleet.h"
#include "karvan/model/place.h"

namespace karvan {

struct Berth {
  std::string code;
  Id<Place> place;
  std::string name;
  int count = 1;
  std::vector<VesselKind> vessel_kinds;
  std::optional<double> length_m;
  std::optional<double> depth_m;       // at the sea's datum
  std::optional<double> rate_t_per_h;  // bulk and liquids
  std::optional<Hours> turnround;      // usual hours of a vessel alongside
  Fact fact;
};

enum class CraneKind { kQuay, kMobile, kGantry, kReachStacker };

template <>
struct EnumTexts<CraneKind> {
  static constexpr std::array values{
      std::pair{CraneKind::kQuay, std::string_view{"quay"}},
      std::pair{CraneKind::kMobile, std::string_view{"mobile"}},
      std::pair{CraneKind::kGantry, std::string_view{"gantry"}},
      std::pair{CraneKind::kReachStacker, std::string_view{"reach_stacker"}},
  };
};

struct Crane {
  std::string code;
  Id<Place> place;
  CraneKind kind = CraneKind::kQuay;
  int count = 1;
  double moves_per_hour = 0;  // each
  std::optional<double> lift_t;
  Fact fact;
};

// How a load unit passes from one gauge to the other.
enum class GaugeMethod { kTransshipment, kBogieExchange };

template <>
struct EnumTexts<GaugeMethod> {
  static constexpr std::array values{
      std::pair{GaugeMethod::kTransshipment, std::string_view{"transshipment"}},
      std::pair{GaugeMethod::kBogieExchange, std::string_view{"bogie_exchange"}},
  };
};

struct GaugeChange {
  std::string code;
  Id<Place> place;
  Gauge from;
  Gauge to;
  GaugeMethod method = GaugeMethod::kTransshipment;
  LoadUnitKind load_unit_kind = LoadUnitKind::kContainer;
  int stands = 1;               // wagons or gantries worked at once
  Law hours;                    // a consignment's fixed time: shunting, forming, queue
  double minutes_per_unit = 0;  // of work of one stand
  Usd usd_per_unit;
  Fact fact;
};

enum class YardOf { kContainers, kWagons, kTrucks, kTonnes };

template <>
struct EnumTexts<YardOf> {
  static constexpr std::array values{
      std::pair{YardOf::kContainers, std::string_view{"containers"}},
      std::pair{YardOf::kWagons, std::string_view{"wagons"}},
      std::pair{YardOf::kTrucks, std::string_view{"trucks"}},
      std::pair{YardOf::kTonnes, std::string_view{"tonnes"}},
  };
};

struct Yard {
  std::string code;
  Id<Place> place;
  YardOf of = YardOf::kContainers;
  double capacity = 0;  // TEU, wagons, trucks or tonnes
  Fact fact;
};

struct Tank {
  std::string code;
  Id<Place> place;
  std::string name;
  Id<Goods> goods;
  int count = 1;
  Tonnes capacity;             // of all together
  std::optional<Tonnes> heel;  // what cannot be pumped out
  Fact fact;
};

// When a terminal works. No row: round the clock.
struct OpeningHours {
  std::string code;
  Id<Place> place;
  Weekdays days;
  std::chrono::minutes opens{0};   // local time of day
  std::chrono::minutes closes{0};  // 24:00 = midnight
  Fact fact;
};

// Time, price and CO2e of moving a load unit between two sides of a terminal. The most specific row
// wins: a place's own before the general one (place empty).
struct Handling {
  std::string code;
  Id<Place> place;  // empty: everywhere
  Side from = Side::kGate;
  Side to = Side::kRail;
  LoadUnitKind from_kind = LoadUnitKind::kContainer;
  LoadUnitKind to_kind = LoadUnitKind::kContainer;  // differs where cargo is restowed
  Law hours;                                        // fixed time of a consignment
  double minutes_per_unit = 0;                      // of the arriving load unit
  Usd usd_per_unit;                                 // of the arriving load unit (tonne for bulk)
  double kg_co2e_per_t = 0;
  Fact fact;
};

}  // namespace karvan
