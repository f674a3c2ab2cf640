#include "karvan/testing/drawn_arrivals.h"

#include <algorithm>
#include <cmath>

#include "karvan/base/contains.h"

namespace karvan::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

Duration seconds_of(double hours) {
  return Duration{std::llround(hours * 3600)};
}

Duration minutes_up(Hours hours) {
  return std::chrono::ceil<minutes>(to_duration(hours));
}

Date day_of(Instant instant) {
  return std::chrono::floor<days>(instant);
}

bool within(Date day, const std::optional<Date>& from, const std::optional<Date>& until) {
  return (!from || day >= *from) && (!until || day < *until);
}

}  // namespace

des::Sampler sampler_of(const Law& law) {
  Result<des::Sampler> made = [&] {
    switch (law.family) {
      case LawFamily::kExponential:
        return des::Sampler::exponential(law.a);
      case LawFamily::kLognormal:
        return des::Sampler::lognormal(law.a, law.a * law.b);
      case LawFamily::kGamma:
        return des::Sampler::gamma(1 / (law.b * law.b), law.a * law.b * law.b);
      case LawFamily::kWeibull:
        return des::Sampler::weibull(law.b, law.a / std::tgamma(1 + 1 / law.b));
      case LawFamily::kTriangular:
        return des::Sampler::triangular(law.a, law.b, law.c);
      case LawFamily::kUniform:
        return des::Sampler::uniform(law.a, law.b);
      case LawFamily::kConstant:
        break;
    }
    return des::Sampler::deterministic(law.a);
  }();
  CHECK(made);
  return std::move(made).value();
}

DrawnArrivals::DrawnArrivals(const World& world,
                             const Itinerary& itinerary,
                             const plan::Terms& terms)
    : world_{world}, clocks_{world}, itinerary_{itinerary}, terms_{terms} {
  for (const Leg& leg : itinerary.legs)
    ways_.push_back(read(leg));
}

// --- what a service does

DrawnArrivals::Way DrawnArrivals::read(const Leg& leg) const {
  const Service& service = world_[leg.service];
  std::vector<Id<Call>> calls;
  for (const Id<Call> id : world_.ids<Call>()) {
    if (world_[id].service == leg.service) calls.push_back(id);
  }
  std::ranges::stable_sort(calls, {}, [&](Id<Call> id) { return world_[id].sequence; });
  Way way;
  const bool is_dangerous = !world_[leg.consignment.goods].hazard_class.empty();
  way.cutoff =
      to_duration(is_dangerous ? service.cutoff_dangerous.value_or(Hours{}) : service.cutoff_cargo);
  Duration now{};
  Duration boards_at{};
  Duration leaves_at{};
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const Call& call = world_[calls[i]];
    std::vector<Hop> hops;
    if (i > 0) {
      const auto path = passages(world_, world_[calls[i - 1]].place, call.links);
      double sum = 0;
      for (const Passage& passage : *path)
        sum += world_[passage.link].running().value();
      const double all = call.hours ? call.hours->value() : sum;
      for (const Passage& passage : *path) {
        Hop hop{.hours = world_[passage.link].running().value() * (sum > 0 ? all / sum : 0)};
        const Delay* general = nullptr;
        const Delay* own = nullptr;
        for (const Id<Delay> id : world_.ids<Delay>()) {
          const Delay& row = world_[id];
          if (row.mode != service.mode) continue;
          if (!row.country.valid()) general = &row;
          if (row.country == world_[passage.from].country) own = &row;
        }
        const Delay* law = own != nullptr ? own : general;
        if (law != nullptr) hop.factor = sampler_of(law->factor);
        hops.push_back(std::move(hop));
      }
      now += minutes_up(Hours{all});
      if (call.sequence == leg.to_sequence) leaves_at = now;
      now += minutes_up(call.dwell);
    }
    if (call.sequence == leg.from_sequence) {
      way.board = i;
      boards_at = now;
    }
    if (call.sequence == leg.to_sequence) way.leave = i;
    way.hops.push_back(std::move(hops));
    way.scheduled.push_back(now);
    way.dwell.push_back(i == 0 ? Duration{} : minutes_up(call.dwell));
  }
  way.extra = leg.arrive - leg.depart - (leaves_at - boards_at);
  if (service.departs != DepartureRule::kOnDemand) way.departures = departures(leg, way);
  return way;
}

