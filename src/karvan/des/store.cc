#include "karvan/des/store.h"

#include <bit>
#include <limits>

#include "karvan/base/check.h"

namespace karvan::des {

void Store::put(Engine& engine, Item item, unsigned kind) {
  CHECK(kind < 64 && !contains(item));
  ++put_count_;
  const Kinds bit = Kinds{1} << kind;
  for (std::uint32_t i = waiting_.first(); i != detail::kNone; i = waiting_.after(pool_, i)) {
    Record& record = pool_[i].value;
    if ((record.want.kinds & bit) == 0) continue;
    waiting_.remove(pool_, i);
    record.waits = false;
    record.item = item;
    record.kind = static_cast<std::uint8_t>(kind);
    ++taken_count_;
    waiting_statistics_.served(engine.now(), record.since);
    engine.wake(record.want.served);
    return;
  }
  if (item >= here_.size()) here_.resize(std::size_t{item} + 1);
  here_[item] = true;
  shelves_[kind].push_back({arrivals_++, item});
  stocked_ |= bit;
  level_.change(engine.now(), 1);
}

Ticket Store::take(Engine& engine, const Want& want) {
  CHECK(want.kinds != 0);
  const std::uint32_t index = pool_.take();
  const Ticket ticket = pool_.ticket(index);
  Record& record = pool_[index].value;
  record = {.want = want, .since = engine.now()};
  std::uint64_t oldest = std::numeric_limits<std::uint64_t>::max();
  std::size_t kind = 0;
  for (Kinds rest = want.kinds & stocked_; rest != 0; rest &= rest - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(rest));
    if (shelves_[k].front().arrival >= oldest) continue;
    oldest = shelves_[k].front().arrival;
    kind = k;
  }
  if (oldest == std::numeric_limits<std::uint64_t>::max()) {
    waiting_.push_back(pool_, index, want.priority);
    waiting_statistics_.joined(engine.now());
    return ticket;
  }
  record.item = shelves_[kind].front().item;
  record.kind = static_cast<std::uint8_t>(kind);
  record.waits = false;
  shelves_[kind].pop_front();
  if (shelves_[kind].empty()) stocked_ &= ~(Kinds{1} << kind);
  here_[record.item] = false;
  ++taken_count_;
  level_.change(engine.now(), -1);
  waiting_statistics_.served_at_once();
  return ticket;
}

Item Store::collect(Ticket ticket) {
  CHECK(is_served(ticket));
  const Item item = pool_[ticket.index].value.item;
  pool_.give_back(ticket.index);
  return item;
}

void Store::put_back(Engine& engine, Ticket ticket) {
  CHECK(is_served(ticket));
  const unsigned kind = pool_[ticket.index].value.kind;
  put(engine, collect(ticket), kind);
}

bool Store::withdraw(Engine& engine, Ticket ticket) {
  if (!waits(ticket)) return false;
  waiting_.remove(pool_, ticket.index);
  waiting_statistics_.left(engine.now(), pool_[ticket.index].value.since);
  pool_.give_back(ticket.index);
  return true;
}

void Store::restart_statistics(Time now) {
  level_.restart(now);
  waiting_statistics_.restart(now);
}

}  // namespace karvan::des
