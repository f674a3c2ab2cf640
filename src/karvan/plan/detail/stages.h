#pragma once
// Stages: what cargo has behind it of what a question asks of the whole way: places passed, things
// used, transshipments made, runs taken. Nodes of the query tables are kept apart by it, so
// that search, bounds and dominance hold without knowing of it (the product of the network with an
// automaton: Barrett, Jacob, Marathe 2000, "Formal-language-constrained path problems").
//
// Stages are numbered as they are met; 0 is that of cargo at the origin. A question that asks for
// nothing of the kind has no other.

#include <optional>
#include <span>
#include <vector>

#include "karvan/model/path.h"
#include "karvan/model/world.h"
#include "karvan/plan/question.h"

namespace karvan::plan::detail {

// Legs in a row by one mode and gauge, and where they end.
struct Run {
  Mode mode = Mode::kRail;
  Gauge gauge;
  Id<Place> to;

  friend bool operator==(const Run&, const Run&) = default;
};

// Some of all routes (chains of runs): those that begin with these, and go on by none of those.
// None comes back to the origin or to an end of a run of its beginning.
struct Routes {
  std::vector<Run> begin;
  std::vector<Run> barred;  // as the next one
  // Where else cargo may come off a leg only once; at most 32.
  std::vector<Id<Place>> once;
};

class Stages {
 public:
  static constexpr std::uint32_t kStart = 0;

  // `routes`, if given, must outlive it.
  Stages(const World& world, const Question& question, const Routes* routes);

  // False: there is only one stage, and everything is allowed.
  bool are_asked() const { return are_asked_; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(stages_.size()); }

  // The stage after a transshipment, or after a ride; nothing if it would break what is asked.
  struct Ride {
    Id<Service> service;
    Id<Place> from;
    Id<Place> to;
    std::span<const Passage> path;
  };
  std::optional<std::uint32_t> after_transshipment(std::uint32_t stage);
  std::optional<std::uint32_t> after_ride(std::uint32_t stage, const Ride& ride);
  // Whether cargo at this stage may be delivered.
  bool may_end(std::uint32_t stage, Id<Place> destination) const;

 private:
  struct Stage {
    std::size_t via = 0;      // of the places, passed
    std::uint32_t used = 0;   // of the requirements, a bit each
    int transshipments = 0;   // counted only if they are limited
    std::size_t runs = 0;     // begun; two more than `begin` has: all else is allowed
    Run run;                  // the last one, its end open; while all else is not allowed
    std::uint32_t stood = 0;  // at places of `once`, a bit each

    friend bool operator==(const Stage&, const Stage&) = default;
  };
  std::uint32_t number_of(const Stage& stage);
  void pass(Stage& stage, Id<Place> place) const;
  bool take(Stage& stage, const Ride& ride) const;
  bool may_close(const Stage& stage, Id<Place> end) const;
  bool comes_back(const Stage& stage, Id<Place> place) const;
  bool stand(Stage& stage, Id<Place> place) const;
  void use(Stage& stage, const Service& row, Id<Service> service) const;

  World world_;
  Id<Place> from_;
  std::vector<Id<Place>> via_;
  Requirements require_;
  std::optional<int> transshipments_max_;
  const Routes* routes_;
  bool are_asked_ = false;
  std::vector<Stage> stages_;
};

}  // namespace karvan::plan::detail
