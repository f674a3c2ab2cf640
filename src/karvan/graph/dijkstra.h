#pragma once
// Shortest distances from one node (Dijkstra 1959) over integer weights >= 0, with a radix heap.
// To get distances *to* a node, hand in the graph with its arcs turned round.

#include <limits>

#include "karvan/graph/csr.h"
#include "karvan/graph/radix_heap.h"

namespace karvan::graph {

inline constexpr std::int64_t kUnreachable = std::numeric_limits<std::int64_t>::max();

// The distance of every node from `start`; kUnreachable where no path leads. `weights` has one
// entry for each arc of the list the graph was built from.
inline std::vector<std::int64_t> distances(const Csr& graph,
                                           std::span<const std::int64_t> weights,
                                           std::uint32_t start) {
  std::vector<std::int64_t> distance(graph.node_count(), kUnreachable);
  RadixHeap<std::uint32_t> queue;
  distance[start] = 0;
  queue.push(0, start);
  while (!queue.empty()) {
    const std::int64_t reached = queue.least_key();
    const std::uint32_t node = queue.pop();
    if (reached > distance[node]) continue;
    for (const Csr::Entry& entry : graph.out(node)) {
      DCHECK(weights[entry.arc] >= 0);
      const std::int64_t next = reached + weights[entry.arc];
      if (next >= distance[entry.to]) continue;
      distance[entry.to] = next;
      queue.push(next, entry.to);
    }
  }
  return distance;
}

}  // namespace karvan::graph
