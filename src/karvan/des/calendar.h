#pragma once
// Calendar: open hours that repeat (a shift plan, a border post's day), in ticks. Open from `begin`
// up to, but not including, `end` of each span of every cycle, for ever in both directions.

#include <vector>

#include "karvan/base/result.h"
#include "karvan/des/clock.h"

namespace karvan::des {

class Calendar {
 public:
  struct Span {
    Time begin = 0;
    Time end = 0;
  };

  // Always open.
  Calendar() = default;
  // `spans` count from the start of a cycle; one cycle begins at `origin`. Requires cycle > 0, at
  // least one span, each of positive length and within the cycle, sorted and apart (they may
  // touch); an error otherwise.
  static Result<Calendar> make(Time origin, Time cycle, std::vector<Span> spans);

  bool is_open(Time t) const;
  // The first instant from t on at which it is open: t itself if it is.
  Time next_opening(Time t) const;
  // The first instant from t on at which it is shut; kNever if that never comes.
  Time next_closing(Time t) const;
  // Open ticks in [from, to). Requires from <= to.
  Time open_between(Time from, Time to) const;

 private:
  struct Position {
    Time cycle_start = 0;
    Time offset = 0;  // in [0, cycle)
  };
  Position locate(Time t) const;
  // Open ticks from the start of the cycle to the offset.
  Time open_up_to(Time offset) const;

  Time origin_ = 0;
  Time cycle_ = 1;
  std::vector<Span> spans_;  // empty: always open
  Time open_in_cycle_ = 1;
};

}  // namespace karvan::des
