#include "karvan/testing/naive_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>

#include "karvan/base/contains.h"
#include "karvan/cost/border_of.h"
#include "karvan/cost/carbon_of.h"
#include "karvan/cost/connection_risk.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/cost/documents_of.h"
#include "karvan/cost/handling_of.h"
#include "karvan/cost/money_of.h"
#include "karvan/cost/storage_of.h"
#include "karvan/cost/through_of.h"
#include "karvan/model/clock.h"
#include "karvan/model/transshipment.h"
#include "karvan/testing/naive_asked.h"
#include "karvan/testing/open_minutes.h"

namespace karvan::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

Instant up(Instant instant) {
  return std::chrono::ceil<minutes>(instant);
}
Duration up(Hours hours) {
  return std::chrono::ceil<minutes>(to_duration(hours));
}
Date utc_day(Instant instant) {
  return std::chrono::floor<days>(instant);
}
std::int64_t cents_of(Usd usd) {
  return std::llround(usd.value() * 100);
}
std::int64_t grams_of(KgCo2e kg) {
  return std::llround(kg.value() * 1000);
}

// A chain of rides so far with one choice of voyages.
struct Outcome {
  Instant now;
  Instant came;            // off the last ride, before any work
  std::int64_t cents = 0;  // without carriage
  std::int64_t grams = 0;
  std::int64_t miss_risk = 0;
  cost::SpreadClass spread = 0;  // of the lateness since the last departure that had a time
  Risks risks;
  int transshipments = 0;
  std::vector<std::size_t> eras;  // of departures and arrivals, between changes of membership
  Itinerary itinerary;            // legs and borders only: what documents_of() needs
};

struct State {
  Id<Place> place;
  Side side = Side::kGate;
  Gauge gauge;
  Id<LoadUnit> unit;

  friend bool operator==(const State&, const State&) = default;
};

class Naive {
 public:
  Naive(const World& world, const plan::Question& question, std::size_t work_max)
      : world_{world},
        question_{question},
        work_max_{work_max},
        clocks_{world},
        tariffs_{world},
        carbon_{world},
        handling_{world},
        borders_{world},
        risks_{world},
        storage_{world},
        begin_{up(question.depart)},
        limit_{begin_ + days{question.days_max}} {
    if (question.arrive_by)
      limit_ = std::min<Instant>(limit_, std::chrono::floor<minutes>(*question.arrive_by));
    for (const Id<Membership> id : world.ids<Membership>()) {
      for (const auto& day : {world[id].from, world[id].until})
        if (day) changes_.push_back(Instant{*day});
    }
    for (const Id<Regime> id : world.ids<Regime>())
      if (world[id].in_force_from) changes_.push_back(Instant{*world[id].in_force_from});
    for (const Id<ThroughRate> id : world.ids<ThroughRate>()) {
      for (const auto& day : {world[id].valid_from, world[id].valid_until})
        if (day) changes_.push_back(Instant{*day});
    }
    dates_ = changes_;
    for (const Id<Service> service : world.ids<Service>())
      std::ranges::copy(paper_changes(world, question, service), std::back_inserter(changes_));
    std::ranges::sort(changes_);
    for (const Id<Tariff> id : world.ids<Tariff>()) {
      for (const auto& day : {world[id].valid_from, world[id].valid_until})
        if (day) dates_.push_back(Instant{*day});
    }
    for (const Id<Service> service : world.ids<Service>())
      voyages_[service] = departures(service);
  }

  std::optional<std::vector<NaiveOption>> run() {
    go();
    if (work_ > work_max_) return std::nullopt;
    return front();
  }

  std::optional<std::vector<NaiveRoute>> routes() {
    go();
    if (work_ > work_max_) return std::nullopt;
    std::vector<NaiveRoute> list;
    for (const auto& [text, route] : routes_)
      list.push_back(route);
    return list;
  }

 private:
  void go() {
    for (const Id<LoadUnit> unit : cost::load_units_for(world_, question_.shipment))
      go({.place = question_.from, .unit = unit}, {{.now = begin_, .came = begin_}}, {});
  }

  // --- time ---

