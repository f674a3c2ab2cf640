#include "karvan/des/event_queue.h"

#include <limits>

namespace karvan::des {

bool EventQueue::cancel(EventId id) {
  if (!is_pending(id)) return false;
  free_slot(id.slot);
  --alive_;
  ++dead_;
  if (dead_ > kDeadMin && dead_ > alive_) sweep();
  return true;
}

bool EventQueue::reschedule(EventId id, Time time, Priority priority) {
  DCHECK(priority < kPriorityCount);
  CHECK(to_key(time) >= floor_ && time != kNever);
  if (!is_pending(id)) return false;
  // The old key dies by losing its order word. It must be counted dead before a renumbering sees
  // it, so the slot gives the word up first.
  slots_[id.slot].order = 0;
  ++dead_;
  --alive_;
  const std::uint64_t order = order_word(priority, id.slot);
  slots_[id.slot].order = order;
  slots_[id.slot].time = time;
  ++alive_;
  insert({to_key(time), order});
  if (dead_ > kDeadMin && dead_ > alive_) sweep();
  return true;
}

// A run of this length is given back by half, unless it is one long tie, which buckets could not
// part; in ties a new key comes last, so nothing is moved for it.
void EventQueue::insert_into_long_run(Key key) {
  if (run_[run_begin_].time != run_.back().time) {
    deal_out_half_of_run();
    insert(key);
    return;
  }
  const auto first = run_.begin() + static_cast<std::ptrdiff_t>(run_begin_);
  const auto at = std::upper_bound(first, run_.end(), key);
  if (at == first && run_begin_ > 0) {
    run_[--run_begin_] = key;
  } else {
    run_.insert(at, key);
  }
}

// Keeps the earlier half of the run (at least its first instant) and puts the rest into buckets.
void EventQueue::deal_out_half_of_run() {
  const std::size_t middle = run_begin_ + (run_.size() - run_begin_) / 2;
  const auto begin = run_.begin() + static_cast<std::ptrdiff_t>(run_begin_);
  const auto by_time = [](const Key& a, const Key& b) { return a.time < b.time; };
  auto cut = std::lower_bound(begin, run_.end(), run_[middle], by_time);
  if (cut == begin) cut = std::upper_bound(begin, run_.end(), run_[run_begin_], by_time);
  // Keys between floor_ and base_ are rare: pushes into the gap before a bucket just opened.
  if (cut->time < base_) lower_base(floor_);
  limit_ = cut->time;
  for (auto key = cut; key != run_.end(); ++key)
    put(*key);
  run_.erase(cut, run_.end());
}

// Restores invariant 2 for an earlier base. Keys at levels below the highest digit in which the two
// bases differ share that digit with the old one: all of them belong into its bucket, which is
// empty until now. Usually there are no such keys.
void EventQueue::lower_base(std::uint64_t base) {
  DCHECK(base < base_);
  const unsigned level = level_of(base ^ base_);
  const std::size_t digit = digit_of(base_, level);
  Bucket& into = buckets_[level * kDigits + digit];
  DCHECK(level == 0 || into.empty());
  for (unsigned lower = 0; lower < level; ++lower) {
    for (std::uint64_t& used = used_[lower]; used != 0; used &= used - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(used));
      Bucket& from = buckets_[lower * kDigits + bit];
      into.insert(into.end(), from.begin(), from.end());
      from.clear();
    }
  }
  if (!into.empty()) used_[level] |= std::uint64_t{1} << digit;
  base_ = base;
}

void EventQueue::refill() {
  constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();
  run_.clear();
  run_begin_ = 0;
  for (;;) {
    unsigned level = 0;
    while (used_[level] == 0) {
      ++level;
      CHECK(level < kLevels);
    }
    const auto digit = static_cast<std::size_t>(std::countr_zero(used_[level]));
    used_[level] &= used_[level] - 1;
    Bucket& bucket = buckets_[level * kDigits + digit];
    if (bucket.size() <= kSortMax || level == 0) {
      const unsigned shift = kDigitBits * level;
      const std::uint64_t above =
          level + 1 == kLevels ? 0 : (base_ >> (shift + kDigitBits)) << (shift + kDigitBits);
      base_ = above | (std::uint64_t{digit} << shift);
      // The last bucket ends beyond what 64 bits hold; kNever is never scheduled, so nothing is
      // lost by the limit being one short.
      const std::uint64_t end = base_ + ((std::uint64_t{1} << shift) - 1);
      limit_ = end == kLast || end < base_ ? kLast : end + 1;
      run_.swap(bucket);
      if (!std::is_sorted(run_.begin(), run_.end())) std::sort(run_.begin(), run_.end());
      return;
    }
    std::uint64_t least = kLast;
    for (const Key& key : bucket)
      least = std::min(least, key.time);
    base_ = limit_ = least;
    spare_.swap(bucket);
    for (const Key& key : spare_)
      put(key);
    spare_.clear();
  }
}

// Drops the dead; a base stays good for any part of its keys.
std::size_t EventQueue::memory() const {
  std::size_t keys = run_.capacity() + spare_.capacity();
  for (const Bucket& bucket : buckets_)
    keys += bucket.capacity();
  return keys * sizeof(Key) + slots_.capacity() * sizeof(Slot);
}

void EventQueue::sweep() {
  const auto is_dead = [this](const Key& key) { return !is_alive(key); };
  forget_spent();
  std::erase_if(run_, is_dead);
  for (unsigned level = 0; level < kLevels; ++level) {
    for (std::uint64_t rest = used_[level]; rest != 0; rest &= rest - 1) {
      const auto digit = static_cast<std::size_t>(std::countr_zero(rest));
      Bucket& bucket = buckets_[level * kDigits + digit];
      std::erase_if(bucket, is_dead);
      if (bucket.empty()) used_[level] &= ~(std::uint64_t{1} << digit);
    }
  }
  dead_ = 0;
}

// After 2^36 events the living are numbered from 1 again, in their order.
void EventQueue::renumber() {
  sweep();
  std::vector<Key*> keys;
  keys.reserve(alive_);
  for (Key& key : run_)
    keys.push_back(&key);
  for (Bucket& bucket : buckets_) {
    for (Key& key : bucket)
      keys.push_back(&key);
  }
  std::sort(keys.begin(), keys.end(),
            [](const Key* a, const Key* b) { return a->order < b->order; });
  sequence_ = 1;
  for (Key* key : keys) {
    const std::uint64_t priority = key->order >> 60U;
    const std::size_t slot = slot_of(*key);
    key->order = (priority << 60U) | (sequence_++ << kSlotBits) | slot;
    slots_[slot].order = key->order;
  }
}

}  // namespace karvan::des
