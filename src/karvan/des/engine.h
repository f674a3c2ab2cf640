#pragma once
// Engine: the clock and what is to happen next. The model is a function of one event that schedules
// others; dispatch is the model's own switch, so nothing virtual, no allocation and no callback
// object stands between events.
//
// Order: (time, priority, order of scheduling), exactly that of one list. Wake-ups for the present
// instant wait in a FIFO beside the queue, which saves an insertion for each grant of a resource.
//
// A run ends with a reason that is a value; it can be continued from there by another run. Every
// event dispatched enters the fingerprint (time, kind, subject): two runs with equal fingerprints
// had the same history. An engine is copyable, so a copy is a branch. One thread.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/base/hash.h"
#include "karvan/des/event_queue.h"

namespace karvan::des {

enum class StopReason : std::uint8_t {
  kIdle,        // nothing is scheduled: all is done, or all that is left waits (see wait_for.h)
  kTimeLimit,   // the next event is later than `until`; the clock stands at `until`
  kEventLimit,  // so many events were dispatched in this run
  kStopped,     // the stop flag was set, or the observer asked
  kNoProgress,  // so many events at one instant: the model turns in a circle of zero delays
};

struct Limits {
  Time until = kNever - 1;  // events at this very instant still happen
  std::uint64_t events = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t events_at_one_instant = 10'000'000;
  // Read before every event; may be set by another thread or a signal handler.
  const std::atomic<bool>* stop = nullptr;
  std::uint64_t events_between_pulses = 10'000;  // at least 1

  bool is_stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
};

struct Progress {
  Time now = 0;
  Time until = 0;
  std::uint64_t events = 0;  // in this run
};

// What an observer may want to know; derive nothing, write a struct with the same two functions.
struct NoObserver {
  // Before each event is handled.
  void event(Time, const Event&) {}
  // Every so many events; false stops the run.
  bool pulse(const Progress&) { return true; }
};

// A full trace in memory, and nothing else.
struct TraceObserver {
  struct Entry {
    Time time = 0;
    Event event;

    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries;

  void event(Time time, const Event& event) { entries.push_back({time, event}); }
  bool pulse(const Progress&) { return true; }
};

class Engine {
 public:
  explicit Engine(Time start = 0) : now_{start} {}

  Time now() const { return now_; }

  // Requires now() <= time < kNever.
  EventId at(Time time, Event event, Priority priority = kUsual) {
    CHECK(time >= now_);
    return queue_.push(time, event, priority);
  }
  // Requires delay >= 0.
  EventId in(Time delay, Event event, Priority priority = kUsual) {
    // A sum beyond the last instant wraps to before now; the queue refuses kNever itself.
    const auto sum =
        static_cast<Time>(static_cast<std::uint64_t>(now_) + static_cast<std::uint64_t>(delay));
    CHECK(delay >= 0 && sum >= now_);
    return queue_.push(sum, event, priority);
  }
  // At this instant, behind all that is already scheduled for it with usual priority or better.
  // Cannot be cancelled.
  void wake(Event event) { fifo_.push({queue_.reserve_order(kUsual), event}); }
  // As of EventQueue.
  bool cancel(EventId id) { return queue_.cancel(id); }
  bool reschedule(EventId id, Time time, Priority priority = kUsual) {
    CHECK(time >= now_);
    return queue_.reschedule(id, time, priority);
  }
  bool is_pending(EventId id) const { return queue_.is_pending(id); }
  Time time_of(EventId id) const { return queue_.time_of(id); }
  std::size_t pending() const { return queue_.size() + fifo_.size(); }

  // Dispatches events to `handle(event)` until a limit is met. A handler with foresee_later(event)
  // and foresee_next(event) is told before each event what will probably follow, second and first,
  // so that it can ask for the memory of those; it must change nothing.
  template <class Handler, class Observer>
  StopReason run(Handler&& handle, const Limits& limits, Observer& observer);
  template <class Handler>
  StopReason run(Handler&& handle, const Limits& limits = {}) {
    NoObserver none;
    return run(handle, limits, none);
  }

  // Of every event dispatched since the engine was made.
  std::uint64_t fingerprint() const { return fingerprint_.value(); }
  std::uint64_t events() const { return events_; }
  // Bytes of memory held for what is scheduled, free places included.
  std::size_t memory() const { return queue_.memory() + fifo_.memory(); }

 private:
  struct Wake {
    std::uint64_t order = 0;
    Event event;
  };
  // First in, first out, in a ring that grows.
  class Fifo {
   public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    std::size_t memory() const { return ring_.capacity() * sizeof(Wake); }
    const Wake& front() const { return ring_[begin_]; }
    void push(Wake wake) {
      if (size_ == ring_.size()) grow();
      ring_[(begin_ + size_++) & (ring_.size() - 1)] = wake;
    }
    Event pop() {
      const Event event = ring_[begin_].event;
      begin_ = (begin_ + 1) & (ring_.size() - 1);
      --size_;
      return event;
    }

   private:
    void grow();
    std::vector<Wake> ring_ = std::vector<Wake>(64);
    std::size_t begin_ = 0;
    std::size_t size_ = 0;
  };

  EventQueue queue_;
  Fifo fifo_;
  Time now_;
  Fingerprint fingerprint_;
  std::uint64_t events_ = 0;
};

template <class Handler, class Observer>
// NOLINTNEXTLINE(readability-function-cognitive-complexity): what all else waits for, in one piece
StopReason Engine::run(Handler&& handle, const Limits& limits, Observer& observer) {
  CHECK(limits.until < kNever && limits.events_between_pulses > 0);
  if (limits.until < now_) return StopReason::kTimeLimit;
  const std::uint64_t first = events_;
  std::uint64_t at_instant = 0;
  std::uint64_t to_pulse = limits.events_between_pulses;
  for (;;) {
    if (limits.is_stopped()) return StopReason::kStopped;
    if (events_ - first >= limits.events) return StopReason::kEventLimit;
    const EventQueue::Head next = queue_.head();
    Event event;
    if (!fifo_.empty() && (next.time > now_ || next.order > fifo_.front().order)) {
      event = fifo_.pop();
    } else {
      if (next.time == kNever) return StopReason::kIdle;
      if (next.time > limits.until) {
        now_ = limits.until;
        return StopReason::kTimeLimit;
      }
      if (next.time != now_) at_instant = 0;
      now_ = next.time;
      event = queue_.pop_head().event;
    }
    ++events_;
    fingerprint_.add(now_);
    fingerprint_.add((std::uint64_t{event.kind} << 32U) | event.subject);
    observer.event(now_, event);
    if constexpr (requires { handle.foresee_next(event); }) {
      if (const Event* after = queue_.foreseen(1)) handle.foresee_later(*after);
      if (const Event* soon = queue_.foreseen(0)) handle.foresee_next(*soon);
    }
    handle(event);
    if (++at_instant >= limits.events_at_one_instant) return StopReason::kNoProgress;
    if (--to_pulse == 0) {
      to_pulse = limits.events_between_pulses;
      if (!observer.pulse({now_, limits.until, events_ - first})) return StopReason::kStopped;
    }
  }
}

}  // namespace karvan::des
