#include "karvan/plan/detail/propagation.h"

#include <algorithm>
#include <bit>

namespace karvan::plan::detail {
namespace {

// Connections missed less often are not asked what they cost.
constexpr double kMissedMin = 1e-4;

template <class Move>
Distribution moved(const Distribution& moments, Minute step, Move move) {
  Scatter scatter{step};
  for (std::size_t i = 0; i < moments.mass.size(); ++i) {
    if (moments.mass[i] == 0) continue;
    const Minute to = move(moments.at(i, step));
    if (to != kNoMinute) scatter.add(to, moments.mass[i]);
  }
  return scatter.take(moments.is_atomic);
}

std::int64_t bits(double value) {
  return std::bit_cast<std::int64_t>(value);
}

}  // namespace

void append(std::vector<Piece>& stretch, Piece piece, Minute step) {
  const bool is_plain = piece.gate == nullptr && piece.rests == nullptr;
  if (is_plain && !stretch.empty() && stretch.back().rests == nullptr) {
    stretch.back().span = sum(stretch.back().span, piece.span, step);
  } else {
    stretch.push_back(std::move(piece));
  }
}

bool carries(const TimetableGraph& graph,
             const Course& course,
             const Pattern& pattern,
             Between stops) {
  CHECK(stops.leave < course.stop_count);
  if (!graph.access(pattern, stops.board).loads || !graph.access(pattern, stops.leave).unloads)
    return false;
  for (std::uint32_t i = stops.board + 1; i <= stops.leave; ++i) {
    if (!graph.access(pattern, i).passes) return false;
  }
  return true;
}

Distribution storms_on(const Engine& engine,
                       const LawTables& laws,
                       const Course& course,
                       Between stops,
                       Minute depart) {
  Distribution waits = certain(0);
  const Minute leaves_first = depart - engine.graph.stop(course, stops.board).depart;
  const bool is_liner = engine.world[course.service].departs == DepartureRule::kTimetable;
  for (std::uint32_t i = stops.board; i <= stops.leave; ++i) {
    if (i == stops.leave && is_liner) break;
    const Stop& stop = engine.graph.stop(course, i);
    const Distribution* storm = laws.storm(stop.place, leaves_first + stop.depart);
    if (storm != nullptr) waits = sum(waits, *storm, laws.step());
  }
  return waits;
}

Distribution through(const Piece& piece, const Distribution& moments, Minute step) {
  const Distribution* from = &moments;
  Distribution gated;
  if (piece.gate != nullptr) {
    gated = moved(moments, step, [&](Minute m) { return piece.gate->next_open(m); });
    from = &gated;
  }
  if (piece.rests == nullptr) return sum(*from, piece.span, step);
  const bool takes_nothing = piece.span.mass.size() == 1 && piece.span.base == 0;
  if (takes_nothing) return *from;
  const Distribution open =
      moved(*from, step, [&](Minute m) { return piece.rests->open_before(m); });
  return moved(sum(open, piece.span, step), step,
               [&](Minute m) { return piece.rests->when_open(m); });
}

Minute Voyages::next(Minute from) const {
  Minute first = kNoMinute;
  for (const std::span<const Minute> list : departs) {
    const auto at = std::ranges::lower_bound(list, from);
    if (at != list.end()) first = std::min(first, *at);
  }
  return first;
}

Boarded board(const Distribution& ready, const Voyages& voyages, Minute step) {
  constexpr double kNone = 1e-9;
  Boarded result;
  Scatter departs{step};
  const double all = total(ready);
  double come = 0;     // ready in time for this voyage or one before
  double boarded = 0;  // of them
  const Minute begin = voyages.boards_earlier ? ready.base - step + voyages.cutoff : voyages.booked;
  for (Minute at = voyages.next(std::min(begin, voyages.booked)); at != kNoMinute;
       at = voyages.next(at + 1)) {
    come = std::max(come, share_until(ready, at - voyages.cutoff, step));
    double boards = (come - boarded) * (at > voyages.booked ? voyages.slot_chance : 1);
    if (at == voyages.booked && voyages.is_held) boards = all - boarded;
    if (all - boarded - boards < kNone) boards = all - boarded;
    if (boards > 0) departs.add(at, boards);
    boarded += boards;
    if (at == voyages.booked) result.missed = all - boarded;
    if (all - boarded <= 0) break;
  }
  result.departs = departs.take(true);
  return result;
}

Propagation::Propagation(const Engine& engine, const LawTables& laws, const Terms& terms)
    : engine_{engine}, laws_{laws}, terms_{terms} {}

// --- reading an itinerary

Propagation::Leaving Propagation::leaving(const Itinerary& itinerary, std::size_t leg) const {
  const Leg& row = itinerary.legs[leg];
  const TimetableGraph& graph = engine_.graph;
  Leaving way{.leg = leg, .course = &laws_.course(row.service)};
  const Course& course = *way.course;
  for (std::uint32_t i = 0; i < course.stop_count; ++i) {
    if (graph.stop(course, i).sequence == row.from_sequence) way.stops.board = i;
    if (graph.stop(course, i).sequence == row.to_sequence) way.stops.leave = i;
  }
  CHECK(course.service == row.service && way.stops.board < way.stops.leave);
  const bool is_dangerous = !engine_.world[row.consignment.goods].hazard_class.empty();
  way.voyages.cutoff = is_dangerous ? course.cutoff_dangerous.value_or(0) : course.cutoff;
  if (course.is_on_demand) {
    const Service& service = engine_.world[course.service];
    way.goes_always = course.block_count == 0 && !service.window_from && !service.window_until;
    if (!terms_.waits_for_papers || itinerary.transfers[leg].slack <= Duration{}) return way;
    way.goes_always = false;
    way.voyages.booked = engine_.epoch.minute(row.depart);
    return way;
  }
  way.voyages.booked = engine_.epoch.minute(row.depart);
  way.voyages.slot_chance = terms_.slot_chance;
  way.voyages.boards_earlier = terms_.boards_earlier;
  add_departures(row, way);
  return way;
}

// Others may have booked so much of a departure that it is none for this cargo.
void Propagation::add_departures(const Leg& leg, Leaving& way) const {
  const TimetableGraph& graph = engine_.graph;
  const Course& course = *way.course;
  const auto number = static_cast<std::uint32_t>(&course - graph.courses().data());
  const Stop& from = graph.stop(course, way.stops.board);
  const Minute run = graph.stop(course, way.stops.leave).arrive - from.depart;
  const Load load =
      engine_.load(leg.service, leg.consignment,
                   engine_.epoch.minute(leg.arrive) - engine_.epoch.minute(leg.depart) - run);
  for (std::uint32_t p = 0; p < course.pattern_count; ++p) {
    const Pattern& pattern = graph.pattern(course, p);
    if (!carries(graph, course, pattern, way.stops)) continue;
    const std::span<const Minute> all = graph.departures(pattern, way.stops.board);
    if (!engine_.rooms.is_booked(number)) {
      way.voyages.departs.push_back(all);
      continue;
    }
    std::vector<Minute>& kept = way.with_room.emplace_back();
    std::ranges::copy_if(all, std::back_inserter(kept), [&](Minute departs) {
      return engine_.rooms.has_room(number, departs - from.depart, load);
    });
  }
  for (const std::vector<Minute>& kept : way.with_room)
    way.voyages.departs.emplace_back(kept);
}

void Propagation::read(const Itinerary& itinerary) {
  legs_.clear();
  ways_.clear();
  stretches_.clear();
  std::size_t first = 0;  // transfer with which the stretch begins
  for (std::size_t leg = 0; leg < itinerary.legs.size(); ++leg) {
    legs_.push_back(leaving(itinerary, leg));
    if (legs_[leg].goes_always) continue;
    stretches_.push_back(&stretch(itinerary, first, leg));
    ways_.push_back(leg);
    first = leg + 1;
  }
  stretches_.push_back(&stretch(itinerary, first, itinerary.legs.size()));
}

// From boarding leg first - 1 (or, for 0, from the origin) until the work of transfer `last`.
const Propagation::Stretch& Propagation::stretch(const Itinerary& itinerary,
                                                 std::size_t first,
                                                 std::size_t last) {
  std::vector<std::int64_t> key;
  for (std::size_t i = first; i <= last; ++i)
    add_key(itinerary, i, key);
  const auto [at, is_new] = known_.try_emplace(std::move(key));
  if (!is_new) return at->second;
  Stretch& stretch = at->second;
  for (std::size_t i = first; i <= last; ++i) {
    if (i > first) append(stretch, {.span = certain(legs_[i - 1].voyages.cutoff)}, laws_.step());
    if (i > 0) add_run(stretch, itinerary, i - 1);
    add_work(stretch, itinerary, i);
  }
  return stretch;
}

// Whatever the part of a stretch depends on that begins with boarding leg i - 1, in numbers.
void Propagation::add_key(const Itinerary& itinerary,
                          std::size_t i,
                          std::vector<std::int64_t>& key) const {
  const auto number = [](auto id) {
    return id.valid() ? static_cast<std::int64_t>(id.index()) : std::int64_t{-1};
  };
  const Transfer& work = itinerary.transfers[i];
  const Leg& arriving = itinerary.legs[i == 0 ? 0 : i - 1];
  key.insert(key.end(), {i == 0 ? 0 : 1, bits(arriving.consignment.units), number(work.place),
                         number(work.handling), number(work.gauge_change)});
  if (i == 0) return;
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(arriving.depart)};
  const unsigned month = terms_.has_storms ? static_cast<unsigned>(day.month()) : 0;
  key.insert(key.end(), {number(arriving.service), arriving.from_sequence, arriving.to_sequence,
                         std::int64_t{(arriving.arrive - arriving.depart).count()}, month});
  for (const BorderPassed& border : itinerary.borders) {
    if (border.leg != i - 1) continue;
    key.push_back(number(border.crossing));
    for (const StepTaken& step : border.steps) {
      key.insert(key.end(), {number(step.step), bits(step.hours.value()), bits(step.share)});
    }
  }
}

