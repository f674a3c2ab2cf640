// Invariants of what stands on the map.

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/table.h"
#include "karvan/base/text.h"
#include "karvan/base/time.h"
#include "karvan/base/units.h"
#include "karvan/geo/earth.h"
#include "karvan/model/corridor.h"
#include "karvan/model/detail/inspection.h"
#include "karvan/model/link.h"
#include "karvan/model/mode.h"
#include "karvan/model/place.h"
#include "karvan/model/world.h"

namespace karvan::detail {
namespace {

// A link is no shorter than the great circle between its ends, but for the accuracy of coordinates;
// longer than this is a slip or a strange detour. Ships go round continents.
constexpr double kShortest = 0.97;
constexpr double kLongest = 2.5;
constexpr double kLongestAtSea = 4;
constexpr Km kNear{1};
constexpr Km kFar{20};
constexpr std::chrono::years kLongestCalendar{30};

std::string km_text(Km length) {
  return format_fixed(length.value(), 1) + " km";
}

void check_info(Inspection& in) {
  const CorridorInfo& info = in.world.info();
  const At corridor{.table = "corridor", .row = 0, .code = info.name};
  if (info.calendar_from >= info.calendar_until) {
    in.say(corridor, "calendar_until", date_to_text(info.calendar_until),
           "is not after calendar_from");
  } else if (info.calendar_until - info.calendar_from > kLongestCalendar) {
    in.say(corridor, "calendar_until", date_to_text(info.calendar_until),
           "is more than 30 years after calendar_from");
  }
}

void check_countries(Inspection& in) {
  for (const Id<Country> id : in.world.ids<Country>()) {
    const Country& country = in.world[id];
    if (country.code.size() != 2 || !is_all(country.code, kCapitals)) {
      in.say(in.at("countries", id), "id", country.code, "is not an ISO 3166 code of two capitals");
    }
    if (country.currency.size() != 3 || !is_all(country.currency, kCapitals)) {
      in.say(in.at("countries", id), "currency", country.currency,
             "is not an ISO 4217 code of three capitals");
    }
  }
}

void check_time_zones(Inspection& in) {
  in.check_unique<ZonePeriod>("time_zones", "zone and day", [](const ZonePeriod& row) {
    return std::pair{row.zone, row.valid_from};
  });
  std::set<std::string, std::less<>> zones;
  for (const Id<ZonePeriod> id : in.world.ids<ZonePeriod>())
    zones.insert(in.world[id].zone);
  const std::vector<std::string> names{zones.begin(), zones.end()};
  for (const Id<Place> id : in.world.ids<Place>()) {
    const std::string& zone = in.world[id].zone;
    if (zones.contains(zone)) continue;
    const auto near = zone.size() > 64 ? std::vector<std::string>{} : closest(zone, names, 3);
    in.say(in.at("places", id), "zone", zone, "has no row in time_zones",
           near.empty() ? std::string{} : "did you mean '" + near.front() + "'?");
  }
}

void check_unlocode(Inspection& in, Id<Place> id) {
  const Place& place = in.world[id];
  const std::string_view code = place.unlocode;
  if (code.empty()) return;
  const bool is_formed = code.size() == 5 && is_all(code.substr(0, 2), kCapitals) &&
                         is_all(code.substr(2), "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789");
  if (!is_formed) {
    in.say(in.at("places", id), "unlocode", code,
           "is not a UN/LOCODE; expected two capitals for the country and three signs");
  } else if (code.substr(0, 2) != in.world[place.country].code) {
    in.say(in.at("places", id), "unlocode", code,
           "is not in the country " + in.world[place.country].code);
  }
}

void check_places(Inspection& in) {
  Column<Place, char> is_linked{in.world.size<Place>(), 0};
  const auto note_ends = [&is_linked](const Link& link) {
    const bool can_open = link.status != LinkStatus::kClosed &&
                          (link.status == LinkStatus::kOpen || link.open_from.has_value());
    if (!can_open) return;
    is_linked[link.from] = 1;
    is_linked[link.to] = 1;
  };
  // A scenario may cut a place off that the corridor has linked.
  for (const Link& link : in.world.corridor().links)
    note_ends(link);
  for (const Id<Link> id : in.world.ids<Link>())
    note_ends(in.world[id]);
  for (const Id<Place> id : in.world.ids<Place>()) {
    const Place& place = in.world[id];
    check_unlocode(in, id);
    if (is_linked[id] == 0 && place.unreachable_note.empty()) {
      in.say(in.at("places", id), "unreachable_note", "",
             "is empty, and no link that can be open ends at '" + place.code + "'",
             "add a link, or say here why there is none");
    }
  }
}

void check_gauges(Inspection& in, Id<Link> id) {
  const Link& link = in.world[id];
  if (link.mode != Mode::kRail) {
    if (!link.gauges.empty())
      in.warn(in.at("links", id), "gauges", "", "has rails but is no rail link");
    return;
  }
  if (link.gauges.empty())
    in.say(in.at("links", id), "gauges", "", "is empty; a rail link has rails");
  for (const Id<Place> end : {link.from, link.to}) {
    const std::vector<Gauge>& gauges = in.world[end].gauges;
    for (const Gauge gauge : link.gauges) {
      if (std::ranges::find(gauges, gauge) != gauges.end()) continue;
      in.say(in.at("links", id), "gauges", std::to_string(gauge.mm),
             "is not among the gauges of its end '" + in.world[end].code + "'");
    }
  }
}

void check_links(Inspection& in) {
  for (const Id<Link> id : in.world.ids<Link>()) {
    const Link& link = in.world[id];
    in.check_period("links", id, "open_until", link.open_from, link.open_until);
    if (link.from == link.to) {
      in.say(in.at("links", id), "to_place", in.world[link.to].code, "is also the other end");
      continue;
    }
    const Km direct = great_circle_distance(in.world[link.from].point(), in.world[link.to].point());
    const double longest = link.mode == Mode::kSea ? kLongestAtSea : kLongest;
    if (link.length < direct * kShortest - kNear) {
      in.say(in.at("links", id), "length_km", format_fixed(link.length.value(), 1),
             "is shorter than the great circle between its ends, " + km_text(direct));
    } else if (link.length > direct * longest + kFar) {
      in.warn(in.at("links", id), "length_km", format_fixed(link.length.value(), 1),
              "is more than " + format_fixed(longest, 1) +
                  " times the great circle between its ends, " + km_text(direct));
    }
    check_gauges(in, id);
  }
}

void check_shapes(Inspection& in) {
  in.check_unique<ShapePoint>("shape_points", "link and sequence", [](const ShapePoint& row) {
    return std::pair{row.link, row.sequence};
  });
  const auto points = group<Link>(in.world, &ShapePoint::link);
  for (const Id<Link> id : in.world.ids<Link>()) {
    if (points[id].empty()) continue;
    const Link& link = in.world[id];
    std::vector<Id<ShapePoint>> course = points[id];
    std::ranges::sort(course, {}, [&in](Id<ShapePoint> p) { return in.world[p].sequence; });
    GeoPoint here = in.world[link.from].point();
    Km drawn;
    for (const Id<ShapePoint> point : course) {
      const GeoPoint next{.lon = in.world[point].lon, .lat = in.world[point].lat};
      drawn += great_circle_distance(here, next);
      here = next;
    }
    drawn += great_circle_distance(here, in.world[link.to].point());
    if (drawn > link.length * 1.1 + kFar) {
      in.warn(in.at("shape_points", course.front()), "link", link.code,
              "is drawn " + km_text(drawn) + " long but has " + km_text(link.length),
              "is a point out of order or its lon and lat swapped?");
    }
  }
}

void check_pipelines(Inspection& in) {
  in.check_unique<Pipeline>("pipelines", "link", [](const Pipeline& row) { return row.link; });
  for (const Id<Pipeline> id : in.world.ids<Pipeline>()) {
    const Pipeline& pipeline = in.world[id];
    if (in.world[pipeline.link].mode != Mode::kPipeline) {
      in.say(in.at("pipelines", id), "link", in.world[pipeline.link].code, "is not a pipeline");
    }
    if (pipeline.rate_min > pipeline.rate_max) {
      in.say(in.at("pipelines", id), "rate_min_t_per_h", "", "is above rate_max_t_per_h");
    }
  }
}

}  // namespace

void inspect_network(Inspection& in) {
  check_info(in);
  check_countries(in);
  check_time_zones(in);
  check_places(in);
  check_links(in);
  check_shapes(in);
  check_pipelines(in);
}

}  // namespace karvan::detail
