#include "karvan/load/schema.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/load/cell.h"
#include "karvan/model/corridor.h"

namespace karvan::load {
namespace {

struct Unit {
  std::string_view ending;  // of a column's name
  std::string_view unit;
};

// Longer endings first where one is the end of another.
constexpr std::array<Unit, 45> kUnits{{
    {"_usd_per_t", "USD/t"},
    {"usd_per_unit_day", "USD per unit and day"},
    {"usd_per_unit", "USD per unit"},
    {"usd_per_consignment", "USD"},
    {"kg_co2e_per_t", "kg CO2e/t"},
    {"minutes_per_unit", "min per unit"},
    {"g_per_kwh", "g CO2e/kWh"},
    {"g_per_tkm", "g CO2e/tkm"},
    {"kwh_per_tkm", "kWh/tkm"},
    {"density_t_per_m3", "t/m3"},
    {"_t_per_teu", "t/TEU"},
    {"t_per_teu", "t/TEU"},
    {"_t_per_h", "t/h"},
    {"_t_per_year", "t/year"},
    {"t_per_cm", "t/cm"},
    {"_cm_per_year", "cm/year"},
    {"_pairs_per_day", "train pairs/day"},
    {"departures_per_week", "per week"},
    {"moves_per_hour", "moves/h"},
    {"per_unit_km", "currency per unit and km"},
    {"per_t_km", "currency/tkm"},
    {"per_unit", "currency per unit"},
    {"per_t", "currency/t"},
    {"utc_offset", ""},
    {"fixed", "currency"},
    {"minimum", "currency"},
    {"_percent", "%"},
    {"_hours", "h"},
    {"_days", "days"},
    {"_wagons", "wagons"},
    {"_trucks", "trucks"},
    {"_teu", "TEU"},
    {"_kmh", "km/h"},
    {"_km", "km"},
    {"_kw", "kW"},
    {"_kn", "kn"},
    {"_mm", "mm"},
    {"_cm", "cm"},
    {"_m3", "m3"},
    {"_in", "in"},
    {"_m", "m"},
    {"_t", "t"},
    {"_c", "degrees C"},
    {"lon", "degrees"},
    {"lat", "degrees"},
}};

// The nearest name, or one that begins alike ("datum_m" for "datum").
std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.empty() || name.size() > 64) return {};
  const auto near = closest(name, candidates, std::clamp<std::size_t>(name.size() / 3, 1, 3));
  if (!near.empty()) return "did you mean '" + near.front() + "'?";
  const std::string beginning = std::string{name} + "_";
  for (const std::string_view candidate : candidates) {
    if (candidate.starts_with(beginning)) return "did you mean '" + std::string{candidate} + "'?";
  }
  return {};
}

std::vector<TableSpec> make_table_specs() {
  std::vector<TableSpec> specs;
  for_each_table([&specs]<class Row>() { specs.push_back(schema<Row>().spec()); });
  for (TableSpec& table : specs) {
    for (ColumnSpec& column : table.columns) {
      if (column.table) column.reference = specs[*column.table].name;
    }
  }
  return specs;
}

}  // namespace

std::string_view unit_of(std::string_view column_name) {
  if (column_name == "hours") return "h";
  for (const auto& [ending, unit] : kUnits) {
    if (column_name.ends_with(ending)) return unit;
  }
  return {};
}

MaybeFault check_presence(std::string_view text, const ColumnSpec& column) {
  if (text.empty()) {
    if (!column.required) return std::nullopt;
    return CellFault{.message = "is empty; expected a " + column.type};
  }
  if (trim(text).size() != text.size()) {
    return CellFault{.message = "has blanks at an end", .hint = "remove them"};
  }
  return std::nullopt;
}

const std::vector<TableSpec>& table_specs() {
  static const std::vector<TableSpec> specs = make_table_specs();
  return specs;
}

std::optional<std::size_t> find_table(std::string_view name) {
  const auto& specs = table_specs();
  const auto at = std::ranges::find(specs, name, &TableSpec::name);
  if (at == specs.end()) return std::nullopt;
  return static_cast<std::size_t>(at - specs.begin());
}

std::optional<std::size_t> find_column(const TableSpec& table, std::string_view name) {
  const auto at = std::ranges::find(table.columns, name, &ColumnSpec::name);
  if (at == table.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(at - table.columns.begin());
}

std::string near_table(std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(kTableCount);
  for (const TableSpec& table : table_specs())
    names.emplace_back(table.name);
  return did_you_mean(name, names);
}

std::string near_column(const TableSpec& table, std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(table.columns.size());
  for (const ColumnSpec& column : table.columns)
    names.emplace_back(column.name);
  return did_you_mean(name, names);
}

}  // namespace karvan::load
