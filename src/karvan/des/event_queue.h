#pragma once
// EventQueue: what is to happen, in the order of (time, priority, order of scheduling). Any pending
// event can be cancelled or moved by its handle.
//
// The structure is a radix wheel: a hierarchical timing wheel (Varghese, Lauck 1987) whose digits
// are those of a radix heap (Ahuja, Mehlhorn, Orlin, Tarjan 1990), with the sorted bottom of a
// ladder queue (Tang, Goh, Thng 2005). Eleven levels of 64 buckets; a key lies at the level of the
// highest 6-bit digit in which its time differs from the base. Buckets of few keys are sorted into
// the run, from which events are taken, until it has enough of them; a larger one is dealt to lower
// levels. With few events pending all stand in the run. No constant depends on the load, so there
// is no bad distribution of times to fear.
//
// Invariants, with times as unsigned numbers of the same order:
//   1. every key in the run is earlier than limit_; every key in a bucket is limit_ or later;
//   2. a key in bucket (level, digit) agrees with base_ in all higher digits, is above it in this;
//   3. floor_, the time of the last event taken, never falls, and nothing is scheduled before it;
//   4. a key is alive if its slot still carries its order word; dead keys are dropped when they
//      surface, and swept when they outnumber the living.
//
// Cost: push and pop O(levels) amortized, in practice two or three sequential moves; cancel O(1);
// reschedule as push. Copyable: a copy is a snapshot. One thread.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/des/clock.h"

namespace karvan::des {

// The handle of a pending event; it stays good when the event is moved and goes stale, for good,
// when the event is taken or cancelled. A handle made by default is stale.
struct EventId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;

  friend constexpr bool operator==(const EventId&, const EventId&) = default;
};

class EventQueue {
 public:
  struct Item {
    Time time = kNever;
    Event event;
  };

  // At most 2^24 events may be pending at once.
  static constexpr std::size_t kSizeMax = std::size_t{1} << 24U;

  // Requires last_taken() <= time < kNever and priority < kPriorityCount.
  EventId push(Time time, Event event, Priority priority = kUsual);
  // False, and no change, if the handle is stale.
  bool cancel(EventId id);
  // Moves an event behind all that are already scheduled for (time, priority); requires of them the
  // same as push. False, and no change, if the handle is stale.
  bool reschedule(EventId id, Time time, Priority priority = kUsual);

  bool is_pending(EventId id) const {
    return id.generation != 0 && id.slot < slots_.size() &&
           slots_[id.slot].generation == id.generation;
  }
  // When it is to happen; kNever for a stale handle.
  Time time_of(EventId id) const { return is_pending(id) ? slots_[id.slot].time : kNever; }

  std::size_t size() const { return alive_; }
  bool empty() const { return alive_ == 0; }

  // Of the next event: its time, kNever if there is none, and its priority and place in the
  // sequence as one number, the smaller the earlier, comparable with what reserve_order gives.
  struct Head {
    Time time = kNever;
    std::uint64_t order = 0;
  };
  Head head() {
    if (alive_ == 0) return {};
    surface();
    return {to_time(run_[run_begin_].time), run_[run_begin_].order};
  }
  Time next_time() { return head().time; }
  // Takes the next event; requires one.
  Item pop() {
    CHECK(alive_ != 0);
    surface();
    return pop_head();
  }
  // The same for who has just asked head() and done nothing to the queue since.
  Item pop_head();

  // What is to happen after `others` more events, as things stand; null where that is not sorted
  // out yet. It may have been called off: good only for asking for memory ahead.
  const Event* foreseen(std::size_t others) const {
    const std::size_t at = run_begin_ + others;
    return at < run_end_ ? &slots_[slot_of(run_[at])].event : nullptr;
  }

  // A place in the sequence for an event that waits elsewhere (the engine's own FIFO).
  std::uint64_t reserve_order(Priority priority) { return order_word(priority, 0); }

  // The time of the last event taken: the earliest time that may still be scheduled.
  Time last_taken() const { return to_time(floor_); }
  // Numbers left before pending events are numbered afresh; for tests of that moment.
  void skip_sequence_to(std::uint64_t next) { sequence_ = next; }
  static constexpr std::uint64_t kSequenceMax = (std::uint64_t{1} << 36U) - 1;
  // Bytes of memory held for keys and events, free ones included.
  std::size_t memory() const;
  // Keys held, dead ones included.
  std::size_t key_count() const { return alive_ + dead_; }

 private:
  static constexpr unsigned kDigitBits = 6;
  static constexpr unsigned kLevels = 11;
  static constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
  static constexpr unsigned kSlotBits = 24;
  static constexpr std::uint64_t kSlotMask = (std::uint64_t{1} << kSlotBits) - 1;
  static constexpr std::uint64_t kTimeMax = ~std::uint64_t{0};
  static constexpr std::size_t kSortMax = 32;     // a larger bucket is dealt to lower levels
  static constexpr std::size_t kRunEnough = 32;   // a shorter run takes the next bucket too
  static constexpr std::size_t kRunMax = 64;      // a longer run gives its later half back
  static constexpr std::size_t kSpareMax = 4096;  // larger buckets are given back when dealt out
  static constexpr std::size_t kAhead = 4;        // how far the memory of events is asked for ahead
  static constexpr std::size_t kDeadMin = 256;    // fewer dead keys are not worth a sweep