void Propagation::add_run(Stretch& stretch, const Itinerary& itinerary, std::size_t leg) const {
  const Leaving& way = legs_[leg];
  const Leg& row = itinerary.legs[leg];
  const Course& course = *way.course;
  const Minute scheduled = engine_.graph.stop(course, way.stops.leave).arrive -
                           engine_.graph.stop(course, way.stops.board).depart;
  // What a load larger than a departure takes until its last part has left.
  const Minute extra = minutes_up(row.arrive - row.depart) - scheduled;
  const Distribution* learned = laws_.learned(course, way.stops.board, way.stops.leave);
  Distribution span =
      learned == nullptr ? laws_.run(course, way.stops.board, way.stops.leave) : *learned;
  span.base += extra;
  if (!course.is_on_demand) span = sum(span, laws_.late(course, way.stops.board), laws_.step());
  if (learned == nullptr && terms_.has_storms && engine_.world[course.service].mode == Mode::kSea)
    span = sum(span, storms_on(engine_, laws_, course, way.stops, engine_.epoch.minute(row.depart)),
               laws_.step());
  append(stretch, {.span = std::move(span)}, laws_.step());
  if (learned == nullptr) add_borders(stretch, itinerary, leg);
}

void Propagation::add_borders(Stretch& stretch, const Itinerary& itinerary, std::size_t leg) const {
  const Leg& row = itinerary.legs[leg];
  if (engine_.world[row.service].border_in_timetable) return;
  for (const BorderPassed& border : itinerary.borders) {
    if (border.leg != leg) continue;
    const OpenTimes& gate = engine_.opening(border.crossing, border.passage.to);
    append(stretch,
           {.gate = gate.is_always() ? nullptr : &gate, .span = laws_.border(border.steps)},
           laws_.step());
  }
}

