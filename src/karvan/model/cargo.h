#pragma once
// Goods (what is shipped) and load units (what it is shipped in).

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/units.h"
#include "karvan/model/fact.h"
#include "karvan/model/mode.h"

namespace karvan {

enum class LoadUnitKind { kContainer, kWagon, kTruck, kBulk, kBreakBulk, kLiquid };

template <>
struct EnumTexts<LoadUnitKind> {
  static constexpr std::array values{
      std::pair{LoadUnitKind::kContainer, std::string_view{"container"}},
      std::pair{LoadUnitKind::kWagon, std::string_view{"wagon"}},
      std::pair{LoadUnitKind::kTruck, std::string_view{"truck"}},
      std::pair{LoadUnitKind::kBulk, std::string_view{"bulk"}},
      std::pair{LoadUnitKind::kBreakBulk, std::string_view{"break_bulk"}},
      std::pair{LoadUnitKind::kLiquid, std::string_view{"liquid"}},
  };
};

// A box, wagon or truck; for bulk, break-bulk and liquids one unit is one tonne in a hold, tank or
// pipe.
struct LoadUnit {
  std::string code;
  std::string name;
  LoadUnitKind kind = LoadUnitKind::kContainer;
  Teu teu;         // 0 for all but containers (and trucks carrying them)
  Tonnes payload;  // usual load of one unit; 1 t for bulk and liquids
  Tonnes tare;     // 0 where it has none
  std::optional<double> length_m;
  std::optional<double> volume_m3;
  Gauge gauge;  // wagons only
  bool is_refrigerated = false;
  Fact fact;
};

struct Goods {
  std::string code;
  std::string name;
  std::string hs_chapter;  // two digits, Harmonized System
  std::string nhm;         // six or eight digits, UIC's list; may be empty
  std::optional<double> density_t_per_m3;
  std::optional<double> value_usd_per_t;
  std::string hazard_class;  // ADR/RID/IMDG class, empty if not dangerous
  std::string un_number;     // four digits, empty if not dangerous
  std::optional<double> temperature_min_c;
  std::optional<double> temperature_max_c;
  std::optional<Tonnes> tonnes_per_teu;  // usual load of one TEU of these goods
  bool is_food = false;                  // phytosanitary or veterinary inspection applies
  std::vector<Id<LoadUnit>> load_units;  // which may carry it
  Fact fact;
};

}  // namespace karvan
