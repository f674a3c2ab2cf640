#pragma once
// Demand (what wants to move) and observations (what was seen).

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/model/cargo.h"
#include "karvan/model/link.h"
#include "karvan/model/place.h"

namespace karvan {

// Twelve weights, January first; only their proportions count.
struct MonthProfile {
  std::string code;
  std::string name;
  std::vector<double> weights;
  Fact fact;
};

enum class DemandUnit { kTonnes, kTeu };

template <>
struct EnumTexts<DemandUnit> {
  static constexpr std::array values{
      std::pair{DemandUnit::kTonnes, std::string_view{"t"}},
      std::pair{DemandUnit::kTeu, std::string_view{"TEU"}},
  };
};

enum class ArrivalPattern { kBlockTrain, kPoisson, kBatch, kContinuous };

template <>
struct EnumTexts<ArrivalPattern> {
  static constexpr std::array values{
      std::pair{ArrivalPattern::kBlockTrain, std::string_view{"block_train"}},
      std::pair{ArrivalPattern::kPoisson, std::string_view{"poisson"}},
      std::pair{ArrivalPattern::kBatch, std::string_view{"batch"}},
      std::pair{ArrivalPattern::kContinuous, std::string_view{"continuous"}},
  };
};

struct Demand {
  std::string code;
  std::string market;
  int year = 2024;
  Id<Place> from;
  Id<Place> to;
  Id<Goods> goods;
  Id<LoadUnit> load_unit;
  double quantity = 0;  // a year
  DemandUnit unit = DemandUnit::kTonnes;
  Id<MonthProfile> month_profile;
  ArrivalPattern arrivals = ArrivalPattern::kPoisson;
  double batch = 1;               // of `unit`, in one arrival
  std::vector<Id<Place>> via;     // it is known to pass one of these; empty: any way
  std::optional<Mode> main_mode;  // known to carry it farthest; empty: any
  Fact fact;
};

// What part of the model an observation can be held against.
enum class Measure {
  kRailLength,
  kLinkLength,
  kRunningTime,
  kSpeed,
  kTransitTime,
  kPrice,
  kBorderTime,
  kHandlingTime,
  kCapacity,
  kThroughput,
  kOther,
};

template <>
struct EnumTexts<Measure> {
  static constexpr std::array values{
      std::pair{Measure::kRailLength, std::string_view{"rail_length"}},
      std::pair{Measure::kLinkLength, std::string_view{"link_length"}},
      std::pair{Measure::kRunningTime, std::string_view{"running_time"}},
      std::pair{Measure::kSpeed, std::string_view{"speed"}},
      std::pair{Measure::kTransitTime, std::string_view{"transit_time"}},
      std::pair{Measure::kPrice, std::string_view{"price"}},
      std::pair{Measure::kBorderTime, std::string_view{"border_time"}},
      std::pair{Measure::kHandlingTime, std::string_view{"handling_time"}},
      std::pair{Measure::kCapacity, std::string_view{"capacity"}},
      std::pair{Measure::kThroughput, std::string_view{"throughput"}},
      std::pair{Measure::kOther, std::string_view{"other"}},
  };
};

struct Observation {
  std::string code;
  std::string quantity;  // in words
  Measure measure = Measure::kOther;
  Id<Place> from;  // empty where it is not about two places
  Id<Place> to;
  std::vector<Id<Place>> via;  // the path that is meant, where there are several
  Id<LoadUnit> load_unit;
  std::string market;  // begins the names of the markets that are counted; empty: all
  double low = 0;
  double high = 0;
  std::string unit;    // km, h, day, USD, t, TEU, ...
  std::string period;  // "2024-03", "2019", "2025-10/2026-01"
  std::string kind;    // observed, planned, stated, tariff, capacity, forecast, ...
  std::optional<double> tolerance_percent;
  std::string use;  // what it is held against
  Fact fact;
};

// A dated restriction: history, or what a scenario adds. `code_of` names a row of the table that
// `reach` says.
struct Closure {
  std::string code;
  ClosureReach reach = ClosureReach::kLink;
  std::string code_of;
  Date from{};
  std::optional<Date> until;  // first day open again
  double share_left = 0;      // capacity that remains, 0..1; planners treat 0 as closed
  std::string reason;
  Fact fact;
};

}  // namespace karvan
