#include "karvan/testing/corridor_builder.h"

#include <algorithm>

#include "karvan/base/check.h"

namespace karvan::testing {
namespace {

template <class Row>
std::optional<Id<Row>> find(const Table<Row>& table, std::string_view code) {
  for (const Id<Row> id : table.ids()) {
    if (table[id].code == code) return id;
  }
  return std::nullopt;
}

std::string zone_name(std::chrono::minutes offset) {
  return "zone" + std::to_string(offset.count());
}

}  // namespace

CorridorBuilder::CorridorBuilder() {
  using namespace std::chrono;
  corridor.info.name = "tiny";
  corridor.info.title = "A corridor made in a test";
  corridor.info.calendar_from = Date{2026y / March / 1};
  corridor.info.calendar_until = Date{2026y / June / 1};
  add_load_units_and_goods();
  add_emission_factors();
  for (const auto& [mode, text] : EnumTexts<Mode>::values)
    corridor.crossings.push_back({.code = "any_" + std::string{text},
                                  .name = "any border by " + std::string{text},
                                  .mode = mode});
}

void CorridorBuilder::add_load_units_and_goods() {
  const auto add = [this](const char* code, LoadUnitKind kind, double teu, double payload, int mm) {
    return corridor.load_units.push_back({.code = code,
                                          .name = code,
                                          .kind = kind,
                                          .teu = Teu{teu},
                                          .payload = Tonnes{payload},
                                          .gauge = Gauge{mm}});
  };
  const auto box20 = add("box20", LoadUnitKind::kContainer, 1, 21, 0);
  const auto box40 = add("box40", LoadUnitKind::kContainer, 2, 26, 0);
  const auto wagon = add("wagon", LoadUnitKind::kWagon, 0, 60, 1520);
  const auto wagon_1435 = add("wagon_1435", LoadUnitKind::kWagon, 0, 50, 1435);
  const auto truck = add("truck", LoadUnitKind::kTruck, 0, 20, 0);
  const auto bulk = add("bulk", LoadUnitKind::kBulk, 0, 1, 0);
  corridor.goods.push_back({.code = "machinery",
                            .name = "machinery",
                            .tonnes_per_teu = Tonnes{10},
                            .load_units = {box20, box40, truck}});
  corridor.goods.push_back(
      {.code = "wheat", .name = "wheat", .is_food = true, .load_units = {wagon, wagon_1435, bulk}});
  corridor.goods.push_back({.code = "acid",
                            .name = "acid",
                            .hazard_class = "8",
                            .un_number = "1830",
                            .tonnes_per_teu = Tonnes{10},
                            .load_units = {box20, box40}});
  corridor.goods.push_back({.code = "explosives",
                            .name = "explosives",
                            .hazard_class = "1.1D",
                            .un_number = "0241",
                            .tonnes_per_teu = Tonnes{8},
                            .load_units = {box20, truck}});
}

void CorridorBuilder::add_emission_factors() {
  const auto add = [this](const char* code, Mode mode, double wtw, double ttw) {
    corridor.emission_factors.push_back(
        {.code = code, .mode = mode, .wtw_g_per_tkm = wtw, .ttw_g_per_tkm = ttw});
  };
  add("rail", Mode::kRail, 20, 15);
  add("sea", Mode::kSea, 30, 25);
  add("barge", Mode::kInlandWater, 25, 20);
  add("road", Mode::kRoad, 80, 65);
  add("pipe", Mode::kPipeline, 5, 0);
}

Id<Country> CorridorBuilder::country(const std::string& code) {
  if (const auto known = find(corridor.countries, code)) return *known;
  return corridor.countries.push_back({.code = code, .name = code, .grid_g_per_kwh = 500});
}

Id<Place> CorridorBuilder::place(const std::string& code,
                                 Id<Country> country,
                                 std::chrono::minutes utc_offset) {
  const std::string zone = zone_name(utc_offset);
  if (!find(corridor.time_zones, zone))
    corridor.time_zones.push_back({.code = zone, .zone = zone, .utc_offset = utc_offset});
  CHECK(!find(corridor.places, code));
  return corridor.places.push_back({.code = code, .name = code, .country = country, .zone = zone});
}

Id<Operator> CorridorBuilder::operator_of(const std::string& code) {
  if (const auto known = find(corridor.operators, code)) return *known;
  return corridor.operators.push_back({.code = code, .name = code});
}

Id<Regime> CorridorBuilder::regime(const std::string& code, RegimeKind kind) {
  if (const auto known = find(corridor.regimes, code)) return *known;
  return corridor.regimes.push_back({.code = code, .name = code, .kind = kind});
}

Id<LoadUnit> CorridorBuilder::unit(std::string_view code) const {
  const auto found = find(corridor.load_units, code);
  CHECK(found.has_value());
  return *found;
}

Id<Goods> CorridorBuilder::goods(std::string_view code) const {
  const auto found = find(corridor.goods, code);
  CHECK(found.has_value());
  return *found;
}

std::optional<Id<Place>> CorridorBuilder::find_place(std::string_view code) const {
  return find(corridor.places, code);
}

std::optional<Id<Service>> CorridorBuilder::find_service(std::string_view code) const {
  return find(corridor.services, code);
}

Id<Link> CorridorBuilder::link(Id<Place> from, Id<Place> to, Mode mode, Km length, Hours hours) {
  for (const Id<Link> id : corridor.links.ids()) {
    const Link& row = corridor.links[id];
    const bool is_same = (row.from == from && row.to == to) || (row.from == to && row.to == from);
    if (is_same && row.mode == mode) return id;
  }
  const std::string code = corridor.places[from].code + "-" + corridor.places[to].code + "-" +
                           std::string{to_text(mode)};
  return corridor.links.push_back({.code = code,
                                   .from = from,
                                   .to = to,
                                   .mode = mode,
                                   .length = length,
                                   .speed = length / hours});
}

void CorridorBuilder::add_general_handling() {
  for (const auto& [from, from_text] : EnumTexts<Side>::values) {
    for (const auto& [to, to_text_] : EnumTexts<Side>::values) {
      if (from == Side::kGate && to == Side::kGate) continue;
      for (const auto& [kind, kind_text] : EnumTexts<LoadUnitKind>::values) {
        corridor.handling.push_back({.code = std::string{from_text} + "_" + std::string{to_text_} +
                                             "_" + std::string{kind_text},
                                     .from = from,
                                     .to = to,
                                     .from_kind = kind,
                                     .to_kind = kind});
      }
    }
  }
}

void CorridorBuilder::add_general_tariffs() {
  const auto add = [this](const char* code, Mode mode, double per_unit_km, double per_t_km) {
    corridor.tariffs.push_back({.code = std::string{code} + "_units",
                                .mode = mode,
                                .per_unit_km = Usd{per_unit_km},
                                .per_t_km = Usd{per_t_km}});
  };
  add("rail", Mode::kRail, 0.5, 0);
  add("sea", Mode::kSea, 1, 0);
  add("barge", Mode::kInlandWater, 0.4, 0);
  add("road", Mode::kRoad, 1.5, 0);
  add("pipe", Mode::kPipeline, 0, 0.01);
}

}  // namespace karvan::testing
