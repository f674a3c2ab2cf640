#pragma once
// Tank: a level of something that flows, with rates that are constant between changes. Nothing is
// stepped: the level is evaluated when asked, the next instant that matters (full, empty, a mark)
// is computed, and both exactly, in whole numbers.
//
// Amounts are whole units (liters, kilograms); a rate is units per `span` ticks, also whole.
// Inside, a level counts units times span, so one tick at rate 1 is 1 and no remainder exists. A
// bound that is crossed between two ticks is met at the tick after: the flow stops at the exact
// crossing, and what would have flowed beyond is not counted. Therefore, to the last unit and for
// ever:
//     level = initial + received - delivered.
//
// At the full tank only as much enters as leaves, at the empty one only as much leaves as enters,
// until a rate changes: no chattering at a bound.

#include <cstdint>
#include <optional>

#include "karvan/des/engine.h"
#include "karvan/des/statistics.h"

namespace karvan::des {

class Tank {
 public:
  // Units and rates must stay below 2^62 / span for the time arithmetic to hold: with a span of an
  // hour of microseconds, 1.2e9 units. Requires 0 <= level <= capacity, span > 0.
  struct Size {
    std::int64_t capacity = 0;
    std::int64_t level = 0;
    Time span = 1;
  };
  Tank(Time start, const Size& size);

  // Requires rate >= 0 and now >= the last instant given.
  void set_inflow(Time now, std::int64_t rate);
  void set_outflow(Time now, std::int64_t rate);
  // Moves a batch at once; false, and no change, if it does not fit or is not there. amount >= 0.
  bool add(Time now, std::int64_t amount);
  bool remove(Time now, std::int64_t amount);

  // Whole units present at now, rounded down.
  std::int64_t level(Time now) const;
  // The same in units times span, exact.
  WideInt exact_level(Time now) const { return state_at(now).level; }
  bool is_full(Time now) const { return exact_level(now) == capacity_; }
  bool is_empty(Time now) const { return exact_level(now) == 0; }

  // The first instant after now at which the tank gets full or empty, or its level comes to `mark`
  // units from above or below; kNever if rates do not lead there or it is there already, so that a
  // handler that asks again at that instant does not go round in a circle.
  Time next_bound(Time now) const;
  Time next_mark(Time now, std::int64_t mark) const;

  // Schedules `event` at the next bound, instead of the one armed before. Call it after every
  // change of rates; the handler need not do anything, the tank stops by itself.
  void arm(Engine& engine, Event event);

  // Units times span that flowed in and out up to now, batches included.
  WideInt received(Time now) const { return state_at(now).received; }
  WideInt delivered(Time now) const { return state_at(now).delivered; }
  bool conserves(Time now) const {
    const State state = state_at(now);
    return state.level == initial_ + state.received - state.delivered;
  }

 private:
  struct State {
    WideInt level = 0;
    WideInt received = 0;
    WideInt delivered = 0;
  };
  State state_at(Time now) const;
  void advance(Time now);
  // When a level `distance` away (in units times span) is reached at this net rate, from since_ on.
  Time reached(WideInt distance, std::int64_t rate) const;

  std::int64_t span_;
  WideInt capacity_;
  WideInt initial_;
  Time since_;
  State state_;
  std::int64_t inflow_ = 0;
  std::int64_t outflow_ = 0;
  EventId armed_;
};

}  // namespace karvan::des
