#include "karvan/plan/detail/search.h"

#include <algorithm>
#include <queue>
#include <tuple>

#include "karvan/graph/dijkstra.h"
#include "karvan/plan/detail/shelves.h"

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
        saves_storage_{limits.saves_storage && tables.has_storage()},
        bounds_{tables.bounds()},
        papers_{tables.papers(), limits.legs_max},
        shelves_{tables.arrivals().size(),
                 papers_,
                 {.counts_legs = legs == LegsCount::kCriterion,
                  .keeps_safer_options = limits.keep_safer_options}} {}

  Found run() {
    for (const std::uint32_t start : tables_.starts()) {
      for (const PaperRules::Start& papers : tables_.paper_starts()) {
        push({.arrive = tables_.begin(),
              .node = start,
              .papers = papers_.number_of(papers.papers),
              .cents = papers.cents});
      }
    }
    while (!queue_.empty()) {
      const Item item = queue_.top();
      queue_.pop();
      take(item.label);
      while (!payers_.empty()) {
        const Payer payer = payers_.back();
        payers_.pop_back();
        relieve(payer);
      }
      if (found_.labels.size() >= limits_.labels_max) {
        found_.statistics.is_complete = false;
        break;
      }
    }
    sort_options();
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
    const ArrivalNode* before = nullptr;  // where it has waited since `came`
    Minute came = 0;
    Minute earliest = 0;  // cut-off included
    Label next;           // filled but for the ride
  };
  // A voyage of a pattern, and -ln(probability) of making it.
  struct Sailing {
    std::size_t voyage = 0;
    cost::MissRisk miss = 0;
  };
  // One departure of a ride.
  struct Taken {
    Minute depart = 0;
    Minute arrive = 0;
    cost::MissRisk miss = 0;
    std::uint32_t pattern = 0;
    std::uint32_t voyage = kNone;
  };
  // Labels waiting under one that beats them unless it pays storage.
  struct Parked {
    std::uint32_t label = 0;
    Cents gap = 0;           // by which it is dearer
    bool is_beaten = false;  // anyway: only its later voyages may be wanted
  };
  struct Payer {
    std::uint32_t label = 0;
    bool is_first = false;  // time that it pays
  };

  void take(std::uint32_t number) {
    const Label label = found_.labels[number];
    if (is_beaten(label, number)) return;
    shelves_.close(label, number);
    ++found_.statistics.labels_kept;
    if (label.node == QueryTables::kGoal) {
      found_.options.push_back(number);
      return;
    }
    expand(label, number);
  }

  // By arrival, cost, CO2e, risk; without those that one found later beats.
  void sort_options() {
    std::vector<std::uint32_t>& options = found_.options;
    std::ranges::sort(options, {}, [this](std::uint32_t option) {
      const Label& label = found_.labels[option];
      return std::tuple{label.arrive, label.cents,          label.grams,
                        label.miss,   label.risks.number(), option};
    });
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t option : options) {
      const Label& b = found_.labels[option];
      const bool is_worse = std::ranges::any_of(kept, [&](std::uint32_t other) {
        const Label& a = found_.labels[other];
        return a.cents <= b.cents && a.grams <= b.grams && a.miss <= b.miss &&
               (!limits_.keep_safer_options || a.risks.is_within(b.risks));
      });
      if (!is_worse) kept.push_back(option);
    }
    options = std::move(kept);
  }

  // Whether a label closed at the same node beats this one, for good or as long as it pays no more
  // storage than it is cheaper.
  bool is_covered(const Label& label, std::uint32_t number) {
    const bool is_goal = label.node == QueryTables::kGoal;
    std::uint32_t under = kNone;
    Parked parked{.label = number};
    shelves_.any_covers(label, [&](std::uint32_t other, Cents lead) {
      const Label& o = found_.labels[other];
      const bool is_at_once = !saves_storage_ || is_goal || o.arrive == label.arrive;
      const Cents gap = label.cents - lead - o.cents;
      if (!is_at_once && gap < paid(other)) return false;
      under = other;
      parked.gap = gap;
      parked.is_beaten = is_at_once;
      return is_at_once;
    });
    if (under == kNone) return false;
    if (saves_storage_ && !is_goal && number != kNone) park(parked, under);
    return true;
  }

  // Whether an option found beats the best that can still become of a label at a node of `bounds_`.
  bool is_covered_at_goal(const Label& label, std::size_t bound) {
    Label best = label;
    best.node = QueryTables::kGoal;
    best.open = 0;
    best.arrive += static_cast<Minute>(bounds_.minutes[bound]);
    best.spread = 0;
    if (bound != QueryTables::kGoal) best.miss += tables_.deadline_risk(0, best.arrive);
    best.cents += bounds_.cents[label.open * bounds_.minutes.size() + bound];
    best.grams += bounds_.grams[bound];
    best.risks = best.risks | bounds_.risks[bound];
    return is_covered(best, kNone);
  }

  bool is_beaten(const Label& label, std::uint32_t number) {
    return is_covered_at_goal(label, label.node) || is_covered(label, number);
  }

  // False: the goal is out of reach, in time or at all, from a node entered at this minute.
  bool is_hopeful(std::size_t node, std::uint32_t open, Minute minute) const {
    const std::int64_t rest = bounds_.minutes[node];
    return rest != kUnreachable && minute != kNoMinute && minute + rest <= tables_.limit() &&
           bounds_.cents[open * bounds_.minutes.size() + node] != kUnreachable;
  }

  void push(const Label& label) {
    if (!is_hopeful(label.node, label.open, label.arrive)) {
      ++found_.statistics.labels_pruned;
      return;
    }
    const auto number = static_cast<std::uint32_t>(found_.labels.size());
    if (saves_storage_) {
      found_.labels.push_back(label);  // it may be wanted again
      if (is_beaten(label, number)) {
        ++found_.statistics.labels_pruned;
        return;
      }
    } else {
      if (is_beaten(label, number)) {
        ++found_.statistics.labels_pruned;
        return;
      }
      found_.labels.push_back(label);
    }
    enqueue(number);
  }

  void enqueue(std::uint32_t number) {
    const Label& label = found_.labels[number];
    queue_.push({.key = static_cast<Minute>(label.arrive + bounds_.minutes[label.node]),
                 .label = number,
                 .cents = label.cents,
                 .grams = label.grams,
                 .miss = label.miss,
                 .spread = label.spread,
                 .risks = label.risks.number()});
  }

  // --- storage ---

  // The most storage seen to be paid by what follows a label, before it leaves with a time.
  Cents paid(std::uint32_t number) const { return number < paid_.size() ? paid_[number] : 0; }

  void park(const Parked& parked, std::uint32_t under) {
    if (parked.is_beaten) pay(parked.label, paid(under) - parked.gap);
    if (parked_.size() <= under) parked_.resize(found_.labels.size());
    parked_[under].push_back(parked);
  }

  void pay(std::uint32_t number, Cents storage) {
    if (storage <= paid(number)) return;
    if (paid_.size() <= number) paid_.resize(found_.labels.size(), 0);
    const bool is_first = paid_[number] == 0;
    paid_[number] = storage;
    payers_.push_back({.label = number, .is_first = is_first});
  }

  // Later cargo may do better than a label that pays storage: what is parked under it and not
  // dearer by as much, the next voyage of the ride by which it came, or cargo later than that which
  // left on demand.
  void relieve(const Payer& payer) {
    const Cents storage = paid(payer.label);
    if (payer.label < parked_.size()) {
      const std::vector<Parked> list = std::move(parked_[payer.label]);
      parked_[payer.label].clear();
      for (const Parked& parked : list) {
        if (parked.is_beaten) pay(parked.label, storage - parked.gap);
        if (parked.is_beaten || parked.gap >= storage) {
          parked_[payer.label].push_back(parked);
        } else {
          enqueue(parked.label);
        }
      }
    }
    const Label label = found_.labels[payer.label];
    if (label.ride == kNone) return;
    if (label.voyage == kNone) return pay(label.parent, storage);
    if (payer.is_first) take_next_voyage(label);
  }

  void take_next_voyage(const Label& label) {
    const Ride& ride = tables_.ride(label.ride);
    const Label& parent = found_.labels[label.parent];
    const ArrivalNode& node = tables_.arrivals()[parent.node];
    const Boarding& boarding = tables_.boarding(ride.boarding);
    const auto transfer =
        std::ranges::find(tables_.transfers(node), boarding.ready, &Handover::ready);
    const Wagon wagon = wagon_of(boarding, node, parent, worked(parent, label.parent, *transfer));
    const Pattern& pattern = graph_.pattern(*wagon.course, label.pattern);
    const std::span<const Minute> departs = graph_.departures(pattern, boarding.stop);
    const std::span<const Minute> arrives = graph_.arrivals(pattern, ride.to_stop);
    const auto miss = [&](std::size_t voyage) {
      return cost::miss_risk(wagon.next.spread, departs[voyage] - wagon.earliest);
    };
    const std::uint32_t ride_number = label.ride;
    const std::uint32_t bought = label.bought;
    for (std::uint32_t v = label.voyage + 1; v < departs.size(); ++v) {
      if (departs[v] > tables_.limit()) return;
      if (miss(v) < miss(label.voyage)) return;  // tried for being surer
      const Taken taken{.depart = departs[v],
                        .arrive = arrives[v] + ride.extra,
                        .miss = miss(v),
                        .pattern = label.pattern,
                        .voyage = v};
      if (arrive(wagon, ride_number, taken, bought)) return;
    }
  }

  // --- the next legs ---

  Label worked(const Label& label, std::uint32_t number, const Handover& transfer) const {
    const OpenTimes& terminal = engine_.terminals[tables_.arrivals()[label.node].place];
    return {.arrive = terminal.finish(label.arrive, transfer.work),
            .parent = number,
            .legs = label.legs,
            .spread = cost::widened(label.spread, transfer.variance),
            .risks = label.risks,
            .papers = label.papers,
            .open = label.open,
            .miss = label.miss,
            .cents = label.cents + transfer.cents,
            .grams = label.grams + transfer.grams};
  }

  Wagon wagon_of(const Boarding& boarding,
                 const ArrivalNode& before,
                 const Label& came,
                 const Label& ready) const {
    Wagon wagon{.boarding = &boarding,
                .course = &graph_.courses()[boarding.course],
                .before = &before,
                .came = came.arrive,
                .earliest = ready.arrive + boarding.cutoff,
                .next = ready};
    ++wagon.next.legs;
    return wagon;
  }

  void expand(const Label& label, std::uint32_t number) {
    const ArrivalNode& node = tables_.arrivals()[label.node];
    const std::optional<Cents> fees = tables_.papers().finish(papers_[label.papers]);
    if (node.exit && fees && label.open == 0) {
      Label last = worked(label, number, *node.exit);
      last.node = QueryTables::kGoal;
      last.papers = 0;
      last.cents += *fees;
      last.miss += tables_.deadline_risk(last.spread, last.arrive);
      last.spread = 0;
      push(last);
    }
    for (const Handover& transfer : tables_.transfers(node)) {
      const Label ready = worked(label, number, transfer);
      const std::size_t bound = tables_.arrivals().size() + transfer.ready;
      if (!is_hopeful(bound, label.open, ready.arrive)) continue;
      if (label.legs == limits_.legs_max) {
        hit_legs_max_ = true;
        return;
      }
      if (is_covered_at_goal(ready, bound)) continue;
      const ReadyNode& next = tables_.readies()[transfer.ready];
      for (std::uint32_t i = 0; i < next.boarding_count; ++i)
        leave(wagon_of(tables_.boarding(next.first_boarding + i), node, label, ready));
    }
  }

  void leave(const Wagon& wagon) {
    if (wagon.course->is_on_demand) return order(wagon);
    for (std::uint32_t p = 0; p < wagon.course->pattern_count; ++p)
      board(wagon, p);
  }

  // Services on demand leave when asked, or when they are open again. They are held back only to a
  // day on which some price or treaty changes, where that may change anything, storage included.
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
      if (!ride.varies && !saves_storage_) continue;
      for (const Minute change : tables_.changes()) {
        if (change > wagon.earliest) try_from(change);
        if (change - ride.run > wagon.earliest) try_from(change - ride.run);
      }
    }
  }

  // The first voyage that can be made, and each later one that is surer than all before it.
  std::vector<Sailing> sailings(const Wagon& wagon, std::span<const Minute> departs) const {
    std::vector<Sailing> list;
    const auto first = std::ranges::lower_bound(departs, wagon.earliest);
    cost::MissRisk least = std::numeric_limits<cost::MissRisk>::max();
    for (auto i = first; i != departs.end() && *i <= tables_.limit() && least > 0; ++i) {
      const cost::MissRisk miss = cost::miss_risk(wagon.next.spread, *i - wagon.earliest);
      if (miss >= least) continue;
      least = miss;
      list.push_back({.voyage = static_cast<std::size_t>(i - departs.begin()), .miss = miss});
    }
    return list;
  }

  void board(const Wagon& wagon, std::uint32_t number) {
    const Pattern& pattern = graph_.pattern(*wagon.course, number);
    const std::uint32_t from = wagon.boarding->stop;
    if (!graph_.access(pattern, from).loads) return;
    const std::span<const Minute> departs = graph_.departures(pattern, from);
    const std::vector<Sailing> first = sailings(wagon, departs);
    if (first.empty()) return;
    std::uint32_t stop = from;
    for (std::uint32_t i = 0; i < wagon.boarding->ride_count; ++i) {
      const std::uint32_t ride_number = wagon.boarding->first_ride + i;
      const Ride& ride = tables_.ride(ride_number);
      while (stop < ride.to_stop) {
        if (!graph_.access(pattern, ++stop).passes) return;
      }
      if (!graph_.access(pattern, stop).unloads) continue;
      const std::span<const Minute> arrives = graph_.arrivals(pattern, stop);
      const auto take_voyage = [&](std::size_t voyage, cost::MissRisk miss) {
        arrive(wagon, ride_number,
               {.depart = departs[voyage],
                .arrive = arrives[voyage] + ride.extra,
                .miss = miss,
                .pattern = number,
                .voyage = static_cast<std::uint32_t>(voyage)});
      };
      for (const Sailing& sailing : first)
        take_voyage(sailing.voyage, sailing.miss);
      if (!ride.varies) continue;
      const auto try_first = [&](std::span<const Minute> column, Minute since) {
        const auto later =
            static_cast<std::size_t>(std::ranges::lower_bound(column, since) - column.begin());
        if (later <= first.front().voyage || later >= column.size()) return;
        take_voyage(later, cost::miss_risk(wagon.next.spread, departs[later] - wagon.earliest));
      };
      for (const Minute change : tables_.changes()) {
        try_first(departs, change);
        try_first(arrives, change - ride.extra);
      }
    }
  }

  static constexpr std::uint32_t kAnyRate = kNone;

  // Makes the labels of one departure: under no through rate and under each that may be bought, or
  // only the one asked for. False: that departure cannot be had.
  bool arrive(const Wagon& wagon,
              std::uint32_t number,
              const Taken& taken,
              std::uint32_t bought = kAnyRate) {
    const Ride& ride = tables_.ride(number);
    const Cents price = tables_.price(ride, taken.depart);
    if (price == kNoPrice) return false;
    const std::optional<Label> carried = carry(wagon, number, taken);
    if (!carried) return false;
    bool is_made = false;
    const auto make = [&](std::uint32_t rate, Cents cents) {
      if (bought != kAnyRate && bought != rate) return;
      Label label = *carried;
      label.cents += cents;
      label.bought = rate;
      label.open =
          rate != 0 && tables_.ends_at(tables_.throughs()[rate - 1], label.node) ? 0 : rate;
      store(wagon, label);
      is_made = true;
    };
    const std::uint32_t open = wagon.next.open;
    if (open == 0) make(0, price);
    for (std::uint32_t rate = 1; rate <= tables_.throughs().size(); ++rate) {
      const Through& through = tables_.throughs()[rate - 1];
      if (open == rate && tables_.may_carry(through, ride)) make(rate, 0);
      if (open != 0 || !tables_.begins_at(through, ride)) continue;
      if (taken.depart < through.from || taken.depart >= through.until) continue;
      if (tables_.may_carry(through, ride)) make(rate, through.cents);
    }
    return is_made;
  }

  // The label behind the borders of a ride, its carriage not yet paid for.
  std::optional<Label> carry(const Wagon& wagon, std::uint32_t number, const Taken& taken) {
    const Ride& ride = tables_.ride(number);
    const auto borders = tables_.borders(ride, taken.arrive);
    if (!borders) return std::nullopt;
    const PaperRules& rules = tables_.papers();
    Papers papers = papers_[wagon.next.papers];
    Label label = wagon.next;
    label.node = ride.arrival;
    label.ride = number;
    label.depart = taken.depart;
    label.ride_arrive = taken.arrive;
    label.arrive = taken.arrive;
    label.pattern = taken.pattern;
    label.voyage = taken.voyage;
    label.cents += rules.take_leg(papers, tables_.notes(ride, taken.depart));
    label.grams += ride.grams;
    label.risks = label.risks | ride.risks;
    std::int64_t lateness = ride.late.second_moment();
    for (const std::uint32_t i : *borders) {
      const BorderTime& border = tables_.border(i);
      label.cents += border.cents + rules.cross(papers, border.transit);
      if (ride.border_in_timetable) continue;
      label.arrive = border.opening->next_open(label.arrive);
      if (label.arrive == kNoMinute) return std::nullopt;
      label.arrive += border.work;
      lateness += border.variance;
    }
    label.papers = papers_.number_of(papers);
    label.miss += taken.miss;
    label.spread = wagon.course->is_on_demand ? cost::widened(label.spread, lateness)
                                              : cost::spread_class(lateness);
    return label;
  }

  // Adds the storage before the ride. Who pays it where that still leads to something good is
  // noted.
  void store(const Wagon& wagon, Label label) {
    const Cents storage = wagon.before->storage(label.depart - wagon.came);
    if (saves_storage_ && storage > 0 && is_hopeful(label.node, label.open, label.arrive) &&
        !is_covered_at_goal(label, label.node))
      pay(label.parent, storage);
    label.cents += storage;
    push(label);
  }

  const TimetableGraph& graph_;
  const Engine& engine_;
  const QueryTables& tables_;
  SearchLimits limits_;
  bool saves_storage_;
  Bounds bounds_;
  PaperNumbers papers_;
  Shelves shelves_;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue_;
  std::vector<Cents> paid_;                  // by label, as far as it reaches
  std::vector<std::vector<Parked>> parked_;  // under which label
  std::vector<Payer> payers_;                // not yet relieved
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
