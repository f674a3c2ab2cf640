#include "karvan/plan/detail/search.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

#include "karvan/graph/dijkstra.h"
#include "karvan/graph/radix_heap.h"
#include "karvan/plan/detail/passings.h"
#include "karvan/plan/detail/shelves.h"
#include "karvan/plan/detail/waiting.h"

namespace karvan::plan::detail {
namespace {

using graph::kUnreachable;

struct Item {
  Minute key = 0;  // arrival plus least time to the goal
  std::uint32_t number = 0;
  Cents cents = 0;  // of the label: most that have the same key differ in it
};

// Ties of equal cost are broken so that what beats another comes first, then by age: the same on
// every machine.
// Sets of risks have smaller numbers than sets that hold them.
bool comes_after(const Label& a, const Label& b) {
  if (a.grams != b.grams) return a.grams > b.grams;
  if (a.miss != b.miss) return a.miss > b.miss;
  if (a.spread != b.spread) return a.spread > b.spread;
  if (a.risks.number() != b.risks.number()) return a.risks.number() > b.risks.number();
  return a.order > b.order;
}

// A label's age counts expansions, rides, sailings and through rates as if all labels were made as
// soon as they can be.
constexpr int kRideBits = 24;
constexpr int kSailingBits = 12;

enum class LegsCount { kIgnored, kCriterion };

class Searcher {
 public:
  Searcher(const Engine& engine, const QueryTables& tables, SearchLimits limits, LegsCount legs)
      : graph_{engine.graph},
        engine_{engine},
        tables_{tables},
        limits_{limits},
        saves_storage_{limits.saves_storage && tables.has_storage()},
        waits_for_papers_{tables.papers_from().has_value()},
        tolerance_{limits.tolerance},
        bounds_{tables.bounds()},
        papers_{tables.papers(), limits.legs_max},
        rules_{.counts_legs = legs == LegsCount::kCriterion,
               .keeps_safer_options = limits.keep_safer_options},
        shelves_{tables.arrivals().size(), papers_, rules_},
        front_{bounds_.minutes.size(), limits.keep_safer_options},
        waiting_{rules_},
        passings_{tables, papers_} {}