std::vector<Instant> DrawnArrivals::first_departures(Id<Service> id, Id<Place> first) const {
  const Service& service = world_[id];
  const CorridorInfo& info = world_.info();
  std::vector<Instant> list;
  if (service.departs == DepartureRule::kTimetable) {
    for (const Id<Departure> departure : world_.ids<Departure>()) {
      const Departure& row = world_[departure];
      if (row.service != id) continue;
      for (Date day = info.calendar_from; day < info.calendar_until; day += days{1}) {
        if (!within(day, row.valid_from, row.valid_until) || contains(row.except, day)) continue;
        if (!within(day, service.valid_from, service.valid_until)) continue;
        if (row.days.contains(day) || contains(row.dates, day))
          list.push_back(clocks_.instant(first, day, row.leaves_at));
      }
    }
  } else if (service.departures_per_week && *service.departures_per_week > 0) {
    const Instant begin = clocks_.instant(first, info.calendar_from, minutes{0});
    const Instant end = clocks_.instant(first, info.calendar_until, minutes{0});
    std::vector<Daily> window;
    if (service.window_from || service.window_until) {
      window.push_back({.opens = service.window_from.value_or(minutes{0}),
                        .closes = service.window_until.value_or(minutes{24 * 60})});
    }
    for (double i = 0;; ++i) {
      const Instant even =
          begin + minutes{std::int64_t(std::floor(i * 7 * 24 * 60 / *service.departures_per_week))};
      if (even >= end) break;
      const Instant leaves = next_open(first, window, even);
      const Date local = local_date(leaves, clocks_.offset(first, leaves));
      if (within(local, service.valid_from, service.valid_until)) list.push_back(leaves);
    }
  }
  std::ranges::sort(list);
  const auto doubles = std::ranges::unique(list);
  list.erase(doubles.begin(), doubles.end());
  return list;
}

bool DrawnArrivals::is_shut(ClosureReach reach, const std::string& code, Date day) const {
  for (const Id<Closure> id : world_.ids<Closure>()) {
    const Closure& row = world_[id];
    if (row.reach == reach && row.code_of == code && row.share_left <= 0 && day >= row.from &&
        (!row.until || day < *row.until)) {
      return true;
    }
  }
  return false;
}

bool DrawnArrivals::is_passable(const Leg& leg, const Passage& passage, Date day) const {
  const Link& link = world_[passage.link];
  if (!link.is_open(day) || is_shut(ClosureReach::kLink, link.code, day)) return false;
  for (const BorderPassed& border : itinerary_.borders) {
    if (itinerary_.legs[border.leg].service != leg.service || border.passage != passage) continue;
    if (is_shut(ClosureReach::kCrossing, world_[border.crossing].code, day)) return false;
  }
  return true;
}

// Whether the voyage that leaves its first call then does what the leg does.
bool DrawnArrivals::runs(const Leg& leg, const Way& way, Instant first) const {
  if (is_shut(ClosureReach::kService, world_[leg.service].code, day_of(first))) return false;
  const Instant departs = first + way.scheduled[way.board];
  if (is_shut(ClosureReach::kPlace, world_[leg.from].code, day_of(departs))) return false;
  const Instant arrives = first + way.scheduled[way.leave] - way.dwell[way.leave];
  if (is_shut(ClosureReach::kPlace, world_[leg.to].code, day_of(arrives))) return false;
  std::size_t passed = 0;
  for (std::size_t i = way.board + 1; i <= way.leave; ++i) {
    const Date day = day_of(first + way.scheduled[i - 1]);
    for (std::size_t k = 0; k < way.hops[i].size(); ++k, ++passed) {
      if (!is_passable(leg, leg.path[passed], day)) return false;
    }
  }
  return true;
}

std::vector<Instant> DrawnArrivals::departures(const Leg& leg, const Way& way) const {
  Id<Place> first;
  int least = std::numeric_limits<int>::max();
  for (const Id<Call> id : world_.ids<Call>()) {
    const Call& call = world_[id];
    if (call.service != leg.service || call.sequence >= least) continue;
    least = call.sequence;
    first = call.place;
  }
  std::vector<Instant> list;
  for (const Instant departure : first_departures(leg.service, first)) {
    if (runs(leg, way, departure)) list.push_back(departure + way.scheduled[way.board]);
  }
  return list;
}

// --- opening hours