void Propagation::add_work(Stretch& stretch, const Itinerary& itinerary, std::size_t i) const {
  const Transfer& work = itinerary.transfers[i];
  const double units = itinerary.legs[i == 0 ? 0 : i - 1].consignment.units;
  Piece piece{.span = certain(0)};
  if (work.gauge_change.valid()) {
    piece.span = laws_.work(work.gauge_change, units);
  } else if (work.handling.valid()) {
    piece.span = laws_.work(work.handling, units);
  }
  const OpenTimes& terminal = engine_.terminals[work.place];
  if (!terminal.is_always()) piece.rests = &terminal;
  append(stretch, std::move(piece), laws_.step());
}

// --- carrying the law along

Boarded Propagation::leave(const Leaving& way, const Distribution& ready, bool is_held) const {
  const Course& course = *way.course;
  if (!course.is_on_demand) {
    Voyages voyages = way.voyages;
    voyages.is_held = is_held;
    return board(ready, voyages, laws_.step());
  }
  return {.departs = moved(ready, laws_.step(), [&](Minute m) {
            const Minute earliest = std::max(m + way.voyages.cutoff, way.voyages.booked);
            return engine_.graph.next_departure(course, way.stops.board, way.stops.leave, earliest);
          })};
}

Distribution Propagation::carried(std::size_t stretch, Distribution moments) const {
  for (const Piece& piece : *stretches_[stretch])
    moments = through(piece, moments, laws_.step());
  return moments;
}

// How many of the ways, and what leads to the next, are those of the itinerary before.
std::size_t Propagation::known_ways(Minute depart) const {
  if (reached_.empty() || depart_ != depart || reached_[0].stretch != stretches_[0]) return 0;
  std::size_t known = 1;
  for (; known < reached_.size() && known <= ways_.size(); ++known) {
    const Leaving& way = legs_[ways_[known - 1]];
    const Reached& there = reached_[known];
    if (there.stretch != stretches_[known] || there.booked != way.voyages.booked ||
        there.cutoff != way.voyages.cutoff || there.course != way.course ||
        there.stops != way.stops)
      break;
  }
  return known;
}