  Found run() {
    for (const std::uint32_t start : tables_.starts()) {
      for (const PaperRules::Start& papers : tables_.paper_starts()) {
        push({.arrive = tables_.begin(),
              .node = start,
              .papers = papers_.number_of(papers.papers),
              .cents = papers.cents,
              .order = next_order_++});
      }
    }
    while (!queue_.empty() || !due_.empty()) {
      if (queue_.empty() || (!due_.empty() && due_.least_key() <= queue_.top().key)) {
        depart(due_.pop());
        continue;
      }
      const std::uint32_t number = queue_.top().number;
      queue_.pop();
      take(number);
      while (!payers_.empty()) {
        const Payer payer = payers_.back();
        payers_.pop_back();
        relieve(payer);
      }
      if (found_.labels.size() >= limits_.labels_max || is_set(limits_.stop)) {
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
  // Cargo worked for leaving.
  struct Ready {
    Label next;       // filled but for the ride; its node is the one where it came off
    Minute came = 0;  // when it came off
  };
  // What is common to all rides of one boarding.
  struct Wagon {
    std::uint32_t ready = 0;  // its number
    std::uint32_t number = 0;
    const Boarding* boarding = nullptr;
    const Course* course = nullptr;
    Minute earliest = 0;  // cut-off included
  };
  // A voyage of a pattern, and -ln(probability) of making it.
  struct Chance {
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
    std::uint64_t order = 0;
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
    ++found_.statistics.labels_kept;
    if (label.node == QueryTables::kGoal) {
      front_.add(point_of(label));
      found_.options.push_back(number);
      keep_to_best(label);
      return;
    }
    shelves_.close(label, number);
    expand(label, number);
  }

  // What is worse than an option found in the only criterion that is asked for need not be found.
  void keep_to_best(const Label& option) {
    if (limits_.sought == Sought::kEarliest) arrive_max_ = std::min(arrive_max_, option.arrive);
    if (limits_.sought == Sought::kCheapest)
      limits_.cents_max = std::min(limits_.cents_max, option.cents);
    if (limits_.sought == Sought::kCleanest) grams_max_ = std::min(grams_max_, option.grams);
  }

  // By arrival, cost, CO2e, risk; without those that one found later beats.
  void sort_options() {
    std::vector<std::uint32_t>& options = found_.options;
    std::ranges::sort(options, {}, [this](std::uint32_t option) {
      const Label& label = found_.labels[option];
      return std::tuple{label.arrive, label.cents,          label.grams,
                        label.miss,   label.risks.number(), label.order};
    });
    GoalFront front{1, limits_.keep_safer_options};
    std::erase_if(options, [&](std::uint32_t option) {
      const GoalFront::Point point = point_of(found_.labels[option]);
      if (front.covers(point, QueryTables::kGoal)) return true;
      front.add(point);
      return false;
    });
  }

  // Whether a label closed at the same node beats this one, for good or as long as it pays no more
  // storage than it is cheaper.
  bool is_covered(const Label& label, std::uint32_t number) {
    std::uint32_t under = kNone;
    Parked parked{.label = number};
    shelves_.any_covers(label, [&](std::uint32_t other, Cents lead) {
      const Label& o = found_.labels[other];
      const bool is_at_once = !saves_storage_ || o.arrive == label.arrive;
      const Cents gap = label.cents - lead - o.cents;
      if (!is_at_once && gap < paid(other)) return false;
      under = other;
      parked.gap = gap;
      parked.is_beaten = is_at_once;
      return is_at_once;
    });
    if (under == kNone) return false;
    if (saves_storage_) park(parked, under);
    return true;
  }

  // Whether an option found beats the best that can still become of a label at a node of `bounds_`.
  bool is_covered_at_goal(const Label& label, std::size_t bound) {
    GoalFront::Point best = point_of(label);
    if (bound != QueryTables::kGoal) {
      best.arrive += static_cast<Minute>(bounds_.minutes[bound]);
      best.miss += tables_.deadline_risk(0, best.arrive);
      best.cents += bounds_.cents[label.open * bounds_.minutes.size() + bound];
      best.grams += bounds_.grams[bound];
      best.risks = best.risks | bounds_.risks[bound];
    }
    if (best.cents > limits_.cents_max || best.grams > grams_max_ || best.arrive > arrive_max_)
      return true;
    if (tolerance_.share > 0) tolerance_.worsen(best, tables_.begin());
    return front_.covers(best, bound);
  }

  static GoalFront::Point point_of(const Label& label) {
    return {.cents = label.cents,
            .grams = label.grams,
            .arrive = label.arrive,
            .miss = label.miss,
            .risks = label.risks};
  }

  bool is_beaten(const Label& label, std::uint32_t number) {
    return is_covered_at_goal(label, label.node) ||
           (label.node != QueryTables::kGoal && is_covered(label, number));
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
                 .number = number,
                 .cents = label.cents});
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
    const std::uint32_t ready = stand_ready(worked(parent, label.parent, *transfer), parent.arrive);
    const Wagon wagon = wagon_of(ride.boarding, ready);
    const Pattern& pattern = graph_.pattern(*wagon.course, label.pattern);
    const std::span<const Minute> departs = graph_.departures(pattern, boarding.stop);
    const std::span<const Minute> arrives = graph_.arrivals(pattern, ride.to_stop);
    const auto miss = [&](std::size_t voyage) {
      return cost::miss_risk(readies_[ready].next.spread, departs[voyage] - wagon.earliest);
    };
    const std::uint32_t ride_number = label.ride;
    const std::uint32_t bought = label.bought;
    for (std::uint32_t v = label.voyage + 1; v < departs.size(); ++v) {
      if (departs[v] > tables_.limit()) return;
      if (!tables_.has_room(boarding, departs[v])) continue;
      if (miss(v) < miss(label.voyage)) return;  // tried for being surer
      const Taken taken{.depart = departs[v],
                        .arrive = arrives[v] + ride.extra,
                        .miss = miss(v),
                        .pattern = label.pattern,
                        .voyage = v,
                        .order = next_order_++};
      if (arrive(wagon, ride_number, taken, bought)) return;
    }
  }

  // --- the next legs ---

  Label worked(const Label& label, std::uint32_t number, const Handover& transfer) const {
    const OpenTimes& terminal = engine_.terminals[tables_.arrivals()[label.node].place];
    return {.arrive = terminal.finish(label.arrive, transfer.work),
            .node = label.node,
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

  std::uint32_t stand_ready(const Label& ready, Minute came) {
    readies_.push_back({.next = ready, .came = came});
    ++readies_.back().next.legs;
    return static_cast<std::uint32_t>(readies_.size() - 1);
  }

  Wagon wagon_of(std::uint32_t number, std::uint32_t ready) const {
    const Boarding& boarding = tables_.boarding(number);
    return {.ready = ready,
            .number = number,
            .boarding = &boarding,
            .course = &graph_.courses()[boarding.course],
            .earliest = readies_[ready].next.arrive + boarding.cutoff};
  }

  void expand(const Label& label, std::uint32_t number) {
    const ArrivalNode& node = tables_.arrivals()[label.node];
    const std::optional<Cents> fees = tables_.papers().finish(papers_[label.papers]);
    if (node.exit && fees && label.open == 0) {
      Label last = worked(label, number, *node.exit);
      last.node = QueryTables::kGoal;
      last.papers = 0;
      last.cents += *fees + tables_.hire(node, last.arrive);
      last.miss += tables_.deadline_risk(last.spread, last.arrive);
      last.spread = 0;
      last.order = next_order_++;
      push(last);
    }
    for (const Handover& transfer : tables_.transfers(node)) {
      const Label ready = worked(label, number, transfer);
      const std::size_t bound = tables_.bound_of_ready(transfer.ready);
      if (!is_hopeful(bound, label.open, ready.arrive)) continue;
      if (label.legs == limits_.legs_max) {
        hit_legs_max_ = true;
        return;
      }
      if (is_covered_at_goal(ready, bound)) continue;
      leave(label, ready, tables_.readies()[transfer.ready]);
    }
  }

  void leave(const Label& label, const Label& ready, const ReadyNode& node) {
    std::uint32_t number = kNone;
    for (std::uint32_t i = 0; i < node.boarding_count; ++i) {
      const std::uint32_t boarding = node.first_boarding + i;
      Label at_cutoff = ready;
      at_cutoff.arrive += tables_.boarding(boarding).cutoff;
      if (is_hopeless(at_cutoff, tables_.bound_of_boarding(boarding))) continue;
      if (number == kNone) number = stand_ready(ready, label.arrive);
      leave(wagon_of(boarding, number));
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
        arrive(wagon, number,
               {.depart = depart, .arrive = depart + ride.run, .order = next_order_});
        next_order_ += std::uint64_t{1} << kSailingBits;
      };
      try_from(wagon.earliest);
      if (!ride.varies && !saves_storage_) continue;
      for (const Minute change : tables_.changes(*wagon.boarding)) {
        if (change > wagon.earliest) try_from(change);
        if (change - ride.run > wagon.earliest) try_from(change - ride.run);
      }
    }
  }

  // The first voyage that can be made, and each later one that is surer than all before it.
  void read_chances(const Wagon& wagon, std::span<const Minute> departs) {
    chances_.clear();
    const cost::SpreadClass spread = readies_[wagon.ready].next.spread;
    const auto first =
        departs.begin() + static_cast<std::ptrdiff_t>(first_from(departs, wagon.earliest));
    cost::MissRisk least = std::numeric_limits<cost::MissRisk>::max();
    for (auto i = first; i != departs.end() && *i <= tables_.limit() && least > 0; ++i) {
      const cost::MissRisk miss = cost::miss_risk(spread, *i - wagon.earliest);
      if (miss >= least || !tables_.has_room(*wagon.boarding, *i)) continue;
      least = miss;
      chances_.push_back({.voyage = static_cast<std::size_t>(i - departs.begin()), .miss = miss});
    }
  }

  void board(const Wagon& wagon, std::uint32_t number) {
    const Pattern& pattern = graph_.pattern(*wagon.course, number);
    const std::uint32_t from = wagon.boarding->stop;
    if (!graph_.access(pattern, from).loads) return;
    const std::span<const Minute> departs = graph_.departures(pattern, from);
    read_chances(wagon, departs);
    if (chances_.empty()) return;
    const std::uint64_t order = next_order_;
    next_order_ += std::uint64_t{wagon.boarding->ride_count} << kRideBits;
    if (!saves_storage_) {
      for (std::size_t i = 0; i < chances_.size(); ++i) {
        wait_for(wagon,
                 {.boarding = wagon.number,
                  .pattern = number,
                  .voyage = static_cast<std::uint32_t>(chances_[i].voyage),
                  .departs = departs[chances_[i].voyage]},
                 chances_[i], order + (i << kSailingBits));
      }
    }
    for_each_ride(wagon, pattern, [&](std::uint32_t i, const Ride& ride) {
      std::uint64_t age = order + (std::uint64_t{i} << kRideBits);
      if (saves_storage_) {
        for (const Chance& chance : chances_)
          take_voyage(wagon, number, i, chance, std::exchange(age, age + (1 << kSailingBits)));
      }
      if (!ride.varies) return;
      age = order + (std::uint64_t{i} << kRideBits) + (chances_.size() << kSailingBits);
      const auto try_first = [&](std::span<const Minute> column, Minute since) {
        std::size_t later = first_from(column, since);
        while (later < column.size() && !tables_.has_room(*wagon.boarding, departs[later]))
          ++later;
        if (later <= chances_.front().voyage || later >= column.size()) return;
        const Chance chance{.voyage = later,
                            .miss = cost::miss_risk(readies_[wagon.ready].next.spread,
                                                    departs[later] - wagon.earliest)};
        take_voyage(wagon, number, i, chance, std::exchange(age, age + (1 << kSailingBits)));
      };
      const std::span<const Minute> arrives = graph_.arrivals(pattern, ride.to_stop);
      for (const Minute change : tables_.changes(*wagon.boarding)) {
        try_first(departs, change);
        try_first(arrives, change - ride.extra);
      }
    });
  }

  // Calls `visit(i, ride)` for the rides of a boarding that voyages of the pattern make.
  template <class Visit>
  void for_each_ride(const Wagon& wagon, const Pattern& pattern, Visit visit) const {
    std::uint32_t stop = wagon.boarding->stop;
    for (std::uint32_t i = 0; i < wagon.boarding->ride_count; ++i) {
      const Ride& ride = tables_.ride(wagon.boarding->first_ride + i);
      while (stop < ride.to_stop) {
        if (!graph_.access(pattern, ++stop).passes) return;
      }
      if (graph_.access(pattern, stop).unloads) visit(i, ride);
    }
  }

  void take_voyage(const Wagon& wagon,
                   std::uint32_t number,
                   std::uint32_t i,
                   const Chance& chance,
                   std::uint64_t order) {
    const Pattern& pattern = graph_.pattern(*wagon.course, number);
    const std::uint32_t ride_number = wagon.boarding->first_ride + i;
    const Ride& ride = tables_.ride(ride_number);
    arrive(wagon, ride_number,
           {.depart = graph_.departures(pattern, wagon.boarding->stop)[chance.voyage],
            .arrive = graph_.arrivals(pattern, ride.to_stop)[chance.voyage] + ride.extra,
            .miss = chance.miss,
            .pattern = number,
            .voyage = static_cast<std::uint32_t>(chance.voyage),
            .order = order});
  }

  // --- waiting for a departure ---

  // Whether nothing can become of cargo that leaves, with no time to wait, from this bound on.
  bool is_hopeless(const Label& label, std::size_t bound) {
    return !is_hopeful(bound, label.open, label.arrive) || is_covered_at_goal(label, bound);
  }

  void wait_for(const Wagon& wagon,
                const Sailing& sailing,
                const Chance& chance,
                std::uint64_t order) {
    const Ready& ready = readies_[wagon.ready];
    Label aboard = ready.next;  // the best that can become of it
    aboard.arrive = sailing.departs;
    aboard.cents += storage(ready, sailing.departs);
    aboard.miss += chance.miss;
    const std::size_t bound = tables_.bound_of_boarding(wagon.number);
    if (is_hopeless(aboard, bound)) return;
    const std::uint32_t number = waiting_.size();
    if (!waiting_.add({.sailing = sailing,
                       .ready = wagon.ready,
                       .papers = aboard.papers,
                       .open = aboard.open,
                       .miss = aboard.miss,
                       .cents = aboard.cents,
                       .grams = aboard.grams,
                       .order = order,
                       .legs = static_cast<std::uint8_t>(aboard.legs),
                       .risks = static_cast<std::uint8_t>(aboard.risks.number())}))
      return;
    due_.push(sailing.departs + bounds_.minutes[bound], number);
  }

  void depart(std::uint32_t number) {
    const Waiting::Entry waiting = waiting_[number];
    if (waiting.is_beaten) return;
    const Sailing& sailing = waiting.sailing;
    const Label aboard{.arrive = sailing.departs,
                       .risks = Risks::from_number(waiting.risks),
                       .open = waiting.open,
                       .miss = waiting.miss,
                       .cents = waiting.cents,
                       .grams = waiting.grams};
    if (is_hopeless(aboard, tables_.bound_of_boarding(sailing.boarding))) return;
    const Wagon wagon = wagon_of(sailing.boarding, waiting.ready);
    const Chance chance{.voyage = sailing.voyage,
                        .miss = waiting.miss - readies_[waiting.ready].next.miss};
    const Pattern& pattern = graph_.pattern(*wagon.course, sailing.pattern);
    for_each_ride(wagon, pattern, [&](std::uint32_t i, const Ride&) {
      take_voyage(wagon, sailing.pattern, i, chance,
                  waiting.order + (std::uint64_t{i} << kRideBits));
    });
  }

  // --- a ride ---

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
      label.order = taken.order + rate;
      label.cents += cents;
      label.bought = rate;
      label.open =
          rate != 0 && tables_.ends_at(tables_.throughs()[rate - 1], label.node) ? 0 : rate;
      store(wagon, label);
      is_made = true;
    };
    const std::uint32_t open = readies_[wagon.ready].next.open;
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
    Label label = readies_[wagon.ready].next;
    if (waits_for_papers_ &&
        !tables_.has_papers(ride, taken.depart, papers_[label.papers].crosses, label.legs == 1))
      return std::nullopt;
    const Passed& passed = passings_.of(number, label.papers, taken.depart, *borders);
    label.node = ride.arrival;
    label.ride = number;
    label.depart = taken.depart;
    label.ride_arrive = taken.arrive;
    label.arrive = taken.arrive;
    label.pattern = taken.pattern;
    label.voyage = taken.voyage;
    label.cents += passed.cents;
    label.grams += ride.grams;
    label.risks = label.risks | ride.risks;
    for (const std::uint32_t i : *borders) {
      if (ride.border_in_timetable) break;
      const BorderTime& border = tables_.border(i);
      label.arrive = border.opening->next_open(label.arrive);
      if (label.arrive == kNoMinute) return std::nullopt;
      label.arrive += border.work;
    }
    label.papers = passed.after;
    label.miss += taken.miss;
    label.spread =
        wagon.course->is_on_demand ? cost::widened(label.spread, passed.lateness) : passed.spread;
    return label;
  }