  struct Key {
    std::uint64_t time;   // biased, so that it orders like the signed time
    std::uint64_t order;  // priority 4 bits, sequence 36, slot 24

    friend constexpr bool operator<(const Key& a, const Key& b) {
      return a.time < b.time || (a.time == b.time && a.order < b.order);
    }
  };
  struct alignas(32) Slot {   // never across two cache lines
    std::uint64_t order = 0;  // of the living key
    Time time = kNever;
    Event event;
    std::uint32_t generation = 1;
    std::uint32_t next_free = 0;
  };
  using Bucket = std::vector<Key>;

  static constexpr std::uint64_t to_key(Time time) {
    return static_cast<std::uint64_t>(time) ^ (std::uint64_t{1} << 63U);
  }
  static constexpr Time to_time(std::uint64_t key) {
    return static_cast<Time>(key ^ (std::uint64_t{1} << 63U));
  }
  static unsigned level_of(std::uint64_t difference) {
    return difference == 0 ? 0
                           : static_cast<unsigned>(63 - std::countl_zero(difference)) / kDigitBits;
  }
  static std::size_t digit_of(std::uint64_t time, unsigned level) {
    return (time >> (kDigitBits * level)) & (kDigits - 1);
  }
  static std::size_t slot_of(const Key& key) {
    return static_cast<std::size_t>(key.order & kSlotMask);
  }

  std::uint64_t order_word(Priority priority, std::size_t slot) {
    if (sequence_ > kSequenceMax) [[unlikely]]
      renumber();
    return (std::uint64_t{priority} << 60U) | (sequence_++ << kSlotBits) | slot;
  }
  bool is_alive(const Key& key) const { return slots_[slot_of(key)].order == key.order; }

  std::size_t take_slot() {
    if (free_ == kNoSlot) return new_slot();
    const std::size_t slot = free_;
    free_ = slots_[slot].next_free;
    return slot;
  }
  std::size_t new_slot();
  void free_slot(std::size_t slot);
  void insert(Key key);
  void make_room_in_run();
  void put(Key key) {
    const unsigned level = level_of(key.time ^ base_);
    const std::size_t digit = digit_of(key.time, level);
    buckets_[level * kDigits + digit].push_back(key);
    used_[level] |= std::uint64_t{1} << digit;
  }
  // Makes the first key of the run a living one; requires a living key somewhere.
  void surface() {
    for (;;) {
      if (run_begin_ == run_end_) refill();
      if (is_alive(run_[run_begin_])) [[likely]]
        return;
      ++run_begin_;
      --dead_;
    }
  }
  void refill();
  void append_to_run(Bucket& bucket);
  void deal_out(Bucket& bucket);
  // Moves a key that stands at `from` of the run before all greater ones, down to `first` at most.
  void sift(Key key, std::size_t first, std::size_t from) {
    std::size_t at = from;
    for (; at > first && key < run_[at - 1]; --at)
      run_[at] = run_[at - 1];
    run_[at] = key;
  }
  void add_room();
  void deal_out_half_of_run();
  void lower_base(std::uint64_t base);
  void sweep();
  void renumber();

  std::vector<Bucket> buckets_ = std::vector<Bucket>(std::size_t{kLevels} * kDigits);
  std::array<std::uint64_t, kLevels> used_{};  // one bit a bucket that holds keys
  Bucket run_;                                 // ascending from run_begin_ to run_end_; room after
  std::size_t run_begin_ = 0;
  std::size_t run_end_ = 0;
  std::size_t run_room_ = 0;  // where make_room_in_run is due
  Bucket spare_;              // empty; keeps its memory between deals
  std::vector<Slot> slots_;
  std::uint32_t free_ = kNoSlot;
  std::uint64_t base_ = 0;
  std::uint64_t limit_ = 0;
  std::uint64_t floor_ = 0;
  std::uint64_t sequence_ = 1;
  std::size_t alive_ = 0;
  std::size_t dead_ = 0;

  static constexpr std::uint32_t kNoSlot = 0xffff'ffffU;
};

inline void EventQueue::free_slot(std::size_t slot) {
  Slot& record = slots_[slot];
  record.order = 0;
  if (++record.generation == 0) record.generation = 1;
  record.next_free = free_;
  free_ = static_cast<std::uint32_t>(slot);
}

inline EventId EventQueue::push(Time time, Event event, Priority priority) {
  DCHECK(priority < kPriorityCount);
  CHECK(to_key(time) >= floor_ && time != kNever);
  const std::size_t slot = take_slot();
  Slot& record = slots_[slot];
  const std::uint64_t order = order_word(priority, slot);
  record.order = order;
  record.time = time;
  record.event = event;
  ++alive_;
  insert({to_key(time), order});
  return {static_cast<std::uint32_t>(slot), record.generation};
}

inline EventQueue::Item EventQueue::pop_head() {
  DCHECK(alive_ != 0 && run_begin_ < run_end_ && is_alive(run_[run_begin_]));
  const Key key = run_[run_begin_++];
  if (run_begin_ + kAhead < run_end_) {
    __builtin_prefetch(&slots_[slot_of(run_[run_begin_ + kAhead])]);
  }
  DCHECK(key.time >= floor_);
  floor_ = key.time;
  const std::size_t slot = slot_of(key);
  const Event event = slots_[slot].event;
  free_slot(slot);
  --alive_;
  return {to_time(key.time), event};
}

}  // namespace karvan::des
