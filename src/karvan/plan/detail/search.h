#pragma once
// The search: exact Pareto set over arrival, cost and CO2e by time-ordered label setting.
//
// Labels leave the queue in the order of arrival plus the least time still needed. That bound is
// consistent, so at any node labels come in the order of arrival, and a label is beaten there iff
// an earlier one was no dearer and no dirtier (NAMOA*dr: dominance tests two criteria, not three).
// That is sound because waiting is free and earlier cargo may do all that later cargo may:
// openings, borders and cut-offs are monotone in time. A label is also dropped when its bound
// vector is covered by an option already found.
//
// A boarding takes the first voyage it can make; where the price or a border procedure of the ride
// changes on a later day within the horizon, also the first voyage after each such change. Within
// one period everything but time is constant, so no other voyage can be better.
//
// Slack is worth something too: of the voyages after the first, each is tried that makes the
// connection surer, until slack no longer matters (cost/connection_risk.h). What is left of the
// lateness on arrival is a class of few steps, compared like a criterion.
//
// Risks are no criterion but a class: an option that bears a risk (sanctions, war) never displaces
// one that does not. A label is beaten only by one whose risks are within its own.
//
// Cargo with other papers (papers.h) may pay other fees on the same way ahead: a label beats one
// with other papers only by more than those can differ.
//
// legs_max: the number of legs is no criterion. Only if a label was dropped for it, the search is
// run again with legs as a fourth, so that the answer stays exact.

#include "karvan/plan/answer.h"
#include "karvan/plan/detail/query_tables.h"

namespace karvan::plan::detail {

inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

struct Label {
  Minute arrive = 0;       // at the node, borders done
  Minute depart = 0;       // of the ride
  Minute ride_arrive = 0;  // of the ride, before its borders
  std::uint32_t node = 0;  // arrival node
  std::uint32_t parent = kNone;
  std::uint32_t ride = kNone;  // by which it came; none at the start and at the goal
  std::uint32_t legs = 0;
  cost::SpreadClass spread = 0;  // of the lateness since the last departure that had a time
  Risks risks;
  std::uint32_t papers = 0;  // number of its Papers
  cost::MissRisk miss = 0;   // of all connections so far
  Cents cents = 0;
  Grams grams = 0;
};

struct Found {
  std::vector<Label> labels;
  std::vector<std::uint32_t> options;  // labels at the goal, by arrival, cost, CO2e, risk
  Statistics statistics;
};

struct SearchLimits {
  std::uint32_t legs_max = 24;
  std::size_t labels_max = 5'000'000;
  bool keep_safer_options = true;
};

Found search(const Engine& engine, const QueryTables& tables, SearchLimits limits);

}  // namespace karvan::plan::detail