  // Adds the storage before the ride. Who pays it where that still leads to something good is
  // noted.
  void store(const Wagon& wagon, Label label) {
    const Cents stood = storage(readies_[wagon.ready], label.depart);
    if (saves_storage_ && stood > 0 && is_hopeful(label.node, label.open, label.arrive) &&
        !is_covered_at_goal(label, label.node))
      pay(label.parent, stood);
    label.cents += stood;
    push(label);
  }

  Cents storage(const Ready& ready, Minute departs) const {
    return tables_.arrivals()[ready.next.node].storage(departs - ready.came);
  }

  const TimetableGraph& graph_;
  const Engine& engine_;
  const QueryTables& tables_;
  SearchLimits limits_;
  bool saves_storage_;
  bool waits_for_papers_;
  Tolerance tolerance_;
  const Bounds& bounds_;
  PaperNumbers papers_;
  LabelRules rules_;
  Shelves shelves_;
  GoalFront front_;
  std::vector<Ready> readies_;
  Waiting waiting_;
  Passings passings_;
  std::vector<Chance> chances_;  // of the boarding looked at
  std::uint64_t next_order_ = 0;
  // Labels, and waiting cargo, which comes before labels of the same key.
  struct LabelsLater {
    const std::vector<Label>* labels;
    bool operator()(const Item& a, const Item& b) const {
      if (a.key != b.key) return a.key > b.key;
      if (a.cents != b.cents) return a.cents > b.cents;
      return comes_after((*labels)[a.number], (*labels)[b.number]);
    }
  };
  graph::RadixHeap<std::uint32_t> due_;
  std::vector<Cents> paid_;                  // by label, as far as it reaches
  std::vector<std::vector<Parked>> parked_;  // under which label
  std::vector<Payer> payers_;                // not yet relieved
  Found found_;
  std::priority_queue<Item, std::vector<Item>, LabelsLater> queue_{LabelsLater{&found_.labels}};
  Minute arrive_max_ = kNoMinute;  // keep_to_best()
  Grams grams_max_ = std::numeric_limits<Grams>::max();
  bool hit_legs_max_ = false;
};

}  // namespace

SearchLimits limits_of(const Question& question, const std::atomic<bool>* stop) {
  SearchLimits limits{.legs_max = static_cast<std::uint32_t>(question.legs_max),
                      .labels_max = question.labels_max,
                      .keep_safer_options = question.keep_safer_options,
                      .saves_storage = question.saves_storage,
                      .tolerance = question.tolerance,
                      .stop = stop};
  if (question.budget) limits.cents_max = to_cents(*question.budget);
  return limits;
}

Found search(const Engine& engine, const QueryTables& tables, SearchLimits limits) {
  if (!tables.reaches_goal()) return {.statistics = {.voyages = engine.graph.voyage_count()}};
  Searcher searcher{engine, tables, limits, LegsCount::kIgnored};
  Found found = searcher.run();
  if (!searcher.hit_legs_max()) return found;
  return Searcher{engine, tables, limits, LegsCount::kCriterion}.run();
}

}  // namespace karvan::plan::detail
