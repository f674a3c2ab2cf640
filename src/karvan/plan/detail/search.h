#pragma once
// The search: exact Pareto set over arrival, cost, CO2e and the risk of missing a connection, by
// time-ordered label setting.
//
// Labels leave the queue in the order of arrival plus the least time still needed. That bound is
// consistent, so at any node labels come in the order of arrival, and a label is beaten there by an
// earlier one that was no dearer, no dirtier and no riskier (NAMOA*dr: dimension reduction). That
// is sound because earlier cargo may do all that later cargo may: openings, borders and cut-offs
// are monotone in time. A label is also dropped when its bound vector is covered by an option
// already found.
//
// Which voyages. A boarding takes the first it can make; where a price or a border procedure
// changes on a later day within the horizon, also the first after each such change. Slack is worth
// something too: each later voyage is tried that makes the connection surer, until slack no longer
// matters (cost/connection_risk.h). What is left of the lateness on arrival is a class of few
// steps, compared like a criterion.
//
// Cargo for a timed departure waits (waiting.h) and is made into labels only when that leaves, so
// that what comes later, but cheaper, cleaner or surer, to the same voyage beats it before.
//
// Storage. Waiting is free only for a time, so arriving earlier may cost more. Both remedies are
// applied only where storage is in fact paid, and asked for (Question::saves_storage):
//   * a label beaten by an earlier one is parked under it, and comes back if that one, on ways that
//     may still be good, pays more storage than it is cheaper (or its successors by services on
//     demand do, which leave at once);
//   * a label that pays storage calls for the next voyage of the ride it came by.
// Exact by exchange: a voyage later than needed, or cargo later than other cargo, is better only if
// the earlier one pays storage before it is on the same voyage as the later one.
//
// Through rates. Where one begins, a boarding makes two labels, one of which has bought the rate
// and travels free of carriage until it is where the rate ends. The open rate is part of the state:
// labels are compared only with those under the same one.
//
// Zones of risk (war, sanctions) are no criterion but a class: an option that bears one never
// displaces one that does not. A label is beaten only by one whose risks are within its own.
//
// Cargo with other papers (papers.h) may pay other fees on the same way ahead: a label beats one
// with other papers only by more than those can differ.
//
// Tolerance. A label's best case is made worse by the tolerance before it is held against the
// options found; at nodes labels are compared exactly. So whatever is dropped leads to nothing that
// some option does not reach within the tolerance (the bounded sets of Hansen 1980 and Warburton
// 1987, at the goal alone).
//
// legs_max: the number of legs is no criterion. Only if a label was dropped for it, the search is
// run again with legs as one more, so that the answer stays exact.

#include "karvan/plan/answer.h"
#include "karvan/plan/detail/query_tables.h"
#include "karvan/plan/detail/stop.h"

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
  std::uint32_t papers = 0;   // number of its Papers
  std::uint32_t open = 0;     // through rate under which it goes on, from 1; 0: none
  std::uint32_t bought = 0;   // under which it came
  std::uint32_t pattern = 0;  // and voyage it came by; services on demand have none
  std::uint32_t voyage = kNone;
  cost::MissRisk miss = 0;  // of all connections so far
  Cents cents = 0;
  Grams grams = 0;
  std::uint64_t order = 0;  // age, to tell apart labels that are alike in all else
};

// What else labels are compared by than their numbers.
struct LabelRules {
  bool counts_legs = false;
  bool keeps_safer_options = true;
};

struct Found {
  std::vector<Label> labels;
  std::vector<std::uint32_t> options;  // labels at the goal, by arrival, cost, CO2e, risk
  Statistics statistics;
};

// Of which options: all of the front, or at least those that are the best in one criterion.
enum class Sought { kFront, kEarliest, kCheapest, kCleanest };

struct SearchLimits {
  Sought sought = Sought::kFront;
  std::uint32_t legs_max = 24;
  std::size_t labels_max = 5'000'000;
  bool keep_safer_options = true;
  bool saves_storage = false;
  Cents cents_max = std::numeric_limits<Cents>::max();  // options that cost more are none
  double tolerance = 0;
  const std::atomic<bool>* stop = nullptr;  // looked at before every label
};

// The limits of a question.
SearchLimits limits_of(const Question& question, const std::atomic<bool>* stop = nullptr);

Found search(const Engine& engine, const QueryTables& tables, SearchLimits limits);

}  // namespace karvan::plan::detail
