// What is there without any traffic: places, links, weather, water, berths, yards, pools.

#include <algorithm>
#include <cmath>

#include "karvan/base/hash.h"
#include "karvan/base/math.h"
#include "karvan/simulate/detail/compile.h"

namespace karvan::simulate::detail {
namespace {

Result<des::Sampler> make_sampler(const Law& law) {
  switch (law.family) {
    case LawFamily::kConstant:
      return des::Sampler::deterministic(law.a);
    case LawFamily::kExponential:
      return des::Sampler::exponential(law.a);
    case LawFamily::kLognormal:
      return des::Sampler::lognormal(law.a, law.a * law.b);
    case LawFamily::kGamma:
      return des::Sampler::gamma(1 / (law.b * law.b), law.a * law.b * law.b);
    case LawFamily::kWeibull:
      return des::Sampler::weibull(law.b, law.a / stable_exp(stable_log_gamma(1 + 1 / law.b)));
    case LawFamily::kTriangular:
      return des::Sampler::triangular(law.a, law.b, law.c);
    case LawFamily::kUniform:
      return des::Sampler::uniform(law.a, law.b);
  }
  return Error{.kind = ErrorKind::kInvalid, .message = "is of an unknown family"};
}

// Where nobody tells how many trains a line takes but how many tonnes a year (net, both ways), each
// train keeps the line for its tonnes' share of the year.
void limit_by_tonnes(Workshop& shop, const Link& link, Section& section) {
  if (!link.capacity_t_per_year) return;
  const double tonnes = *link.capacity_t_per_year;
  if (tonnes <= 0) {
    shop.errors.push_back("links " + link.code + ": capacity_t_per_year is 0; expected more");
    return;
  }
  section.ticks_per_kg = 365.25 * static_cast<double>(kDay) / (tonnes * 1000);
}

void compile_links(Workshop& shop) {
  Model& m = shop.model;
  m.sections.resize(shop.world.size<Link>());
  m.section_restrictions.resize(m.sections.size());
  for (const Id<Link> id : shop.world.ids<Link>()) {
    const Link& link = shop.world[id];
    Section& section = m.sections[id.index()];
    section.link = id;
    section.is_single = link.mode == Mode::kRail && link.tracks.value_or(2) == 1;
    if (!link.capacity_pairs_per_day) {
      if (link.mode == Mode::kRail) limit_by_tonnes(shop, link, section);
      continue;
    }
    const double pairs = *link.capacity_pairs_per_day;
    if (pairs <= 0) {
      shop.errors.push_back("links " + link.code + ": capacity_pairs_per_day is 0; expected more");
      continue;
    }
    section.headway = hours_to_ticks((section.is_single ? 12.0 : 24.0) / pairs);
  }
}

void compile_closures(Workshop& shop) {
  Model& m = shop.model;
  for (const Id<Link> id : shop.world.ids<Link>())
    m.section_restrictions[id.index()] =
        restrictions_of(shop.world, ClosureReach::kLink, shop.world[id].code);
  for (PlaceInfo& place : m.places)
    place.restrictions = restrictions_of(shop.world, ClosureReach::kPlace, place.code);
}

void compile_weather(Workshop& shop) {
  std::map<std::string, Index> storm_of;
  for (const Id<Weather> id : shop.world.ids<Weather>()) {
    const Weather& row = shop.world[id];
    PlaceInfo& place = shop.model.places[row.place.index()];
    const std::string name = row.storm.empty() ? place.code : row.storm;
    const auto [at, is_new] = storm_of.try_emplace(name, shop.model.storms.size());
    if (is_new) {
      Storm storm{.name = name};
      storm.closure_law.fill(kNone);
      shop.model.storms.push_back(storm);
    }
    const auto month = static_cast<std::size_t>(row.month - 1);
    place.storm = at->second;
    place.closed_share[month] = row.closed_share;
    Storm& storm = shop.model.storms[at->second];
    if (row.closed_share >= storm.share[month]) {
      storm.share[month] = std::min(row.closed_share, 0.95);
      storm.closure_law[month] = shop.law(row.closure, "weather " + row.code);
    }
  }
}

void compile_water(Workshop& shop) {
  std::map<Id<Sea>, Index> water_of;
  for (const Id<Sea> id : shop.world.ids<Sea>()) {
    const Sea& row = shop.world[id];
    WaterLevel water{.sea = id,
                     .datum_m = row.datum_m.value_or(0),
                     .trend_m_per_day = row.trend_cm_per_year.value_or(0) / 100 / 365.25,
                     .season_m = row.season_amplitude_cm.value_or(0) / 100,
                     .setup_m = row.setup_cm.value_or(0) / 100};
    for (const Id<SeaLevel> level : shop.world.ids<SeaLevel>()) {
      const SeaLevel& point = shop.world[level];
      if (point.sea == id) water.levels.emplace_back(to_time(point.date), point.level_m);
    }
    std::ranges::sort(water.levels);
    if (!row.datum_m && water.levels.empty()) continue;
    water_of[id] = static_cast<Index>(shop.model.waters.size());
    shop.model.waters.push_back(std::move(water));
  }
  for (PlaceInfo& place : shop.model.places) {
    const auto at = water_of.find(shop.world[place.row].sea);
    if (at != water_of.end()) place.sea = at->second;
  }
}

void compile_berths(Workshop& shop) {
  Model& m = shop.model;
  const auto berths = group<Place>(shop.world, &Berth::place);
  for (PlaceInfo& place : m.places) {
    place.berths.begin = static_cast<Index>(m.berths.size());
    for (const Id<Berth> id : berths[place.row]) {
      const Berth& row = shop.world[id];
      if (row.count < 1) {
        shop.errors.push_back("berths " + row.code + ": count is 0; remove the row instead");
        continue;
      }
      m.berths.push_back({.row = id,
                          .place = static_cast<Index>(place.row.index()),
                          .units = static_cast<Index>(row.count),
                          .kinds = row.vessel_kinds,
                          .depth_m = row.depth_m.value_or(0),
                          .rate_kg_per_h = row.rate_t_per_h.value_or(0) * 1000,
                          .turnround = hours_to_ticks(row.turnround.value_or(Hours{24}).value())});
    }
    place.berths.end = static_cast<Index>(m.berths.size());
  }
}

void compile_yards(Workshop& shop) {
  for (const Id<karvan::Yard> id : shop.world.ids<karvan::Yard>()) {
    const karvan::Yard& row = shop.world[id];
    if (row.capacity <= 0) {
      shop.errors.push_back("yards " + row.code + ": capacity is 0; remove the row instead");
      continue;
    }
    const auto place = static_cast<Index>(row.place.index());
    shop.model.places[place].yards[static_cast<std::size_t>(row.of)] =
        static_cast<Index>(shop.model.yards.size());
    shop.model.yards.push_back({.row = id, .place = place, .of = row.of, .capacity = row.capacity});
  }
}

void compile_pools(Workshop& shop) {
  for (const Id<WagonPool> id : shop.world.ids<WagonPool>()) {
    const WagonPool& row = shop.world[id];
    const Id<Country> country = shop.world[row.operator_].country;
    const auto [at, is_new] = shop.pool_of.try_emplace({row.load_unit, country},
                                                       static_cast<Index>(shop.model.pools.size()));
    const LoadUnit& unit = shop.world[row.load_unit];
    if (is_new)
      shop.model.pools.push_back(
          {.tare_kg = std::max<std::int64_t>(1, std::llround(unit.tare.value() * 1000)),
           .name = unit.name + ", " + shop.world[country].name,
           .code = unit.code + "@" + shop.world[country].code,
           .load_unit = row.load_unit});
    shop.model.pools[at->second].count += row.count;
  }
}

}  // namespace

std::vector<Restriction> restrictions_of(const World& world,
                                         ClosureReach reach,
                                         std::string_view code) {
  std::vector<Restriction> restrictions;
  for (const Id<Closure> id : world.ids<Closure>()) {
    const Closure& row = world[id];
    if (row.reach != reach || row.code_of != code) continue;
    restrictions.push_back({.from = to_time(row.from),
                            .until = row.until ? to_time(*row.until) : kForever,
                            .share_left = row.share_left});
  }
  return restrictions;
}

Workshop::Workshop(const World& w, const Question& q, Model& result)
    : world{w},
      question{q},
      model{result},
      clocks{w},
      borders{w},
      calls{group(w, &Call::service)},
      departures{group(w, &karvan::Departure::service)},
      capacities{group(w, &Capacity::service)},
      line_of{w.size<Service>(), kNone} {
  for (const Id<Service> id : world.ids<Service>())
    std::ranges::stable_sort(calls[id], {}, [this](Id<Call> c) { return world[c].sequence; });
  for (const Id<Delay> id : world.ids<Delay>()) {
    const Delay& row = world[id];
    delay_of[{row.mode, row.country}] = law(row.factor, "delays " + row.code);
  }
  for (const Id<Goods> id : world.ids<Goods>()) {
    if (!food.valid() || (world[id].is_food && !world[food].is_food)) food = id;
  }
}

Index Workshop::law(const Law& law, std::string_view row) {
  const auto key = std::tuple{law.family, law.a, law.b, law.c};
  const auto known = sampler_of.find(key);
  if (known != sampler_of.end()) return known->second;
  Result<des::Sampler> sampler = make_sampler(law);
  if (!sampler) {
    errors.push_back(std::string{row} + ": " + sampler.error().message);
    return kNone;
  }
  model.laws.push_back(std::move(sampler).value());
  return sampler_of[key] = static_cast<Index>(model.laws.size() - 1);
}

// Every day of the run and a week about it as it falls on the clock of the place: one cycle as long
// as all of them, so that summer time needs no rule of its own.
Index Workshop::add_calendar(Id<Place> place, const std::array<std::vector<Hours>, 7>& hours) {
  constexpr std::chrono::days kAbout{7};
  const Date first = day_of(model.begin) - kAbout;
  const Date last = day_of(model.until) + kAbout;
  const auto at = [&](Date day, std::chrono::minutes time) {
    return to_time(clocks.instant(place, day, time));
  };
  const Time origin = at(first, std::chrono::minutes{0});
  std::vector<des::Calendar::Span> spans;
  for (Date day = first; day < last; day += std::chrono::days{1}) {
    const auto weekday =
        static_cast<std::size_t>((std::chrono::weekday{day} - std::chrono::Monday).count());
    for (const auto& [opens, closes] : hours[weekday]) {
      const bool to_midnight = closes >= std::chrono::days{1};
      const Time end =
          to_midnight ? at(day + std::chrono::days{1}, std::chrono::minutes{0}) : at(day, closes);
      spans.push_back({at(day, opens) - origin, end - origin});
    }
  }
  Result<des::Calendar> calendar =
      des::Calendar::make(origin, at(last, std::chrono::minutes{0}) - origin, std::move(spans));
  if (!calendar) {
    errors.push_back("opening hours at " + world[place].code + ": " + calendar.error().message);
    return kNone;
  }
  model.calendars.push_back(std::move(calendar).value());
  return static_cast<Index>(model.calendars.size() - 1);
}

Index Workshop::daily_calendar(Id<Place> place,
                               std::chrono::minutes opens,
                               std::chrono::minutes closes) {
  constexpr std::chrono::minutes kMidnight{0};
  std::vector<Hours> day;
  if (opens < closes) {
    day = {{opens, closes}};
  } else {
    if (closes > kMidnight) day.emplace_back(kMidnight, closes);
    if (opens < std::chrono::days{1}) day.emplace_back(opens, std::chrono::days{1});
  }
  std::array<std::vector<Hours>, 7> week;
  week.fill(day);
  return add_calendar(place, week);
}

Index Workshop::opening_calendar(Id<Place> place) {
  std::array<std::vector<Hours>, 7> week;
  bool has_any = false;
  for (const Id<OpeningHours> id : world.ids<OpeningHours>()) {
    const OpeningHours& row = world[id];
    if (row.place != place) continue;
    for (std::size_t day = 0; day < week.size(); ++day) {
      const Date monday = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};
      if (!row.days.contains(monday + std::chrono::days{static_cast<int>(day)})) continue;
      week[day].emplace_back(row.opens, row.closes);
      has_any = true;
    }
  }
  if (!has_any) return kNone;
  for (std::vector<Hours>& day : week)
    std::ranges::sort(day);
  return add_calendar(place, week);
}

void compile_places(Workshop& shop) {
  Model& m = shop.model;
  for (std::size_t i = 0; i < shop.world.size<Place>(); ++i) {
    const Id<Place> id{i};
    const Place& row = shop.world[id];
    m.places.push_back({.row = id, .code = row.code, .name = row.name});
    m.places.back().calendar = shop.opening_calendar(id);
  }
  compile_links(shop);
  compile_closures(shop);
  compile_weather(shop);
  compile_water(shop);
  compile_berths(shop);
  compile_yards(shop);
  compile_pools(shop);
}

}  // namespace karvan::simulate::detail