Propagation::Reached Propagation::next(const Reached& before, std::size_t i) const {
  const Leaving& way = legs_[ways_[i]];
  const auto go = [&](const Distribution& ready, bool is_held) {
    return carried(i + 1, leave(way, ready, is_held).departs);
  };
  Boarded boarded = leave(way, before.moments, false);
  Reached result{.stretch = stretches_[i + 1],
                 .booked = way.voyages.booked,
                 .cutoff = way.voyages.cutoff,
                 .course = way.course,
                 .stops = way.stops,
                 .missed = boarded.missed,
                 .moments = carried(i + 1, std::move(boarded.departs))};
  for (const auto& [held, ready] : before.held)
    result.held.emplace_back(held, go(ready, false));
  if (!way.course->is_on_demand && result.missed >= kMissedMin)
    result.held.emplace_back(i, go(before.moments, true));
  return result;
}

Reliability Propagation::assess(const Itinerary& itinerary) {
  CHECK(!itinerary.legs.empty() && itinerary.transfers.size() == itinerary.legs.size() + 1);
  read(itinerary);
  const Minute depart = engine_.epoch.minute(itinerary.depart);
  reached_.resize(known_ways(depart));
  depart_ = depart;
  if (reached_.empty())
    reached_.push_back({.stretch = stretches_[0], .moments = carried(0, certain(depart))});
  while (reached_.size() <= ways_.size())
    reached_.push_back(next(reached_.back(), reached_.size() - 1));

  const Minute step = laws_.step();
  const Distribution& arrives = reached_.back().moments;
  Reliability result;
  describe(arrives, result);
  result.detention = detention(arrives, itinerary);
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    const Leaving& way = legs_[ways_[i]];
    if (way.course->is_on_demand) continue;
    const Minute planned = engine_.epoch.minute(itinerary.transfers[way.leg].end);
    ConnectionRisk risk{
        .leg = way.leg,
        .slack = std::chrono::minutes{way.voyages.booked - way.voyages.cutoff - planned},
        .missed = reached_[i + 1].missed};
    for (const auto& [held_way, held] : reached_.back().held) {
      if (held_way != i) continue;
      risk.hours = Hours{(mean(arrives, step) - mean(held, step)) / 60};
      if (terms_.deadline) {
        risk.on_time =
            share_until(held, engine_.epoch.minute(*terms_.deadline), step) - result.on_time;
      }
    }
    result.connections.push_back(risk);
  }
  std::ranges::stable_sort(result.connections, std::ranges::greater{}, &ConnectionRisk::hours);
  return result;
}

void Propagation::describe(const Distribution& arrives, Reliability& result) const {
  const Minute step = laws_.step();
  const auto instant = [&](double minute) {
    if (minute >= static_cast<double>(kNoMinute)) return kNever;
    return engine_.epoch.instant(static_cast<Minute>(std::llround(minute)));
  };
  result.lost = std::max(0.0, 1 - total(arrives));
  result.mean = instant(mean(arrives, step));
  result.p10 = instant(quantile(arrives, 0.10, step));
  result.p50 = instant(quantile(arrives, 0.50, step));
  result.p80 = instant(quantile(arrives, 0.80, step));
  result.p95 = instant(quantile(arrives, 0.95, step));
  if (!terms_.deadline) return;
  const Minute deadline = engine_.epoch.minute(*terms_.deadline);
  result.on_time = share_until(arrives, deadline, step);
  result.late = Hours{mean_excess(arrives, deadline, step) / 60};
  result.penalty = terms_.penalty_per_day * (result.late.value() / 24);
}

// Masses lie evenly within their cells, in which at most one day of detention begins.
Usd Propagation::detention(const Distribution& arrives, const Itinerary& itinerary) const {
  if (!itinerary.hire) return {};
  const Leg& last = itinerary.legs.back();
  const Id<Operator> owner = engine_.world[itinerary.hire->back].operator_;
  const auto terms = engine_.hire.terms(owner, last.to, last.consignment);
  CHECK(terms.has_value());
  const Minute step = laws_.step();
  const Minute half = arrives.is_atomic ? 0 : step / 2;
  const auto back = static_cast<Minute>(terms->until_back / std::chrono::minutes{1});
  const auto charge = [&](Minute arrive) {
    return terms->detention(std::chrono::minutes{std::max(arrive - depart_, Minute{0})});
  };
  Usd sum;
  for (std::size_t i = 0; i < arrives.mass.size(); ++i) {
    const Minute low = arrives.at(i, step) - half;
    const Minute high = low + 2 * half;
    const Minute over = (high - depart_ + back) % kDayMinutes;  // since the last day began
    const Usd dearer = charge(high) - charge(low);
    sum += charge(low) * arrives.mass[i];
    if (dearer > Usd{})
      sum += dearer * (arrives.mass[i] * std::min(1.0, static_cast<double>(over) / step));
  }
  return sum;
}

}  // namespace karvan::plan::detail
