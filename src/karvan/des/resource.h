#pragma once
// Resource: equal units that are held and given back (berths, cranes, staff, train paths). Claims
// wait by priority, first come first served within one; no claim overtakes another of its own or a
// better priority, however small it is, so a large one is never starved.
//
// A claim names the event that wakes its owner. Those granted in request() itself are not woken:
// ask holds(). A claim that preempts may take units from holders of strictly worse priority, the
// worst and then the latest first; these get their `preempted` event, their ticket is stale, and
// what they had left to do is theirs to remember.
//
// With a calendar units are granted in open hours only; who holds a unit at closing keeps it.
// Statistics are exact sums over ticks; every resource can be asked whether Little's law holds.

#include <cstdint>
#include <optional>

#include "karvan/base/check.h"
#include "karvan/des/calendar.h"
#include "karvan/des/detail/ranked_list.h"
#include "karvan/des/engine.h"
#include "karvan/des/station_statistics.h"
#include "karvan/des/ticket.h"

namespace karvan::des {

struct Claim {
  Event granted;
  Event preempted;
  std::uint32_t units = 1;
  Priority priority = kUsual;
  bool preempts = false;
};

class Resource {
 public:
  Resource(Time start, std::uint32_t units)
      : units_{units}, busy_{start}, waiting_statistics_{start} {}

  // Grants in the open hours of the calendar; `opens` is scheduled when somebody waits for an
  // opening, and its handler must call on_opening(). Requires that nobody claimed yet.
  void follow(const Calendar& calendar, Event opens);
  void on_opening(Engine& engine);

  // Requires 1 <= units.
  Ticket request(Engine& engine, const Claim& claim);
  bool holds(Ticket ticket) const {
    return pool_.is_live(ticket) && !pool_[ticket.index].value.waits;
  }
  bool waits(Ticket ticket) const {
    return pool_.is_live(ticket) && pool_[ticket.index].value.waits;
  }
  // Requires that the ticket holds.
  void release(Engine& engine, Ticket ticket);
  // Gives up waiting; false, and no change, if the ticket does not wait.
  bool withdraw(Engine& engine, Ticket ticket);
  // Breakdown and repair. Nobody is thrown out: units above the new number go as they are released.
  void set_units(Engine& engine, std::uint32_t units);

  std::uint32_t units() const { return units_; }
  std::int64_t busy() const { return busy_.level(); }
  // Claims waiting.
  std::int64_t waiting() const { return waiting_statistics_.waiting().level(); }

  const LevelTally& busy_over_time() const { return busy_; }
  const WaitStatistics& wait_statistics() const { return waiting_statistics_; }
  // Share of the present number of units that was held, over all hours.
  double utilization(Time now) const {
    return units_ == 0 ? 0.0 : busy_.mean(now) / static_cast<double>(units_);
  }
  // The end of the warm-up: statistics start afresh.
  void restart_statistics(Time now);

  // For each holder (or waiter): visit(claim). For wait-for graphs and reports; in order.
  template <class Visit>
  void for_each_holder(Visit&& visit) const {
    for_each(holding_, visit);
  }
  template <class Visit>
  void for_each_waiter(Visit&& visit) const {
    for_each(waiting_, visit);
  }

 private:
  struct Record {
    Claim claim;
    Time since = 0;
    bool waits = true;
  };
  template <class Visit>
  void for_each(const detail::RankedList& list, Visit& visit) const {
    for (std::uint32_t i = list.first(); i != detail::kNone; i = list.after(pool_, i))
      visit(pool_[i].value.claim);
  }

  std::int64_t free_units() const { return std::int64_t{units_} - busy_.level(); }
  bool is_open(Engine& engine) { return !calendar_ || is_open_hour(engine); }
  bool is_open_hour(Engine& engine);
  // Grants a new claim or lets it wait.
  void admit(Engine& engine, std::uint32_t index);
  // Grants to the first of those waiting while it can; `quiet` is not woken.
  void serve(Engine& engine, std::uint32_t quiet) {
    if (!waiting_.empty()) serve_waiting(engine, quiet);
  }
  void serve_waiting(Engine& engine, std::uint32_t quiet);
  void grant(Engine& engine, std::uint32_t index);
  bool preempt_for(Engine& engine, const Claim& claim);

  std::uint32_t units_;
  detail::TicketPool<Record> pool_;
  detail::RankedList waiting_;
  detail::RankedList holding_;
  std::optional<Calendar> calendar_;
  Event opens_;
  EventId opening_;
  LevelTally busy_;
  WaitStatistics waiting_statistics_;
};

// These two stand here to be compiled into the model's own code: a claim is then written once, into
// its record, and not passed on through memory in other pieces than it is read in.

inline Ticket Resource::request(Engine& engine, const Claim& claim) {
  CHECK(claim.units >= 1);
  const std::uint32_t index = pool_.take();
  pool_[index].value = {.claim = claim, .since = engine.now(), .waits = true};
  admit(engine, index);
  return pool_.ticket(index);
}

inline void Resource::release(Engine& engine, Ticket ticket) {
  CHECK(holds(ticket));
  holding_.remove(pool_, ticket.index);
  busy_.change(engine.now(), -std::int64_t{pool_[ticket.index].value.claim.units});
  pool_.give_back(ticket.index);
  serve(engine, detail::kNone);
}

}  // namespace karvan::des
