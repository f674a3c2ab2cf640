#pragma once
// DecisionGraph: the query tables with laws in the place of durations: what may be done next by
// cargo in each state, and the law of the time until it stands in the state that this leads to.

#include "karvan/plan/detail/propagation.h"
#include "karvan/plan/detail/query_tables.h"

namespace karvan::plan::detail {

// Work between two states, from an arrival node to a ready node or out of the gate.
struct WorkArc {
  std::uint32_t from = 0;
  std::uint32_t to = kGateOut;  // ready node
  Piece piece;

  static constexpr std::uint32_t kGateOut = std::numeric_limits<std::uint32_t>::max();
};

// A ride while the procedures of its borders do not change, by the moment it arrives.
struct RideArc {
  Minute from = 0;
  Minute until = kNoMinute;
  std::uint32_t ride = 0;
  std::uint32_t ready = 0;
  std::uint32_t arrival = 0;
  std::vector<Piece> stretch;  // from departing to having passed the borders
};

inline constexpr std::uint32_t kNoArc = std::numeric_limits<std::uint32_t>::max();

// A ride of a dated voyage; or, without one, of a service on demand.
struct Departing {
  std::uint32_t arc = 0;
  Minute depart = 0;
};

class DecisionGraph {
 public:
  DecisionGraph(const Engine& engine,
                const LawTables& laws,
                const QueryTables& tables,
                bool has_storms);

  std::size_t cells() const { return cells_; }
  Minute minute(std::size_t cell) const {
    return tables_.begin() + static_cast<Minute>(cell) * laws_.step();
  }
  const QueryTables& tables() const { return tables_; }
  const LawTables& laws() const { return laws_; }
  // By the node they begin at, ascending.
  std::span<const WorkArc> works_of(std::size_t arrival) const {
    return {works_.data() + first_work_[arrival], first_work_[arrival + 1] - first_work_[arrival]};
  }
  const RideArc& ride(std::uint32_t arc) const { return rides_[arc]; }
  // Voyages that cargo ready in this cell, but not in the next, is in time for.
  const std::vector<Departing>& leaving(std::size_t cell) const { return leaving_[cell]; }
  // Rides on demand.
  const std::vector<std::uint32_t>& on_demand() const { return on_demand_; }
  // When a ride on demand leaves with cargo that is ready then; kNoMinute if not in this period.
  Minute ordered(std::uint32_t arc, Minute ready) const;

 private:
  void add_works();
  Piece work(const ArrivalNode& node, Cargo leaving) const;
  void add_rides();
  void add_voyages(std::uint32_t number, const std::vector<std::uint32_t>& arcs);
  std::optional<std::vector<Piece>> stretch(const Ride& ride, Minute day) const;

  const Engine& engine_;
  const LawTables& laws_;
  const QueryTables& tables_;
  bool has_storms_;
  std::size_t cells_ = 0;
  std::vector<WorkArc> works_;
  std::vector<std::size_t> first_work_;
  std::vector<RideArc> rides_;
  std::vector<std::vector<Departing>> leaving_;
  std::vector<std::uint32_t> on_demand_;
  std::vector<Minute> periods_;  // first minutes after which border procedures are the same
};

}  // namespace karvan::plan::detail
