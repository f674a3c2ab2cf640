// Invariants of what moves: cargo, services and their calls, fleets, gauges.

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/table.h"
#include "karvan/model/cargo.h"
#include "karvan/model/detail/inspection.h"
#include "karvan/model/fleet.h"
#include "karvan/model/link.h"
#include "karvan/model/mode.h"
#include "karvan/model/path.h"
#include "karvan/model/service.h"
#include "karvan/model/terminal.h"
#include "karvan/model/world.h"

namespace karvan::detail {
namespace {

// The seventh digit is the last one of the sum of the others times 7, 6, ..., 2.
bool is_imo_number(std::string_view text) {
  if (text.size() != 7 || !is_all(text, kDigits)) return false;
  int sum = 0;
  for (int i = 0; i < 6; ++i)
    sum += (text[static_cast<std::size_t>(i)] - '0') * (7 - i);
  return sum % 10 == text[6] - '0';
}

bool fits(Mode service, Mode link) {
  // Sea-river ships go on.
  const auto is_water = [](Mode mode) { return mode == Mode::kSea || mode == Mode::kInlandWater; };
  return service == link || (is_water(service) && is_water(link));
}

bool fits(Mode mode, LoadUnitKind kind) {
  switch (mode) {
    case Mode::kRail:
      return kind == LoadUnitKind::kContainer || kind == LoadUnitKind::kWagon ||
             kind == LoadUnitKind::kTruck;
    case Mode::kSea:
    case Mode::kInlandWater:
      return true;
    case Mode::kRoad:
      return kind == LoadUnitKind::kContainer || kind == LoadUnitKind::kTruck;
    case Mode::kPipeline:
      return kind == LoadUnitKind::kLiquid;
  }
  return false;
}

bool fits(VesselKind vessel, LoadUnitKind kind) {
  const bool is_tanker = vessel == VesselKind::kTanker || vessel == VesselKind::kLpgCarrier;
  if (kind == LoadUnitKind::kWagon) return vessel == VesselKind::kRailFerry;
  if (kind == LoadUnitKind::kTruck) {
    return vessel == VesselKind::kRailFerry || vessel == VesselKind::kRoPax ||
           vessel == VesselKind::kRoRo;
  }
  if (kind == LoadUnitKind::kLiquid) return is_tanker || vessel == VesselKind::kBarge;
  return !is_tanker;
}

// "1", "2.1", "1.4S": class, division, compatibility group.
bool is_hazard_class(std::string_view text) {
  if (text.empty() || text.front() < '1' || '9' < text.front()) return false;
  if (text.size() == 1) return true;
  if (text.size() < 3 || text[1] != '.' || text[2] < '1' || '6' < text[2]) return false;
  return text.size() == 3 ||
         (text.size() == 4 && text.front() == '1' && 'A' <= text[3] && text[3] <= 'S');
}

constexpr std::string_view kNoHazardClass = "is not a class of dangerous goods";
constexpr std::string_view kHazardClassHint = "expected a form like 3, 2.1 or 1.4S";

void check_hazards(Inspection& in) {
  for (const Id<HazardRefusal> id : in.world.ids<HazardRefusal>()) {
    const HazardRefusal& row = in.world[id];
    const At here = in.at("hazard_refusals", id);
    if (row.vessel_kind.has_value() == row.service.valid())
      in.say(here, "service", "", "is about a kind of vessel or about a service: one of them");
    if (!is_hazard_class(row.hazard_class))
      in.say(here, "hazard_class", row.hazard_class, std::string{kNoHazardClass},
             std::string{kHazardClassHint});
    for (const std::string& carried : row.but_carries) {
      if (!is_hazard_class(carried) || !carried.starts_with(row.hazard_class))
        in.say(here, "but_carries", carried, "is no class within " + row.hazard_class);
    }
  }
}

void check_cargo(Inspection& in) {
  for (const Id<LoadUnit> id : in.world.ids<LoadUnit>()) {
    const LoadUnit& unit = in.world[id];
    if (unit.gauge.is_rail() != (unit.kind == LoadUnitKind::kWagon)) {
      in.say(in.at("load_units", id), "gauge_mm", "",
             unit.gauge.is_rail() ? "is set but this is no wagon" : "is empty for a wagon");
    }
    if (unit.kind == LoadUnitKind::kContainer && !(unit.teu > Teu{0})) {
      in.say(in.at("load_units", id), "teu", "", "is 0 for a container");
    }
  }
  for (const Id<Goods> id : in.world.ids<Goods>()) {
    const Goods& goods = in.world[id];
    const auto check_digits = [&](std::string column, const std::string& text, std::size_t shortest,
                                  std::size_t longest) {
      const bool is_formed =
          text.size() >= shortest && text.size() <= longest && is_all(text, kDigits);
      if (text.empty() || is_formed) return;
      in.say(in.at("goods", id), std::move(column), text,
             "is not a code of " + std::to_string(shortest) +
                 (shortest == longest ? "" : " to " + std::to_string(longest)) + " digits");
    };
    check_digits("hs_chapter", goods.hs_chapter, 2, 2);
    check_digits("nhm", goods.nhm, 4, 8);
    check_digits("un_number", goods.un_number, 4, 4);
    if (!goods.un_number.empty() && goods.hazard_class.empty()) {
      in.say(in.at("goods", id), "hazard_class", "", "is empty though there is a UN number");
    }
    if (!goods.hazard_class.empty() && !is_hazard_class(goods.hazard_class)) {
      in.say(in.at("goods", id), "hazard_class", goods.hazard_class, std::string{kNoHazardClass},
             std::string{kHazardClassHint});
    }
    if (goods.temperature_min_c && goods.temperature_max_c &&
        *goods.temperature_min_c > *goods.temperature_max_c) {
      in.say(in.at("goods", id), "temperature_min_c", "", "is above temperature_max_c");
    }
  }
}

void check_service_itself(Inspection& in, Id<Service> id) {
  const Service& service = in.world[id];
  const At here = in.at("services", id);
  in.check_period("services", id, "valid_until", service.valid_from, service.valid_until);
  const bool is_counted =
      service.departs == DepartureRule::kFrequency || service.departs == DepartureRule::kWhenFull;
  if (is_counted && !service.departures_per_week) {
    in.say(here, "departures_per_week", "",
           "is empty for a service that departs " + std::string{to_text(service.departs)});
  }
  if (service.window_from.has_value() != service.window_until.has_value()) {
    in.say(here, "window_until", "", "window_from and window_until go together");
  }
  if (service.mode == Mode::kRail && !service.gauge.is_rail()) {
    in.say(here, "gauge_mm", "", "is empty for a rail service");
  }
  const bool is_water = service.mode == Mode::kSea || service.mode == Mode::kInlandWater;
  if (is_water && !service.vessel_kind) {
    in.warn(here, "vessel_kind", "", "is empty for a service by water",
            "emissions and fleets go by it");
  }
}

// From the call before to this one.
void check_passage(Inspection& in, const Service& service, const Call& before, Id<Call> id) {
  const Call& call = in.world[id];
  const At here = in.at("calls", id);
  if (call.links.empty()) {
    in.say(here, "links", "",
           "is empty; how does it come from '" + in.world[before.place].code + "'?");
    return;
  }
  const auto path = passages(in.world, before.place, call.links);
  if (!path) {
    in.say(here, "links", "", "do not hang together from '" + in.world[before.place].code + "' on");
  } else if (path->back().to != call.place) {
    in.say(here, "links", "",
           "end at '" + in.world[path->back().to].code + "', not at '" + in.world[call.place].code +
               "'");
  }
  for (const Id<Link> link_id : call.links) {
    const Link& link = in.world[link_id];
    if (!fits(service.mode, link.mode)) {
      in.say(here, "links", link.code,
             "is a " + std::string{to_text(link.mode)} + " link; the service goes by " +
                 std::string{to_text(service.mode)});
    } else if (service.mode == Mode::kRail && service.gauge.is_rail() &&
               std::ranges::find(link.gauges, service.gauge) == link.gauges.end()) {
      in.say(here, "links", link.code,
             "has no rails of the service's gauge " + std::to_string(service.gauge.mm));
    }
  }
}

void check_calls(Inspection& in, Id<Service> id, const std::vector<Id<Call>>& course) {
  const Service& service = in.world[id];
  if (course.size() < 2) {
    in.say(in.at("services", id), "", service.code,
           "has " + std::to_string(course.size()) + " calls; expected at least 2");
    return;
  }
  int expected = 1;
  for (const Id<Call> call : course) {
    if (in.world[call].sequence != expected) {
      in.say(in.at("calls", call), "sequence", std::to_string(in.world[call].sequence),
             "is out of sequence; expected " + std::to_string(expected) + " for '" + service.code +
                 "'");
      return;
    }
    ++expected;
  }
  if (!in.world[course.front()].links.empty()) {
    in.say(in.at("calls", course.front()), "links", "", "is not empty at the first call");
  }
  for (std::size_t i = 0; i < course.size(); ++i) {
    if (i > 0) check_passage(in, service, in.world[course[i - 1]], course[i]);
    const Place& place = in.world[in.world[course[i]].place];
    if (service.mode == Mode::kSea && !place.sea.valid()) {
      in.warn(in.at("calls", course[i]), "place", place.code, "has ships calling but no sea");
    }
  }
}

void check_services(Inspection& in) {
  const auto calls = group<Service>(in.world, &Call::service);
  const auto departures = group<Service>(in.world, &Departure::service);
  const auto capacities = group<Service>(in.world, &Capacity::service);
  for (const Id<Service> id : in.world.ids<Service>()) {
    check_service_itself(in, id);
    const bool is_timetable = in.world[id].departs == DepartureRule::kTimetable;
    if (is_timetable && departures[id].empty()) {
      in.say(in.at("services", id), "departs", "timetable", "but departures has no row for it");
    }
    if (!is_timetable && !departures[id].empty()) {
      in.say(in.at("departures", departures[id].front()), "service", in.world[id].code,
             "does not depart by timetable");
    }
    if (capacities[id].empty()) {
      in.say(in.at("services", id), "", in.world[id].code,
             "has no row in capacities: nothing can board");
    }
    std::vector<Id<Call>> course = calls[id];
    std::ranges::sort(course, {}, [&in](Id<Call> call) { return in.world[call].sequence; });
    check_calls(in, id, course);
  }
}

void check_departures(Inspection& in) {
  for (const Id<Departure> id : in.world.ids<Departure>()) {
    const Departure& departure = in.world[id];
    in.check_period("departures", id, "valid_until", departure.valid_from, departure.valid_until);
    if (departure.days.empty() == departure.dates.empty()) {
      in.say(in.at("departures", id), "days", "", "either days or dates must say when it leaves");
    }
  }
}

void check_capacities(Inspection& in) {
  in.check_unique<Capacity>("capacities", "service and load unit", [](const Capacity& row) {
    return std::pair{row.service, row.load_unit};
  });
  // A wagon runs on another gauge after its bogies were exchanged, somewhere on its way.
  std::set<std::pair<Gauge, Gauge>> bogies;
  for (const Id<GaugeChange> id : in.world.ids<GaugeChange>()) {
    const GaugeChange& row = in.world[id];
    if (row.method == GaugeMethod::kBogieExchange) bogies.emplace(row.from, row.to);
  }
  for (const Id<Capacity> id : in.world.ids<Capacity>()) {
    const Service& service = in.world[in.world[id].service];
    const LoadUnit& unit = in.world[in.world[id].load_unit];
    const At here = in.at("capacities", id);
    if (!fits(service.mode, unit.kind)) {
      in.say(here, "load_unit", unit.code,
             "does not travel by " + std::string{to_text(service.mode)});
    } else if (service.vessel_kind && !fits(*service.vessel_kind, unit.kind)) {
      in.say(here, "load_unit", unit.code,
             "does not travel on a " + std::string{to_text(*service.vessel_kind)});
    } else if (unit.kind == LoadUnitKind::kWagon && unit.gauge != service.gauge &&
               !bogies.contains({unit.gauge, service.gauge})) {
      in.say(here, "load_unit", unit.code,
             "has gauge " + std::to_string(unit.gauge.mm) + ", the service " +
                 std::to_string(service.gauge.mm));
    }
  }
}

// Whether a row of the timetable has a departure on a local day.
bool leaves_on(const Departure& row, const Booking& booking) {
  const Date day = booking.departs_on;
  const auto lists = [day](const std::vector<Date>& days) {
    return std::ranges::find(days, day) != days.end();
  };
  const bool is_valid = (!row.valid_from || *row.valid_from <= day) &&
                        (!row.valid_until || day < *row.valid_until) && !lists(row.except);
  return is_valid && (row.days.contains(day) || lists(row.dates)) &&
         (!booking.leaves_at || *booking.leaves_at == row.leaves_at);
}

void check_bookings(Inspection& in) {
  if (in.world.ids<Booking>().empty()) return;
  const auto capacities = group<Service>(in.world, &Capacity::service);
  const auto departures = group<Service>(in.world, &Departure::service);
  for (const Id<Booking> id : in.world.ids<Booking>()) {
    const Booking& row = in.world[id];
    const Service& service = in.world[row.service];
    const At here = in.at("bookings", id);
    const bool carries = std::ranges::any_of(capacities[row.service], [&](Id<Capacity> other) {
      return in.world[other].load_unit == row.load_unit && in.world[other].units > 0;
    });
    if (!carries)
      in.say(here, "load_unit", in.world[row.load_unit].code,
             "is not carried by '" + service.code + "'", "see capacities");
    if (service.departs == DepartureRule::kOnDemand) {
      in.say(here, "service", service.code, "leaves on demand: it has no departures to book");
    } else if (service.departs == DepartureRule::kTimetable &&
               std::ranges::none_of(departures[row.service], [&](Id<Departure> other) {
                 return leaves_on(in.world[other], row);
               })) {
      in.warn(here, "departs_on", date_to_text(row.departs_on),
              "is no day on which '" + service.code + "' leaves then", "see departures");
    }
  }
}

void check_fleets(Inspection& in) {
  std::map<std::string, Id<Vessel>> numbers;
  for (const Id<Vessel> id : in.world.ids<Vessel>()) {
    const Vessel& vessel = in.world[id];
    if (!vessel.imo.empty() && !is_imo_number(vessel.imo)) {
      in.say(in.at("vessels", id), "imo", vessel.imo,
             "is not an IMO number; expected seven digits, the last one a check digit");
    } else if (!vessel.imo.empty() && !numbers.try_emplace(vessel.imo, id).second) {
      in.say(in.at("vessels", id), "imo", vessel.imo,
             "is also that of '" + in.world[numbers[vessel.imo]].code + "'");
    }
    for (const Id<Service> service_id : vessel.services) {
      const Service& service = in.world[service_id];
      if (service.mode != Mode::kSea && service.mode != Mode::kInlandWater) {
        in.say(in.at("vessels", id), "services", service.code, "does not go by water");
      } else if (service.vessel_kind && *service.vessel_kind != vessel.kind) {
        in.warn(in.at("vessels", id), "services", service.code,
                "is run by a " + std::string{to_text(*service.vessel_kind)} + ", this is a " +
                    std::string{to_text(vessel.kind)});
      }
    }
  }
}

using GaugeSteps = std::set<std::tuple<Id<Place>, Gauge, Gauge>>;

// Gives the steps from gauge to gauge that are on offer.
GaugeSteps check_gauge_changes(Inspection& in) {
  in.check_unique<GaugeChange>("gauge_changes", "change", [](const GaugeChange& row) {
    return std::tuple{row.place, row.from, row.to, row.load_unit_kind, row.method};
  });
  GaugeSteps steps;
  for (const Id<GaugeChange> id : in.world.ids<GaugeChange>()) {
    const GaugeChange& change = in.world[id];
    steps.emplace(change.place, change.from, change.to);
    if (change.from == change.to) {
      in.say(in.at("gauge_changes", id), "to_gauge_mm", std::to_string(change.to.mm),
             "is also the arriving gauge");
    }
    const std::vector<Gauge>& gauges = in.world[change.place].gauges;
    for (const Gauge gauge : {change.from, change.to}) {
      if (std::ranges::find(gauges, gauge) != gauges.end()) continue;
      in.warn(in.at("gauge_changes", id), "place", in.world[change.place].code,
              "has no rails of gauge " + std::to_string(gauge.mm));
    }
  }
  return steps;
}

// Where trains of one gauge leave cargo and trains of another take it on, there is a way from the
// one to the other.
void check_meeting_gauges(Inspection& in, const GaugeSteps& steps) {
  GaugeSteps missing;
  Column<Place, std::set<Gauge>> leaving{in.world.size<Place>()};
  const std::vector<Id<Call>> calls = in.world.ids<Call>();
  const auto gauge_of = [&in](const Call& call) {
    const Service& service = in.world[call.service];
    return service.mode == Mode::kRail ? service.gauge : Gauge{};
  };
  for (const Id<Call> id : calls) {
    const Call& call = in.world[id];
    if (call.loads && gauge_of(call).is_rail()) leaving[call.place].insert(gauge_of(call));
  }
  for (const Id<Call> id : calls) {
    const Call& call = in.world[id];
    const Gauge from = gauge_of(call);
    if (!call.unloads || call.sequence == 1 || !from.is_rail()) continue;
    for (const Gauge to : leaving[call.place]) {
      if (from != to && !steps.contains({call.place, from, to})) {
        missing.emplace(call.place, from, to);
      }
    }
  }
  for (const auto& [place, from, to] : missing) {
    in.warn(in.at("places", place), "gauges", in.world[place].code,
            "has trains of gauge " + std::to_string(from.mm) + " coming and of " +
                std::to_string(to.mm) + " leaving, but no row in gauge_changes between them");
  }
}

}  // namespace

void inspect_traffic(Inspection& in) {
  check_cargo(in);
  check_services(in);
  check_departures(in);
  check_capacities(in);
  check_bookings(in);
  check_hazards(in);
  check_fleets(in);
  check_meeting_gauges(in, check_gauge_changes(in));
}

}  // namespace karvan::detail
