#include "karvan/testing/random_corridor.h"

#include <algorithm>
#include <cmath>

#include "karvan/base/random.h"
#include "karvan/testing/corridor_builder.h"

namespace karvan::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

class CorridorMaker {
 public:
  CorridorMaker(std::uint64_t seed, int size)
      : random_{seed, "random_corridor"}, size_{size}, c_{builder_.corridor} {}

  RandomCase make() {
    c_.info.calendar_until = c_.info.calendar_from + days{between(10, 20)};
    places();
    services();
    handling();
    tariffs();
    borders();
    regimes();
    opening_hours();
    closures();
    if (chance(0.6)) delays();
    if (chance(0.5)) storage();
    plan::Question question = ask();
    if (chance(0.5)) through_rates(question);
    question.weighs_risk = chance(0.85);
    if (chance(0.4)) bookings();
    if (chance(0.5)) hazards(question);
    return {.corridor = std::move(builder_.corridor), .question = std::move(question)};
  }

 private:
  int between(int lo, int hi) { return static_cast<int>(random_.uniform_int(lo, hi)); }
  bool chance(double p) { return random_.bernoulli(p); }
  template <class T>
  T pick(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(between(0, static_cast<int>(list.size()) - 1))];
  }
  Date day() { return c_.info.calendar_from + days{between(0, 12)}; }
  minutes clock() { return minutes{between(0, 95) * 15}; }
  Law hours(int lo, int hi) {
    const auto m = static_cast<double>(between(lo, hi));
    if (chance(0.6)) return {.a = m};
    return {.family = LawFamily::kLognormal, .a = m, .b = between(1, 6) / 4.0};
  }
  Usd dollars(int lo, int hi) { return Usd{static_cast<double>(between(lo, hi))}; }

  void places() {
    const int countries = between(1, 3);
    for (int i = 0; i < countries; ++i)
      countries_.push_back(builder_.country("C" + number(i)));
    const int n = 3 + std::min(size_ / 2, 3);
    for (int i = 0; i < n; ++i) {
      const minutes offset{between(-2, 4) * 90};
      places_.push_back(builder_.place("p" + number(i), pick(countries_), offset));
    }
    if (chance(0.3)) {  // summer time begins within the calendar, on 29 March
      c_.info.calendar_from = Date{std::chrono::year{2026} / 3 / 24};
      c_.info.calendar_until = c_.info.calendar_from + days{between(10, 20)};
      for (ZonePeriod& zone : c_.time_zones) {
        if (chance(0.5)) zone.summer_time = SummerTime::kEurope;
      }
    }
    for (int i = 0; i < 3; ++i)
      operators_.push_back(builder_.operator_of("o" + number(i)));
  }

  static std::string number(int i) { return std::to_string(i); }

  Mode mode() {
    return pick(std::vector{Mode::kRail, Mode::kRail, Mode::kRail, Mode::kSea, Mode::kRoad,
                            Mode::kInlandWater});
  }

  void services() {
    const int n = 4 + between(0, 3 + size_);
    for (int i = 0; i < n; ++i)
      service(i);
  }

  void service(int i) {
    Service row{.code = "s" + number(i),
                .name = "s" + number(i),
                .operator_ = pick(operators_),
                .mode = mode()};
    if (row.mode == Mode::kRail || (row.mode == Mode::kSea && chance(0.4)))
      row.gauge = chance(0.7) ? Gauge{1520} : Gauge{1435};
    row.border_in_timetable = chance(0.3);
    row.cutoff_cargo = Hours{static_cast<double>(between(0, 12))};
    if (chance(0.7)) row.cutoff_dangerous = Hours{static_cast<double>(between(0, 20))};
    if (chance(0.15)) row.risk = chance(0.5) ? Risk::kWar : Risk::kSanctions;
    if (chance(0.1)) row.valid_from = day();
    if (chance(0.1)) row.valid_until = day() + days{4};
    departs(row);
    const Id<Service> id = c_.services.push_back(row);
    if (row.departs == DepartureRule::kTimetable) timetable(id);
    calls(id);
    capacities(id);
  }

  void departs(Service& row) {
    row.departs = pick(std::vector{DepartureRule::kTimetable, DepartureRule::kTimetable,
                                   DepartureRule::kFrequency, DepartureRule::kWhenFull,
                                   DepartureRule::kOnDemand});
    if (row.departs == DepartureRule::kFrequency || row.departs == DepartureRule::kWhenFull)
      row.departures_per_week = between(1, 10) * 0.75;
    if (row.departs != DepartureRule::kTimetable && chance(0.3)) {
      row.window_from = clock();
      row.window_until = clock();
    }
  }

  void timetable(Id<Service> id) {
    const int n = between(1, 2);
    for (int i = 0; i < n; ++i) {
      Departure row{
          .code = c_.services[id].code + "d" + number(i), .service = id, .leaves_at = clock()};
      if (chance(0.3)) {
        for (int k = between(1, 3); k > 0; --k)
          row.dates.push_back(day());
      } else {
        for (unsigned weekday = 0; weekday < 7; ++weekday) {
          if (chance(0.35)) row.days.add(std::chrono::weekday{weekday});
        }
      }
      if (chance(0.2)) row.except.push_back(day());
      if (chance(0.2)) row.valid_from = day();
      c_.departures.push_back(row);
    }
  }

  void calls(Id<Service> id) {
    std::vector<Id<Place>> way = places_;
    for (std::size_t i = way.size() - 1; i > 0; --i)
      std::swap(way[i], way[static_cast<std::size_t>(between(0, static_cast<int>(i)))]);
    way.resize(static_cast<std::size_t>(chance(0.6) ? 2 : 3));
    const std::string& code = c_.services[id].code;
    for (std::size_t i = 0; i < way.size(); ++i) {
      Call row{.code = code + "c" + std::to_string(i),
               .service = id,
               .sequence = static_cast<int>(i) + 1,
               .place = way[i],
               .loads = !chance(0.05),
               .unloads = !chance(0.05)};
      if (i > 0) {
        row.links = {link(way[i - 1], way[i], c_.services[id].mode)};
        if (chance(0.15)) {  // through a third place without a call there
          const Id<Place> via = pick(places_);
          if (via != way[i] && via != way[i - 1])
            row.links = {link(way[i - 1], via, c_.services[id].mode),
                         link(via, way[i], c_.services[id].mode)};
        }
        if (chance(0.6)) row.hours = Hours{between(4, 160) / 4.0};
        row.dwell = Hours{between(0, 8) / 4.0};
      }
      c_.calls.push_back(row);
    }
  }

  Id<Link> link(Id<Place> from, Id<Place> to, Mode mode) {
    // One draw a statement: the order of arguments is the compiler's own.
    const Hours running{static_cast<double>(between(2, 40))};
    const Km length{between(1, 20) * 50.0};
    const Id<Link> id = builder_.link(from, to, mode, length, running);
    if (chance(0.06)) c_.links[id].risk = Risk::kWar;
    if (chance(0.06)) c_.links[id].open_from = day();
    if (chance(0.06)) c_.links[id].open_until = day();
    return id;
  }

  void capacities(Id<Service> id) {
    const Service& service = c_.services[id];
    for (const Id<LoadUnit> unit : c_.load_units.ids()) {
      const LoadUnit& row = c_.load_units[unit];
      const bool fits = !row.gauge.is_rail() || row.gauge == service.gauge;
      if (!fits || !chance(0.85)) continue;
      c_.capacities.push_back({.code = service.code + row.code,
                               .service = id,
                               .load_unit = unit,
                               .units = row.kind == LoadUnitKind::kBulk ? between(3, 20) * 60.0
                                                                        : between(3, 20) * 1.0});
    }
  }

  void handling() {
    if (chance(0.95)) builder_.add_general_handling();
    for (Handling& row : c_.handling) {
      row.hours = hours(0, 10);
      row.minutes_per_unit = between(0, 2) * 5;
      row.usd_per_unit = dollars(0, 40);
      row.kg_co2e_per_t = between(0, 2);
    }
    const std::vector<Side> sides{Side::kRail, Side::kSea, Side::kRoad, Side::kGate};
    for (int i = between(2, 10); i > 0; --i) {  // own rows of a place, restowing among them
      Handling row{.code = "h" + number(i),
                   .place = pick(places_),
                   .from = pick(sides),
                   .to = pick(sides),
                   .from_kind = pick(kinds()),
                   .to_kind = pick(kinds()),
                   .hours = hours(0, 30),
                   .usd_per_unit = dollars(0, 30)};
      if (chance(0.2)) row.place = {};
      c_.handling.push_back(row);
    }
    for (int i = between(1, 6); i > 0; --i)
      gauge_change(i);
  }

  static std::vector<LoadUnitKind> kinds() {
    return {LoadUnitKind::kContainer, LoadUnitKind::kWagon, LoadUnitKind::kTruck,
            LoadUnitKind::kBulk};
  }

  void gauge_change(int i) {
    const bool widens = chance(0.5);
    c_.gauge_changes.push_back(
        {.code = "g" + number(i),
         .place = pick(places_),
         .from = Gauge{widens ? 1435 : 1520},
         .to = Gauge{widens ? 1520 : 1435},
         .method = chance(0.5) ? GaugeMethod::kTransshipment : GaugeMethod::kBogieExchange,
         .load_unit_kind = chance(0.5) ? LoadUnitKind::kContainer : LoadUnitKind::kWagon,
         .stands = between(1, 3),
         .hours = hours(0, 20),
         .minutes_per_unit = static_cast<double>(between(0, 30)),
         .usd_per_unit = dollars(0, 40)});
  }

  void tariffs() {
    if (chance(0.95)) builder_.add_general_tariffs();
    for (int i = between(0, 6); i > 0; --i) {
      Tariff row{.code = "t" + number(i),
                 .mode = mode(),
                 .quantity_from = chance(0.4) ? between(2, 8) * 1.0 : 0.0,
                 .fixed = dollars(100, 300),
                 .per_unit = dollars(50, 600),
                 .per_unit_km = Usd{between(0, 8) / 4.0},
                 .minimum = dollars(0, 2000)};
      if (chance(0.4)) {
        row.service = Id<Service>{
            static_cast<std::size_t>(between(0, static_cast<int>(c_.services.size()) - 1))};
        row.mode = c_.services[row.service].mode;
      } else if (chance(0.3)) {
        row.operator_ = pick(operators_);
      } else if (chance(0.5)) {
        row.country = pick(countries_);
      }
      if (chance(0.3)) row.load_unit_kind = pick(kinds());
      if (chance(0.35)) row.valid_from = day();
      if (chance(0.35)) row.valid_until = day();
      c_.tariffs.push_back(row);
    }
  }

  void borders() {
    if (chance(0.05)) c_.crossings = {};
    for (int i = between(0, 4); i > 0; --i) {
      Crossing row{.code = "x" + number(i), .name = "x" + number(i), .mode = mode()};
      if (chance(0.5)) row.from = pick(countries_);
      if (chance(0.5)) row.to = pick(countries_);
      if (chance(0.4)) row.place = pick(places_);
      if (chance(0.4)) {
        row.opens = clock();
        row.closes = clock();
      }
      c_.crossings.push_back(row);
    }
    for (const Id<Crossing> crossing : c_.crossings.ids()) {
      for (int i = between(0, 3); i > 0; --i) {
        c_.crossing_steps.push_back({.code = "st" + number(i),
                                     .crossing = crossing,
                                     .sequence = i,
                                     .kind = step(),
                                     .hours = hours(0, 30),
                                     .share = chance(0.5) ? 1.0 : 0.5,
                                     .food_only = chance(0.2),
                                     .usd_per_consignment = dollars(0, 60),
                                     .usd_per_unit = dollars(0, 20)});
      }
    }
  }

  StepKind step() {
    return pick(std::vector{StepKind::kTransitDeclaration, StepKind::kDocumentReissue,
                            StepKind::kInspection, StepKind::kQueue});
  }

  void regimes() {
    for (int i = between(0, 5); i > 0; --i) {
      const Id<Regime> regime = builder_.regime(
          "r" + number(i),
          pick(std::vector{RegimeKind::kConsignmentNote, RegimeKind::kConsignmentNote,
                           RegimeKind::kCustomsTransit, RegimeKind::kFacilitation}));
      if (chance(0.4)) c_.regimes[regime].modes = {mode()};
      if (chance(0.2)) c_.regimes[regime].in_force_from = day();
      members(regime, i);
      if (chance(0.7)) {
        c_.regime_effects.push_back({.code = "e" + number(i),
                                     .regime = regime,
                                     .step = step(),
                                     .hours_factor = chance(0.5) ? 0.0 : 0.5,
                                     .share_factor = chance(0.5) ? 1.0 : 0.5,
                                     .fee_factor = chance(0.5) ? 1.0 : 0.0});
      }
      document(regime, i);
    }
    for (int i = between(0, 2); i > 0; --i)
      document({}, 10 + i);
  }

  void members(Id<Regime> regime, int i) {
    for (const Id<Country> country : countries_) {
      if (!chance(0.75)) continue;
      Membership row{.code = "m" + number(i), .regime = regime, .country = country};
      if (chance(0.25)) row.from = day();
      if (chance(0.25)) row.until = day();
      c_.memberships.push_back(row);
    }
  }

  void document(Id<Regime> regime, int i) {
    Document row{.code = "doc" + number(i),
                 .name = "doc" + number(i),
                 .regime = regime,
                 .dangerous_only = chance(0.1),
                 .food_only = chance(0.1),
                 .crossing_only = chance(0.6),
                 .usd_per_consignment = dollars(0, 15)};
    if (chance(0.6)) row.modes = {mode()};
    c_.documents.push_back(row);
  }

  void delays() {
    for (int i = between(1, 4); i > 0; --i) {
      Delay row{.code = "delay" + number(i),
                .mode = mode(),
                .factor = {.family = LawFamily::kLognormal,
                           .a = 1 + between(0, 3) / 8.0,
                           .b = between(0, 4) / 8.0}};
      if (chance(0.4)) row.country = pick(countries_);
      c_.delays.push_back(row);
    }
  }

  void storage() {
    for (int i = between(1, 5); i > 0; --i) {
      Storage row{.code = "storage" + number(i),
                  .load_unit_kind = pick(kinds()),
                  .free_days = between(0, 6) / 2.0,
                  .usd_per_unit_day = dollars(0, 60)};
      if (chance(0.8)) row.place = pick(places_);
      c_.storage.push_back(row);
    }
  }

  // Mostly such as the shipment may use.
  void through_rates(const plan::Question& question) {
    for (int i = between(1, 5); i > 0; --i) {
      ThroughRate row{.code = "through" + number(i),
                      .from = chance(0.4) ? question.from : pick(places_),
                      .to = chance(0.4) ? question.to : pick(places_),
                      .load_unit = pick(c_.goods[question.shipment.goods].load_units),
                      .per_unit = dollars(0, 600)};
      if (chance(0.2)) row.operator_ = pick(operators_);
      if (chance(0.25)) row.valid_from = day();
      if (chance(0.25)) row.valid_until = day();
      if (row.from != row.to) c_.through_rates.push_back(row);
    }
  }

  // Mostly of the days just after the question's.
  void bookings() {
    for (int i = between(2, 12); i > 0; --i) {
      const Capacity& capacity = c_.capacities[Id<Capacity>{
          static_cast<std::size_t>(between(0, static_cast<int>(c_.capacities.size()) - 1))}];
      if (c_.services[capacity.service].departs == DepartureRule::kOnDemand) continue;
      Booking row{.code = "b" + number(i),
                  .service = capacity.service,
                  .departs_on = day(),
                  .load_unit = capacity.load_unit,
                  .units = std::floor(capacity.units * between(1, 5) / 4.0)};
      if (chance(0.2)) row.leaves_at = clock();
      c_.bookings.push_back(row);
    }
  }

  void hazards(const plan::Question& question) {
    const std::string& carried = c_.goods[question.shipment.goods].hazard_class;
    for (int i = between(1, 3); i > 0; --i) {
      HazardRefusal row{.code = "hr" + number(i),
                        .hazard_class = carried.empty() || chance(0.3) ? "3" : carried};
      if (chance(0.3)) row.but_carries = {row.hazard_class};
      row.service = Id<Service>{
          static_cast<std::size_t>(between(0, static_cast<int>(c_.services.size()) - 1))};
      c_.hazard_refusals.push_back(row);
    }
  }

  void opening_hours() {
    for (const Id<Place> place : places_) {
      for (int i = chance(0.3) ? between(1, 2) : 0; i > 0; --i) {
        OpeningHours row{.code = "oh" + number(i), .place = place, .days = Weekdays::daily()};
        if (chance(0.5)) {
          row.days = {};
          for (unsigned weekday = 1; weekday < 6; ++weekday)
            row.days.add(std::chrono::weekday{weekday});
        }
        row.opens = clock();
        row.closes = chance(0.3) ? minutes{24 * 60} : clock();
        c_.opening_hours.push_back(row);
      }
    }
  }

  void closures() {
    for (int i = chance(0.4) ? between(1, 3) : 0; i > 0; --i) {
      Closure row{.code = "cl" + number(i), .from = day(), .share_left = chance(0.2) ? 0.5 : 0.0};
      row.until = row.from + days{between(1, 4)};
      switch (between(0, 3)) {
        case 0:
          row.reach = ClosureReach::kPlace;
          row.code_of = c_.places[pick(places_)].code;
          break;
        case 1:
          row.reach = ClosureReach::kService;
          row.code_of = "s" + number(between(0, 4));
          break;
        case 2:
          row.reach = ClosureReach::kCrossing;
          row.code_of = chance(0.5) ? "x1" : "any_rail";
          break;
        default:
          row.reach = ClosureReach::kLink;
          row.code_of = c_.links[Id<Link>{static_cast<std::size_t>(
                                     between(0, static_cast<int>(c_.links.size()) - 1))}]
                            .code;
      }
      c_.closures.push_back(row);
    }
  }

  plan::Question ask() {
    plan::Question question;
    question.from = c_.calls[Id<Call>{0U}].place;  // a place that something leaves
    do {
      question.to = pick(places_);
    } while (question.to == question.from);
    question.shipment.goods = builder_.goods(
        pick(std::vector<std::string_view>{"machinery", "machinery", "wheat", "acid"}));
    switch (between(0, 2)) {
      case 0:
        question.shipment.unit = QuantityUnit::kTonnes;
        question.shipment.quantity = between(1, 6) * 40;
        break;
      case 1:
        question.shipment.unit = QuantityUnit::kUnits;
        question.shipment.quantity = between(1, 8);
        question.shipment.load_unit = pick(c_.goods[question.shipment.goods].load_units);
        break;
      default:
        question.shipment.unit = QuantityUnit::kTeu;
        question.shipment.quantity = between(1, 10);
    }
    question.depart = Instant{c_.info.calendar_from} + minutes{between(0, 3 * 24 * 60)};
    if (chance(0.2)) question.depart += std::chrono::seconds{30};
    question.days_max = between(6, 20);
    question.legs_max = chance(0.8) ? 4 : between(1, 3);
    question.keep_safer_options = chance(0.7);
    question.saves_storage = true;
    if (chance(0.3)) question.deadline = question.depart + minutes{between(24, 240) * 60 + 7};
    refuse(question.refuse);
    return question;
  }

  void refuse(plan::Refusals& refuse) {
    if (chance(0.06)) refuse.places.push_back(pick(places_));
    if (chance(0.06)) refuse.countries.push_back(pick(countries_));
    if (chance(0.06)) refuse.modes.push_back(mode());
    if (chance(0.06)) refuse.operators.push_back(pick(operators_));
    if (chance(0.06)) refuse.services.push_back(Id<Service>{0U});
    if (chance(0.1)) refuse.risks.push_back(Risk::kWar);
  }

  RandomStream random_;
  int size_;
  CorridorBuilder builder_;
  Corridor& c_;
  std::vector<Id<Country>> countries_;
  std::vector<Id<Place>> places_;
  std::vector<Id<Operator>> operators_;
};

