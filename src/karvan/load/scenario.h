#pragma once
// Scenarios: named differences from a corridor, or from another scenario, one TOML text each.
//
//   name = "kuryk_closed"                 as the file is called
//   title = "Kuryk closed"
//   description = "..."
//   parent = "base"                       the corridor itself, or another scenario
//   [[change]]                            cells of rows that are there
//   table = "links"
//   id = "kuryk-alat-sea"                 or ["a", "b"], or where = { mode = "sea", ... }: all rows
//   set = { status = "closed" }           that are like this; a list of values means any of them
//   [[scale]]                             numbers and laws (their hours) times a factor
//   table = "tariffs"
//   where = { operator = "kmtf" }
//   column = "per_unit"
//   factor = 1.2
//   [[add]]
//   table = "closures"
//   row = { id = "...", ... }
//   [[remove]]
//   table = "services"
//   id = "..."
//
// Operations are done in the order in which they are written, the parent's first. Values are texts,
// numbers, true/false (yes/no), dates, times, or lists (separated by ; in a cell).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/load/booked.h"
#include "karvan/load/build.h"
#include "karvan/model/overlay.h"

namespace karvan::load {

struct ScenarioInfo {
  std::string name;
  std::string title;
  std::string description;
  std::string parent;  // "base" or another scenario's name
};

enum class ChangeKind { kChanged, kAdded, kRemoved };

// One cell that differs from the corridor; the cells of an added row come one by one, the empty
// ones left out; a removed row comes once, without column.
struct CellChange {
  ChangeKind kind = ChangeKind::kChanged;
  std::string table;
  std::string id;
  std::string column;
  std::string from;
  std::string to;
};

struct Scenario {
  ScenarioInfo info;
  Overlay overlay;
  std::vector<CellChange> changes;  // by table, changed and removed rows first, then added ones
};

// The scenarios among the files ("scenarios/<name>.toml"), by name; those whose head cannot be read
// are complained about and left out.
std::vector<ScenarioInfo> list_scenarios(const Files& files,
                                         std::string_view folder,
                                         Complaints& complaints);

// Nothing if there is any error. The name "base" gives an empty overlay. What is wrong with the
// corridor without the scenario is not said again.
std::optional<Scenario> load_scenario(const Loaded& loaded,
                                      const Files& files,
                                      std::string_view name,
                                      Complaints& complaints);

// The same with the bookings of an operator laid over it (booked.h). The overlay keeps the
// scenario's name.
std::optional<Scenario> load_booked(const Loaded& loaded,
                                    const Files& files,
                                    std::string_view name,
                                    const BookedText& booked,
                                    Complaints& complaints);

}  // namespace karvan::load

namespace karvan {

template <>
struct EnumTexts<load::ChangeKind> {
  static constexpr std::array values{
      std::pair{load::ChangeKind::kChanged, std::string_view{"changed"}},
      std::pair{load::ChangeKind::kAdded, std::string_view{"added"}},
      std::pair{load::ChangeKind::kRemoved, std::string_view{"removed"}},
  };
};

}  // namespace karvan