std::optional<Period> DrawnArrivals::open_period(Id<Place> clock,
                                                 const std::vector<Daily>& daily,
                                                 Instant from) const {
  std::optional<Period> best;
  const Date today = local_date(from, clocks_.offset(clock, from));
  for (Date day = today - days{2}; day < today + days{10}; day += days{1}) {
    for (const Daily& row : daily) {
      if (!row.days.contains(day)) continue;
      const Date last = row.closes <= row.opens ? day + days{1} : day;
      const Period open{.begin = clocks_.instant(clock, day, row.opens),
                        .end = clocks_.instant(clock, last, row.closes)};
      if (open.end <= from || open.begin >= open.end) continue;
      if (!best || std::max(open.begin, from) < std::max(best->begin, from)) best = open;
    }
  }
  return best;
}

Instant DrawnArrivals::next_open(Id<Place> clock,
                                 const std::vector<Daily>& daily,
                                 Instant from) const {
  if (daily.empty()) return from;
  const auto open = open_period(clock, daily, from);
  return open ? std::max(from, open->begin) : kNever;
}

// --- one life

Instant DrawnArrivals::worked(const Transfer& work,
                              double units,
                              Instant from,
                              des::Draws& draws) const {
  double hours = 0;
  if (work.gauge_change.valid()) {
    const GaugeChange& row = world_[work.gauge_change];
    hours = sampler_of(row.hours).sample(draws) + row.minutes_per_unit / row.stands * units / 60;
  } else if (work.handling.valid()) {
    const Handling& row = world_[work.handling];
    hours = sampler_of(row.hours).sample(draws) + row.minutes_per_unit * units / 60;
  }
  std::vector<Daily> daily;
  for (const Id<OpeningHours> id : world_.ids<OpeningHours>()) {
    const OpeningHours& row = world_[id];
    if (row.place == work.place)
      daily.push_back({.days = row.days, .opens = row.opens, .closes = row.closes});
  }
  Duration left = seconds_of(hours);
  if (daily.empty()) return from + left;
  Instant now = from;
  while (left > Duration::zero()) {
    const auto open = open_period(work.place, daily, now);
    if (!open) return kNever;
    now = std::max(now, open->begin);
    const Duration done = std::min(left, Duration{open->end - now});
    now += done;
    left -= done;
  }
  return now;
}

bool DrawnArrivals::is_offered(const Leg& leg, Instant at) const {
  const Service& service = world_[leg.service];
  const Date day = day_of(at);
  if (!within(day, service.valid_from, service.valid_until)) return false;
  if (is_shut(ClosureReach::kService, service.code, day)) return false;
  if (is_shut(ClosureReach::kPlace, world_[leg.from].code, day)) return false;
  if (is_shut(ClosureReach::kPlace, world_[leg.to].code, day)) return false;
  return std::ranges::all_of(
      leg.path, [&](const Passage& passage) { return is_passable(leg, passage, day); });
}

std::optional<Instant> DrawnArrivals::boarded(std::size_t leg,
                                              Instant ready,
                                              des::Draws& draws,
                                              Drawn& drawn) const {
  const Leg& row = itinerary_.legs[leg];
  const Way& way = ways_[leg];
  const Service& service = world_[row.service];
  const Instant from = ready + way.cutoff;
  if (service.departs == DepartureRule::kOnDemand) {
    std::vector<Daily> window;
    if (service.window_from || service.window_until) {
      window.push_back({.opens = service.window_from.value_or(minutes{0}),
                        .closes = service.window_until.value_or(minutes{24 * 60})});
    }
    Instant at = from;
    for (int i = 0; i < 1000; ++i) {
      at = next_open(row.from, window, at);
      if (is_offered(row, at)) return at;
      at = Instant{day_of(at) + days{1}};
    }
    return std::nullopt;
  }
  for (const Instant departure : way.departures) {
    if (departure < row.depart && !terms_.boards_earlier) continue;
    if (departure < from) continue;
    if (departure > row.depart && terms_.slot_chance < 1 &&
        draws.uniform01() >= terms_.slot_chance) {
      continue;
    }
    drawn.missed[leg] = departure > row.depart;
    return departure;
  }
  drawn.missed[leg] = true;
  return std::nullopt;
}

