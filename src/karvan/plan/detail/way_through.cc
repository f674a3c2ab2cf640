#include "karvan/plan/detail/way_through.h"

#include <algorithm>
#include <queue>
#include <tuple>

#include "karvan/plan/detail/itinerary_of.h"

namespace karvan::plan::detail {
namespace {

bool touches(std::span<const Passage> path, Id<Place> place) {
  return std::ranges::any_of(
      path, [place](const Passage& p) { return p.from == place || p.to == place; });
}

class WaySeeker {
 public:
  WaySeeker(const Engine& engine,
            const QueryTables& tables,
            const Question& question,
            const Named& named,
            bool crosses)
      : engine_{engine},
        tables_{tables},
        named_{named},
        crosses_{crosses},
        legs_max_{static_cast<std::uint32_t>(question.legs_max)},
        done_(tables.arrivals().size() * 4, false) {}

  // The label at the goal.
  std::optional<std::uint32_t> run() {
    for (const std::uint32_t start : tables_.starts()) {
      const bool is_there = tables_.arrivals()[start].place == named_.place;
      push({.arrive = tables_.begin(), .node = start}, {.is_used = is_there});
    }
    while (!queue_.empty()) {
      const Item item = queue_.top();
      queue_.pop();
      const Label label = found_.labels[item.label];
      const std::size_t state = state_of(label.node, item.stand);
      if (done_[state]) continue;
      done_[state] = true;
      if (label.node == QueryTables::kGoal) return item.label;
      expand(label, item);
    }
    return std::nullopt;
  }

  const Found& found() const { return found_; }

 private:
  // What a label does not tell.
  struct Stand {
    bool is_used = false;      // the thing named
    bool has_crossed = false;  // a border; only where papers take time
    int pretended = 0;         // transfers that nobody offers
  };

  struct Item {
    Stand stand;
    Minute arrive = 0;
    Cents cents = 0;
    std::uint32_t label = 0;

    friend bool operator>(const Item& a, const Item& b) {
      return std::tuple{a.stand.pretended, a.arrive, a.cents, a.label} >
             std::tuple{b.stand.pretended, b.arrive, b.cents, b.label};
    }
  };

  static std::size_t state_of(std::uint32_t node, Stand stand) {
    return node * std::size_t{4} + (stand.is_used ? 2 : 0) + (stand.has_crossed ? 1 : 0);
  }

  void push(const Label& label, Stand stand) {
    if (label.arrive == kNoMinute || label.arrive > tables_.limit()) return;
    if (label.node == QueryTables::kGoal && !stand.is_used) return;
    if (label.node == QueryTables::kGoal && tables_.papers_from() && stand.has_crossed != crosses_)
      return;
    const auto number = static_cast<std::uint32_t>(found_.labels.size());
    found_.labels.push_back(label);
    queue_.push({.stand = stand, .arrive = label.arrive, .cents = label.cents, .label = number});
  }

  void expand(const Label& label, const Item& item) {
    const ArrivalNode& node = tables_.arrivals()[label.node];
    const OpenTimes& terminal = engine_.terminals[node.place];
    const auto worked = [&](const Handover& transfer) {
      Label next = label;
      next.arrive = terminal.finish(label.arrive, transfer.work);
      next.parent = item.label;
      next.ride = kNone;
      next.spread = cost::widened(label.spread, transfer.variance);
      next.cents += transfer.cents;
      next.grams += transfer.grams;
      return next;
    };
    const auto stand_after = [&](const Handover& transfer) {
      Stand stand = item.stand;
      if (transfer.cents >= kPretended) ++stand.pretended;
      return stand;
    };
    if (node.exit) {
      Label last = worked(*node.exit);
      last.node = QueryTables::kGoal;
      if (last.arrive != kNoMinute) last.cents += tables_.hire(node, last.arrive);
      last.miss += tables_.deadline_risk(last.spread, last.arrive);
      push(last, stand_after(*node.exit));
    }
    if (label.legs >= legs_max_) return;
    for (const Handover& transfer : tables_.transfers(node)) {
      const Label ready = worked(transfer);
      if (ready.arrive == kNoMinute || ready.arrive > tables_.limit()) continue;
      leave(tables_.readies()[transfer.ready], ready, stand_after(transfer));
    }
  }

  void leave(const ReadyNode& node, Label ready, Stand stand) {
    ++ready.legs;
    for (std::uint32_t i = 0; i < node.boarding_count; ++i) {
      const Boarding& boarding = tables_.boarding(node.first_boarding + i);
      const Course& course = engine_.graph.courses()[boarding.course];
      const Minute earliest = ready.arrive + boarding.cutoff;
      for (std::uint32_t k = 0; k < boarding.ride_count; ++k) {
        const std::uint32_t number = boarding.first_ride + k;
        const Ride& ride = tables_.ride(number);
        Stand after = stand;
        after.is_used = after.is_used || is_met(course, boarding, ride);
        after.has_crossed = after.has_crossed || (tables_.papers_from() && ride.border_count > 0);
        if (done_[state_of(ride.arrival, after)]) continue;
        // The first departure at which the ride has a price and papers, and its borders can be
        // passed.
        if (take(number, earliest, ready, after)) continue;
        for (const Minute change : tries(boarding, ride.run)) {
          if (change > earliest && take(number, change, ready, after)) break;
        }
      }
    }
  }

