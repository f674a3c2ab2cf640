#pragma once
// Staircase: the Pareto set of pairs (x, y), both to be small, under insertions. Sorted by x, so y
// falls strictly from step to step; a question is one binary search. The bag of a search whose
// labels come in the order of a third criterion (Pulido, Mandow, Perez de la Cruz 2015: dimension
// reduction of dominance).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace karvan::graph {

class Staircase {
 public:
  struct Step {
    std::int64_t x = 0;
    std::int64_t y = 0;

    friend bool operator==(const Step&, const Step&) = default;
  };

  // Whether some step is as good in both or better.
  bool covers(Step step) const {
    const auto after = std::ranges::upper_bound(steps_, step.x, {}, &Step::x);
    return after != steps_.begin() && std::prev(after)->y <= step.y;
  }

  // Adds a step and drops those it covers. False, and no change, if it was covered itself.
  bool insert(Step step) {
    if (covers(step)) return false;
    const auto first = std::ranges::lower_bound(steps_, step.x, {}, &Step::x);
    auto last = first;
    while (last != steps_.end() && last->y >= step.y)
      ++last;
    if (first == last) {
      steps_.insert(first, step);
    } else {
      *first = step;
      steps_.erase(first + 1, last);
    }
    return true;
  }

  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::vector<Step> steps_;
};

}  // namespace karvan::graph
