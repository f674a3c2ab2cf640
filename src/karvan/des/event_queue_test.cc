#include "karvan/des/event_queue.h"

#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

// Subjects in the order in which they come out.
std::vector<std::uint32_t> drain(EventQueue& queue) {
  std::vector<std::uint32_t> subjects;
  while (!queue.empty())
    subjects.push_back(queue.pop().event.subject);
  return subjects;
}

TEST(EventQueue, TiesPopInOrderOfPriorityThenSequence) {
  EventQueue queue;
  queue.push(10, {0, 1});
  queue.push(10, {0, 2}, 3);
  queue.push(5, {0, 3}, 15);
  queue.push(10, {0, 4});
  queue.push(10, {0, 5}, 3);
  queue.push(10, {0, 6}, 0);
  EXPECT_EQ(drain(queue), (std::vector<std::uint32_t>{3, 6, 2, 5, 1, 4}));
  EXPECT_EQ(queue.next_time(), kNever);
}

TEST(EventQueue, TheEdgesOfTimeKeepTheirOrder) {
  EventQueue queue;
  const std::vector<Time> times = {kEarliest, kEarliest + 1, -1, 0, 1, kNever - 2, kNever - 1};
  for (std::uint32_t i = 0; i < times.size(); ++i) {
    const std::uint32_t from_last = static_cast<std::uint32_t>(times.size()) - 1 - i;
    queue.push(times[from_last], {0, from_last});
  }
  for (std::uint32_t i = 0; i < times.size(); ++i) {
    EXPECT_EQ(queue.next_time(), times[i]);
    const EventQueue::Item item = queue.pop();
    EXPECT_EQ(item.time, times[i]);
    EXPECT_EQ(item.event.subject, i);
    // The same instant may still be scheduled, to the very last one.
    queue.push(item.time, {1, i});
    EXPECT_EQ(queue.pop().event, (Event{1, i}));
  }
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, CancelledEventsNeverComeAndTheirHandlesGoStale) {
  EventQueue queue;
  const EventId first = queue.push(1, {0, 1});
  const EventId second = queue.push(2, {0, 2});
  EXPECT_TRUE(queue.is_pending(first));
  EXPECT_EQ(queue.time_of(second), 2);
  EXPECT_TRUE(queue.cancel(first));
  EXPECT_FALSE(queue.cancel(first));
  const EventId third = queue.push(3, {0, 3});  // in the slot of the first
  EXPECT_EQ(third.slot, first.slot);
  EXPECT_FALSE(queue.is_pending(first));
  EXPECT_FALSE(queue.reschedule(first, 9));
  EXPECT_EQ(drain(queue), (std::vector<std::uint32_t>{2, 3}));
  EXPECT_FALSE(queue.is_pending(third));
  EXPECT_FALSE(queue.is_pending(EventId{}));
}

TEST(EventQueue, AMovedEventKeepsItsHandleAndGoesBehindItsEquals) {
  EventQueue queue;
  const EventId moved = queue.push(1, {0, 1});
  queue.push(7, {0, 2});
  EXPECT_TRUE(queue.reschedule(moved, 7));
  queue.push(7, {0, 3});
  EXPECT_EQ(queue.time_of(moved), 7);
  EXPECT_EQ(drain(queue), (std::vector<std::uint32_t>{2, 1, 3}));
}

TEST(EventQueue, DeadKeysAreSweptAndTakeNoRoom) {
  EventQueue queue;
  const EventId kept = queue.push(1'000'000, {0, 7});
  EventId timer = queue.push(500, {0, 8});
  for (int i = 0; i < 100'000; ++i) {
    queue.reschedule(timer, 500 + i % 977);
    ASSERT_LT(queue.key_count(), 600U);
  }
  for (int i = 0; i < 10'000; ++i)
    queue.cancel(queue.push(i, {0, 9}));
  EXPECT_LT(queue.key_count(), 600U);
  EXPECT_TRUE(queue.cancel(timer));
  EXPECT_EQ(queue.size(), 1U);
  EXPECT_TRUE(queue.is_pending(kept));
  EXPECT_EQ(queue.pop().event.subject, 7U);
}

TEST(EventQueue, AfterTheLastSequenceNumberTheOrderIsKept) {
  EventQueue queue;
  queue.skip_sequence_to(EventQueue::kSequenceMax - 2);
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < 10; ++i) {
    queue.push(5, {0, i});
    expected.push_back(i);
  }
  EXPECT_EQ(drain(queue), expected);
}

