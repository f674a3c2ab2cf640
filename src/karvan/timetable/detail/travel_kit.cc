#include "karvan/timetable/detail/travel_kit.h"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/enum_text.h"
#include "karvan/model/corridor.h"

namespace karvan::timetable::detail {
namespace {

// Walks on and off like a truck rolls on and off; no rule of containers or wagons applies.
constexpr std::string_view kKind = "truck";

}  // namespace

void TravelKit::add(load::TableText& table,
                    std::string code,
                    load::TableText::Cells cells,
                    std::string_view note) {
  if (table.contains(code)) return;
  load::TableText::Row row(table.spec().columns.size());
  row[0] = std::move(code);
  row[table.column("confidence")] = "assumed";
  for (const auto& [name, text] : cells)
    row[table.column(name)] = text;
  row[table.column("note")] = note;
  row[table.column("source")] = source_;
  table.add(std::move(row));
}

void TravelKit::add_passengers() {
  add(tables_.of<LoadUnit>(), std::string{kPassenger},
      {{"name", "Passenger"}, {"kind", std::string{kKind}}, {"payload_t", "0.1"}},
      "A traveler with luggage, 100 kg.");
  add(tables_.of<Goods>(), std::string{kTravel},
      {{"name", "Travel"}, {"hs_chapter", "00"}, {"load_units", std::string{kPassenger}}},
      "People are no goods: 00 is no chapter of the Harmonized System.");
  add_handling(Side::kGate, Side::kGate);
  for (const Mode mode : modes_) {
    add_handling(Side::kGate, side_of(mode));
    add_handling(side_of(mode), Side::kGate);
    for (const Mode other : modes_)
      add_handling(side_of(mode), side_of(other));
    const std::string text{to_text(mode)};
    add(tables_.of<Tariff>(), "travel_" + text,
        {{"mode", text}, {"load_unit", std::string{kPassenger}}, {"per_unit", "0"}},
        "The timetable has no fares.");
  }
}

void TravelKit::add_handling(Side from, Side to) {
  if (from == to && from == Side::kGate) return;
  load::TableText& handling = tables_.of<Handling>();
  const std::string one{to_text(from)};
  const std::string other{to_text(to)};
  for (std::size_t row = 0; row < handling.size(); ++row) {
    if (handling.cell(row, "place").empty() && handling.cell(row, "from_side") == one &&
        handling.cell(row, "to_side") == other && handling.cell(row, "from_kind") == kKind &&
        handling.cell(row, "to_kind") == kKind)
      return;
  }
  add(handling, "travel_" + one + "_" + other,
      {{"from_side", one},
       {"to_side", other},
       {"from_kind", std::string{kKind}},
       {"to_kind", std::string{kKind}},
       {"hours", "0"}},
      "Changing takes no time of its own: the timetable has no transfer times.");
}

void TravelKit::add_change(const std::string& place, const std::string& hours) {
  for (const Mode mode : modes_) {
    for (const Mode other : modes_) {
      const std::string from{to_text(side_of(mode))};
      const std::string to{to_text(side_of(other))};
      add(tables_.of<Handling>(), "change_" + place + "_" + from + "_" + to,
          {{"place", place},
           {"from_side", from},
           {"to_side", to},
           {"from_kind", std::string{kKind}},
           {"to_kind", std::string{kKind}},
           {"hours", hours},
           {"confidence", "derived"}},
          "The longest of the timetable's least times for changing between platforms.");
    }
  }
}

void TravelKit::add_crossings() {
  const load::TableText& links = tables_.of<Link>();
  const load::TableText& places = tables_.of<Place>();
  const auto country_of = [&places](const std::string& place) {
    const std::optional<std::size_t> row = places.find(place);
    return row ? places.cell(*row, "country") : std::string{};
  };
  std::set<std::string> crossing_modes;
  for (std::size_t row = 0; row < links.size(); ++row) {
    const bool is_over =
        country_of(links.cell(row, "from_place")) != country_of(links.cell(row, "to_place"));
    if (is_over) crossing_modes.insert(links.cell(row, "mode"));
  }
  const load::TableText& crossings = tables_.of<Crossing>();
  for (std::size_t row = 0; row < crossings.size(); ++row) {
    const bool is_general = crossings.cell(row, "from_country").empty() &&
                            crossings.cell(row, "to_country").empty() &&
                            crossings.cell(row, "link").empty();
    if (is_general) crossing_modes.erase(crossings.cell(row, "mode"));
  }
  for (const std::string& mode : crossing_modes) {
    const std::string code = "any_" + mode;
    add(tables_.of<Crossing>(), code, {{"name", "Any border by " + mode}, {"mode", mode}},
        "Stops at borders are in the timetable.");
    add(tables_.of<CrossingStep>(), code + "_1",
        {{"crossing", code}, {"sequence", "1"}, {"kind", "handover"}, {"hours", "0"}},
        "Stops at borders are in the timetable.");
  }
}

void TravelKit::add_emissions() {
  load::TableText& factors = tables_.of<EmissionFactor>();
  std::set<std::string> known;
  for (std::size_t row = 0; row < factors.size(); ++row)
    known.insert(factors.cell(row, "mode"));
  for (const Mode mode : modes_) {
    const std::string text{to_text(mode)};
    if (known.contains(text)) continue;
    add(factors, "untold_" + text, {{"mode", text}, {"wtw_g_per_tkm", "0"}, {"ttw_g_per_tkm", "0"}},
        "The timetable tells no emissions: 0 stands for unknown.");
  }
}

}  // namespace karvan::timetable::detail
