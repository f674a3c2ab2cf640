#pragma once
// Csr: a directed graph as two arrays (compressed sparse rows): the arcs of node i stand side by
// side. Built once from a list of arcs, which keep the number they had in the list so that weights
// may lie in arrays of their own. Immutable.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "karvan/base/check.h"

namespace karvan::graph {

struct Arc {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

class Csr {
 public:
  struct Entry {
    std::uint32_t to = 0;
    std::uint32_t arc = 0;  // its number in the list
  };

  // Requires all ends below node_count. Arcs of a node keep the order of the list.
  Csr(std::size_t node_count, std::span<const Arc> arcs) : first_(node_count + 1, 0) {
    for (const Arc& arc : arcs) {
      DCHECK(arc.from < node_count && arc.to < node_count);
      ++first_[arc.from + 1];
    }
    for (std::size_t i = 1; i < first_.size(); ++i)
      first_[i] += first_[i - 1];
    entries_.resize(arcs.size());
    std::vector<std::uint32_t> next{first_.begin(), first_.end() - 1};
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      entries_[next[arcs[i].from]++] = {.to = arcs[i].to, .arc = static_cast<std::uint32_t>(i)};
    }
  }

  std::size_t node_count() const { return first_.size() - 1; }
  std::span<const Entry> out(std::uint32_t node) const {
    return {entries_.data() + first_[node], entries_.data() + first_[node + 1]};
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Entry> entries_;
};

}  // namespace karvan::graph