  std::vector<Id<Call>> calls(Id<Service> service) const {
    std::vector<Id<Call>> list;
    for (const Id<Call> id : world_.ids<Call>())
      if (world_[id].service == service) list.push_back(id);
    std::ranges::stable_sort(list, {}, [this](Id<Call> id) { return world_[id].sequence; });
    return list;
  }

  OpenMinutes closed_minutes() const {
    const Instant zero = Instant{world_.info().calendar_from} - days{3};
    const auto n = (limit_ - zero) / minutes{1} + 60L * 24 * 60;
    return {.zero = zero, .open = std::vector<bool>(static_cast<std::size_t>(n), false)};
  }

  void open(OpenMinutes& calendar,
            Id<Place> clock,
            Weekdays weekdays,
            std::pair<minutes, minutes> hours) const {
    const Date last = utc_day(calendar.zero + minutes{1} * calendar.open.size());
    for (Date day = utc_day(calendar.zero) - days{2}; day <= last; day += days{1}) {
      if (!weekdays.contains(day)) continue;
      const auto [opens, closes] = hours;
      const Date until = closes <= opens ? day + days{1} : day;
      calendar.set(clocks_.instant(clock, day, opens), clocks_.instant(clock, until, closes));
    }
  }

  const OpenMinutes* terminal(Id<Place> place) {
    const auto known = terminals_.find(place);
    if (known != terminals_.end()) return known->second ? &*known->second : nullptr;
    std::optional<OpenMinutes> calendar;
    for (const Id<OpeningHours> id : world_.ids<OpeningHours>()) {
      const OpeningHours& row = world_[id];
      if (row.place != place) continue;
      if (!calendar) calendar = closed_minutes();
      open(*calendar, place, row.days, {row.opens, row.closes});
    }
    const auto& kept = terminals_[place] = std::move(calendar);
    return kept ? &*kept : nullptr;
  }

  const OpenMinutes* window(std::string key,
                            Id<Place> clock,
                            const std::optional<minutes>& from,
                            const std::optional<minutes>& until) {
    if (!from && !until) return nullptr;
    key += "@" + world_[clock].code;
    const auto [known, is_new] = windows_.try_emplace(key);
    if (is_new) {
      known->second = closed_minutes();
      open(known->second, clock, Weekdays::daily(),
           {from.value_or(minutes{0}), until.value_or(minutes{24 * 60})});
    }
    return &known->second;
  }

  const OpenMinutes* service_window(Id<Service> id, Id<Place> clock) {
    const Service& row = world_[id];
    return window("s" + row.code, clock, row.window_from, row.window_until);
  }

  // All instants at which a service leaves its first call.
  std::vector<Instant> departures(Id<Service> id) {
    const Service& service = world_[id];
    const std::vector<Id<Call>> stops = calls(id);
    if (stops.size() < 2) return {};
    const Id<Place> first = world_[stops.front()].place;
    switch (service.departs) {
      case DepartureRule::kTimetable:
        return timetabled(id, first);
      case DepartureRule::kFrequency:
      case DepartureRule::kWhenFull:
        return spread(id, first);
      case DepartureRule::kOnDemand:
        break;
    }
    return {};
  }

  // Whether `day` lies in from..until, either of which may be open.
  static bool holds(Date day, const std::optional<Date>& from, const std::optional<Date>& until) {
    return (!from || day >= *from) && (!until || day < *until);
  }

  std::vector<Instant> timetabled(Id<Service> id, Id<Place> first) const {
    const Service& service = world_[id];
    std::vector<Instant> list;
    const CorridorInfo& info = world_.info();
    for (const Id<Departure> row_id : world_.ids<Departure>()) {
      const Departure& row = world_[row_id];
      if (row.service != id) continue;
      for (Date day = info.calendar_from; day < info.calendar_until; day += days{1}) {
        if (!holds(day, row.valid_from, row.valid_until)) continue;
        if (!holds(day, service.valid_from, service.valid_until)) continue;
        if (contains(row.except, day)) continue;
        if (!row.days.contains(day) && !contains(row.dates, day)) continue;
        list.push_back(clocks_.instant(first, day, row.leaves_at));
      }
    }
    return list;
  }

