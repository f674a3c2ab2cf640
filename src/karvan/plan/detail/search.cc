#include "karvan/plan/detail/search.h"

#include <algorithm>
#include <queue>
#include <tuple>

#include "karvan/graph/dijkstra.h"
#include "karvan/graph/pareto_bag.h"

namespace karvan::plan::detail {
namespace {

using graph::kUnreachable;

struct Item {
  Minute key = 0;  // arrival plus least time to the goal
  std::uint32_t label = 0;
  Cents cents = 0;
  Grams grams = 0;
  cost::MissRisk miss = 0;
  cost::SpreadClass spread = 0;
  std::size_t risks = 0;  // number of the set; smaller for a set within another

  // Ties are broken so that what beats another comes first, then by age: the same on every machine.
  friend bool operator>(const Item& a, const Item& b) {
    if (a.key != b.key) return a.key > b.key;
    if (a.cents != b.cents) return a.cents > b.cents;
    if (a.grams != b.grams) return a.grams > b.grams;
    if (a.miss != b.miss) return a.miss > b.miss;
    if (a.spread != b.spread) return a.spread > b.spread;
    if (a.risks != b.risks) return a.risks > b.risks;
    return a.label > b.label;
  }
};

enum class LegsCount { kIgnored, kCriterion };

class Searcher {
 public:
  Searcher(const Engine& engine, const QueryTables& tables, SearchLimits limits, LegsCount legs)
      : graph_{engine.graph},
        engine_{engine},
        tables_{tables},
        limits_{limits},
        legs_{legs},
        bounds_{tables.bounds()},
        shelves_(tables.arrivals().size()) {}

  Found run() {
    for (const std::uint32_t start : tables_.starts()) {
      for (const PaperRules::Start& papers : tables_.paper_starts()) {
        push({.arrive = tables_.begin(),
              .node = start,
              .papers = number_of(papers.papers),
              .cents = papers.cents});
      }
    }
    while (!queue_.empty()) {
      const Item item = queue_.top();
      queue_.pop();
      const Label label = found_.labels[item.label];
      if (is_beaten(label)) continue;
      close(label, item.label);
      ++found_.statistics.labels_kept;
      if (label.node == QueryTables::kGoal) {
        found_.options.push_back(item.label);
        continue;
      }
      expand(label, item.label);
      if (found_.labels.size() >= limits_.labels_max) {
        found_.statistics.is_complete = false;
        break;
      }
    }
    std::ranges::sort(found_.options, {}, [this](std::uint32_t option) {
      const Label& label = found_.labels[option];
      return std::tuple{label.arrive, label.cents,          label.grams,
                        label.miss,   label.risks.number(), option};
    });
    found_.statistics.voyages = graph_.voyage_count();
    found_.statistics.labels_made = found_.labels.size();
    return std::move(found_);
  }

  bool hit_legs_max() const { return hit_legs_max_; }

 private:
  // What is common to all rides of one boarding.
  struct Wagon {
    const Boarding* boarding = nullptr;
    const Course* course = nullptr;
    Minute earliest = 0;  // cut-off included
    Label next;           // filled but for the ride
  };
  // A voyage of a pattern, and -ln(probability) of making it.
  struct Sailing {
    std::size_t voyage = 0;
    cost::MissRisk miss = 0;
  };
  // Arrival, cost, CO2e, risk of a missed connection, class of lateness.
  using Bag = graph::ParetoBag<5>;

  // What labels had cost when they were closed at a node, those of equal papers, legs and risks
  // together.
  struct Shelf {
    std::uint32_t papers = 0;
    std::uint32_t legs = 0;  // 0 where they are no criterion
    Risks risks;             // none where they are no class
    Bag bag;
  };

  // Where on the shelves of its node a label belongs. The goal asks for no number of legs and no
  // papers.
  Shelf place_of(const Label& label) const {
    const bool is_goal = label.node == QueryTables::kGoal;
    return {.papers = is_goal ? 0 : label.papers,
            .legs = legs_ == LegsCount::kCriterion && !is_goal ? label.legs : 0,
            .risks = limits_.keep_safer_options ? label.risks : Risks{}};
  }

