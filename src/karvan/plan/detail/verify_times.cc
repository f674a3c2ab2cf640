#include "karvan/plan/detail/verify_times.h"

#include <algorithm>
#include <cmath>

namespace karvan::plan::detail {
namespace {

using std::chrono::days;
using std::chrono::minutes;

Duration up(Hours hours) {
  return std::chrono::ceil<minutes>(to_duration(hours));
}

Date utc_day(Instant instant) {
  return std::chrono::floor<days>(instant);
}

bool is_within(Date day, const std::optional<Date>& from, const std::optional<Date>& until) {
  return (!from || day >= *from) && (!until || day < *until);
}

}  // namespace

VerifyTimes::VerifyTimes(const World& world)
    : world_{world}, clocks_{world}, borders_{world}, calls_{group(world, &Call::service)} {
  for (std::vector<Id<Call>>& calls : calls_)
    std::ranges::stable_sort(calls, {}, [this](Id<Call> id) { return world_[id].sequence; });
}

std::optional<Period> VerifyTimes::open_stretch(Id<Place> clock,
                                                const std::vector<Daily>& openings,
                                                Instant at) const {
  std::optional<Period> next;
  const Date today = local_date(at, clocks_.offset(clock, at));
  for (Date day = today - days{2}; day < today + days{16}; day += days{1}) {
    for (const Daily& daily : openings) {
      if (!daily.days.contains(day)) continue;
      const Date last = daily.closes <= daily.opens ? day + days{1} : day;
      const Period open{.begin = clocks_.instant(clock, day, daily.opens),
                        .end = clocks_.instant(clock, last, daily.closes)};
      if (open.empty() || open.end <= at) continue;
      const bool is_sooner = !next || open.begin < next->begin;
      if (open.contains(at)) return open;
      if (is_sooner) next = open;
    }
  }
  return next;
}

Instant VerifyTimes::next_open(Id<Place> clock,
                               const std::vector<Daily>& openings,
                               Instant from) const {
  if (openings.empty()) return from;
  const auto stretch = open_stretch(clock, openings, from);
  return stretch ? std::max(from, stretch->begin) : kNever;
}

Instant VerifyTimes::work_done(Id<Place> place, Instant begin, Duration work) const {
  std::vector<Daily> openings;
  for (const Id<OpeningHours> id : world_.ids<OpeningHours>()) {
    const OpeningHours& row = world_[id];
    if (row.place == place)
      openings.push_back({.days = row.days, .opens = row.opens, .closes = row.closes});
  }
  if (openings.empty()) return begin + work;
  Instant now = begin;
  Duration left = work;
  while (left > Duration::zero()) {
    const auto stretch = open_stretch(place, openings, now);
    if (!stretch) return kNever;
    now = std::max(now, stretch->begin);
    const Duration done = std::min(left, stretch->end - now);
    now += done;
    left -= done;
  }
  return now;
}

Instant VerifyTimes::gate_open(Id<Crossing> crossing, Id<Place> arrival, Instant from) const {
  const Crossing& row = world_[crossing];
  if (!row.opens && !row.closes) return from;
  const Daily daily{.opens = row.opens.value_or(minutes{0}),
                    .closes = row.closes.value_or(minutes{24 * 60})};
  return next_open(row.place.valid() ? row.place : arrival, {daily}, from);
}

Duration VerifyTimes::running(Id<Service> service, int from_sequence, int to_sequence) const {
  Duration sum{};
  for (const Id<Call> id : calls(service)) {
    const Call& call = world_[id];
    if (call.sequence <= from_sequence || call.sequence > to_sequence) continue;
    Hours hours;
    for (const Id<Link> link : call.links)
      hours += world_[link].length / world_[link].speed;
    sum += up(call.hours.value_or(hours));
    if (call.sequence < to_sequence) sum += up(call.dwell);
  }
  return sum;
}

std::vector<VerifyTimes::Daily> VerifyTimes::window(const Service& service) const {
  if (!service.window_from && !service.window_until) return {};
  return {{.opens = service.window_from.value_or(minutes{0}),
           .closes = service.window_until.value_or(minutes{24 * 60})}};
}

bool VerifyTimes::is_timetabled(Id<Service> service, Id<Place> first, Instant departure) const {
  const Date today = local_date(departure, clocks_.offset(first, departure));
  for (const Id<Departure> id : world_.ids<Departure>()) {
    const Departure& row = world_[id];
    if (row.service != service) continue;
    for (Date day = today - days{1}; day <= today + days{1}; day += days{1}) {
      const auto lists = [day](const std::vector<Date>& list) {
        return std::ranges::find(list, day) != list.end();
      };
      const CorridorInfo& info = world_.info();
      if (day < info.calendar_from || day >= info.calendar_until) continue;
      if (!is_within(day, row.valid_from, row.valid_until) || lists(row.except)) continue;
      if (!is_within(day, world_[service].valid_from, world_[service].valid_until)) continue;
      if (!row.days.contains(day) && !lists(row.dates)) continue;
      if (clocks_.instant(first, day, row.leaves_at) == departure) return true;
    }
  }
  return false;
}

bool VerifyTimes::is_spread(const Service& service, Id<Place> first, Instant departure) const {
  const Date local = local_date(departure, clocks_.offset(first, departure));
  if (!is_within(local, service.valid_from, service.valid_until)) return false;
  const double per_week = service.departures_per_week.value_or(0);
  if (per_week <= 0) return false;
  const CorridorInfo& info = world_.info();
  const Instant begin = clocks_.instant(first, info.calendar_from, minutes{0});
  const Instant end = clocks_.instant(first, info.calendar_until, minutes{0});
  const std::vector<Daily> daily = window(service);
  // The departure may have been moved into the window from up to two days before.
  const double elapsed = to_minutes(departure - begin);
  const double each = 7.0 * 24 * 60 / per_week;
  const auto from = std::max<std::int64_t>(0, std::llround((elapsed - 2 * 24 * 60) / each) - 2);
  for (std::int64_t i = from; static_cast<double>(i) * each <= elapsed + 2; ++i) {
    const Instant even =
        begin + minutes{std::int64_t(std::floor(static_cast<double>(i) * 7 * 24 * 60 / per_week))};
    if (even < end && next_open(first, daily, even) == departure) return true;
  }
  return false;
}

bool VerifyTimes::leaves_first_call(Id<Service> service, Id<Place> first, Instant departure) const {
  switch (world_[service].departs) {
    case DepartureRule::kTimetable:
      return is_timetabled(service, first, departure);
    case DepartureRule::kFrequency:
    case DepartureRule::kWhenFull:
      return is_spread(world_[service], first, departure);
    case DepartureRule::kOnDemand:
      break;
  }
  const Date day = utc_day(departure);
  return is_within(day, world_[service].valid_from, world_[service].valid_until) &&
         next_open(first, window(world_[service]), departure) == departure;
}

bool VerifyTimes::is_shut(ClosureReach reach, std::string_view code, Date day) const {
  return std::ranges::any_of(world_.ids<Closure>(), [&](Id<Closure> id) {
    const Closure& row = world_[id];
    return row.reach == reach && row.code_of == code && row.share_left <= 0 && day >= row.from &&
           (!row.until || day < *row.until);
  });
}

std::string VerifyTimes::shut_passage(const Leg& leg, const Passage& passage, Date day) const {
  const Link& link = world_[passage.link];
  if (!link.is_open(day) || is_shut(ClosureReach::kLink, link.code, day))
    return link.code + " is closed";
  if (!crosses_border(world_, passage)) return {};
  const auto procedure =
      borders_.procedure(passage, world_[leg.service].mode, leg.consignment, day);
  if (!procedure) return link.code + " has no crossing";
  const std::string& code = world_[procedure->crossing].code;
  return is_shut(ClosureReach::kCrossing, code, day) ? "crossing " + code + " is closed" : "";
}

// `first` is when the voyage leaves its first call; for services on demand all days are that of
// the departure.
void VerifyTimes::object_closures(const Leg& leg,
                                  Instant first,
                                  std::vector<std::string>& list) const {
  const Service& service = world_[leg.service];
  const bool is_on_demand = service.departs == DepartureRule::kOnDemand;
  const auto day = [&](Instant instant) { return utc_day(is_on_demand ? leg.depart : instant); };
  if (is_shut(ClosureReach::kService, service.code, day(first)))
    list.push_back(service.code + " is closed");
  if (is_shut(ClosureReach::kPlace, world_[leg.from].code, day(leg.depart)))
    list.push_back(world_[leg.from].code + " is closed");
  const Instant arrival = leg.depart + running(leg.service, leg.from_sequence, leg.to_sequence);
  if (is_shut(ClosureReach::kPlace, world_[leg.to].code, day(arrival)))
    list.push_back(world_[leg.to].code + " is closed");
  int before = leg.from_sequence;
  std::size_t passed = 0;
  for (const Id<Call> id : calls(leg.service)) {
    const Call& call = world_[id];
    if (call.sequence <= leg.from_sequence || call.sequence > leg.to_sequence) continue;
    Instant leaves = leg.depart + running(leg.service, leg.from_sequence, before);
    for (const Id<Call> other : calls(leg.service)) {
      if (world_[other].sequence == before && before > leg.from_sequence)
        leaves += up(world_[other].dwell);
    }
    for (std::size_t i = 0; i < call.links.size() && passed < leg.path.size(); ++i, ++passed) {
      const std::string shut = shut_passage(leg, leg.path[passed], day(leaves));
      if (!shut.empty()) list.push_back(shut);
    }
    before = call.sequence;
  }
}

// When the leg's voyage leaves its first call; on demand that is where the leg begins.
Instant VerifyTimes::leaves_first(const Leg& leg) const {
  const std::vector<Id<Call>> all = calls(leg.service);
  const Call& first = world_[all.front()];
  Instant leaves = leg.depart;
  if (world_[leg.service].departs == DepartureRule::kOnDemand ||
      leg.from_sequence == first.sequence)
    return leaves;
  leaves -= running(leg.service, first.sequence, leg.from_sequence);
  for (const Id<Call> id : all) {
    if (world_[id].sequence == leg.from_sequence) leaves -= up(world_[id].dwell);
  }
  return leaves;
}

double VerifyTimes::booked(const Leg& leg, Duration later) const {
  struct Taken {
    Period period;
    double share = 0;
  };
  const Id<Place> first = world_[calls(leg.service).front()].place;
  std::vector<Taken> taken;
  for (const Id<Booking> id : world_.ids<Booking>()) {
    const Booking& row = world_[id];
    if (row.service != leg.service) continue;
    Period period{
        .begin = clocks_.instant(first, row.departs_on, row.leaves_at.value_or(minutes{0})),
        .end = clocks_.instant(first, row.departs_on + days{1}, minutes{0})};
    if (row.leaves_at) period.end = period.begin + minutes{1};
    double most = 0;
    for (const Id<Capacity> other : world_.ids<Capacity>()) {
      const Capacity& capacity = world_[other];
      if (capacity.service == row.service && capacity.load_unit == row.load_unit)
        most = std::max(most, capacity.units);
    }
    taken.push_back({.period = period, .share = most > 0 ? row.units / most : 1});
  }
  const Instant leaves = leaves_first(leg);
  std::vector<Instant> moments{leaves};
  for (const Taken& t : taken) {
    if (leaves < t.period.begin && t.period.begin <= leaves + later)
      moments.push_back(t.period.begin);
  }
  double most = 0;
  for (const Instant moment : moments) {
    double sum = 0;
    for (const Taken& t : taken)
      sum += t.period.contains(moment) ? t.share : 0;
    most = std::max(most, sum);
  }
  return most;
}

std::vector<std::string> VerifyTimes::objections(const Leg& leg) const {
  std::vector<std::string> list;
  const Call& first = world_[calls(leg.service).front()];
  const bool is_on_demand = world_[leg.service].departs == DepartureRule::kOnDemand;
  const Instant leaves = leaves_first(leg);
  if (!leaves_first_call(leg.service, is_on_demand ? leg.from : first.place, leaves))
    list.push_back("no departure of " + world_[leg.service].code + " then");
  object_closures(leg, leaves, list);
  return list;
}

}  // namespace karvan::plan::detail