  std::vector<Instant> spread(Id<Service> id, Id<Place> first) {
    const Service& service = world_[id];
    std::vector<Instant> list;
    const CorridorInfo& info = world_.info();
    const Instant end = clocks_.instant(first, info.calendar_until, minutes{0});
    const Instant begin = clocks_.instant(first, info.calendar_from, minutes{0});
    for (int i = 0; service.departures_per_week.has_value(); ++i) {
      const double after = std::floor(i * 7.0 * 24 * 60 / *service.departures_per_week);
      Instant leaves = begin + minutes{std::llround(after)};
      if (leaves >= end) break;
      if (const OpenMinutes* calendar = service_window(id, first)) leaves = calendar->next(leaves);
      if (leaves == kNever) break;
      const Date day = local_date(leaves, clocks_.offset(first, leaves));
      if (holds(day, service.valid_from, service.valid_until)) list.push_back(leaves);
    }
    return list;
  }

  bool is_shut(ClosureReach reach, const std::string& code, Date day) const {
    for (const Id<Closure> id : world_.ids<Closure>()) {
      const Closure& row = world_[id];
      if (row.reach == reach && row.code_of == code && row.share_left <= 0 && row.from <= day &&
          (!row.until || day < *row.until))
        return true;
    }
    return false;
  }

  // --- rides ---

  // A service from one of its calls to a later one, in a load unit.
  struct Ride {
    Id<Service> service;
    std::vector<Id<Call>> calls;
    std::size_t board = 0;
    std::size_t leave = 0;
    Consignment cargo;
    Duration extra{};
    std::vector<Passage> path;
  };

  double capacity(Id<Service> service, Id<LoadUnit> unit) const {
    double most = -1;
    for (const Id<Capacity> id : world_.ids<Capacity>()) {
      const Capacity& row = world_[id];
      if (row.service == service && row.load_unit == unit) most = std::max(most, row.units);
    }
    return most;
  }

  // Until the last part of a load that needs several departures has left.
  std::optional<Duration> extra_time(Id<Service> service, const Consignment& cargo) const {
    const double most = capacity(service, cargo.load_unit);
    if (most < 0) return std::nullopt;
    if (cargo.units <= most) return Duration{0};
    if (world_[service].departs == DepartureRule::kTimetable || most == 0) return std::nullopt;
    const double further = std::ceil(cargo.units / most - 1e-9) - 1;
    if (world_[service].departs == DepartureRule::kOnDemand) return days{std::llround(further)};
    const double week = 7.0 * 24 * 60;
    return minutes{
        std::llround(std::ceil(further * week / world_[service].departures_per_week.value_or(1)))};
  }

  std::vector<Ride> rides_from(Id<Place> place) const {
    std::vector<Id<LoadUnit>> units;
    if (!is_hired()) units = world_[question_.shipment.goods].load_units;
    for (const Id<LoadUnit> unit : cost::load_units_for(world_, question_.shipment))
      if (!contains(units, unit)) units.push_back(unit);
    std::vector<Ride> rides;
    for (const Id<Service> service : world_.ids<Service>()) {
      Ride ride{.service = service, .calls = calls(service)};
      for (ride.board = 0; ride.board < ride.calls.size(); ++ride.board) {
        const Call& from = world_[ride.calls[ride.board]];
        if (from.place == place && from.loads) add_rides(ride, units, rides);
      }
    }
    return rides;
  }

  // To every later call of the service, in every load unit.
  void add_rides(Ride ride,
                 const std::vector<Id<LoadUnit>>& units,
                 std::vector<Ride>& rides) const {
    const Id<Place> start = world_[ride.calls[ride.board]].place;
    for (ride.leave = ride.board + 1; ride.leave < ride.calls.size(); ++ride.leave) {
      const Call& to = world_[ride.calls[ride.leave]];
      const Id<Place> before = world_[ride.calls[ride.leave - 1]].place;
      const auto hop = passages(world_, before, to.links);
      ride.path.insert(ride.path.end(), hop->begin(), hop->end());
      if (!to.unloads || to.place == start ||
          is_refused(world_, question_, ride.service, ride.path))
        continue;
      for (const Id<LoadUnit> unit : units) {
        ride.cargo = cost::pack(world_, question_.shipment, unit);
        const auto extra = extra_time(ride.service, ride.cargo);
        if (!extra) continue;
        ride.extra = *extra;
        rides.push_back(ride);
      }
    }
  }