// Draws what else is asked; in a stream of its own, so that cases stay what they are.
class More {
 public:
  More(const RandomCase& random, std::uint64_t seed)
      : world_{random.corridor}, question_{random.question}, random_{seed, "asking more"} {}

  plan::Question make() {
    do {
      if (chance(0.4)) pass();
      if (chance(0.3)) require();
      if (chance(0.3)) question_.transshipments_max = between(0, 2);
      if (chance(0.3)) question_.budget = Usd{static_cast<double>(between(1, 60)) * 500};
      if (chance(0.2)) keep_to();
      if (chance(0.2)) refuse();
    } while (!is_more_);
    return question_;
  }

 private:
  int between(int low, int high) { return static_cast<int>(random_.uniform_int(low, high)); }
  bool chance(double p) {
    const bool is_so = random_.bernoulli(p);
    is_more_ = is_more_ || is_so;
    return is_so;
  }
  template <class Row>
  Id<Row> any() {
    const auto count = static_cast<int>(world_.size<Row>());
    return Id<Row>{static_cast<std::uint32_t>(between(0, count - 1))};
  }

  void pass() {
    const int count = between(1, 2);
    for (int i = 0; i < count; ++i) {
      const Id<Place> place = any<Place>();
      const bool is_end = place == question_.from || place == question_.to;
      if (!is_end && std::ranges::find(question_.via, place) == question_.via.end())
        question_.via.push_back(place);
    }
  }
  void require() {
    plan::Requirements& require = question_.require;
    switch (between(0, 3)) {
      case 0:
        return require.modes.push_back(world_[any<Service>()].mode);
      case 1:
        return require.countries.push_back(any<Country>());
      case 2:
        return require.operators.push_back(any<Operator>());
      default:
        return require.services.push_back(any<Service>());
    }
  }
  void keep_to() {
    plan::Only& only = question_.only;
    const int kind = between(0, 3);
    const int count = between(2, 3);
    for (int i = 0; i < count; ++i) {
      if (kind == 0) only.modes.push_back(world_[any<Service>()].mode);
      if (kind == 1) only.countries.push_back(any<Country>());
      if (kind == 2) only.operators.push_back(any<Operator>());
      if (kind == 3) only.services.push_back(any<Service>());
    }
  }
  void refuse() {
    if (world_.size<Regime>() > 0) question_.refuse.regimes.push_back(any<Regime>());
  }

