#pragma once
// What every place of waiting keeps of its waiting: how many over time, how long each, and the two
// sides of Little's law as whole numbers, so that the law is an equation and not a tolerance.

#include "karvan/des/statistics.h"

namespace karvan::des {

class WaitStatistics {
 public:
  explicit WaitStatistics(Time start) : waiting_{start}, counted_from_{start} {}

  void joined(Time now) {
    waiting_.change(now, 1);
    since_sum_ += now;
  }
  // It got what it waited for.
  void served(Time now, Time since) {
    left(now, since);
    waits_.add(static_cast<double>(now - since));
    spans_.add(now - since);
  }
  // Served without having had to join.
  void served_at_once() {
    waits_.add(0.0);
    spans_.add(0);
  }
  // It went away unserved.
  void left(Time now, Time since) {
    waiting_.change(now, -1);
    const Time from = since < counted_from_ ? counted_from_ : since;
    since_sum_ -= from;
    wait_sum_ += now - from;
  }
  // Forgets all before now. Those who wait go on waiting; their own waits keep their full length.
  void restart(Time now) {
    waiting_.restart(now);
    waits_ = {};
    spans_ = {};
    wait_sum_ = 0;
    since_sum_ = WideInt{waiting_.level()} * now;
    counted_from_ = now;
  }

  const LevelTally& waiting() const { return waiting_; }
  // Of those served, in ticks.
  const Tally& waits() const { return waits_; }
  const Histogram& spans() const { return spans_; }
  // Little's law, exact: the sum over time of how many wait is the sum over all of how long.
  bool obeys_little(Time now) const {
    return waiting_.area(now) == wait_sum_ + WideInt{waiting_.level()} * now - since_sum_;
  }

 private:
  LevelTally waiting_;
  Tally waits_;
  Histogram spans_;
  WideInt wait_sum_ = 0;   // of those no longer waiting
  WideInt since_sum_ = 0;  // when those still waiting came
  Time counted_from_;
};

}  // namespace karvan::des
