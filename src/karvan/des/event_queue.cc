#include "karvan/des/event_queue.h"

#include <limits>

namespace karvan::des {

namespace {

std::ptrdiff_t offset(std::size_t index) {
  return static_cast<std::ptrdiff_t>(index);
}

}  // namespace

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

std::size_t EventQueue::new_slot() {
  CHECK(slots_.size() < kSizeMax);
  slots_.emplace_back();
  return slots_.size() - 1;
}

void EventQueue::insert(Key key) {
  if (key.time < limit_ && run_end_ == run_room_) [[unlikely]]
    make_room_in_run();
  if (key.time < limit_) {
    sift(key, run_begin_, run_end_++);
  } else {
    put(key);
  }
}

// The room ends behind a long run, or behind one that was refilled as it was used up. A long run
// gives its later half back, unless it is one long tie, which buckets could not part; in ties a new
// key comes last, so nothing is moved for it.
void EventQueue::make_room_in_run() {
  if (run_end_ - run_begin_ > kRunMax && run_[run_begin_].time != run_[run_end_ - 1].time) {
    deal_out_half_of_run();
  }
  std::copy(run_.begin() + offset(run_begin_), run_.begin() + offset(run_end_), run_.begin());
  run_end_ -= run_begin_;
  run_begin_ = 0;
  add_room();
}

void EventQueue::add_room() {
  run_room_ = run_end_ + kRunMax;
  if (run_.size() < run_room_) run_.resize(run_room_);
}

// Keeps the earlier half of the run (at least its first instant) and puts the rest into buckets.
void EventQueue::deal_out_half_of_run() {
  const auto begin = run_.begin() + offset(run_begin_);
  const auto end = run_.begin() + offset(run_end_);
  const Key middle = run_[run_begin_ + (run_end_ - run_begin_) / 2];
  const auto by_time = [](const Key& a, const Key& b) { return a.time < b.time; };
  auto cut = std::lower_bound(begin, end, middle, by_time);
  if (cut == begin) cut = std::upper_bound(begin, end, *begin, by_time);
  // Keys between floor_ and base_ are rare: pushes into the gap before a bucket just opened.
  if (cut->time < base_) lower_base(floor_);
  limit_ = cut->time;
  for (auto key = cut; key != end; ++key)
    put(*key);
  run_end_ = static_cast<std::size_t>(cut - run_.begin());
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

// Sorts the keys as they come; buckets come in the order of time.
void EventQueue::append_to_run(Bucket& bucket) {
  const std::size_t first = run_end_;
  if (run_.size() < first + bucket.size()) run_.resize(first + bucket.size());
  if (bucket.size() > kSortMax) {
    std::copy(bucket.begin(), bucket.end(), run_.begin() + offset(first));
    run_end_ += bucket.size();
    std::sort(run_.begin() + offset(first), run_.begin() + offset(run_end_));
  } else {
    for (const Key& key : bucket)
      sift(key, first, run_end_++);
  }
  bucket.clear();
}

// Puts the keys of a bucket into buckets of lower levels.
void EventQueue::deal_out(Bucket& bucket) {
  std::uint64_t least = kTimeMax;
  for (const Key& key : bucket)
    least = std::min(least, key.time);
  base_ = limit_ = least;
  spare_.swap(bucket);
  for (const Key& key : spare_)
    put(key);
  spare_.clear();
  // Else in time every bucket of this level would keep as much as the fullest needs.
  if (spare_.capacity() > kSpareMax) Bucket{}.swap(spare_);
}

void EventQueue::refill() {
  run_begin_ = run_end_ = 0;
  while (run_end_ < kRunEnough) {
    unsigned level = 0;
    while (level < kLevels && used_[level] == 0)
      ++level;
    if (level == kLevels) {
      // Few events are pending: all of them, and those to come, are best kept in the run.
      CHECK(run_end_ > 0);
      limit_ = kTimeMax;
      break;
    }
    const auto digit = static_cast<std::size_t>(std::countr_zero(used_[level]));
    Bucket& bucket = buckets_[level * kDigits + digit];
    const bool is_small = bucket.size() <= kSortMax || level == 0;
    if (!is_small && run_end_ > 0) break;
    used_[level] &= used_[level] - 1;
    if (!is_small) {
      deal_out(bucket);
      continue;
    }
    const unsigned shift = kDigitBits * level;
    const std::uint64_t above =
        level + 1 == kLevels ? 0 : (base_ >> (shift + kDigitBits)) << (shift + kDigitBits);
    base_ = above | (std::uint64_t{digit} << shift);
    // The last bucket ends beyond what 64 bits hold; kNever is never scheduled, so nothing is lost
    // by the limit being one short.
    const std::uint64_t end = base_ + ((std::uint64_t{1} << shift) - 1);
    limit_ = end == kTimeMax || end < base_ ? kTimeMax : end + 1;
    append_to_run(bucket);
  }
  add_room();
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
  const auto end = run_.begin() + offset(run_end_);
  const auto kept = std::remove_if(run_.begin() + offset(run_begin_), end, is_dead);
  run_end_ = static_cast<std::size_t>(kept - run_.begin());
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
  for (std::size_t i = run_begin_; i < run_end_; ++i)
    keys.push_back(&run_[i]);
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