  World world_;
  plan::Question question_;
  RandomStream random_;
  bool is_more_ = false;
};

}  // namespace

plan::Question asking_more(const RandomCase& random, std::uint64_t seed) {
  return More{random, seed}.make();
}

RandomCase taking_time_for_papers(RandomCase random, std::uint64_t seed) {
  RandomStream stream{seed, "papers"};
  const auto draw = [&stream](int low, int high) {
    return static_cast<int>(stream.uniform_int(low, high));
  };
  // More of them than cases have: of any regime or none.
  for (int i = draw(1, 3); i > 0; --i) {
    Document row{.code = "more" + std::to_string(i)};
    row.name = row.code;
    row.crossing_only = stream.bernoulli(0.4);
    row.usd_per_consignment = Usd{static_cast<double>(draw(0, 15))};
    const auto regimes = static_cast<int>(random.corridor.regimes.size());
    const int regime = draw(-1, regimes - 1);
    if (regime >= 0) row.regime = Id<Regime>{static_cast<std::size_t>(regime)};
    if (stream.bernoulli(0.4)) row.modes = {static_cast<Mode>(draw(0, 3))};
    random.corridor.documents.push_back(row);
  }
  for (const Id<Document> id : random.corridor.documents.ids()) {
    if (stream.bernoulli(0.8)) random.corridor.documents[id].lead = Hours{draw(0, 200) / 2.0};
  }
  for (const Id<Service> id : random.corridor.services.ids()) {
    if (stream.bernoulli(0.5))
      random.corridor.services[id].cutoff_documents = Hours{static_cast<double>(draw(0, 30))};
  }
  random.question.papers_from = random.question.depart + minutes{draw(-4 * 24 * 60, 2 * 24 * 60)};
  return random;
}

