#include "karvan/des/tank.h"

#include <algorithm>

#include "karvan/base/check.h"

namespace karvan::des {

Tank::Tank(Time start, const Size& size)
    : span_{size.span},
      capacity_{WideInt{size.capacity} * size.span},
      initial_{WideInt{size.level} * size.span},
      since_{start},
      state_{initial_, 0, 0} {
  CHECK(size.span > 0 && size.level >= 0 && size.level <= size.capacity);
}

Tank::State Tank::state_at(Time now) const {
  DCHECK(now >= since_);
  State state = state_;
  const WideInt in = WideInt{inflow_} * (now - since_);
  const WideInt out = WideInt{outflow_} * (now - since_);
  state.received += in;
  state.delivered += out;
  state.level += in - out;
  if (state.level > capacity_) {  // the excess never entered
    state.received -= state.level - capacity_;
    state.level = capacity_;
  }
  if (state.level < 0) {  // what was not there never left
    state.delivered += state.level;
    state.level = 0;
  }
  return state;
}

void Tank::advance(Time now) {
  state_ = state_at(now);
  since_ = now;
}

void Tank::set_inflow(Time now, std::int64_t rate) {
  CHECK(rate >= 0);
  advance(now);
  inflow_ = rate;
}

void Tank::set_outflow(Time now, std::int64_t rate) {
  CHECK(rate >= 0);
  advance(now);
  outflow_ = rate;
}

bool Tank::add(Time now, std::int64_t amount) {
  DCHECK(amount >= 0);
  advance(now);
  const WideInt batch = WideInt{amount} * span_;
  if (state_.level + batch > capacity_) return false;
  state_.level += batch;
  state_.received += batch;
  return true;
}

bool Tank::remove(Time now, std::int64_t amount) {
  DCHECK(amount >= 0);
  advance(now);
  const WideInt batch = WideInt{amount} * span_;
  if (state_.level < batch) return false;
  state_.level -= batch;
  state_.delivered += batch;
  return true;
}

std::int64_t Tank::level(Time now) const {
  return static_cast<std::int64_t>(state_at(now).level / span_);
}

Time Tank::reached(WideInt distance, std::int64_t rate) const {
  if (distance == 0) return since_;
  if (rate == 0 || (distance > 0) != (rate > 0)) return kNever;
  // Rounded up: the first tick at or beyond the crossing. Signs are equal, so both turn positive.
  const WideInt far = distance > 0 ? distance : -distance;
  const WideInt step = rate > 0 ? rate : -WideInt{rate};
  const WideInt ticks = (far + step - 1) / step;
  const WideInt at = ticks + since_;
  return at >= kNever ? kNever : static_cast<Time>(at);
}

Time Tank::next_bound(Time now) const {
  const std::int64_t rate = inflow_ - outflow_;
  const Time at = reached(rate > 0 ? capacity_ - state_.level : -state_.level, rate);
  return at > now ? at : kNever;
}

Time Tank::next_mark(Time now, std::int64_t mark) const {
  const WideInt target = WideInt{mark} * span_;
  if (target < 0 || target > capacity_) return kNever;
  const Time at = reached(target - state_.level, inflow_ - outflow_);
  return at > now ? at : kNever;
}

void Tank::arm(Engine& engine, Event event) {
  engine.cancel(armed_);
  const Time at = next_bound(engine.now());
  armed_ = at == kNever ? EventId{} : engine.at(at, event);
}

}  // namespace karvan::des
