#pragma once
// Stages: what cargo has behind it of what a question asks of the whole way: places passed, things
// used, transshipments made, services taken. Nodes of the query tables are kept apart by it, so
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

// Some of all chains of services: those that begin with these, and go on by none of those.
struct Chains {
  std::vector<Id<Service>> begin;
  std::vector<Id<Service>> barred;  // as the next one
  bool may_end = true;              // `begin` itself is one of them
  // Where cargo may start or come off a leg only once; at most 32.
  std::vector<Id<Place>> once;
};

class Stages {
 public:
  static constexpr std::uint32_t kStart = 0;

  // `chains`, if given, must outlive it.
  Stages(const World& world, const Question& question, const Chains* chains);

  // False: there is only one stage, and everything is allowed.
  bool are_asked() const { return are_asked_; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(stages_.size()); }

  // The stage after a transshipment, or after a ride; nothing if it would break what is asked.
  std::optional<std::uint32_t> after_transshipment(std::uint32_t stage);
  std::optional<std::uint32_t> after_ride(std::uint32_t stage,
                                          Id<Service> service,
                                          std::span<const Passage> path,
                                          Id<Place> comes_off);
  // Whether cargo at this stage may be delivered.
  bool may_end(std::uint32_t stage) const;

 private:
  struct Stage {
    std::size_t via = 0;      // of the places, passed
    std::uint32_t used = 0;   // of the requirements, a bit each
    int transshipments = 0;   // counted only if they are limited
    std::size_t begun = 0;    // services of `begin` taken; one more: off it
    std::uint32_t stood = 0;  // at places of `once`, a bit each

    friend bool operator==(const Stage&, const Stage&) = default;
  };
  std::uint32_t number_of(const Stage& stage);
  void pass(Stage& stage, Id<Place> place) const;
  bool take(Stage& stage, Id<Service> service) const;
  bool stand(Stage& stage, Id<Place> place) const;
  void use(Stage& stage, const Service& row, Id<Service> service) const;

  World world_;
  std::vector<Id<Place>> via_;
  Requirements require_;
  std::optional<int> transshipments_max_;
  const Chains* chains_;
  bool are_asked_ = false;
  std::vector<Stage> stages_;
};

}  // namespace karvan::plan::detail