  // Minutes from which something is otherwise for cargo that leaves, or is a run away.
  std::vector<Minute> tries(const Boarding& boarding, Minute run) const {
    std::vector<Minute> list = tables_.changes(boarding);
    for (const Minute change : tables_.changes(boarding))
      list.push_back(change - run);
    std::ranges::sort(list);
    return list;
  }

  bool is_met(const Course& course, const Boarding& boarding, const Ride& ride) const {
    if (named_.service.valid()) return course.service == named_.service;
    return touches(engine_.graph.path(course, boarding.stop, ride.to_stop), named_.place);
  }

  bool take(std::uint32_t number, Minute from, const Label& ready, Stand stand) {
    const Ride& ride = tables_.ride(number);
    const Boarding& boarding = tables_.boarding(ride.boarding);
    const Course& course = engine_.graph.courses()[boarding.course];
    if (course.is_on_demand) {
      const Minute depart = engine_.graph.next_departure(course, boarding.stop, ride.to_stop, from);
      if (depart == kNoMinute || depart > tables_.limit()) return false;
      return arrive(number, depart, depart + ride.run, ready, stand);
    }
    bool is_taken = false;
    for (std::uint32_t p = 0; p < course.pattern_count; ++p) {
      const Pattern& pattern = engine_.graph.pattern(course, p);
      if (!carries(pattern, boarding.stop, ride.to_stop)) continue;
      const std::span<const Minute> departs = engine_.graph.departures(pattern, boarding.stop);
      auto first = std::ranges::lower_bound(departs, from);
      while (first != departs.end() && !tables_.has_room(boarding, *first))
        ++first;
      if (first == departs.end() || *first > tables_.limit()) continue;
      const auto voyage = static_cast<std::size_t>(first - departs.begin());
      const Minute comes = engine_.graph.arrivals(pattern, ride.to_stop)[voyage] + ride.extra;
      is_taken = arrive(number, *first, comes, ready, stand) || is_taken;
    }
    return is_taken;
  }

  bool carries(const Pattern& pattern, std::uint32_t from, std::uint32_t to) const {
    if (!engine_.graph.access(pattern, from).loads) return false;
    for (std::uint32_t stop = from + 1; stop <= to; ++stop) {
      if (!engine_.graph.access(pattern, stop).passes) return false;
    }
    return engine_.graph.access(pattern, to).unloads;
  }

  bool arrive(std::uint32_t number, Minute depart, Minute at, Label label, Stand stand) {
    const Ride& ride = tables_.ride(number);
    const Cents price = tables_.price(ride, depart);
    const auto borders = tables_.borders(ride, at);
    if (price == kNoPrice || !borders) return false;
    if (!tables_.has_papers(ride, depart, crosses_, label.legs == 1)) return false;
    const Boarding& boarding = tables_.boarding(ride.boarding);
    if (!engine_.graph.courses()[boarding.course].is_on_demand) {
      label.miss += cost::miss_risk(label.spread, depart - label.arrive - boarding.cutoff);
      label.spread = 0;
    }
    const Label& came = found_.labels[label.parent];
    label.cents += tables_.arrivals()[came.node].storage(depart - came.arrive);
    std::int64_t lateness = ride.late.second_moment();
    label.node = ride.arrival;
    label.ride = number;
    label.depart = depart;
    label.ride_arrive = at;
    label.arrive = at;
    label.cents += price;
    label.grams += ride.grams;
    label.risks = label.risks | ride.risks;
    for (const std::uint32_t i : *borders) {
      const BorderTime& border = tables_.border(i);
      label.cents += border.cents;
      if (ride.border_in_timetable) continue;
      label.arrive = border.opening->next_open(label.arrive);
      if (label.arrive == kNoMinute) return false;
      label.arrive += border.work;
      lateness += border.variance;
    }
    label.spread = cost::widened(label.spread, lateness);
    push(label, stand);
    return true;
  }

  const Engine& engine_;
  const QueryTables& tables_;
  const Named& named_;
  bool crosses_;  // hypothesis of papers.h
  std::uint32_t legs_max_;
  std::vector<bool> done_;  // by arrival node, before and after the thing named
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue_;
  Found found_;
};

}  // namespace

bool is_on(const Leg& leg, const Named& named) {
  if (named.service.valid()) return leg.service == named.service;
  return leg.from == named.place || leg.to == named.place || touches(leg.path, named.place);
}

bool is_on(const Itinerary& itinerary, const Named& named) {
  return std::ranges::any_of(itinerary.legs,
                             [&named](const Leg& leg) { return is_on(leg, named); });
}

std::unique_ptr<Itinerary> way_through(const Engine& engine,
                                       const Question& question,
                                       Relax relax,
                                       const Named& named) {
  const QueryTables tables{engine, question, relax};
  if (!tables.reaches_goal()) return nullptr;
  std::unique_ptr<Itinerary> earliest;
  for (const PaperRules::Start& start : tables.paper_starts()) {
    const bool crosses = start.papers.crosses;
    WaySeeker seeker{engine, tables, question, named, crosses};
    const std::optional<std::uint32_t> end = seeker.run();
    if (!end && tables.papers_from()) continue;
    if (!end) return nullptr;
    auto way = std::make_unique<Itinerary>(itinerary_of(engine, tables, seeker.found(), *end));
    if (!tables.papers_from()) return way;
    if (!earliest || way->arrive < earliest->arrive) earliest = std::move(way);
  }
  return earliest;
}

}  // namespace karvan::plan::detail
