#pragma once
// Variations: one number of the data set or scaled on top of a scenario, by the operations that
// scenarios are written in; whatever a scenario can give a number to can be varied.
//
// Cells are named TABLE.ROWS.COLUMN. ROWS is an id ("vessels.aktau_class.speed_kn"), ids with * for
// any letters ("demand.*.quantity"), or conditions ("handling.place=aktau,from_side=rail.hours").

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/load/patch.h"
#include "karvan/load/scenario.h"

namespace karvan::load {

struct Tweak {
  std::string cells;       // TABLE.ROWS.COLUMN
  double value = 0;        // what they become, or what they are multiplied by
  bool is_factor = false;  // a law always keeps its shape; a value is then its mean
  bool within = false;     // a scaled number stops at the ends of its column's range
  std::string where;       // who asked, for complaints: "--sweep"
};

// load_scenario() with the tweaks laid over it in their order. The overlay keeps the scenario's
// name. Each tweak must hit at least one number.
std::optional<Scenario> load_varied(const Loaded& loaded,
                                    const Files& files,
                                    std::string_view name,
                                    std::span<const Tweak> tweaks,
                                    Complaints& complaints);

// The tweak as an operation of a scenario on the patch; what is wrong with it is complained about.
void apply_tweak(const Tweak& tweak, Patch& patch, Complaints& complaints);

}  // namespace karvan::load