RandomCase hiring_load_units(RandomCase random, std::uint64_t seed) {
  RandomStream stream{seed, "hire"};
  const auto draw = [&stream](int low, int high) {
    return static_cast<int>(stream.uniform_int(low, high));
  };
  Corridor& c = random.corridor;
  plan::Question& question = random.question;
  const Id<Operator> owner = c.operators.push_back({.code = "owner", .name = "owner"});
  question.shipment.hired_from = owner;
  std::vector<Id<Place>> places{question.from, question.to, Id<Place>{}};
  std::vector<Id<LoadUnit>> units = c.goods[question.shipment.goods].load_units;
  if (question.shipment.load_unit.valid()) units = {question.shipment.load_unit};
  for (const Id<LoadUnit> unit : units) {
    for (const Id<Place> place : places) {
      if (stream.bernoulli(place.valid() ? 0.4 : 0.6)) continue;
      EmptyReturn row{.code = "r" + std::to_string(c.empty_returns.size())};
      row.operator_ = owner;
      row.load_unit = unit;
      row.place = place;
      row.days = draw(0, 12) / 4.0;
      row.usd_per_unit = Usd{draw(0, 300) / 4.0};
      c.empty_returns.push_back(row);
    }
    for (int i = draw(0, 4); i > 0; --i) {
      Detention row{.code = "d" + std::to_string(c.detention.size())};
      row.operator_ = owner;
      row.load_unit = unit;
      row.clock = stream.bernoulli(0.8) ? DetentionClock::kHire : DetentionClock::kDestination;
      row.after_days = draw(0, 2) + 3 * i;
      row.usd_per_unit_day = Usd{draw(0, 400) / 4.0};
      c.detention.push_back(row);
    }
  }
  return random;
}

RandomCase random_case(std::uint64_t seed, int size) {
  return CorridorMaker{seed, size}.make();
}

}  // namespace karvan::testing