  // After leaving the first call: when it leaves (or reaches) call `i`.
  Duration offset(const Ride& ride, std::size_t i, bool departing) const {
    Duration sum{};
    for (std::size_t k = 1; k <= i; ++k) {
      const Call& call = world_[ride.calls[k]];
      Hours running;
      for (const Id<Link> link : call.links)
        running += world_[link].running();
      sum += up(call.hours.value_or(running));
      if (k < i || departing) sum += up(call.dwell);
    }
    return sum;
  }

  // Whether nothing on the ride is closed; on demand all days are that of the departure.
  bool is_open(const Ride& ride, Instant first, Instant depart) const {
    const Service& service = world_[ride.service];
    const bool on_demand = service.departs == DepartureRule::kOnDemand;
    const auto day = [&](Instant t) { return utc_day(on_demand ? depart : t); };
    const auto at = [&](std::size_t i, bool departing) {
      return day(first + offset(ride, i, departing));
    };
    const Call& from = world_[ride.calls[ride.board]];
    const Call& to = world_[ride.calls[ride.leave]];
    if (is_shut(ClosureReach::kService, service.code, day(first)) ||
        is_shut(ClosureReach::kPlace, world_[from.place].code, day(depart)) ||
        is_shut(ClosureReach::kPlace, world_[to.place].code, at(ride.leave, false)))
      return false;
    for (std::size_t i = ride.board + 1; i <= ride.leave; ++i) {
      const Date leaves = at(i - 1, true);
      const auto hop =
          passages(world_, world_[ride.calls[i - 1]].place, world_[ride.calls[i]].links);
      for (const Passage& passage : *hop) {
        const Link& link = world_[passage.link];
        if (!link.is_open(leaves) || is_shut(ClosureReach::kLink, link.code, leaves)) return false;
        if (!crosses_border(world_, passage)) continue;
        const auto procedure = borders_.procedure(passage, service.mode, ride.cargo, leaves);
        if (procedure && is_shut(ClosureReach::kCrossing, world_[procedure->crossing].code, leaves))
          return false;
      }
    }
    return true;
  }

  // Whether others leave enough of the departure, and of all until the last of a large load.
  bool has_room(const Ride& ride, Instant first) const {
    const double most = capacity(ride.service, ride.cargo.load_unit);
    const double share = std::min(1.0, ride.cargo.units / most);
    const Id<Place> clock = world_[ride.calls.front()].place;
    for (Instant t = first; t <= first + ride.extra; t += minutes{1}) {
      double taken = 0;
      for (const Id<Booking> id : world_.ids<Booking>()) {
        const Booking& row = world_[id];
        if (row.service != ride.service) continue;
        const bool is_then = row.leaves_at
                                 ? clocks_.instant(clock, row.departs_on, *row.leaves_at) == t
                                 : local_date(t, clocks_.offset(clock, t)) == row.departs_on;
        if (is_then) taken += row.units / capacity(row.service, row.load_unit);
      }
      if (taken > 0 && taken + share > 1 + 1e-9) return false;
    }
    return true;
  }

  // Every instant at which the boarding call may be left, from `ready` on. On demand: as soon as
  // allowed, or from or to a day on which some price or treaty changes.
  std::vector<Instant> leavings(const Ride& ride, Instant ready) {
    std::vector<Instant> list;
    if (world_[ride.service].departs != DepartureRule::kOnDemand) {
      for (const Instant first : voyages_[ride.service]) {
        const Instant depart = first + offset(ride, ride.board, true);
        if (depart >= ready && depart <= limit_ && is_open(ride, first, depart) &&
            has_room(ride, first))
          list.push_back(depart);
      }
      return list;
    }
    std::vector<Instant> tries{ready};
    std::vector<Instant> changes = paper_changes(world_, question_, ride.service);
    changes.insert(changes.end(), dates_.begin(), dates_.end());
    for (const Instant change : changes) {
      if (change <= begin_ || change > limit_) continue;
      tries.push_back(change);
      tries.push_back(change - running(ride));
    }
    for (const Instant wish : tries) {
      if (wish < ready) continue;
      const Instant depart = first_allowed(ride, wish);
      if (depart <= limit_) list.push_back(depart);
    }
    return list;
  }