Duration DrawnArrivals::weather(Id<Place> place, Instant at, des::Draws& draws) const {
  const std::chrono::year_month_day day{day_of(at)};
  for (const Id<Weather> id : world_.ids<Weather>()) {
    const Weather& row = world_[id];
    if (row.place != place || row.month != static_cast<int>(static_cast<unsigned>(day.month())))
      continue;
    if (draws.uniform01() >= std::min(row.closed_share, 0.95)) return {};
    // Storms that cover a moment are drawn by their length; the moment lies anywhere in them.
    double longest = 0;
    const des::Sampler storm = sampler_of(row.closure);
    const double most = row.closure.a * 60;
    do {
      longest = storm.sample(draws);
    } while (draws.uniform01() * most >= longest);
    return seconds_of(longest * draws.uniform01());
  }
  return {};
}

Instant DrawnArrivals::ridden(std::size_t leg, Instant depart, des::Draws& draws) const {
  const Leg& row = itinerary_.legs[leg];
  const Way& way = ways_[leg];
  const Service& service = world_[row.service];
  const auto run = [&](std::size_t call) {
    Duration sum{};
    for (const Hop& hop : way.hops[call]) {
      const double factor = hop.factor ? std::max(hop.factor->sample(draws), 0.5) : 1;
      sum += seconds_of(hop.hours * factor);
    }
    return sum;
  };
  Duration late{};
  if (service.departs != DepartureRule::kOnDemand) {
    for (std::size_t i = 1; i <= way.board; ++i) {
      const Duration scheduled = way.scheduled[i] - way.dwell[i] - way.scheduled[i - 1];
      late = std::max(Duration{}, late + run(i) - scheduled);
    }
  }
  Instant now = depart + late + way.extra;
  for (std::size_t i = way.board + 1; i <= way.leave; ++i) {
    now += run(i);
    if (i < way.leave) now += way.dwell[i];
  }
  if (!terms_.has_storms || service.mode != Mode::kSea) return now;
  const Instant first = row.depart - way.scheduled[way.board];
  std::vector<Id<Place>> places{row.from};
  for (const Passage& passage : row.path)
    places.push_back(passage.to);
  // Ports of call only: `places` of the calls between board and leave.
  std::size_t passed = 0;
  for (std::size_t i = way.board; i <= way.leave; ++i) {
    if (i > way.board) passed += way.hops[i].size();
    if (i == way.leave && service.departs == DepartureRule::kTimetable) break;
    now += weather(places[passed], first + way.scheduled[i], draws);
  }
  return now;
}

Instant DrawnArrivals::cleared(std::size_t leg, Instant arrive, des::Draws& draws) const {
  if (world_[itinerary_.legs[leg].service].border_in_timetable) return arrive;
  Instant now = arrive;
  for (const BorderPassed& border : itinerary_.borders) {
    if (border.leg != leg) continue;
    const Crossing& crossing = world_[border.crossing];
    if (crossing.opens || crossing.closes) {
      now = next_open(crossing.place.valid() ? crossing.place : border.passage.to,
                      {{.opens = crossing.opens.value_or(minutes{0}),
                        .closes = crossing.closes.value_or(minutes{24 * 60})}},
                      now);
      if (now == kNever) return now;
    }
    for (const StepTaken& taken : border.steps) {
      const Law& law = world_[taken.step].hours;
      if (taken.hours.value() <= 0 || draws.uniform01() >= taken.share) continue;
      const double factor = taken.hours.value() / (mean(law).value() * taken.share);
      now += seconds_of(sampler_of(law).sample(draws) * factor);
    }
  }
  return now;
}

Drawn DrawnArrivals::draw(std::uint64_t number) const {
  des::Draws draws{des::draw_key(1, "drawn_arrivals", 0), number};
  Drawn drawn{.missed = std::vector<bool>(itinerary_.legs.size())};
  Instant now = itinerary_.depart;
  for (std::size_t i = 0; i < itinerary_.legs.size(); ++i) {
    now = worked(itinerary_.transfers[i], itinerary_.legs[i == 0 ? 0 : i - 1].consignment.units,
                 now, draws);
    if (now == kNever) return drawn;
    const auto departs = boarded(i, now, draws, drawn);
    if (!departs) return drawn;
    now = cleared(i, ridden(i, *departs, draws), draws);
    if (now == kNever) return drawn;
  }
  now = worked(itinerary_.transfers.back(), itinerary_.legs.back().consignment.units, now, draws);
  if (now != kNever) drawn.arrive = now;
  return drawn;
}

}  // namespace karvan::testing