TEST(EventQueue, ACopyIsASnapshot) {
  EventQueue queue;
  for (std::uint32_t i = 0; i < 1000; ++i)
    queue.push(i * 37 % 1009, {0, i});
  for (int i = 0; i < 100; ++i)
    queue.pop();
  EventQueue branch = queue;
  EXPECT_EQ(drain(branch), drain(queue));
}

// Goal: the same events in the same order as a sorted set, under random pushes, cancels and moves.
// Method: both are driven by one random stream; each shape of increments is a known trap of some
// event list (ties, far futures, bursts, times that fall while they are scheduled).
struct Shape {
  std::string name;
  Time (*increment)(RandomStream&);
};

Time falling(RandomStream& random) {
  // Bursts of ever earlier events: what makes a run long before the base.
  static constexpr Time kStep = 1000;
  return random.uniform_int(0, 40) * random.uniform_int(0, 40) * kStep;
}
Time heavy_tail(RandomStream& random) {
  const std::int64_t bits = random.uniform_int(0, 45);
  return random.uniform_int(0, (std::int64_t{1} << bits) - 1);
}

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all = {
      {"uniform", [](RandomStream& r) { return r.uniform_int(0, 1'000'000); }},
      {"narrow", [](RandomStream& r) { return r.uniform_int(900'000, 1'100'000); }},
      {"few_ticks", [](RandomStream& r) { return r.uniform_int(0, 3); }},
      {"all_equal", [](RandomStream&) { return Time{1000}; }},
      {"now", [](RandomStream&) { return Time{0}; }},
      {"mixed",
       [](RandomStream& r) {
         return r.bernoulli(0.9) ? r.uniform_int(0, 100) : r.uniform_int(0, 100'000'000);
       }},
      {"heavy_tail", heavy_tail},
      {"falling", falling},
  };
  return all;
}

class AgainstSet {
 public:
  AgainstSet(const Shape& shape, std::uint64_t seed, std::size_t target)
      : shape_{shape}, random_{seed, "event_queue/" + shape.name}, target_{target} {}

  void step() {
    const bool grow = oracle_.size() < target_;
    const std::int64_t dice = random_.uniform_int(0, 99);
    if (oracle_.empty() || dice < (grow ? 60 : 35)) {
      push();
    } else if (dice < 85) {
      pop();
    } else if (dice < 92) {
      cancel_one();
    } else {
      move_one();
    }
  }
  void peek() {
    const Time expected = oracle_.empty() ? kNever : std::get<0>(*oracle_.begin());
    ASSERT_EQ(queue_.next_time(), expected);
  }
  void pop() {
    const auto first = *oracle_.begin();
    const EventQueue::Item item = queue_.pop();
    ASSERT_EQ(item.time, std::get<0>(first));
    ASSERT_EQ(item.event.subject, std::get<3>(first));
    now_ = item.time;
    handles_.erase(std::get<3>(first));
    oracle_.erase(oracle_.begin());
  }
  bool empty() const { return oracle_.empty() && queue_.empty(); }
  // Many events, each before the last: the trap of a base that runs ahead of the clock.
  void push_falling(int count) {
    for (Time at = now_ + 100 * count; count > 0; --count, at -= 100)
      push_at(at, kUsual);
  }

 private:
  using Entry = std::tuple<Time, Priority, std::uint64_t, std::uint32_t>;

  Priority priority() {
    return static_cast<Priority>(random_.bernoulli(0.8) ? 8 : random_.uniform_int(0, 15));
  }
  void push() { push_at(now_ + shape_.increment(random_), priority()); }
  void push_at(Time at, Priority priority) {
    const std::uint32_t subject = next_subject_++;
    const EventId id = queue_.push(at, {0, subject}, priority);
    const Entry entry{at, priority, next_sequence_++, subject};
    oracle_.insert(entry);
    handles_[subject] = {id, entry};
  }
  auto pick() {
    auto at = handles_.lower_bound(static_cast<std::uint32_t>(
        random_.uniform_int(handles_.begin()->first, handles_.rbegin()->first)));
    return at;
  }
  void cancel_one() {
    const auto at = pick();
    ASSERT_TRUE(queue_.cancel(at->second.id));
    oracle_.erase(at->second.entry);
    handles_.erase(at);
  }
  void move_one() {
    const auto at = pick();
    const Entry entry{now_ + shape_.increment(random_), priority(), next_sequence_++, at->first};
    ASSERT_TRUE(queue_.reschedule(at->second.id, std::get<0>(entry), std::get<1>(entry)));
    oracle_.erase(at->second.entry);
    oracle_.insert(entry);
    at->second.entry = entry;
  }

  struct Held {
    EventId id;
    Entry entry;
  };
  const Shape& shape_;
  RandomStream random_;
  std::size_t target_;
  EventQueue queue_;
  std::set<Entry> oracle_;
  std::map<std::uint32_t, Held> handles_;
  Time now_ = 0;
  std::uint64_t next_sequence_ = 0;
  std::uint32_t next_subject_ = 0;
};

TEST(EventQueue, AgreesWithASortedSet) {
  for (const Shape& shape : shapes()) {
    for (const std::size_t target : {std::size_t{5}, std::size_t{300}, std::size_t{5000}}) {
      SCOPED_TRACE(shape.name + " around " + std::to_string(target));
      AgainstSet both{shape, 2026, target};
      for (int i = 0; i < 30'000; ++i) {
        both.step();
        if (i % 7 == 0) both.peek();
        if (i % 5000 == 4999) both.push_falling(700);
        if (HasFatalFailure()) return;
      }
      while (!both.empty()) {
        both.pop();
        if (HasFatalFailure()) return;
      }
    }
  }
}

// A defect of the trial version: with the base ahead of the clock, because cancelled events had
// been passed over, two bursts before it were taken in the wrong order.
TEST(EventQueue, BurstsBeforeABaseThatRanAheadKeepTheirOrder) {
  EventQueue queue;
  queue.push(1, {0, 0});
  std::vector<EventId> doomed;
  for (std::uint32_t i = 0; i < 40; ++i)
    doomed.push_back(queue.push(5000 + 300 * Time{i}, {0, 0}));
  queue.push(10'000'000, {0, 0});
  queue.pop();
  for (const EventId id : doomed)
    queue.cancel(id);
  EXPECT_EQ(queue.next_time(), 10'000'000);
  for (Time at = 9'000'000; at > 10; at -= 9973)
    queue.push(at, {0, 1});
  for (Time at = 9'999'999; at > 8'000'000; at -= 4999)
    queue.push(at, {0, 2});
  Time last = 0;
  while (!queue.empty()) {
    const Time at = queue.pop().time;
    ASSERT_LE(last, at);
    last = at;
  }
  EXPECT_EQ(last, 10'000'000);
}

using EventQueueDeathTest = testing::Test;

TEST(EventQueueDeathTest, RefusesThePastAndNever) {
  EventQueue queue;
  queue.push(10, {});
  queue.pop();
  queue.push(10, {});
  EXPECT_DEATH(queue.push(9, {}), "floor_");
  EXPECT_DEATH(queue.push(kNever, {}), "kNever");
}

// After a long tie the run has much room; a crowd that comes then must still be dealt out.
TEST(EventQueue, KeepsTheOrderAndTheRunShortAfterALongTie) {
  EventQueue queue;
  for (std::uint32_t i = 0; i < 20'000; ++i)
    queue.push(100, {0, i}, static_cast<Priority>(15 - i / 1250));
  std::uint32_t least = 20'000 - 1250;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    if (i % 1250 == 0 && i > 0) least -= 1250;
    ASSERT_EQ(queue.pop().event.subject, least + i % 1250);
  }
  RandomStream random{3, "crowd"};
  for (int i = 0; i < 100'000; ++i)
    queue.push(random.uniform_int(100, 1'000'000'000), {});
  Time last = 0;
  while (!queue.empty()) {
    const Time at = queue.pop().time;
    ASSERT_LE(last, at);
    last = at;
  }
}

// A run that gets a new key for each that is taken is never refilled.
TEST(EventQueue, DoesNotGrowWithTheNumberOfEventsThatHaveBeen) {
  EventQueue queue;
  Time now = 0;
  for (int i = 0; i < 3; ++i)
    queue.push(now + 1'000'000 + i, {});
  for (int i = 0; i < 100'000; ++i) {
    now = queue.pop().time;
    queue.push(now + 3, {});
  }
  EXPECT_LT(queue.memory(), 100'000U);
}

}  // namespace
}  // namespace karvan::des
