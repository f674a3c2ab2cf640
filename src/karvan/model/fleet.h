#pragma once
// Fleets: vessels by name, wagon pools, locomotives.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/units.h"
#include "karvan/model/cargo.h"
#include "karvan/model/mode.h"
#include "karvan/model/uncertainty.h"

namespace karvan {

struct Operator;
struct Service;
struct Country;

enum class VesselKind {
  kRailFerry,
  kRoPax,
  kRoRo,
  kContainerFeeder,
  kContainerShip,
  kDryBulk,
  kGeneralCargo,
  kTanker,
  kLpgCarrier,
  kBarge,
};

template <>
struct EnumTexts<VesselKind> {
  static constexpr std::array values{
      std::pair{VesselKind::kRailFerry, std::string_view{"rail_ferry"}},
      std::pair{VesselKind::kRoPax, std::string_view{"ro_pax"}},
      std::pair{VesselKind::kRoRo, std::string_view{"ro_ro"}},
      std::pair{VesselKind::kContainerFeeder, std::string_view{"container_feeder"}},
      std::pair{VesselKind::kContainerShip, std::string_view{"container_ship"}},
      std::pair{VesselKind::kDryBulk, std::string_view{"dry_bulk"}},
      std::pair{VesselKind::kGeneralCargo, std::string_view{"general_cargo"}},
      std::pair{VesselKind::kTanker, std::string_view{"tanker"}},
      std::pair{VesselKind::kLpgCarrier, std::string_view{"lpg_carrier"}},
      std::pair{VesselKind::kBarge, std::string_view{"barge"}},
  };
};

// A named vessel, or a class of `count` alike.
struct Vessel {
  std::string code;
  std::string name;
  VesselKind kind = VesselKind::kRailFerry;
  Id<Operator> operator_;
  std::string imo;  // seven digits with check digit; may be empty
  int count = 1;
  std::optional<Teu> capacity_teu;
  std::optional<double> capacity_wagons;
  std::optional<double> capacity_trucks;
  std::optional<Tonnes> deadweight;
  std::optional<double> length_m;
  std::optional<double> beam_m;
  double speed_kn = 0;                  // service speed, knots
  std::optional<double> draught_m;      // laden, as designed
  std::optional<double> tonnes_per_cm;  // cargo lost for each centimetre of water missing
  std::optional<int> built_year;
  std::vector<Id<Service>> services;  // which it may run
  Fact fact;
};

struct WagonPool {
  std::string code;
  std::string name;
  Id<Operator> operator_;
  Id<LoadUnit> load_unit;  // the wagon type (its gauge is there); or containers of a pool
  int count = 0;
  Fact fact;
};

struct Locomotive {
  std::string code;
  std::string name;
  Id<Operator> operator_;
  Traction traction = Traction::kDiesel;
  Gauge gauge;
  int count = 0;
  std::optional<double> power_kw;
  std::optional<double> train_mass_t;  // what one hauls on its ruling grade
  Fact fact;
};

// Time between failures and time to repair of a kind of thing.
enum class BreakdownOf { kVessel, kLocomotive, kCrane, kLink, kPumpStation };

template <>
struct EnumTexts<BreakdownOf> {
  static constexpr std::array values{
      std::pair{BreakdownOf::kVessel, std::string_view{"vessel"}},
      std::pair{BreakdownOf::kLocomotive, std::string_view{"locomotive"}},
      std::pair{BreakdownOf::kCrane, std::string_view{"crane"}},
      std::pair{BreakdownOf::kLink, std::string_view{"link"}},
      std::pair{BreakdownOf::kPumpStation, std::string_view{"pump_station"}},
  };
};

struct Breakdown {
  std::string code;
  BreakdownOf of = BreakdownOf::kVessel;
  std::optional<VesselKind> vessel_kind;  // empty: all
  Law between;                            // running hours between failures
  Law repair;                             // hours
  Fact fact;
};

}  // namespace karvan
