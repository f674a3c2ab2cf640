#include "karvan/testing/continent.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "karvan/base/check.h"
#include "karvan/base/random.h"

namespace karvan::testing {
namespace {

constexpr std::int64_t kWidthKm = 6'000;
constexpr std::int64_t kHeightKm = 3'000;
constexpr std::int64_t kCountryKm = 1'000;  // countries are squares
constexpr std::size_t kNeighbors = 5;
constexpr std::size_t kPortEach = 12;  // one place of so many

struct Point {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

class ContinentMaker {
 public:
  explicit ContinentMaker(const ContinentSize& size)
      : size_{size}, random_{size.seed, "continent"} {
    CHECK(4 <= size.places && size.places <= 20'000);
    corridor_.info.calendar_until = corridor_.info.calendar_from + std::chrono::days{size.days};
  }

  Corridor make() {
    terminals();
    laws();
    for (int i = 0; i < size_.services; ++i)
      service(i);
    return std::move(corridor_);
  }

 private:
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return random_.uniform_int(least, most);
  }
  std::int64_t apart(std::size_t a, std::size_t b) const {
    const auto dx = static_cast<double>(points_[a].x - points_[b].x);
    const auto dy = static_cast<double>(points_[a].y - points_[b].y);
    return std::max<std::int64_t>(std::llround(std::sqrt(dx * dx + dy * dy)), 1);
  }

  void terminals() {
    for (int i = 0; i < size_.places; ++i) {
      const std::int64_t x = between(0, kWidthKm - 1);
      points_.push_back({.x = x, .y = between(0, kHeightKm - 1)});
    }
    std::ranges::sort(points_, {}, [](const Point& p) { return std::pair{p.x, p.y}; });
    links_.resize(points_.size());
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const std::int64_t column = points_[i].x / kCountryKm;
      const std::string country =
          "C" + std::to_string(column) + "_" + std::to_string(points_[i].y / kCountryKm);
      places_.push_back(builder_.place("p" + std::to_string(i), builder_.country(country),
                                       std::chrono::minutes{60 * column}));
      if (i % kPortEach == 0) ports_.push_back(i);
    }
    for (std::size_t i = 0; i < points_.size(); ++i)
      near_.push_back(nearest(i));
  }

  std::vector<std::size_t> nearest(std::size_t place) const {
    std::vector<std::size_t> others(points_.size());
    std::iota(others.begin(), others.end(), std::size_t{0});
    std::erase(others, place);
    const std::size_t count = std::min(kNeighbors, others.size());
    std::ranges::partial_sort(
        others, others.begin() + static_cast<std::ptrdiff_t>(count), {},
        [&](std::size_t other) { return std::pair{apart(place, other), other}; });
    others.resize(count);
    return others;
  }

  void laws() {
    builder_.add_general_handling();
    for (Handling& row : corridor_.handling) {
      row.hours = {.family = LawFamily::kLognormal, .a = 6, .b = 0.5};
      row.usd_per_unit = Usd{40};
      row.kg_co2e_per_t = 0.5;
    }
    for (const Id<Crossing> crossing : corridor_.crossings.ids()) {
      corridor_.crossing_steps.push_back({.code = "step" + std::to_string(crossing.index()),
                                          .crossing = crossing,
                                          .sequence = 1,
                                          .hours = {.family = LawFamily::kGamma, .a = 8, .b = 0.8},
                                          .usd_per_unit = Usd{15}});
    }
    for (const Mode mode : {Mode::kRail, Mode::kSea, Mode::kRoad}) {
      corridor_.delays.push_back({.code = std::string{to_text(mode)},
                                  .mode = mode,
                                  .factor = {.family = LawFamily::kLognormal, .a = 1.1, .b = 0.3}});
    }
    corridor_.storage.push_back({.code = "storage",
                                 .load_unit_kind = LoadUnitKind::kContainer,
                                 .free_days = 5,
                                 .usd_per_unit_day = Usd{12}});
  }

