#include "karvan/des/wait_for.h"

#include <map>
#include <utility>

#include "karvan/base/check.h"

namespace karvan::des {

void WaitFor::add(std::uint32_t waiter,
                  std::uint32_t what,
                  std::vector<std::uint32_t> holders,
                  std::size_t enough) {
  waits_.push_back({waiter, what, std::move(holders), enough});
}

WaitFor::Verdict WaitFor::judge() const {
  std::map<std::uint32_t, std::size_t> wait_of;
  for (std::size_t i = 0; i < waits_.size(); ++i)
    CHECK(wait_of.emplace(waits_[i].waiter, i).second);

  // Who is helped when an entity goes on; and how many must still let go.
  std::vector<std::vector<std::size_t>> helps(waits_.size());
  std::vector<std::size_t> missing(waits_.size());
  std::vector<bool> free(waits_.size(), false);
  std::vector<std::size_t> freed;
  for (std::size_t i = 0; i < waits_.size(); ++i) {
    missing[i] = waits_[i].enough;
    for (const std::uint32_t holder : waits_[i].holders) {
      const auto at = wait_of.find(holder);
      if (at != wait_of.end()) {
        helps[at->second].push_back(i);
      } else if (missing[i] > 0) {
        --missing[i];  // this holder waits for nothing: it will let go
      }
    }
    if (missing[i] == 0) {
      free[i] = true;
      freed.push_back(i);
    }
  }
  while (!freed.empty()) {
    const std::size_t goes = freed.back();
    freed.pop_back();
    for (const std::size_t i : helps[goes]) {
      if (free[i] || --missing[i] != 0) continue;
      free[i] = true;
      freed.push_back(i);
    }
  }

  Verdict verdict;
  constexpr std::size_t kUnseen = ~std::size_t{0};
  std::vector<std::size_t> step_at(waits_.size(), kUnseen);
  for (std::size_t i = 0; i < waits_.size(); ++i) {
    if (free[i]) continue;
    verdict.stuck.push_back(waits_[i].waiter);
    if (waits_[i].holders.size() < waits_[i].enough) verdict.starved.push_back(waits_[i].waiter);
    // Walk from stuck to stuck; a walk that meets itself has found the cycle.
    std::vector<Link> walk;
    std::map<std::size_t, std::size_t> place;
    std::size_t at = i;
    while (verdict.cycle.empty() && step_at[at] == kUnseen) {
      step_at[at] = i;
      place[at] = walk.size();
      std::size_t next = kUnseen;
      for (const std::uint32_t holder : waits_[at].holders) {
        const auto found = wait_of.find(holder);
        if (found == wait_of.end() || free[found->second]) continue;
        next = found->second;
        break;
      }
      if (next == kUnseen) break;
      walk.push_back({waits_[at].waiter, waits_[at].what, waits_[next].waiter});
      if (step_at[next] == i) {
        const auto begin = static_cast<std::ptrdiff_t>(place[next]);
        verdict.cycle.assign(walk.begin() + begin, walk.end());
      }
      at = next;
    }
  }
  return verdict;
}

}  // namespace karvan::des
