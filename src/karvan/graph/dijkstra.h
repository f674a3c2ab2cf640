#pragma once
// Shortest distances from one node (Dijkstra 1959) over integer weights >= 0, with a binary heap.
// To get distances *to* a node, hand in the graph with its arcs turned round.

#include <limits>
#include <queue>
#include <utility>

#include "karvan/graph/csr.h"

namespace karvan::graph {

inline constexpr std::int64_t kUnreachable = std::numeric_limits<std::int64_t>::max();

// The distance of every node from `start`; kUnreachable where no path leads. `weights` has one
// entry for each arc of the list the graph was built from.
inline std::vector<std::int64_t> distances(const Csr& graph,
                                           std::span<const std::int64_t> weights,
                                           std::uint32_t start) {
  using Item = std::pair<std::int64_t, std::uint32_t>;
  std::vector<std::int64_t> distance(graph.node_count(), kUnreachable);
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
  distance[start] = 0;
  queue.emplace(0, start);
  while (!queue.empty()) {
    const auto [reached, node] = queue.top();
    queue.pop();
    if (reached > distance[node]) continue;
    for (const Csr::Entry& entry : graph.out(node)) {
      DCHECK(weights[entry.arc] >= 0);
      const std::int64_t next = reached + weights[entry.arc];
      if (next >= distance[entry.to]) continue;
      distance[entry.to] = next;
      queue.emplace(next, entry.to);
    }
  }
  return distance;
}

}  // namespace karvan::graph