  // Closures and validity end at midnight UTC.
  Instant first_allowed(const Ride& ride, Instant wish) {
    const Service& service = world_[ride.service];
    const OpenMinutes* calendar =
        service_window(ride.service, world_[ride.calls[ride.board]].place);
    while (wish <= limit_) {
      const Instant depart = calendar == nullptr ? wish : calendar->next(wish);
      if (depart == kNever) break;
      const bool runs = holds(utc_day(depart), service.valid_from, service.valid_until);
      if (runs && is_open(ride, depart, depart)) return depart;
      wish = Instant{utc_day(depart) + days{1}};
    }
    return kNever;
  }

  static std::int64_t whole_minutes(Duration duration) {
    return std::chrono::floor<minutes>(duration).count();
  }

  // A departure that has a time may be missed and ends what was late before it.
  void connect(Outcome& next, const Ride& ride, Duration slack) const {
    if (world_[ride.service].departs != DepartureRule::kOnDemand) {
      next.miss_risk += cost::miss_risk(next.spread, whole_minutes(slack));
      next.spread = 0;
    }
    if (!question_.weighs_risk) return;
    cost::Lateness late;
    for (std::size_t i = ride.board + 1; i <= ride.leave; ++i) {
      const auto hop =
          passages(world_, world_[ride.calls[i - 1]].place, world_[ride.calls[i]].links);
      late = late + risks_.of_run(world_[ride.service].mode, *hop,
                                  offset(ride, i, false) - offset(ride, i - 1, true));
    }
    std::int64_t moment = late.second_moment();
    for (const BorderPassed& border : next.itinerary.borders) {
      if (border.leg + 1 != next.itinerary.legs.size()) continue;
      if (world_[ride.service].border_in_timetable) continue;
      const auto procedure = borders_.procedure(border.passage, world_[ride.service].mode,
                                                ride.cargo, utc_day(border.begin));
      moment += risks_.of_border(*procedure);
    }
    next.spread = cost::widened(next.spread, moment);
  }

  Duration running(const Ride& ride) const {
    return offset(ride, ride.leave, false) - offset(ride, ride.board, true) + ride.extra;
  }

  // The outcome after the ride and its borders; nothing if it cannot be paid or passed.
  std::optional<Outcome> taken(const Ride& ride, const Outcome& ready, Instant depart) {
    Outcome next = ready;
    const Service& service = world_[ride.service];
    Leg leg{.service = ride.service,
            .from = world_[ride.calls[ride.board]].place,
            .to = world_[ride.calls[ride.leave]].place,
            .consignment = ride.cargo,
            .depart = depart,
            .arrive = depart + running(ride),
            .path = ride.path};
    const auto price = tariffs_.price(ride.service, ride.path, ride.cargo, utc_day(depart));
    if (!price) return std::nullopt;
    leg.cost = Usd{static_cast<double>(cents_of(*price)) / 100};
    next.grams += grams_of(carbon_.emitted(ride.service, ride.path, ride.cargo.tonnes).wtw);
    next.risks.add(service.risk);
    Instant now = leg.arrive;
    for (const Passage& passage : ride.path) {
      next.risks.add(world_[passage.link].risk);
      if (!crosses_border(world_, passage)) continue;
      const auto procedure =
          borders_.procedure(passage, service.mode, ride.cargo, utc_day(leg.arrive));
      if (!procedure || is_under_refused(passage, service.mode, leg.arrive)) return std::nullopt;
      next.cents += cents_of(procedure->cost);
      next.itinerary.borders.push_back({.leg = next.itinerary.legs.size(),
                                        .crossing = procedure->crossing,
                                        .passage = passage,
                                        .begin = leg.arrive});
      if (service.border_in_timetable) continue;
      const Crossing& crossing = world_[procedure->crossing];
      const Id<Place> clock = crossing.place.valid() ? crossing.place : passage.to;
      if (const auto* calendar =
              window("c" + crossing.code, clock, crossing.opens, crossing.closes))
        now = calendar->next(now);
      now += up(procedure->hours);
    }
    next.now = now;
    next.came = now;
    next.eras.push_back(era(depart));
    next.eras.push_back(era(leg.arrive));
    next.itinerary.legs.push_back(std::move(leg));
    return next;
  }

