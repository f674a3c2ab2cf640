#pragma once
// PolicyValues: what it is worth to stand in a state at a moment, and what is best done then; by
// one pass over the cells of the grid from the last to the first.
//
// In a cell all that lies later is known. First what is ready takes the best of: waiting for the
// next cell, the voyages it is just in time for, the services on demand. Then what has come off a
// service takes the best work. A ride takes a cell at least, so nothing waits for itself. Cargo not
// there in the last cell counts as arriving as long again after it.

#include "karvan/plan/detail/decision_graph.h"
#include "karvan/plan/detail/stop.h"
#include "karvan/plan/policy.h"

namespace karvan::plan::detail {

// Minutes since the question's begin, and a probability.
struct Value {
  double arrive = 0;
  double on_time = 0;
};

// What cargo that is ready does: board at that minute; not at all.
struct Boards {
  std::uint32_t arc = kNoArc;
  Minute depart = kNoMinute;

  friend bool operator==(const Boards&, const Boards&) = default;
};

class PolicyValues {
 public:
  // Not all of them once `stop`, where there is one, is set.
  PolicyValues(const DecisionGraph& graph,
               const Engine& engine,
               const PolicyTerms& terms,
               const std::atomic<bool>* stop);

  Value arrived(std::size_t node, std::size_t cell) const { return arrived_.at(node, cell); }
  Value ready(std::size_t node, std::size_t cell) const { return ready_.at(node, cell); }
  // The work that cargo come to a node is put to: an index into works_of(node); kNoArc for none.
  std::uint32_t work(std::size_t node, std::size_t cell) const {
    return works_[node * cells_ + cell];
  }
  const Boards& boards(std::size_t node, std::size_t cell) const {
    return boards_[node * cells_ + cell];
  }
  bool is_better(const Value& a, const Value& b) const;
  bool is_hopeless(const Value& value) const { return value.arrive >= never_; }

 private:
  // One row a node, with a cell behind the last for all that comes too late.
  struct Table {
    std::size_t width = 0;
    std::vector<double> arrive;
    std::vector<double> on_time;
    Value at(std::size_t node, std::size_t cell) const {
      return {.arrive = arrive[node * width + cell], .on_time = on_time[node * width + cell]};
    }
    void set(std::size_t node, std::size_t cell, const Value& value) {
      arrive[node * width + cell] = value.arrive;
      on_time[node * width + cell] = value.on_time;
    }
  };

  Table table(std::size_t nodes) const;
  void make_ready(std::size_t cell);
  void board(std::size_t cell, std::uint32_t arc, Minute depart);
  void work_off(std::size_t cell);
  Value out_of_gate(const WorkArc& work, std::size_t cell) const;
  // Expected value of the row's node for what gets there this span after `since`; what would be
  // there before the cell `first` counts as there in it.
  Value expected_from(const Table& table,
                      std::size_t node,
                      const Distribution& span,
                      Minute since,
                      std::size_t first) const;

  const DecisionGraph& graph_;
  Aim aim_;
  std::optional<double> deadline_;  // minutes since begin
  std::size_t cells_;
  double step_;
  double never_;
  Table arrived_;
  Table ready_;
  std::vector<std::uint32_t> works_;
  std::vector<Boards> boards_;
};

}  // namespace karvan::plan::detail
