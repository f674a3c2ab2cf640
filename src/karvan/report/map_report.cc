#include "karvan/report/map_report.h"

#include <vector>

#include "karvan/base/text.h"
#include "karvan/geo/geojson.h"
#include "karvan/report/shapes.h"

namespace karvan::report {
namespace {

std::string gauges_text(const std::vector<Gauge>& gauges) {
  std::vector<std::string> texts;
  for (const Gauge gauge : gauges)
    texts.push_back(std::to_string(gauge.mm));
  return join(texts, ";");
}

std::vector<GeoProperty> properties(const World& world, const Place& place) {
  std::vector<GeoProperty> all{{"id", place.code},
                               {"feature", "place"},
                               {"name", place.name},
                               {"kind", std::string{to_text(place.kind)}},
                               {"country", world[place.country].code},
                               {"zone", place.zone},
                               {"confidence", std::string{to_text(place.fact.confidence)}}};
  if (!place.unlocode.empty()) all.push_back({"unlocode", place.unlocode});
  if (!place.gauges.empty()) all.push_back({"gauges", gauges_text(place.gauges)});
  return all;
}

std::vector<GeoProperty> properties(const World& world, const Link& link, Date date) {
  std::vector<GeoProperty> all{{"id", link.code},
                               {"feature", "link"},
                               {"from", world[link.from].code},
                               {"to", world[link.to].code},
                               {"mode", std::string{to_text(link.mode)}},
                               {"length_km", link.length.value()},
                               {"speed_kmh", link.speed.value()},
                               {"status", std::string{to_text(link.status)}},
                               {"open", link.is_open(date) ? "yes" : "no"},
                               {"risk", std::string{to_text(link.risk)}},
                               {"confidence", std::string{to_text(link.fact.confidence)}}};
  if (!link.gauges.empty()) all.push_back({"gauges", gauges_text(link.gauges)});
  if (link.tracks) all.push_back({"tracks", static_cast<double>(*link.tracks)});
  if (link.electrified) all.push_back({"electrified", std::string{to_text(*link.electrified)}});
  if (link.capacity_pairs_per_day)
    all.push_back({"capacity_pairs_per_day", *link.capacity_pairs_per_day});
  if (link.capacity_t_per_year) all.push_back({"capacity_t_per_year", *link.capacity_t_per_year});
  if (link.open_from) all.push_back({"open_from", date_to_text(*link.open_from)});
  if (link.open_until) all.push_back({"open_until", date_to_text(*link.open_until)});
  return all;
}

}  // namespace

std::string map_geojson(const World& world, Date date) {
  GeoJsonWriter map;
  const Shapes shapes{world};
  for (const Id<Link> id : world.ids<Link>())
    map.add_line(shapes.line(id), properties(world, world[id], date));
  for (const Id<Place> id : world.ids<Place>())
    map.add_point(world[id].point(), properties(world, world[id]));
  return std::move(map).finish();
}

}  // namespace karvan::report
