#include "karvan/plan/detail/decision_graph.h"

#include <algorithm>

namespace karvan::plan::detail {

DecisionGraph::DecisionGraph(const Engine& engine,
                             const LawTables& laws,
                             const QueryTables& tables,
                             bool has_storms)
    : engine_{engine},
      laws_{laws},
      tables_{tables},
      has_storms_{has_storms},
      cells_{static_cast<std::size_t>((tables.limit() - tables.begin()) / laws.step()) + 1},
      leaving_(cells_) {
  periods_.push_back(std::numeric_limits<Minute>::min());
  for (const Minute change : engine.membership_changes) {
    if (change > tables.begin() && change <= tables.limit()) periods_.push_back(change);
  }
  add_works();
  add_rides();
}

// --- work

Piece DecisionGraph::work(const ArrivalNode& node, Cargo leaving) const {
  const auto work = engine_.handling.work({.place = node.place,
                                           .from = node.cargo.side,
                                           .to = leaving.side,
                                           .from_gauge = node.cargo.gauge,
                                           .to_gauge = leaving.gauge,
                                           .arriving = tables_.packed(node.cargo.unit),
                                           .leaving = tables_.packed(leaving.unit).load_unit});
  Piece piece{.span = certain(0)};
  const double units = tables_.packed(node.cargo.unit).units;
  if (work && work->gauge_change.valid()) {
    piece.span = laws_.work(work->gauge_change, units);
  } else if (work && work->handling.valid()) {
    piece.span = laws_.work(work->handling, units);
  }
  const OpenTimes& terminal = engine_.terminals[node.place];
  if (!terminal.is_always()) piece.rests = &terminal;
  return piece;
}

void DecisionGraph::add_works() {
  const std::vector<ArrivalNode>& arrivals = tables_.arrivals();
  for (std::uint32_t i = 0; i < arrivals.size(); ++i) {
    first_work_.push_back(works_.size());
    if (arrivals[i].exit)
      works_.push_back({.from = i, .piece = work(arrivals[i], {.unit = arrivals[i].cargo.unit})});
    for (const Handover& transfer : tables_.transfers(arrivals[i])) {
      const Cargo leaving = tables_.readies()[transfer.ready].cargo;
      works_.push_back({.from = i, .to = transfer.ready, .piece = work(arrivals[i], leaving)});
    }
  }
  first_work_.push_back(works_.size());
}

// --- rides

void DecisionGraph::add_rides() {
  const std::vector<ReadyNode>& readies = tables_.readies();
  for (std::uint32_t ready = 0; ready < readies.size(); ++ready) {
    for (std::uint32_t b = 0; b < readies[ready].boarding_count; ++b) {
      const Boarding& boarding = tables_.boarding(readies[ready].first_boarding + b);
      for (std::uint32_t r = 0; r < boarding.ride_count; ++r) {
        const std::uint32_t number = boarding.first_ride + r;
        const Ride& ride = tables_.ride(number);
        std::vector<std::uint32_t> arcs;  // one for each period
        for (std::size_t p = 0; p < (ride.border_count > 0 ? periods_.size() : 1); ++p) {
          auto span = stretch(ride, std::max(periods_[p], tables_.begin()));
          arcs.push_back(span ? static_cast<std::uint32_t>(rides_.size()) : kNoArc);
          if (!span) continue;
          rides_.push_back({.ride = number,
                            .ready = ready,
                            .arrival = ride.arrival,
                            .stretch = std::move(*span)});
          rides_.back().from = periods_[p];
          rides_.back().until =
              ride.border_count > 0 && p + 1 < periods_.size() ? periods_[p + 1] : kNoMinute;
          if (engine_.graph.courses()[boarding.course].is_on_demand)
            on_demand_.push_back(arcs.back());
        }
        if (!engine_.graph.courses()[boarding.course].is_on_demand) add_voyages(number, arcs);
      }
    }
  }
}

// Running, storms and the borders as they are on that day; nothing if one cannot be passed.
std::optional<std::vector<Piece>> DecisionGraph::stretch(const Ride& ride, Minute day) const {
  if (!tables_.borders(ride, day)) return std::nullopt;
  const Boarding& boarding = tables_.boarding(ride.boarding);
  const Course& course = engine_.graph.courses()[boarding.course];
  const Mode mode = engine_.world[course.service].mode;
  const Distribution* learned = laws_.learned(course, boarding.stop, ride.to_stop);
  std::vector<Piece> pieces(1);
  pieces[0].span = learned == nullptr ? laws_.run(course, boarding.stop, ride.to_stop) : *learned;
  pieces[0].span.base += ride.extra;
  if (!course.is_on_demand)
    pieces[0].span = sum(pieces[0].span, laws_.late(course, boarding.stop), laws_.step());
  if (has_storms_ && learned == nullptr && mode == Mode::kSea) {
    pieces[0].span =
        sum(pieces[0].span, storms_on(engine_, laws_, course, {boarding.stop, ride.to_stop}, day),
            laws_.step());
  }
  const std::uint32_t unit = tables_.readies()[boarding.ready].cargo.unit;
  for (const Passage& passage : engine_.graph.path(course, boarding.stop, ride.to_stop)) {
    if (!crosses_border(engine_.world, passage)) continue;
    const auto procedure =
        engine_.borders.procedure(passage, mode, tables_.packed(unit), engine_.epoch.day(day));
    if (!procedure) return std::nullopt;
    if (ride.border_in_timetable || learned != nullptr) continue;
    const OpenTimes& gate = engine_.opening(procedure->crossing, passage.to);
    append(pieces,
           {.gate = gate.is_always() ? nullptr : &gate, .span = laws_.border(procedure->steps)},
           laws_.step());
  }
  return pieces;
}

void DecisionGraph::add_voyages(std::uint32_t number, const std::vector<std::uint32_t>& arcs) {
  const Ride& ride = tables_.ride(number);
  const Boarding& boarding = tables_.boarding(ride.boarding);
  const Course& course = engine_.graph.courses()[boarding.course];
  const Minute earliest = tables_.begin() + boarding.cutoff;
  for (std::uint32_t p = 0; p < course.pattern_count; ++p) {
    const Pattern& pattern = engine_.graph.pattern(course, p);
    if (!carries(engine_.graph, course, pattern, {boarding.stop, ride.to_stop})) continue;
    const std::span<const Minute> departs = engine_.graph.departures(pattern, boarding.stop);
    for (auto at = std::ranges::lower_bound(departs, earliest);
         at != departs.end() && *at <= tables_.limit(); ++at) {
      if (tables_.price(ride, *at) == kNoPrice || !tables_.has_room(boarding, *at)) continue;
      const auto arc = std::ranges::find_if(arcs, [&](std::uint32_t a) {
        return a != kNoArc && rides_[a].from <= *at + ride.run && *at + ride.run < rides_[a].until;
      });
      if (arc == arcs.end()) continue;
      const auto cell = static_cast<std::size_t>((*at - earliest) / laws_.step());
      if (cell < cells_) leaving_[cell].push_back({.arc = *arc, .depart = *at});
    }
  }
}

Minute DecisionGraph::ordered(std::uint32_t arc, Minute ready) const {
  const Ride& ride = tables_.ride(rides_[arc].ride);
  const Boarding& boarding = tables_.boarding(ride.boarding);
  const Course& course = engine_.graph.courses()[boarding.course];
  const Minute depart =
      engine_.graph.next_departure(course, boarding.stop, ride.to_stop, ready + boarding.cutoff);
  if (depart == kNoMinute || depart > tables_.limit()) return kNoMinute;
  const bool is_its_period =
      rides_[arc].from <= depart + ride.run && depart + ride.run < rides_[arc].until;
  return is_its_period && tables_.price(ride, depart) != kNoPrice ? depart : kNoMinute;
}

}  // namespace karvan::plan::detail
