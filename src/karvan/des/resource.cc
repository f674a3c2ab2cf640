#include "karvan/des/resource.h"

#include "karvan/base/check.h"

namespace karvan::des {

void Resource::follow(const Calendar& calendar, Event opens) {
  CHECK(waiting_.empty() && holding_.empty());
  calendar_ = calendar;
  opens_ = opens;
}

void Resource::on_opening(Engine& engine) {
  serve(engine, detail::kNone);
}

bool Resource::is_open_hour(Engine& engine) {
  const Time opening = calendar_->next_opening(engine.now());
  if (opening == engine.now()) return true;
  if (!engine.is_pending(opening_)) opening_ = engine.at(opening, opens_);
  return false;
}

void Resource::admit(Engine& engine, std::uint32_t index) {
  const Claim& claim = pool_[index].value.claim;
  if (!calendar_ && waiting_.empty() && free_units() >= std::int64_t{claim.units}) {
    waiting_statistics_.served_at_once();
    grant(engine, index);
    return;
  }
  waiting_.push_back(pool_, index, claim.priority);
  waiting_statistics_.joined(engine.now());
  // Behind others, or with too few units free, it changes nothing for anybody; hours that open at
  // this instant, or units to be taken from others, may.
  const bool is_first = waiting_.first() == index;
  if (!calendar_ && (!is_first || (free_units() < std::int64_t{claim.units} && !claim.preempts)))
    return;
  serve_waiting(engine, index);
}

void Resource::grant(Engine& engine, std::uint32_t index) {
  Record& record = pool_[index].value;
  record.waits = false;
  holding_.push_back(pool_, index, record.claim.priority);
  busy_.change(engine.now(), record.claim.units);
}

void Resource::serve_waiting(Engine& engine, std::uint32_t quiet) {
  while (!waiting_.empty() && is_open(engine)) {
    const std::uint32_t index = waiting_.first();
    const Record& record = pool_[index].value;
    if (free_units() < std::int64_t{record.claim.units} &&
        !(record.claim.preempts && preempt_for(engine, record.claim))) {
      return;
    }
    waiting_.remove(pool_, index);
    waiting_statistics_.served(engine.now(), record.since);
    grant(engine, index);
    if (index != quiet) engine.wake(record.claim.granted);
  }
}

// Takes units from worse holders if together with the free ones they are enough; else nothing.
bool Resource::preempt_for(Engine& engine, const Claim& claim) {
  std::int64_t units = free_units();
  for (std::uint32_t i = holding_.last(); i != detail::kNone; i = holding_.before(pool_, i)) {
    if (pool_[i].priority <= claim.priority || units >= std::int64_t{claim.units}) break;
    units += pool_[i].value.claim.units;
  }
  if (units < std::int64_t{claim.units}) return false;
  while (free_units() < std::int64_t{claim.units}) {
    const std::uint32_t victim = holding_.last();
    DCHECK(pool_[victim].priority > claim.priority);
    const Claim& taken = pool_[victim].value.claim;
    busy_.change(engine.now(), -std::int64_t{taken.units});
    engine.wake(taken.preempted);
    holding_.remove(pool_, victim);
    pool_.give_back(victim);
  }
  return true;
}

bool Resource::withdraw(Engine& engine, Ticket ticket) {
  if (!waits(ticket)) return false;
  waiting_.remove(pool_, ticket.index);
  waiting_statistics_.left(engine.now(), pool_[ticket.index].value.since);
  pool_.give_back(ticket.index);
  serve(engine, detail::kNone);  // it may have stood before smaller claims
  return true;
}

void Resource::set_units(Engine& engine, std::uint32_t units) {
  units_ = units;
  serve(engine, detail::kNone);
}

void Resource::restart_statistics(Time now) {
  busy_.restart(now);
  waiting_statistics_.restart(now);
}

}  // namespace karvan::des
