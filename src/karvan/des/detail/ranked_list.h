#pragma once
// Records that stand in lists by priority, first come first served within one, and are named by
// tickets that go stale. Appending, removing from anywhere and finding the first are O(1).

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/des/clock.h"
#include "karvan/des/ticket.h"

namespace karvan::des::detail {

inline constexpr std::uint32_t kNone = 0xffff'ffffU;

// Records and their places in lists; a record is in at most one list at a time.
template <class T>
class TicketPool {
 public:
  struct alignas(64) Node {  // one cache line for the records there are
    T value{};
    std::uint32_t previous = kNone;
    std::uint32_t next = kNone;
    std::uint32_t generation = 1;
    Priority priority = kUsual;
  };

  // The record is what its last owner left; the caller writes it anew, in place.
  std::uint32_t take() {
    std::uint32_t index = free_;
    if (index == kNone) {
      index = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    } else {
      free_ = nodes_[index].next;
    }
    return index;
  }
  void give_back(std::uint32_t index) {
    Node& node = nodes_[index];
    if (++node.generation == 0) node.generation = 1;
    node.next = free_;
    free_ = index;
  }
  Node& operator[](std::uint32_t index) { return nodes_[index]; }
  const Node& operator[](std::uint32_t index) const { return nodes_[index]; }
  Ticket ticket(std::uint32_t index) const { return {index, nodes_[index].generation}; }
  bool is_live(Ticket ticket) const {
    return ticket.generation != 0 && ticket.index < nodes_.size() &&
           nodes_[ticket.index].generation == ticket.generation;
  }

 private:
  std::vector<Node> nodes_;
  std::uint32_t free_ = kNone;
};

class RankedList {
 public:
  RankedList() {
    first_.fill(kNone);
    last_.fill(kNone);
  }

  bool empty() const { return used_ == 0; }

  template <class Pool>
  void push_back(Pool& pool, std::uint32_t index, Priority priority) {
    DCHECK(priority < kPriorityCount);
    auto& node = pool[index];
    node.priority = priority;
    node.previous = last_[priority];
    node.next = kNone;
    if (node.previous == kNone) {
      first_[priority] = index;
    } else {
      pool[node.previous].next = index;
    }
    last_[priority] = index;
    used_ |= 1U << priority;
  }
  template <class Pool>
  void remove(Pool& pool, std::uint32_t index) {
    const auto& node = pool[index];
    (node.previous == kNone ? first_[node.priority] : pool[node.previous].next) = node.next;
    (node.next == kNone ? last_[node.priority] : pool[node.next].previous) = node.previous;
    if (first_[node.priority] == kNone) used_ &= ~(1U << node.priority);
  }

  // Best priority, first come; kNone if empty.
  std::uint32_t first() const {
    return used_ == 0 ? kNone : first_[static_cast<std::size_t>(std::countr_zero(used_))];
  }
  // Worst priority, last come; kNone if empty.
  std::uint32_t last() const {
    return used_ == 0 ? kNone : last_[static_cast<std::size_t>(std::bit_width(used_)) - 1];
  }
  template <class Pool>
  std::uint32_t after(const Pool& pool, std::uint32_t index) const {
    const auto& node = pool[index];
    if (node.next != kNone) return node.next;
    const std::uint32_t worse = used_ & ~((2U << node.priority) - 1U);
    return worse == 0 ? kNone : first_[static_cast<std::size_t>(std::countr_zero(worse))];
  }
  template <class Pool>
  std::uint32_t before(const Pool& pool, std::uint32_t index) const {
    const auto& node = pool[index];
    if (node.previous != kNone) return node.previous;
    const std::uint32_t better = used_ & ((1U << node.priority) - 1U);
    return better == 0 ? kNone : last_[static_cast<std::size_t>(std::bit_width(better)) - 1];
  }

 private:
  std::array<std::uint32_t, kPriorityCount> first_{};
  std::array<std::uint32_t, kPriorityCount> last_{};
  std::uint32_t used_ = 0;  // one bit a priority
};

}  // namespace karvan::des::detail