  // Whether a label closed at the same node beats this one.
  bool is_covered(const Label& label) const {
    const Shelf own = place_of(label);
    return std::ranges::any_of(shelves_[label.node], [&](const Shelf& shelf) {
      if (shelf.legs > own.legs || !shelf.risks.is_within(own.risks)) return false;
      const std::optional<Cents>& lead = leads_[shelf.papers][own.papers];
      if (!lead) return false;
      Bag::Point point = point_of(label);
      point[1] -= *lead;
      return shelf.bag.find(point) != Bag::kNone;
    });
  }

  static Bag::Point point_of(const Label& label) {
    return {label.arrive, label.cents, label.grams, label.miss, label.spread};
  }

  // Whether an option found beats the best that can still become of a label at a node of `bounds_`.
  bool is_covered_at_goal(const Label& label, std::size_t bound) const {
    Label best = label;
    best.node = QueryTables::kGoal;
    best.arrive += static_cast<Minute>(bounds_.minutes[bound]);
    best.spread = 0;
    if (bound != QueryTables::kGoal) best.miss += tables_.deadline_risk(0, best.arrive);
    best.cents += bounds_.cents[bound];
    best.grams += bounds_.grams[bound];
    best.risks = best.risks | bounds_.risks[bound];
    return is_covered(best);
  }

  bool is_beaten(const Label& label) const {
    return is_covered(label) || is_covered_at_goal(label, label.node);
  }

  void close(const Label& label, std::uint32_t number) {
    std::vector<Shelf>& shelves = shelves_[label.node];
    const Shelf own = place_of(label);
    auto shelf = std::ranges::find_if(shelves, [&](const Shelf& other) {
      return other.papers == own.papers && other.legs == own.legs && other.risks == own.risks;
    });
    if (shelf == shelves.end()) {
      shelves.push_back(own);
      shelf = std::prev(shelves.end());
    }
    shelf->bag.insert(point_of(label), number);
  }

  std::uint32_t number_of(const Papers& papers) {
    const auto known = std::ranges::find(papers_, papers);
    if (known != papers_.end()) return static_cast<std::uint32_t>(known - papers_.begin());
    papers_.push_back(papers);
    const PaperRules& rules = tables_.papers();
    std::vector<std::optional<Cents>>& row = leads_.emplace_back();
    for (std::size_t i = 0; i < papers_.size(); ++i) {
      row.push_back(rules.lead(papers, papers_[i], limits_.legs_max));
      if (i + 1 < papers_.size())
        leads_[i].push_back(rules.lead(papers_[i], papers, limits_.legs_max));
    }
    return static_cast<std::uint32_t>(papers_.size() - 1);
  }

  // False: the goal is out of reach, in time or at all, from a node entered at this minute.
  bool is_hopeful(std::size_t node, Minute minute) const {
    const std::int64_t rest = bounds_.minutes[node];
    return rest != kUnreachable && minute != kNoMinute && minute + rest <= tables_.limit();
  }

  void push(const Label& label) {
    if (!is_hopeful(label.node, label.arrive) || is_beaten(label)) {
      ++found_.statistics.labels_pruned;
      return;
    }
    const auto number = static_cast<std::uint32_t>(found_.labels.size());
    found_.labels.push_back(label);
    queue_.push({.key = static_cast<Minute>(label.arrive + bounds_.minutes[label.node]),
                 .label = number,
                 .cents = label.cents,
                 .grams = label.grams,
                 .miss = label.miss,
                 .spread = label.spread,
                 .risks = label.risks.number()});
  }

