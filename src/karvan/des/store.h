#pragma once
// Store: items with identity (wagons, containers, locomotives) of up to 64 kinds, put in and taken
// out. An item is in the store once or not at all: putting it in twice is a broken promise (CHECK),
// so none doubles and none is lost. Takers wait by priority, first come first served within one; a
// taker names the kinds it accepts and gets the item that has been here longest among them.
//
// A taker served in take() itself is not woken: ask is_served(). Cost: take O(kinds accepted), put
// O(takers waiting who do not accept the kind).

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "karvan/des/detail/ranked_list.h"
#include "karvan/des/engine.h"
#include "karvan/des/station_statistics.h"
#include "karvan/des/ticket.h"

namespace karvan::des {

using Item = std::uint32_t;   // small numbers: the store keeps one bit for each up to the largest
using Kinds = std::uint64_t;  // a set, one bit a kind
inline constexpr Kinds kAnyKind = ~Kinds{0};

struct Want {
  Event served;
  Kinds kinds = kAnyKind;
  Priority priority = kUsual;
};

class Store {
 public:
  explicit Store(Time start) : level_{start}, waiting_statistics_{start} {}

  // Requires kind < 64 and that the item is not here.
  void put(Engine& engine, Item item, unsigned kind = 0);
  Ticket take(Engine& engine, const Want& want);
  bool is_served(Ticket ticket) const {
    return pool_.is_live(ticket) && !pool_[ticket.index].value.waits;
  }
  bool waits(Ticket ticket) const {
    return pool_.is_live(ticket) && pool_[ticket.index].value.waits;
  }
  // Hands over the item; the ticket is stale then. Requires is_served().
  Item collect(Ticket ticket);
  // Puts the item of a served taker back, behind those of its kind; the ticket is stale then.
  void put_back(Engine& engine, Ticket ticket);
  // Gives up waiting; false, and no change, if the ticket does not wait.
  bool withdraw(Engine& engine, Ticket ticket);

  // Whether the item is here and nobody's yet.
  bool contains(Item item) const { return item < here_.size() && here_[item]; }
  std::int64_t size() const { return level_.level(); }
  std::int64_t waiting() const { return waiting_statistics_.waiting().level(); }
  const LevelTally& level_over_time() const { return level_; }
  const WaitStatistics& wait_statistics() const { return waiting_statistics_; }
  void restart_statistics(Time now);
  // Items in minus items out since the store was made is what is here, always.
  bool conserves() const { return put_count_ - taken_count_ == level_.level(); }

  template <class Visit>
  void for_each_waiter(Visit&& visit) const {
    for (std::uint32_t i = waiting_.first(); i != detail::kNone; i = waiting_.after(pool_, i))
      visit(pool_[i].value.want);
  }

 private:
  struct Record {
    Want want;
    Time since = 0;
    Item item = 0;
    bool waits = true;
    std::uint8_t kind = 0;  // of the item
  };
  struct Shelved {
    std::uint64_t arrival = 0;
    Item item = 0;
  };

  std::array<std::deque<Shelved>, 64> shelves_;  // by kind, oldest first
  Kinds stocked_ = 0;                            // the kinds with items
  std::vector<bool> here_;
  std::uint64_t arrivals_ = 0;
  std::int64_t put_count_ = 0;
  std::int64_t taken_count_ = 0;
  detail::TicketPool<Record> pool_;
  detail::RankedList waiting_;
  LevelTally level_;
  WaitStatistics waiting_statistics_;
};

}  // namespace karvan::des
