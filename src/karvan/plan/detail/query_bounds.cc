// The least that cargo still needs from each node of the query tables, by criterion, over every way
// and day that they allow.

#include <algorithm>

#include "karvan/graph/dijkstra.h"
#include "karvan/plan/detail/query_tables.h"

namespace karvan::plan::detail {

struct QueryTables::Backward {
  std::vector<graph::Arc> arcs;
  Bounds weights;  // by arc

  void add(std::size_t from, std::size_t to, const Handover& least, Risks risks) {
    arcs.push_back(
        {.from = static_cast<std::uint32_t>(to), .to = static_cast<std::uint32_t>(from)});
    weights.minutes.push_back(least.work);
    weights.cents.push_back(least.cents);
    weights.grams.push_back(least.grams);
    weights.risks.push_back(risks);
  }
};

Cents QueryTables::least_price(const Ride& ride) const {
  Cents price = std::numeric_limits<Cents>::max();
  for (std::size_t i = 0; i < tariff_periods_.size(); ++i) {
    const Cents here = prices_[ride.first_price + i];
    if (here != kNoPrice) price = std::min(price, here);
  }
  return price;
}

Handover QueryTables::least_rest(const Ride& ride) const {
  Cents fees = std::numeric_limits<Cents>::max();
  Minute border_minutes = kNoMinute;
  for (const Minute period : membership_periods_) {
    const auto list = borders(ride, period);
    if (!list) continue;
    BorderTime sum;
    for (const std::uint32_t i : *list) {
      sum.work += border_times_[i].work;
      sum.cents += border_times_[i].cents;
    }
    fees = std::min(fees, sum.cents);
    border_minutes = std::min(border_minutes, sum.work);
  }
  if (ride.border_in_timetable) border_minutes = 0;
  return {.work = ride.run + border_minutes, .cents = fees, .grams = ride.grams};
}

Bounds QueryTables::find_bounds() const {
  Backward backward;
  const std::size_t ready_base = arrivals_.size();
  for (std::size_t i = 0; i < arrivals_.size(); ++i) {
    const ArrivalNode& node = arrivals_[i];
    for (const Handover& t : transfers(node))
      backward.add(i, ready_base + t.ready, t, {});
    if (!node.exit) continue;
    Handover exit = *node.exit;
    exit.cents += hire(node, begin());  // of no time on the way: the same whenever it begins
    backward.add(i, kGoal, exit, {});
  }
  const std::size_t boarding_base = ready_base + readies_.size();
  for (std::size_t i = 0; i < boardings_.size(); ++i) {
    const Boarding& boarding = boardings_[i];
    backward.add(ready_base + boarding.ready, boarding_base + i, {.work = boarding.cutoff}, {});
  }
  std::vector<Cents> fees;
  for (const Ride& ride : rides_) {
    Handover least = least_rest(ride);
    fees.push_back(least.cents);
    least.cents += least_price(ride);
    backward.add(boarding_base + ride.boarding, ride.arrival, least, ride.risks);
  }
  const graph::Csr graph{boarding_base + boardings_.size(), backward.arcs};
  Bounds bounds{.minutes = graph::distances(graph, backward.weights.minutes, kGoal),
                .grams = graph::distances(graph, backward.weights.grams, kGoal),
                .risks = unavoidable(graph, backward.weights.risks)};
  if (throughs_.empty()) {
    bounds.cents = graph::distances(graph, backward.weights.cents, kGoal);
  } else {
    bounds.cents = layered_cents(backward, fees);
  }
  return bounds;
}

// Distances over the layers of the through rates: a ride under a rate costs only its fees, the
// first one the rate, and leads back to layer 0 where the rate ends. There is no exit but from
// layer 0.
std::vector<std::int64_t> QueryTables::layered_cents(const Backward& base,
                                                     std::span<const Cents> fees) const {
  const std::size_t nodes = arrivals_.size() + readies_.size() + boardings_.size();
  const std::size_t rides_from = base.arcs.size() - rides_.size();
  std::vector<graph::Arc> arcs = base.arcs;
  std::vector<std::int64_t> weights = base.weights.cents;
  const auto add = [&](std::size_t from, std::size_t to, Cents cents) {
    arcs.push_back(
        {.from = static_cast<std::uint32_t>(to), .to = static_cast<std::uint32_t>(from)});
    weights.push_back(cents);
  };
  for (std::size_t k = 0; k < throughs_.size(); ++k) {
    const std::size_t layer = (k + 1) * nodes;
    for (std::size_t i = 0; i < rides_from; ++i) {
      if (base.arcs[i].from != kGoal)
        add(layer + base.arcs[i].to, layer + base.arcs[i].from, base.weights.cents[i]);
    }
    for (std::size_t i = 0; i < rides_.size(); ++i) {
      const Ride& ride = rides_[i];
      if (!may_carry(throughs_[k], ride)) continue;
      const graph::Arc arc = base.arcs[rides_from + i];
      const std::size_t to = arc.from + (ends_at(throughs_[k], ride.arrival) ? 0 : layer);
      add(layer + arc.to, to, fees[i]);
      if (begins_at(throughs_[k], ride)) add(arc.to, to, fees[i] + throughs_[k].cents);
    }
  }
  const graph::Csr graph{nodes * (throughs_.size() + 1), arcs};
  return graph::distances(graph, weights, kGoal);
}

// A risk is unavoidable from where the goal is out of reach without the arcs that bear it.
std::vector<Risks> QueryTables::unavoidable(const graph::Csr& graph,
                                            std::span<const Risks> of_arc) const {
  std::vector<Risks> result(graph.node_count());
  for (const auto& [risk, text] : EnumTexts<Risk>::values) {
    if (std::ranges::none_of(rides_, [&](const Ride& r) { return r.risks.contains(risk); }))
      continue;
    std::vector<char> is_reached(graph.node_count(), 0);
    std::vector<std::uint32_t> open{kGoal};
    is_reached[kGoal] = 1;
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      for (const graph::Csr::Entry& entry : graph.out(node)) {
        if (is_reached[entry.to] != 0 || of_arc[entry.arc].contains(risk)) continue;
        is_reached[entry.to] = 1;
        open.push_back(entry.to);
      }
    }
    for (std::size_t node = 0; node < result.size(); ++node) {
      if (is_reached[node] == 0) result[node].add(risk);
    }
  }
  return result;
}

}  // namespace karvan::plan::detail
