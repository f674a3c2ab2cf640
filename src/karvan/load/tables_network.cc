// The schema of what stands on the map: sources, countries, clocks, seas, places, links.

#include "karvan/load/schema.h"

namespace karvan::load {

template <>
TableSchema<Source> schema_of<Source>() {
  return TableSchema<Source>{"sources",
                             "Publications, data sets and reasoning that figures rest on."}
      .key(&Source::code)
      .must("title", &Source::title, "What it is called, in English or as printed.")
      .must("publisher", &Source::publisher, "Who published it, or `Karvan` for our own reasoning.")
      .must("date", &Source::date,
            "Date of publication as printed: 2024-03-12, 2024-05, 2025, undated.")
      .may("address", &Source::address, "Web address, or where else it can be found.");
}

template <>
TableSchema<Country> schema_of<Country>() {
  return TableSchema<Country>{"countries", "Countries, their currency and their electricity."}
      .key(&Country::code)
      .must("name", &Country::name, "Short English name.")
      .must("currency", &Country::currency, "ISO 4217 code.")
      .may("grid_g_per_kwh", &Country::grid_g_per_kwh, "Grams CO2e per kWh generated.",
           between(0, 2000))
      .fact(&Country::fact);
}

template <>
TableSchema<ZonePeriod> schema_of<ZonePeriod>() {
  return TableSchema<ZonePeriod>{"time_zones", "Offsets from UTC, by zone and date."}
      .key(&ZonePeriod::code)
      .must("zone", &ZonePeriod::zone, "IANA name, e.g. Asia/Almaty.")
      .must("valid_from", &ZonePeriod::valid_from, "First local day of this offset.")
      .must("utc_offset", &ZonePeriod::utc_offset, "Standard time minus UTC, as +hh:mm.")
      .must("summer_time", &ZonePeriod::summer_time, "Rule for summer time (one hour ahead).")
      .fact(&ZonePeriod::fact);
}

template <>
TableSchema<Sea> schema_of<Sea>() {
  return TableSchema<Sea>{"seas", "Seas and lakes: one water level and one weather each."}
      .key(&Sea::code)
      .must("name", &Sea::name, "English name.")
      .may("datum_m", &Sea::datum_m, "Level (Baltic system) at which published depths hold.")
      .may("trend_cm_per_year", &Sea::trend_cm_per_year, "Change after the last row of sea_levels.",
           between(-100, 100))
      .may("season_amplitude_cm", &Sea::season_amplitude_cm, "Half the yearly swing; top in July.",
           between(0, 300))
      .may("setup_cm", &Sea::setup_cm, "Standard deviation of wind set-up at the berths.",
           between(0, 300))
      .fact(&Sea::fact);
}

template <>
TableSchema<Place> schema_of<Place>() {
  return TableSchema<Place>{"places", "Terminals, junctions, ports, borders and cities."}
      .key(&Place::code)
      .must("name", &Place::name, "Name in English.")
      .may("other_names", &Place::other_names, "Other spellings people type, separated by ;.")
      .must("kind", &Place::kind, "What it is.")
      .must("country", &Place::country, "Country it lies in.")
      .may("unlocode", &Place::unlocode, "UN/LOCODE, five characters; empty if none was found.")
      .must("lon", &Place::lon, "Degrees east.", between(-180, 180))
      .must("lat", &Place::lat, "Degrees north.", between(-90, 90))
      .must("zone", &Place::zone, "IANA time zone; must stand in time_zones.")
      .may("gauges", &Place::gauges, "Track gauges in mm, separated by ;. Empty: no rails.")
      .may("sea", &Place::sea, "Sea it lies on.")
      .may("unreachable_note", &Place::unreachable_note, "Why no link ends here, if none does.")
      .fact(&Place::fact);
}

template <>
TableSchema<Link> schema_of<Link>() {
  return TableSchema<Link>{"links", "Physical connections between two places, meant both ways."}
      .key(&Link::code)
      .must("from_place", &Link::from, "One end.")
      .must("to_place", &Link::to, "Other end.")
      .must("mode", &Link::mode, "How cargo moves on it.")
      .must("length_km", &Link::length, "Length.", between(0.1, 30000))
      .must("speed_kmh", &Link::speed, "Typical moving speed without stops.", between(1, 200))
      .may("gauges", &Link::gauges, "Rail: gauges laid, mm, separated by ;.")
      .may("tracks", &Link::tracks, "Rail: number of tracks.", between(1, 4))
      .may("electrified", &Link::electrified, "Rail: whether it has overhead wire.")
      .may("capacity_pairs_per_day", &Link::capacity_pairs_per_day, "Train pairs a day.",
           between(0, 500))
      .may("capacity_t_per_year", &Link::capacity_t_per_year, "Where only tonnage is published.",
           at_least(0))
      .may("train_length_m", &Link::train_length_m, "Longest train.", between(50, 3000))
      .may("train_mass_t", &Link::train_mass_t, "Heaviest train, gross.", between(100, 20000))
      .must("status", &Link::status, "Whether it can be used.")
      .may("open_from", &Link::open_from, "First day of use.")
      .may("open_until", &Link::open_until, "First day without use.")
      .may("risk", &Link::risk, "Why a shipper may refuse it.")
      .fact(&Link::fact);
}

template <>
TableSchema<ShapePoint> schema_of<ShapePoint>() {
  return TableSchema<ShapePoint>{"shape_points",
                                 "Vertices of links between their ends, for the map."}
      .key(&ShapePoint::code)
      .must("link", &ShapePoint::link, "Link it belongs to.")
      .must("sequence", &ShapePoint::sequence, "Order from from_place to to_place.", at_least(1))
      .must("lon", &ShapePoint::lon, "Degrees east.", between(-180, 360))
      .must("lat", &ShapePoint::lat, "Degrees north.", between(-90, 90))
      .may("name", &ShapePoint::name, "Station or waypoint.")
      .fact(&ShapePoint::fact);
}

template <>
TableSchema<Pipeline> schema_of<Pipeline>() {
  return TableSchema<Pipeline>{"pipelines", "The hydraulic side of pipeline links."}
      .key(&Pipeline::code)
      .must("link", &Pipeline::link, "Pipeline link.")
      .must("name", &Pipeline::name, "What people call it.")
      .must("rate_max_t_per_h", &Pipeline::rate_max, "Highest flow.", at_least(0.1))
      .must("rate_min_t_per_h", &Pipeline::rate_min, "Lowest steady flow.", at_least(0))
      .must("fill_t", &Pipeline::fill, "What the line holds.", at_least(1))
      .may("diameter_in", &Pipeline::diameter_in, "Main diameter, inches.", between(1, 80))
      .may("pump_stations", &Pipeline::pump_stations, "Number of pump stations.", between(0, 100))
      .fact(&Pipeline::fact);
}

}  // namespace karvan::load
