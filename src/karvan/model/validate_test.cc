#include "karvan/model/validate.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace karvan {
namespace {

Date day_of(int year, unsigned month, unsigned d) {
  return std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month},
                                     std::chrono::day{d}};
}

// A corridor without fault: Khorgos (1435) - Altynkol (1520) - Aktau by rail, with a change of
// gauge in Altynkol, and on to Alat by ferry.
struct Sound {
  Corridor corridor;
  Id<Country> cn = corridor.countries.push_back({.code = "CN", .name = "China", .currency = "CNY"});
  Id<Country> kz =
      corridor.countries.push_back({.code = "KZ", .name = "Kazakhstan", .currency = "KZT"});
  Id<Country> az =
      corridor.countries.push_back({.code = "AZ", .name = "Azerbaijan", .currency = "AZN"});
  Id<ZonePeriod> zone = corridor.time_zones.push_back(
      {.code = "z", .zone = "Asia/Almaty", .valid_from = day_of(2024, 3, 1)});
  Id<Sea> sea = corridor.seas.push_back({.code = "caspian", .name = "Caspian"});
  Id<Place> khorgos = place("khorgos", cn, {80.4, 44.2}, {Gauge{1435}});
  Id<Place> altynkol = place("altynkol", kz, {80.25, 44.15}, {Gauge{1435}, Gauge{1520}});
  Id<Place> aktau = place("aktau", kz, {51.2, 43.6}, {Gauge{1520}});
  Id<Place> alat = place("alat", az, {49.4, 39.95}, {Gauge{1520}});
  Id<Link> border = link("border", {khorgos, altynkol}, Mode::kRail, 15, {Gauge{1435}});
  Id<Link> trunk = link("trunk", {altynkol, aktau}, Mode::kRail, 3128, {Gauge{1520}});
  Id<Link> water = link("water", {aktau, alat}, Mode::kSea, 470, {});
  Id<LoadUnit> box = corridor.load_units.push_back(
      {.code = "box40", .kind = LoadUnitKind::kContainer, .teu = Teu{2}, .payload = Tonnes{25}});
  Id<LoadUnit> wagon = corridor.load_units.push_back(
      {.code = "wagon", .kind = LoadUnitKind::kWagon, .payload = Tonnes{60}, .gauge = Gauge{1520}});
  Id<Goods> machinery =
      corridor.goods.push_back({.code = "machinery", .hs_chapter = "84", .load_units = {box}});
  Id<Operator> railway = corridor.operators.push_back({.code = "railway", .country = kz});
  Id<Service> handover = service("handover", Mode::kRail, DepartureRule::kOnDemand, 1435);
  Id<Service> train = service("train", Mode::kRail, DepartureRule::kTimetable, 1520);
  Id<Service> ferry = service("ferry", Mode::kSea, DepartureRule::kWhenFull, 1520);
  Id<Call> train_end;
  Id<Capacity> train_box;
  Id<Departure> monday;
  Id<GaugeChange> change;
  Id<Crossing> rail_border;
  Id<CrossingStep> step;

  Sound() {
    corridor.info = {
        .name = "sound", .calendar_from = day_of(2025, 1, 1), .calendar_until = day_of(2026, 1, 1)};
    corridor.places[aktau].sea = sea;
    corridor.places[alat].sea = sea;
    corridor.services[ferry].vessel_kind = VesselKind::kRailFerry;
    corridor.services[ferry].departures_per_week = 4;
    run(handover, khorgos, altynkol, border);
    train_end = run(train, altynkol, aktau, trunk);
    run(ferry, aktau, alat, water);
    train_box = capacity(train, box);
    capacity(handover, box);
    capacity(ferry, box);
    capacity(ferry, wagon);
    monday = corridor.departures.push_back(
        {.code = "monday", .service = train, .days = Weekdays::daily()});
    change = corridor.gauge_changes.push_back({.code = "altynkol_box",
                                               .place = altynkol,
                                               .from = Gauge{1435},
                                               .to = Gauge{1520},
                                               .hours = {.a = 12}});
    rail_border = corridor.crossings.push_back({.code = "rail", .mode = Mode::kRail});
    const Id<Crossing> sea_border =
        corridor.crossings.push_back({.code = "sea", .mode = Mode::kSea});
    step = corridor.crossing_steps.push_back(
        {.code = "rail_1", .crossing = rail_border, .sequence = 1, .hours = {.a = 6}});
    corridor.crossing_steps.push_back(
        {.code = "sea_1", .crossing = sea_border, .sequence = 1, .hours = {.a = 6}});
  }