  void expand(const Label& label, std::uint32_t number) {
    const ArrivalNode& node = tables_.arrivals()[label.node];
    const OpenTimes& terminal = engine_.terminals[node.place];
    const auto worked = [&](const Handover& transfer) {
      return Label{.arrive = terminal.finish(label.arrive, transfer.work),
                   .parent = number,
                   .legs = label.legs,
                   .spread = cost::widened(label.spread, transfer.variance),
                   .risks = label.risks,
                   .papers = label.papers,
                   .miss = label.miss,
                   .cents = label.cents + transfer.cents,
                   .grams = label.grams + transfer.grams};
    };
    const std::optional<Cents> fees = tables_.papers().finish(papers_[label.papers]);
    if (node.exit && fees) {
      Label last = worked(*node.exit);
      last.node = QueryTables::kGoal;
      last.papers = 0;
      last.cents += *fees;
      last.miss += tables_.deadline_risk(last.spread, last.arrive);
      last.spread = 0;
      push(last);
    }
    for (const Handover& transfer : tables_.transfers(node)) {
      const Label ready = worked(transfer);
      const std::size_t bound = tables_.arrivals().size() + transfer.ready;
      if (!is_hopeful(bound, ready.arrive)) continue;
      if (label.legs == limits_.legs_max) {
        hit_legs_max_ = true;
        return;
      }
      if (is_covered_at_goal(ready, bound)) continue;
      leave(tables_.readies()[transfer.ready], ready);
    }
  }

  void leave(const ReadyNode& node, const Label& ready) {
    for (std::uint32_t i = 0; i < node.boarding_count; ++i) {
      const Boarding& boarding = tables_.boarding(node.first_boarding + i);
      Wagon wagon{.boarding = &boarding,
                  .course = &graph_.courses()[boarding.course],
                  .earliest = ready.arrive + boarding.cutoff,
                  .next = ready};
      ++wagon.next.legs;
      if (wagon.course->is_on_demand) {
        order(wagon);
      } else {
        for (std::uint32_t p = 0; p < wagon.course->pattern_count; ++p)
          board(wagon, graph_.pattern(*wagon.course, p));
      }
    }
  }

  // Services on demand leave when asked, or when they are open again.
  void order(const Wagon& wagon) {
    for (std::uint32_t i = 0; i < wagon.boarding->ride_count; ++i) {
      const std::uint32_t number = wagon.boarding->first_ride + i;
      const Ride& ride = tables_.ride(number);
      const auto try_from = [&](Minute from) {
        const Minute depart =
            graph_.next_departure(*wagon.course, wagon.boarding->stop, ride.to_stop, from);
        if (depart == kNoMinute || depart > tables_.limit()) return;
        arrive(wagon, number, {.depart = depart, .arrive = depart + ride.run});
      };
      try_from(wagon.earliest);
      if (!ride.varies) continue;
      for (const Minute change : tables_.changes()) {
        if (change > wagon.earliest) try_from(change);
        if (change - ride.run > wagon.earliest) try_from(change - ride.run);
      }
    }
  }

  // The first voyage that can be made, and each later one that is surer than all before it.
  void find_sailings(const Wagon& wagon, std::span<const Minute> departs) {
    sailings_.clear();
    const auto first = std::ranges::lower_bound(departs, wagon.earliest);
    cost::MissRisk least = std::numeric_limits<cost::MissRisk>::max();
    for (auto i = first; i != departs.end() && *i <= tables_.limit() && least > 0; ++i) {
      const cost::MissRisk miss = cost::miss_risk(wagon.next.spread, *i - wagon.earliest);
      if (miss >= least) continue;
      least = miss;
      sailings_.push_back({.voyage = static_cast<std::size_t>(i - departs.begin()), .miss = miss});
    }
  }

