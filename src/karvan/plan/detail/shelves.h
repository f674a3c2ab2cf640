#pragma once
// Shelves: what labels have cost when they were closed at a node, kept apart where labels are not
// comparable number by number: by papers, number of legs, risks borne and open through rate.

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "karvan/base/math.h"
#include "karvan/graph/pareto_bag.h"
#include "karvan/plan/detail/papers.h"
#include "karvan/plan/detail/search.h"

namespace karvan::plan::detail {

// Cargo with other papers may have to pay other fees on the same way ahead.
class PaperNumbers {
 public:
  PaperNumbers(const PaperRules& rules, std::uint32_t legs_max)
      : rules_{rules}, legs_max_{legs_max} {}

  std::uint32_t number_of(const Papers& papers) {
    for (std::size_t i = 0; i < papers_.size(); ++i) {
      if (papers_[i] == papers) return static_cast<std::uint32_t>(i);
    }
    papers_.push_back(papers);
    std::vector<std::optional<Cents>>& row = leads_.emplace_back();
    for (std::size_t i = 0; i < papers_.size(); ++i) {
      row.push_back(rules_.lead(papers, papers_[i], legs_max_));
      if (i + 1 < papers_.size()) leads_[i].push_back(rules_.lead(papers_[i], papers, legs_max_));
    }
    return static_cast<std::uint32_t>(papers_.size() - 1);
  }
  const Papers& operator[](std::uint32_t number) const { return papers_[number]; }
  // By how much cargo with our papers must be cheaper to beat cargo with theirs; nothing: never.
  const std::optional<Cents>& lead(std::uint32_t ours, std::uint32_t theirs) const {
    return leads_[ours][theirs];
  }

 private:
  const PaperRules& rules_;
  std::uint32_t legs_max_;
  std::vector<Papers> papers_;
  std::vector<std::vector<std::optional<Cents>>> leads_;
};

class Shelves {
 public:
  Shelves(std::size_t nodes, const PaperNumbers& papers, LabelRules rules)
      : papers_{papers}, rules_{rules}, shelves_(nodes) {}

  // Calls `beats(tag, lead)` for labels closed at the node that are as good as this one in
  // everything, until it says yes. False: none did.
  template <class Beats>
  bool any_covers(const Label& label, Beats beats) const {
    const Key own = key_of(label);
    for (const Shelf& shelf : shelves_[label.node]) {
      if (!may_beat(shelf.key, own)) continue;
      const std::optional<Cents>& lead = papers_.lead(shelf.key.papers, own.papers);
      if (!lead) continue;
      Bag::Point point = point_of(label);
      point[1] -= *lead;
      for (std::size_t i = shelf.bag.find(point); i != Bag::kNone;
           i = shelf.bag.find(point, i + 1)) {
        if (beats(shelf.bag.tag(i), *lead)) return true;
      }
    }
    return false;
  }

  void close(const Label& label, std::uint32_t number) {
    std::vector<Shelf>& shelves = shelves_[label.node];
    const Key own = key_of(label);
    for (Shelf& shelf : shelves) {
      if (shelf.key == own) return shelf.bag.insert(point_of(label), number);
    }
    shelves.push_back({.key = own});
    shelves.back().bag.insert(point_of(label), number);
  }

 private:
  // Arrival, cost, CO2e, risk of a missed connection, class of lateness.
  using Bag = graph::ParetoBag<5>;
  struct Key {
    std::uint32_t papers = 0;
    std::uint32_t legs = 0;  // 0 where they are no criterion
    std::uint32_t open = 0;
    Risks risks;  // none where they are no class

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Shelf {
    Key key;
    Bag bag;
  };

  Key key_of(const Label& label) const {
    return {.papers = label.papers,
            .legs = rules_.counts_legs ? label.legs : 0,
            .open = label.open,
            .risks = rules_.keeps_safer_options ? label.risks : Risks{}};
  }
  static bool may_beat(const Key& a, const Key& b) {
    return a.legs <= b.legs && a.open == b.open && a.risks.is_within(b.risks);
  }
  static Bag::Point point_of(const Label& label) {
    return {label.arrive, label.cents, label.grams, label.miss, label.spread};
  }