  bool is_under_refused(const Passage& border, Mode mode, Instant arrive) const {
    const auto shared = borders_.shared_regimes(world_[border.from].country,
                                                world_[border.to].country, mode, utc_day(arrive));
    return std::ranges::any_of(
        shared, [this](Id<Regime> id) { return contains(question_.refuse.regimes, id); });
  }

  std::size_t era(Instant t) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(changes_, t) - changes_.begin());
  }

  // --- the enumeration ---

  std::optional<cost::Work> work(const State& from, const State& to) const {
    return handling_.work({.place = from.place,
                           .from = from.side,
                           .to = to.side,
                           .from_gauge = from.gauge,
                           .to_gauge = to.gauge,
                           .arriving = cost::pack(world_, question_.shipment, from.unit),
                           .leaving = to.unit});
  }

  std::vector<Outcome> worked(const std::vector<Outcome>& outcomes,
                              Id<Place> place,
                              const cost::Work& work) {
    std::vector<Outcome> list;
    const Duration duration = std::chrono::ceil<minutes>(work.duration);
    for (Outcome outcome : outcomes) {
      const OpenMinutes* calendar = terminal(place);
      outcome.now =
          calendar == nullptr ? outcome.now + duration : calendar->done(outcome.now, duration);
      if (outcome.now == kNever || outcome.now > limit_) continue;
      outcome.cents += cents_of(work.cost);
      outcome.grams += grams_of(work.co2e);
      if (question_.weighs_risk)
        outcome.spread = cost::widened(outcome.spread, risks_.of_work(work));
      list.push_back(std::move(outcome));
    }
    return list;
  }

  // Coming back may pay where a through rate is used up or free time begins again, and where
  // something else is to be seen or used on the way.
  bool may_return() const {
    return has_storage() || !world_.ids<ThroughRate>().empty() || !question_.via.empty() ||
           question_.require.size() > 0;
  }
  bool is_hired() const { return question_.shipment.hired_from.valid(); }
  bool has_storage() const { return !world_.ids<Storage>().empty(); }

  bool is_no_worse(const Outcome& a, const Outcome& b) const {
    const auto is_dearer = [](const Leg& x, const Leg& y) { return x.cost > y.cost; };
    return a.now <= b.now && a.cents <= b.cents && a.grams <= b.grams &&
           a.miss_risk <= b.miss_risk && a.spread <= b.spread && a.eras == b.eras &&
           (a.now == b.now || !has_storage()) &&
           std::ranges::none_of(
               std::views::iota(std::size_t{0}, a.itinerary.legs.size()),
               [&](std::size_t i) { return is_dearer(a.itinerary.legs[i], b.itinerary.legs[i]); });
  }

  void add(std::vector<Outcome>& list, Outcome outcome) {
    ++work_;
    for (const Outcome& other : list)
      if (is_no_worse(other, outcome)) return;
    std::erase_if(list, [&](const Outcome& other) { return is_no_worse(outcome, other); });
    list.push_back(std::move(outcome));
  }

  void go(const State& here, const std::vector<Outcome>& outcomes, std::vector<State> before) {
    if (work_ > work_max_) return;
    if (here.place == question_.to && here.side != Side::kGate) finish(here, outcomes);
    if (outcomes.front().itinerary.legs.size() == static_cast<std::size_t>(question_.legs_max))
      return;
    before.push_back(here);
    for (const Ride& ride : rides_from(here.place)) {
      const Service& service = world_[ride.service];
      State next{.place = here.place,
                 .side = side_of(service.mode),
                 .gauge = service.gauge,
                 .unit = ride.cargo.load_unit};
      const auto done = work(here, next);
      next.place = world_[ride.calls[ride.leave]].place;
      if (!may_return() && contains(before, next)) continue;
      if (is_hired() && next.unit != here.unit) continue;
      if (!done || !is_accepted(world_, question_, ride.service)) continue;
      const std::vector<Outcome> reached = ridden(here, outcomes, ride, *done);
      if (!reached.empty()) go(next, reached, before);
    }
  }

  // What becomes of cargo that stands here, worked for a ride and carried by each of its voyages.
  std::vector<Outcome> ridden(const State& here,
                              const std::vector<Outcome>& outcomes,
                              const Ride& ride,
                              const cost::Work& done) {
    const Service& service = world_[ride.service];
    const bool is_dangerous = !world_[question_.shipment.goods].hazard_class.empty();
    const Duration cutoff = up(is_dangerous ? *service.cutoff_dangerous : service.cutoff_cargo);
    const bool is_moved =
        here.side != Side::kGate && is_transshipment(world_, done.handling, done.gauge_change);
    const Consignment stood = cost::pack(world_, question_.shipment, here.unit);
    std::vector<Outcome> reached;
    for (const Outcome& outcome : worked(outcomes, here.place, done)) {
      for (const Instant depart : leavings(ride, outcome.now + cutoff)) {
        auto next = taken(ride, outcome, depart);
        if (!next || next->now > limit_) continue;
        connect(*next, ride, depart - cutoff - outcome.now);
        next->transshipments += is_moved ? 1 : 0;
        next->cents += cents_of(storage_.terms(here.place, stood).charge(depart - outcome.came));
        add(reached, std::move(*next));
      }
    }
    return reached;
  }

  // The cheapest way to buy the first `n` legs, one by one or several at a through rate.
  std::int64_t carriage(const std::vector<Leg>& legs, std::size_t n) const {
    if (n == 0) return 0;
    std::int64_t best = carriage(legs, n - 1) + cents_of(legs[n - 1].cost);
    for (const Id<ThroughRate> id : world_.ids<ThroughRate>()) {
      const ThroughRate& rate = world_[id];
      for (std::size_t first = 0; first < n; ++first) {
        bool fits = legs[first].from == rate.from && legs[n - 1].to == rate.to &&
                    cost::is_offered(rate, utc_day(legs[first].depart));
        for (std::size_t i = first; i < n; ++i)
          fits = fits &&
                 cost::may_carry(world_, rate, legs[i].service, legs[i].consignment.load_unit) &&
                 (i + 1 == n || legs[i].to != rate.to);
        if (!fits) continue;
        best = std::min(
            best, carriage(legs, first) + cents_of(cost::price(rate, legs[first].consignment)));
      }
    }
    return best;
  }

  void finish(const State& here, const std::vector<Outcome>& outcomes) {
    const auto done = work(here, {.place = here.place, .unit = here.unit});
    if (!done) return;
    for (const Outcome& outcome : worked(outcomes, here.place, *done)) {
      if (!is_as_asked(world_, question_, outcome.itinerary.legs)) continue;
      if (!has_papers(world_, borders_, question_, outcome.itinerary)) continue;
      if (outcome.transshipments > question_.transshipments_max.value_or(64)) continue;
      const auto hire = hire_cents(world_, question_, here.unit, outcome.now - begin_);
      if (!hire) return;
      std::int64_t papers = 0;
      for (const DocumentNeeded& paper :
           cost::documents_of(world_, borders_, outcome.itinerary, question_.papers_from))
        papers += cents_of(paper.cost);
      std::int64_t missed = outcome.miss_risk;
      if (question_.deadline)
        missed += cost::miss_risk(outcome.spread, whole_minutes(*question_.deadline - outcome.now));
      options_.push_back({.arrive = outcome.now,
                          .cents = outcome.cents + papers + *hire +
                                   carriage(outcome.itinerary.legs, outcome.itinerary.legs.size()),
                          .grams = outcome.grams,
                          .miss_risk = missed,
                          .risks = question_.keep_safer_options ? outcome.risks : Risks{}});
      add_route(outcome.itinerary.legs, options_.back());
    }
  }

  void add_route(const std::vector<Leg>& legs, const NaiveOption& option) {
    if (question_.budget && option.cents > cents_of(*question_.budget)) return;
    std::vector<Id<Place>> been{legs.front().from};
    for (const Leg& leg : legs) {
      if (contains(been, leg.to)) return;
      been.push_back(leg.to);
    }
    const std::string text = route_text(world_, legs);
    NaiveRoute& route = routes_[text];
    route.route = text;
    route.arrive = std::min(route.arrive, option.arrive);
    route.cents = std::min(route.cents, option.cents);
    route.grams = std::min(route.grams, option.grams);
  }

  std::vector<NaiveOption> front() {
    if (question_.budget) {
      const std::int64_t most = cents_of(*question_.budget);
      std::erase_if(options_, [most](const NaiveOption& o) { return o.cents > most; });
    }
    const auto key = [](const NaiveOption& o) {
      return std::tuple{o.arrive, o.cents, o.grams, o.miss_risk, o.risks.number()};
    };
    std::ranges::sort(options_, {}, key);
    std::vector<NaiveOption> kept;
    for (const NaiveOption& option : options_) {
      const bool is_beaten = std::ranges::any_of(options_, [&](const NaiveOption& other) {
        return other.arrive <= option.arrive && other.cents <= option.cents &&
               other.grams <= option.grams && other.miss_risk <= option.miss_risk &&
               other.risks.is_within(option.risks) && other != option;
      });
      if (!is_beaten && (kept.empty() || kept.back() != option)) kept.push_back(option);
    }
    return kept;
  }

  const World& world_;
  const plan::Question& question_;
  std::size_t work_max_;
  std::size_t work_ = 0;
  Clocks clocks_;
  cost::TariffBook tariffs_;
  cost::CarbonBook carbon_;
  cost::HandlingBook handling_;
  cost::BorderBook borders_;
  cost::RiskBook risks_;
  cost::StorageBook storage_;
  Instant begin_;
  Instant limit_;
  std::vector<Instant> changes_;  // of treaties, through rates and papers
  std::vector<Instant> dates_;    // of tariffs too
  std::map<Id<Service>, std::vector<Instant>> voyages_;
  std::map<Id<Place>, std::optional<OpenMinutes>> terminals_;
  std::map<std::string, OpenMinutes> windows_;
  std::vector<NaiveOption> options_;
  std::map<std::string, NaiveRoute> routes_;
};

}  // namespace