  Id<Place> place(std::string code, Id<Country> country, GeoPoint at, std::vector<Gauge> gauges) {
    return corridor.places.push_back({.code = std::move(code),
                                      .country = country,
                                      .lon = at.lon,
                                      .lat = at.lat,
                                      .zone = "Asia/Almaty",
                                      .gauges = std::move(gauges)});
  }
  struct Ends {
    Id<Place> from;
    Id<Place> to;
  };
  Id<Link> link(std::string code, Ends ends, Mode mode, double km, std::vector<Gauge> gauges) {
    return corridor.links.push_back({.code = std::move(code),
                                     .from = ends.from,
                                     .to = ends.to,
                                     .mode = mode,
                                     .length = Km{km},
                                     .speed = KmPerHour{40},
                                     .gauges = std::move(gauges)});
  }
  Id<Service> service(std::string code, Mode mode, DepartureRule departs, int gauge) {
    return corridor.services.push_back({.code = std::move(code),
                                        .operator_ = railway,
                                        .mode = mode,
                                        .departs = departs,
                                        .gauge = Gauge{gauge}});
  }
  // Two calls; gives the second.
  Id<Call> run(Id<Service> id, Id<Place> from, Id<Place> to, Id<Link> over) {
    const std::string& code = corridor.services[id].code;
    corridor.calls.push_back({.code = code + "_1", .service = id, .sequence = 1, .place = from});
    return corridor.calls.push_back(
        {.code = code + "_2", .service = id, .sequence = 2, .place = to, .links = {over}});
  }
  Id<Capacity> capacity(Id<Service> id, Id<LoadUnit> unit) {
    return corridor.capacities.push_back(
        {.code = corridor.services[id].code + "_" + corridor.load_units[unit].code,
         .service = id,
         .load_unit = unit,
         .units = 50});
  }
};

std::vector<std::string> complaints_about(const Corridor& corridor) {
  std::vector<std::string> lines;
  for (const Complaint& complaint : validate(World{corridor}))
    lines.push_back(to_text(complaint));
  return lines;
}

TEST(Validate, ASoundCorridorHasNoFindings) {
  EXPECT_EQ(complaints_about(Sound{}.corridor), std::vector<std::string>{});
}

struct Case {
  std::string complaint;  // the first one
  std::function<void(Sound&)> damage;
};

void expect_each(const std::vector<Case>& cases) {
  for (const auto& [complaint, damage] : cases) {
    Sound sound;
    damage(sound);
    const auto lines = complaints_about(sound.corridor);
    EXPECT_EQ(lines.empty() ? "" : lines.front(), complaint);
  }
}

TEST(Validate, WhatStandsOnTheMap) {
  expect_each({
      {"corridor: calendar_until: '2025-01-01' is not after calendar_from; row 'sound'",
       [](Sound& s) { s.corridor.info.calendar_until = s.corridor.info.calendar_from; }},
      {"countries: currency: 'Tenge' is not an ISO 4217 code of three capitals; row 'KZ'",
       [](Sound& s) { s.corridor.countries[s.kz].currency = "Tenge"; }},
      {"places: zone: 'Asia/Almati' has no row in time_zones; row 'aktau' (did you mean "
       "'Asia/Almaty'?)",
       [](Sound& s) { s.corridor.places[s.aktau].zone = "Asia/Almati"; }},
      {"places: unlocode: 'KZ1AU' is not a UN/LOCODE; expected two capitals for the country and "
       "three signs; row 'aktau'",
       [](Sound& s) { s.corridor.places[s.aktau].unlocode = "KZ1AU"; }},
      {"places: unlocode: 'AZAKT' is not in the country KZ; row 'aktau'",
       [](Sound& s) { s.corridor.places[s.aktau].unlocode = "AZAKT"; }},
      {"places: unreachable_note: is empty, and no link that can be open ends at 'alat'; row "
       "'alat' "
       "(add a link, or say here why there is none)",
       [](Sound& s) { s.corridor.links[s.water].status = LinkStatus::kClosed; }},
      {"links: to_place: 'aktau' is also the other end; row 'water'",
       [](Sound& s) {
         s.corridor.links[s.water].to = s.aktau;
         s.corridor.places[s.alat].unreachable_note = "none";
       }},
      {"links: length_km: '300.0' is shorter than the great circle between its ends, 432.4 km; row "
       "'water'",
       [](Sound& s) { s.corridor.links[s.water].length = Km{300}; }},
      {"links: warning: length_km: '9000.0' is more than 2.5 times the great circle between its "
       "ends, 2317.2 km; row 'trunk'",
       [](Sound& s) { s.corridor.links[s.trunk].length = Km{9000}; }},
      {"links: gauges: '1520' is not among the gauges of its end 'khorgos'; row 'border'",
       [](Sound& s) { s.corridor.links[s.border].gauges.push_back(Gauge{1520}); }},
      {"links: gauges: is empty; a rail link has rails; row 'border'",
       [](Sound& s) { s.corridor.links[s.border].gauges.clear(); }},
      {"links: open_until: '2025-01-01' is not after 2026-01-01; row 'water'",
       [](Sound& s) {
         s.corridor.links[s.water].open_from = day_of(2026, 1, 1);
         s.corridor.links[s.water].open_until = day_of(2025, 1, 1);
       }},
      {"shape_points: warning: link: 'water' is drawn 1287.0 km long but has 470.0 km; row 'p' (is "
       "a "
       "point out of order or its lon and lat swapped?)",
       [](Sound& s) {
         s.corridor.shape_points.push_back(
             {.code = "p", .link = s.water, .sequence = 1, .lon = 43, .lat = 41});
       }},
      {"pipelines: link: 'water' is not a pipeline; row 'p'",
       [](Sound& s) { s.corridor.pipelines.push_back({.code = "p", .link = s.water}); }},
  });
}