  const PaperNumbers& papers_;
  LabelRules rules_;
  std::vector<std::vector<Shelf>> shelves_;  // by arrival node
};

// By how much an option may be worse than what it stands for.
struct Tolerance {
  explicit Tolerance(double of) : share{std::llround(of * kWhole)} {
    // -ln(P / (1 + of)) = -ln(P) + ln(1 + of)
    miss = static_cast<cost::MissRisk>(std::floor(10'000 * stable_log(1 + of)));
  }

  template <class Point>
  void worsen(Point& point, Minute begin) const {
    const auto part = [this](std::int64_t value) { return value * share / kWhole; };
    point.arrive += static_cast<Minute>(part(point.arrive - begin));
    point.cents += part(point.cents);
    point.grams += part(point.grams);
    point.miss += miss;
  }

  static constexpr std::int64_t kWhole = 10'000;
  std::int64_t share;
  cost::MissRisk miss = 0;
};

// The options found so far, by cost. They stand in blocks that know the least of each number in
// them, so that a question looks into few.
class GoalFront {
 public:
  struct Point {
    Cents cents = 0;
    Grams grams = 0;
    Minute arrive = kNoMinute;
    cost::MissRisk miss = 0;
    Risks risks;
  };

  GoalFront(std::size_t nodes, bool keeps_safer_options)
      : keeps_safer_options_{keeps_safer_options}, last_(nodes) {}

  // Whether some option is as good as this in all. What was beaten at a node will mostly be beaten
  // there again by the same option.
  bool covers(const Point& point, std::size_t node) {
    if (covers(last_[node], point)) return true;
    for (std::size_t b = 0; b < least_.size() && least_[b].cents <= point.cents; ++b) {
      if (!is_no_more(least_[b], point)) continue;
      for (const Point& option : block(b)) {
        if (!covers(option, point)) continue;
        last_[node] = option;
        return true;
      }
    }
    return false;
  }

  // Drops what the newcomer covers in all but arrival, as ParetoBag does and for the same reason.
  void add(const Point& point) {
    std::erase_if(options_, [&](const Point& option) {
      return point.cents <= option.cents && point.grams <= option.grams &&
             point.miss <= option.miss && is_within(point, option);
    });
    options_.insert(std::ranges::upper_bound(options_, point.cents, {}, &Point::cents), point);
    least_.assign((options_.size() + kBlock - 1) / kBlock, {});
    for (std::size_t b = 0; b < least_.size(); ++b)
      least_[b] = least_of(block(b));
  }

 private:
  bool is_within(const Point& a, const Point& b) const {
    return !keeps_safer_options_ || a.risks.is_within(b.risks);
  }
  static bool is_no_more(const Point& a, const Point& b) {
    return a.cents <= b.cents && a.grams <= b.grams && a.arrive <= b.arrive && a.miss <= b.miss;
  }
  bool covers(const Point& a, const Point& b) const { return is_no_more(a, b) && is_within(a, b); }
  std::span<const Point> block(std::size_t number) const {
    const std::span<const Point> rest = std::span{options_}.subspan(number * kBlock);
    return rest.first(std::min(kBlock, rest.size()));
  }
  static Point least_of(std::span<const Point> options) {
    Point least = options.front();
    for (const Point& option : options) {
      least.grams = std::min(least.grams, option.grams);
      least.arrive = std::min(least.arrive, option.arrive);
      least.miss = std::min(least.miss, option.miss);
    }
    return least;
  }

  static constexpr std::size_t kBlock = 16;

  bool keeps_safer_options_;
  std::vector<Point> options_;  // by cost
  std::vector<Point> least_;    // by block
  std::vector<Point> last_;     // by node: the option that beat something there
};

}  // namespace karvan::plan::detail