std::optional<std::vector<NaiveOption>> naive_plan(const World& world,
                                                   const plan::Question& question,
                                                   std::size_t work_max) {
  return Naive{world, question, work_max}.run();
}

std::string route_text(const World& world, const std::vector<Leg>& legs) {
  std::string text;
  for (std::size_t i = 0; i < legs.size(); ++i) {
    const Service& service = world[legs[i].service];
    const Service* before = i == 0 ? nullptr : &world[legs[i - 1].service];
    if (before != nullptr && before->mode == service.mode && before->gauge == service.gauge)
      continue;
    text += world[legs[i].from].code + " " + std::string{to_text(service.mode)} +
            std::to_string(service.gauge.mm) + " ";
  }
  return text;
}

std::optional<std::vector<NaiveRoute>> naive_routes(const World& world,
                                                    const plan::Question& question,
                                                    std::size_t work_max) {
  return Naive{world, question, work_max}.routes();
}

std::vector<NaiveOption> options_of(const plan::Answer& answer) {
  std::vector<NaiveOption> list;
  for (const Itinerary& it : answer.itineraries) {
    list.push_back({.arrive = it.arrive,
                    .cents = cents_of(it.cost),
                    .grams = grams_of(it.co2e),
                    .miss_risk = it.miss_risk,
                    .risks = it.risks});
  }
  std::ranges::sort(list, {}, [](const NaiveOption& o) {
    return std::tuple{o.arrive, o.cents, o.grams, o.miss_risk, o.risks.number()};
  });
  return list;
}

}  // namespace karvan::testing