TEST(Validate, WhatMoves) {
  expect_each({
      {"departures: service: 'handover' does not depart by timetable; row 'monday'",
       [](Sound& s) { s.corridor.departures[s.monday].service = s.handover; }},
      {"services: departs: 'timetable' but departures has no row for it; row 'handover'",
       [](Sound& s) { s.corridor.services[s.handover].departs = DepartureRule::kTimetable; }},
      {"services: departures_per_week: is empty for a service that departs when_full; row 'ferry'",
       [](Sound& s) { s.corridor.services[s.ferry].departures_per_week.reset(); }},
      {"services: 'train' has no row in capacities: nothing can board; row 'train'",
       [](Sound& s) {
         s.corridor.capacities[s.train_box].service = s.ferry;
         s.corridor.capacities[s.train_box].load_unit = s.wagon;
       }},
      {"services: gauge_mm: is empty for a rail service; row 'train'",
       [](Sound& s) { s.corridor.services[s.train].gauge = Gauge{}; }},
      {"calls: sequence: '3' is out of sequence; expected 2 for 'train'; row 'train_2'",
       [](Sound& s) { s.corridor.calls[s.train_end].sequence = 3; }},
      {"calls: links: do not hang together from 'altynkol' on; row 'train_2'",
       [](Sound& s) { s.corridor.calls[s.train_end].links = {s.water}; }},
      {"calls: links: end at 'khorgos', not at 'aktau'; row 'train_2'",
       [](Sound& s) { s.corridor.calls[s.train_end].links = {s.border}; }},
      {"calls: links: 'water' is a sea link; the service goes by rail; row 'train_2'",
       [](Sound& s) {
         s.corridor.calls[s.train_end].links = {s.trunk, s.water};
         s.corridor.calls[s.train_end].place = s.alat;
       }},
      {"calls: links: 'trunk' has no rails of the service's gauge 1435; row 'train_2'",
       [](Sound& s) { s.corridor.services[s.train].gauge = Gauge{1435}; }},
      {"calls: warning: place: 'alat' has ships calling but no sea; row 'ferry_2'",
       [](Sound& s) { s.corridor.places[s.alat].sea = {}; }},
      {"departures: days: either days or dates must say when it leaves; row 'monday'",
       [](Sound& s) { s.corridor.departures[s.monday].days = {}; }},
      {"capacities: says the same service and load unit as 'train_box40'; row 'again'",
       [](Sound& s) {
         s.corridor.capacities.push_back({.code = "again", .service = s.train, .load_unit = s.box});
       }},
      {"capacities: load_unit: 'wagon' has gauge 1520, the service 1435; row 'handover_wagon'",
       [](Sound& s) { s.capacity(s.handover, s.wagon); }},
      {"capacities: load_unit: 'wagon' does not travel on a container_feeder; row 'ferry_wagon'",
       [](Sound& s) { s.corridor.services[s.ferry].vessel_kind = VesselKind::kContainerFeeder; }},
      {"vessels: imo: '9074728' is not an IMO number; expected seven digits, the last one a check "
       "digit; row 'v'",
       [](Sound& s) { s.corridor.vessels.push_back({.code = "v", .imo = "9074728"}); }},
      {"vessels: services: 'train' does not go by water; row 'v'",
       [](Sound& s) {
         s.corridor.vessels.push_back({.code = "v", .imo = "9074729", .services = {s.train}});
       }},
      {"places: warning: gauges: 'altynkol' has trains of gauge 1435 coming and of 1520 leaving, "
       "but no row in gauge_changes between them; row 'altynkol'",
       [](Sound& s) {
         std::swap(s.corridor.gauge_changes[s.change].from, s.corridor.gauge_changes[s.change].to);
       }},
      {"goods: hs_chapter: '8' is not a code of 2 digits; row 'machinery'",
       [](Sound& s) { s.corridor.goods[s.machinery].hs_chapter = "8"; }},
      {"load_units: gauge_mm: is empty for a wagon; row 'wagon'",
       [](Sound& s) { s.corridor.load_units[s.wagon].gauge = Gauge{}; }},
  });
}