  void board(const Wagon& wagon, const Pattern& pattern) {
    const std::uint32_t from = wagon.boarding->stop;
    if (!graph_.access(pattern, from).loads) return;
    const std::span<const Minute> departs = graph_.departures(pattern, from);
    find_sailings(wagon, departs);
    if (sailings_.empty()) return;
    std::uint32_t stop = from;
    for (std::uint32_t i = 0; i < wagon.boarding->ride_count; ++i) {
      const std::uint32_t number = wagon.boarding->first_ride + i;
      const Ride& ride = tables_.ride(number);
      while (stop < ride.to_stop) {
        if (!graph_.access(pattern, ++stop).passes) return;
      }
      if (!graph_.access(pattern, stop).unloads) continue;
      const std::span<const Minute> arrives = graph_.arrivals(pattern, stop);
      const auto take = [&](std::size_t voyage, cost::MissRisk miss) {
        arrive(wagon, number,
               {.depart = departs[voyage], .arrive = arrives[voyage] + ride.extra, .miss = miss});
      };
      for (const Sailing& sailing : sailings_)
        take(sailing.voyage, sailing.miss);
      if (!ride.varies) continue;
      const auto try_first = [&](std::span<const Minute> column, Minute since) {
        const auto later =
            static_cast<std::size_t>(std::ranges::lower_bound(column, since) - column.begin());
        if (later <= sailings_.front().voyage || later >= column.size()) return;
        take(later, cost::miss_risk(wagon.next.spread, departs[later] - wagon.earliest));
      };
      for (const Minute change : tables_.changes()) {
        try_first(departs, change);
        try_first(arrives, change - ride.extra);
      }
    }
  }

  // One departure of a ride.
  struct Taken {
    Minute depart = 0;
    Minute arrive = 0;
    cost::MissRisk miss = 0;
  };

  void arrive(const Wagon& wagon, std::uint32_t number, const Taken& taken) {
    const Ride& ride = tables_.ride(number);
    const Cents price = tables_.price(ride, taken.depart);
    if (price == kNoPrice) return;
    const auto borders = tables_.borders(ride, taken.arrive);
    if (!borders) return;
    const PaperRules& rules = tables_.papers();
    Papers papers = papers_[wagon.next.papers];
    Label label = wagon.next;
    label.node = ride.arrival;
    label.ride = number;
    label.depart = taken.depart;
    label.ride_arrive = taken.arrive;
    label.arrive = taken.arrive;
    label.cents += price + rules.take_leg(papers, tables_.notes(ride, taken.depart));
    label.grams += ride.grams;
    label.risks = label.risks | ride.risks;
    std::int64_t lateness = ride.late.second_moment();
    for (const std::uint32_t i : *borders) {
      const BorderTime& border = tables_.border(i);
      label.cents += border.cents + rules.cross(papers, border.transit);
      if (ride.border_in_timetable) continue;
      label.arrive = border.opening->next_open(label.arrive);
      if (label.arrive == kNoMinute) return;
      label.arrive += border.work;
      lateness += border.variance;
    }
    label.papers = number_of(papers);
    label.miss += taken.miss;
    label.spread = wagon.course->is_on_demand ? cost::widened(label.spread, lateness)
                                              : cost::spread_class(lateness);
    push(label);
  }

  const TimetableGraph& graph_;
  const Engine& engine_;
  const QueryTables& tables_;
  SearchLimits limits_;
  LegsCount legs_;
  Bounds bounds_;
  std::vector<std::vector<Shelf>> shelves_;               // by arrival node
  std::vector<Papers> papers_;                            // by the number in Label
  std::vector<std::vector<std::optional<Cents>>> leads_;  // of the row's papers over the column's
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue_;
  std::vector<Sailing> sailings_;  // of the boarding at hand
  Found found_;
  bool hit_legs_max_ = false;
};

}  // namespace

Found search(const Engine& engine, const QueryTables& tables, SearchLimits limits) {
  if (!tables.reaches_goal()) return {.statistics = {.voyages = engine.graph.voyage_count()}};
  Searcher searcher{engine, tables, limits, LegsCount::kIgnored};
  Found found = searcher.run();
  if (!searcher.hit_legs_max()) return found;
  return Searcher{engine, tables, limits, LegsCount::kCriterion}.run();
}

}  // namespace karvan::plan::detail