  // Seven of ten are trains, two coasters, one a shuttle.
  void service(int number) {
    const std::int64_t kind = between(0, 9);
    const Mode mode = kind < 7 ? Mode::kRail : kind < 9 ? Mode::kSea : Mode::kRoad;
    Service row{
        .code = "s" + std::to_string(number),
        .operator_ = builder_.operator_of("o" + std::to_string(between(0, 39))),
        .mode = mode,
        .departs = mode == Mode::kRoad ? DepartureRule::kOnDemand : DepartureRule::kFrequency,
        .cutoff_cargo = Hours{static_cast<double>(between(2, 12))}};
    if (mode == Mode::kRail) row.gauge = Gauge{1520};
    if (mode != Mode::kRoad)
      row.departures_per_week = size_.growth * static_cast<double>(between(1, 7));
    const Id<Service> id = corridor_.services.push_back(row);
    call_at(id, way_of(mode));
    corridor_.capacities.push_back(
        {.code = row.code, .service = id, .load_unit = builder_.unit("box40"), .units = 60});
    const std::int64_t dearness = mode == Mode::kRoad ? 3 : 1;
    corridor_.tariffs.push_back(
        {.code = row.code,
         .service = id,
         .mode = mode,
         .per_unit_km = Usd{static_cast<double>(dearness * between(30, 90)) / 100}});
  }

  // A walk over neighbors in about one direction; ships go from port to port.
  std::vector<std::size_t> way_of(Mode mode) {
    const bool is_ship = mode == Mode::kSea;
    const std::size_t last = is_ship ? ports_.size() - 1 : points_.size() - 1;
    const auto start = static_cast<std::size_t>(between(0, static_cast<std::int64_t>(last)));
    const std::int64_t east = between(0, 1) == 0 ? -1 : 1;
    const std::int64_t calls = mode == Mode::kRoad ? 2 : is_ship ? between(2, 4) : between(3, 8);
    std::vector<std::size_t> way{is_ship ? ports_[start] : start};
    for (std::size_t at = start; std::ssize(way) < calls;) {
      if (is_ship) {
        const auto next = static_cast<std::int64_t>(at) + east * between(1, 6);
        if (next < 0 || next > static_cast<std::int64_t>(last)) break;
        at = static_cast<std::size_t>(next);
        way.push_back(ports_[at]);
        continue;
      }
      const std::size_t next =
          near_[at][static_cast<std::size_t>(between(0, std::ssize(near_[at]) - 1))];
      const bool goes_back = (points_[next].x - points_[at].x) * east < -50;
      if (goes_back || std::ranges::find(way, next) != way.end()) {
        if (between(0, 7) == 0) break;
        continue;
      }
      at = next;
      way.push_back(at);
    }
    if (way.size() == 1) way.push_back(near_[way.front()].front());
    return way;
  }

  void call_at(Id<Service> service, const std::vector<std::size_t>& way) {
    const Service& row = corridor_.services[service];
    for (std::size_t i = 0; i < way.size(); ++i) {
      Call call{.code = row.code + "_" + std::to_string(i),
                .service = service,
                .sequence = static_cast<int>(i) + 1,
                .place = places_[way[i]],
                .dwell = Hours{i == 0 ? 0.0 : 4.0}};
      if (i > 0) call.links = {link(way[i - 1], way[i], row.mode)};
      corridor_.calls.push_back(call);
    }
  }

  // Links are many: the builder's own search for one that is there would take its square.
  Id<Link> link(std::size_t from, std::size_t to, Mode mode) {
    std::vector<Known>& known = links_[std::min(from, to)];
    for (const Known& k : known) {
      if (k.to == std::max(from, to) && k.mode == mode) return k.link;
    }
    const double km = static_cast<double>(apart(from, to)) * 1.25;
    const Id<Link> id = corridor_.links.push_back({.code = std::to_string(corridor_.links.size()),
                                                   .from = places_[from],
                                                   .to = places_[to],
                                                   .mode = mode,
                                                   .length = Km{km}});
    corridor_.links[id].speed = Km{km} / Hours{km / (mode == Mode::kSea ? 25 : 40)};
    known.push_back({.to = std::max(from, to), .mode = mode, .link = id});
    return id;
  }

  struct Known {
    std::size_t to = 0;
    Mode mode = Mode::kRail;
    Id<Link> link;
  };

  ContinentSize size_;
  RandomStream random_;
  CorridorBuilder builder_;
  Corridor& corridor_ = builder_.corridor;
  std::vector<Point> points_;
  std::vector<Id<Place>> places_;
  std::vector<std::size_t> ports_;
  std::vector<std::vector<std::size_t>> near_;  // nearest first
  std::vector<std::vector<Known>> links_;       // by the end further west
};

}  // namespace

Corridor continent(const ContinentSize& size) {
  return ContinentMaker{size}.make();
}

}  // namespace karvan::testing