TEST(Validate, WagonsChangeBogiesOntoAnotherGauge) {
  Sound sound;
  sound.capacity(sound.handover, sound.wagon);
  sound.corridor.gauge_changes.push_back({.code = "bogies",
                                          .place = sound.altynkol,
                                          .from = Gauge{1520},
                                          .to = Gauge{1435},
                                          .method = GaugeMethod::kBogieExchange,
                                          .load_unit_kind = LoadUnitKind::kWagon,
                                          .hours = {.a = 6}});
  EXPECT_EQ(complaints_about(sound.corridor), std::vector<std::string>{});
}

TEST(Validate, WhatRules) {
  expect_each({
      {"crossing_steps: hours: the law needs a mean and a cv above 0; row 'rail_1'",
       [](Sound& s) {
         s.corridor.crossing_steps[s.step].hours = {.family = LawFamily::kLognormal, .a = 4};
       }},
      {"crossing_steps: hours: the law needs 0 <= min <= mode <= max; row 'rail_1'",
       [](Sound& s) {
         s.corridor.crossing_steps[s.step].hours = {
             .family = LawFamily::kTriangular, .a = 4, .b = 3, .c = 9};
       }},
      {"crossing_steps: warning: hours: the law is always 0; row 'rail_1' (write it as 0)",
       [](Sound& s) {
         s.corridor.crossing_steps[s.step].hours = {.family = LawFamily::kExponential};
       }},
      {"links: 'border' goes from KZ to CN, but no row of crossings fits; row 'border' (add one "
       "for "
       "the link, the countries, or the mode in general)",
       [](Sound& s) { s.corridor.crossings[s.rail_border].from = s.cn; }},
      {"crossings: link: 'water' does not join these countries by this mode; row 'rail'",
       [](Sound& s) { s.corridor.crossings[s.rail_border].link = s.water; }},
      {"memberships: from: overlaps 'm1'; row 'm2'",
       [](Sound& s) {
         const Id<Regime> regime = s.corridor.regimes.push_back({.code = "smgs"});
         s.corridor.memberships.push_back(
             {.code = "m1", .regime = regime, .country = s.kz, .until = day_of(2025, 2, 1)});
         s.corridor.memberships.push_back(
             {.code = "m2", .regime = regime, .country = s.kz, .from = day_of(2025, 1, 1)});
       }},
      {"month_profiles: weights: has 11 weights; expected 12, none below 0 and one above; row "
       "'even'",
       [](Sound& s) {
         s.corridor.month_profiles.push_back(
             {.code = "even", .weights = std::vector<double>(11, 1.0)});
       }},
      {"closures: code_of: 'aktua' is not the id of a place; row 'c'",
       [](Sound& s) {
         s.corridor.closures.push_back(
             {.code = "c", .reach = ClosureReach::kPlace, .code_of = "aktua"});
       }},
      {"tariffs: mode: 'sea' is not that of its service; row 't'",
       [](Sound& s) {
         s.corridor.tariffs.push_back(
             {.code = "t", .service = s.train, .mode = Mode::kSea, .per_unit = Usd{1}});
       }},
      {"demand: load_unit: 'wagon' does not carry machinery; row 'd' (see load_units in goods)",
       [](Sound& s) {
         s.corridor.demand.push_back({.code = "d",
                                      .from = s.khorgos,
                                      .to = s.alat,
                                      .goods = s.machinery,
                                      .load_unit = s.wagon});
       }},
      {"observations: low: '2.00' is above high; row 'o'",
       [](Sound& s) { s.corridor.observations.push_back({.code = "o", .low = 2, .high = 1}); }},
      {"emission_factors: wtw_g_per_tkm: neither this nor kwh_per_tkm is given; row 'e'",
       [](Sound& s) { s.corridor.emission_factors.push_back({.code = "e"}); }},
      {"opening_hours: closes: is the same as opens; row 'h' (round the clock is 00:00 to 24:00, "
       "or "
       "no row)",
       [](Sound& s) { s.corridor.opening_hours.push_back({.code = "h", .place = s.aktau}); }},
  });
}

TEST(Validate, ScenariosAreSeenThroughTheirOverlay) {
  const Sound sound;
  Overlay overlay;
  Link shorter = sound.corridor.links[sound.water];
  shorter.length = Km{100};
  overlay.of<Link>().changed.emplace(sound.water, shorter);
  overlay.of<Capacity>().removed.insert(sound.train_box);
  const auto found = findings(World{sound.corridor, overlay});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].table, "links");
  EXPECT_EQ(found[0].row, sound.water.index());
  EXPECT_EQ(found[1].message, "has no row in capacities: nothing can board");
}

}  // namespace
}  // namespace karvan
