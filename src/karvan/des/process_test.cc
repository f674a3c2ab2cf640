#include "karvan/des/process.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/des/span_stream.h"
#include "karvan/des/tank.h"

namespace karvan::des {
namespace {

using Trace = std::vector<TraceObserver::Entry>;

// ---- a single server, told twice ----

constexpr std::uint32_t kCustomers = 20'000;

SpanStream gaps() {
  return {*Sampler::exponential(1 / 0.9), RandomStream{1, "gap"}, 1000.0};
}
SpanStream services() {
  return {*Sampler::exponential(1), RandomStream{1, "service"}, 1000.0};
}

struct History {
  Trace trace;
  std::vector<Time> waits;
  std::uint64_t fingerprint = 0;
  double mean_wait = 0.0;
};

Process customer(Processes& all, Resource& server, SpanStream& service, std::vector<Time>& waits) {
  const Time arrived = all.engine().now();
  const Held unit = co_await all.request(server);
  waits.push_back(all.engine().now() - arrived);
  co_await all.delay(service.next());
}

Process source(Processes& all, Resource& server, SpanStream& service, std::vector<Time>& waits) {
  SpanStream gap = gaps();
  for (std::uint32_t i = 0; i < kCustomers; ++i) {
    co_await all.delay(gap.next());
    all.start(customer(all, server, service, waits));
  }
}

History by_processes() {
  History history;
  Engine engine;
  Resource server{0, 1};
  SpanStream service = services();
  Processes all{engine, 0};
  all.start(source(all, server, service, history.waits));
  TraceObserver trace;
  engine.run([&all](const Event& event) { all.resume(event.subject); }, {}, trace);
  EXPECT_EQ(all.alive(), 0U);
  history.trace = std::move(trace.entries);
  history.fingerprint = engine.fingerprint();
  history.mean_wait = server.wait_statistics().waits().mean();
  return history;
}

// The same as a state machine that names its events as the processes do: number 0 is the source,
// the others are customers, and the number last given back is the first given out.
class Twin {
 public:
  History run() {
    TraceObserver trace;
    engine_.in(gap_.next(), {0, 0});
    engine_.run([this](const Event& event) { handle(event.subject); }, {}, trace);
    history_.trace = std::move(trace.entries);
    history_.fingerprint = engine_.fingerprint();
    history_.mean_wait = server_.wait_statistics().waits().mean();
    return history_;
  }

 private:
  struct Customer {
    Ticket ticket;
    Time arrived = 0;
    bool in_service = false;
  };
  void handle(std::uint32_t subject) {
    if (subject == 0) return arrive();
    if (!customers_[subject].in_service) return serve(subject);
    server_.release(engine_, customers_[subject].ticket);
    free_.push_back(subject);
  }
  void arrive() {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(customers_.size()));
      customers_.emplace_back();
    }
    const std::uint32_t id = free_.back();
    free_.pop_back();
    const Ticket ticket = server_.request(engine_, {.granted = {0, id}});
    customers_[id] = {ticket, engine_.now(), false};
    if (server_.holds(ticket)) serve(id);
    if (++arrived_ < kCustomers) engine_.in(gap_.next(), {0, 0});
  }
  void serve(std::uint32_t id) {
    history_.waits.push_back(engine_.now() - customers_[id].arrived);
    customers_[id].in_service = true;
    engine_.in(service_.next(), {0, id});
  }

  History history_;
  Engine engine_;
  Resource server_{0, 1};
  SpanStream gap_ = gaps();
  SpanStream service_ = services();
  std::vector<Customer> customers_ = std::vector<Customer>(1);
  std::vector<std::uint32_t> free_;
  std::uint32_t arrived_ = 0;
};

TEST(Process, HasTheHistoryOfItsTwinTheStateMachineToTheLastBit) {
  const History processes = by_processes();
  const History twin = Twin{}.run();
  EXPECT_EQ(processes.waits.size(), kCustomers);
  EXPECT_EQ(processes.waits, twin.waits);
  EXPECT_EQ(processes.trace, twin.trace);
  EXPECT_EQ(processes.fingerprint, twin.fingerprint);
  EXPECT_EQ(processes.mean_wait, twin.mean_wait);
  EXPECT_EQ(by_processes().fingerprint, processes.fingerprint);
}

// ---- cancelling ----

struct Shop {
  Engine engine;
  Resource berth{0, 1};
  Store wagons{0};
  Signal calm;
  Processes all{engine, 0};
  std::vector<Time> ends;
};

Process stay(Processes& all, Shop& shop, Time ticks) {
  const Held berth = co_await all.request(shop.berth);
  co_await all.delay(ticks);
  shop.ends.push_back(shop.engine.now());
}

TEST(Process, CancelledInADelayItGivesBackWhatItHolds) {
  Shop shop;
  const ProcessId first = shop.all.start(stay(shop.all, shop, 100));
  shop.all.start(stay(shop.all, shop, 10));
  shop.all.run({.until = 5});
  EXPECT_TRUE(shop.all.cancel(first));
  EXPECT_FALSE(shop.all.cancel(first));
  EXPECT_FALSE(shop.all.is_alive(first));
  EXPECT_EQ(shop.all.run(), StopReason::kIdle);
  EXPECT_EQ(shop.ends, (std::vector<Time>{15}));
  EXPECT_EQ(shop.berth.busy(), 0);
  EXPECT_EQ(shop.all.alive(), 0U);
}

TEST(Process, CancelledInAQueueItLeavesIt) {
  Shop shop;
  shop.all.start(stay(shop.all, shop, 10));
  const ProcessId second = shop.all.start(stay(shop.all, shop, 10));
  shop.all.start(stay(shop.all, shop, 10));
  EXPECT_EQ(shop.berth.waiting(), 2);
  EXPECT_TRUE(shop.all.cancel(second));
  EXPECT_EQ(shop.berth.waiting(), 1);
  shop.all.run();
  EXPECT_EQ(shop.ends, (std::vector<Time>{10, 20}));
  EXPECT_TRUE(shop.berth.wait_statistics().obeys_little(20));
}

// Goal: a wake-up that cannot be called back wakes nobody else. Method: the one in the queue is
// cancelled in the instant in which it was granted its berth, and another starts at once.
TEST(Process, CancelledBetweenGrantAndWakeItsNumberIsNotUsedAgainTooEarly) {
  Shop shop;
  shop.all.start(stay(shop.all, shop, 10));
  const ProcessId granted = shop.all.start(stay(shop.all, shop, 1000));
  shop.all.run({.until = 9});
  shop.all.run({.events = 1});  // the first ends, the second is granted the berth
  EXPECT_EQ(shop.berth.busy(), 1);
  EXPECT_TRUE(shop.all.is_alive(granted));
  EXPECT_TRUE(shop.all.cancel(granted));
  EXPECT_EQ(shop.berth.busy(), 0);
  const ProcessId next = shop.all.start(stay(shop.all, shop, 7));
  EXPECT_NE(next.slot, granted.slot);
  EXPECT_EQ(shop.all.run(), StopReason::kIdle);
  EXPECT_EQ(shop.ends, (std::vector<Time>{10, 17}));
  shop.all.start(stay(shop.all, shop, 1));
  EXPECT_EQ(shop.all.start(stay(shop.all, shop, 1)).slot, granted.slot);
}

Process fetch(Processes& all, Shop& shop, std::vector<Item>& got) {
  got.push_back(co_await all.take(shop.wagons, Kinds{1} << 3U));
}

TEST(Process, TakesItemsAndLosesNone) {
  Shop shop;
  std::vector<Item> got;
  shop.wagons.put(shop.engine, 5, 3);
  shop.all.start(fetch(shop.all, shop, got));
  EXPECT_EQ(got, (std::vector<Item>{5})) << "at once";
  const ProcessId waits = shop.all.start(fetch(shop.all, shop, got));
  const ProcessId served = shop.all.start(fetch(shop.all, shop, got));
  EXPECT_TRUE(shop.all.cancel(waits));
  shop.wagons.put(shop.engine, 6, 3);
  EXPECT_FALSE(shop.wagons.contains(6));
  EXPECT_TRUE(shop.all.cancel(served));
  EXPECT_TRUE(shop.wagons.contains(6)) << "it was on its way to nobody";
  shop.all.start(fetch(shop.all, shop, got));
  shop.all.run();
  EXPECT_EQ(got, (std::vector<Item>{5, 6}));
  EXPECT_TRUE(shop.wagons.conserves());
}

Process sail(Processes& all, Shop& shop, std::vector<int>& order, int name) {
  co_await all.wait_for(shop.calm);
  order.push_back(name);
}

TEST(Process, SignalsWakeAllInTheOrderInWhichTheyCame) {
  Shop shop;
  std::vector<int> order;
  std::vector<ProcessId> ids;
  for (int name = 0; name < 5; ++name)
    ids.push_back(shop.all.start(sail(shop.all, shop, order, name)));
  shop.all.cancel(ids[1]);
  shop.calm.give(shop.engine);
  shop.all.cancel(ids[3]);  // told already
  EXPECT_FALSE(shop.calm.is_awaited());
  shop.all.run();
  EXPECT_EQ(order, (std::vector<int>{0, 2, 4}));
  EXPECT_EQ(shop.all.alive(), 0U);
}

Process fill(Processes& all, Tank& tank, Time& full_at) {
  tank.set_inflow(all.engine().now(), 3);
  co_await all.until(tank.next_bound(all.engine().now()));
  full_at = all.engine().now();
}

TEST(Process, WaitsForATank) {
  Engine engine;
  Tank tank{0, {.capacity = 100}};
  Time full_at = 0;
  Processes all{engine, 0};
  all.start(fill(all, tank, full_at));
  all.run();
  EXPECT_EQ(full_at, 34);
  EXPECT_TRUE(tank.is_full(34));
}

// ---- frames ----

struct Counter {
  int alive = 0;
  Process live(Processes& all, Time ticks) {
    ++alive;
    struct Leaves {
      int& alive;
      ~Leaves() { --alive; }
    } const leaves{alive};
    co_await all.delay(ticks);
  }
};

TEST(Process, FramesAreUsedAgainAndDroppedAtTheEnd) {
  Counter counter;
  Engine engine;
  {
    Processes all{engine, 0};
    const Process never_started = counter.live(all, 1);
    for (int round = 0; round < 50; ++round) {
      for (int i = 0; i < 1000; ++i)
        all.start(counter.live(all, 5));
      EXPECT_EQ(counter.alive, 1000);
      all.run();
      EXPECT_EQ(counter.alive, 0);
    }
    EXPECT_LT(all.memory(), 1000U * 300U);
    for (int i = 0; i < 10; ++i)
      all.start(counter.live(all, 5));
    EXPECT_EQ(counter.alive, 10);
  }
  EXPECT_EQ(counter.alive, 0);
}

Process with_large_frame(Processes& all, std::int64_t& sum) {
  std::array<std::int64_t, 10'000> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = static_cast<std::int64_t>(i);
  co_await all.delay(1);
  for (const std::int64_t number : numbers)
    sum += number;
}

TEST(Process, LargeFramesWorkToo) {
  Engine engine;
  Processes all{engine, 0};
  std::int64_t sum = 0;
  all.start(with_large_frame(all, sum));
  all.run();
  EXPECT_EQ(sum, 49'995'000);
}

Process ends_itself(Processes& all, std::optional<ProcessId>& own) {
  co_await all.delay(1);
  all.cancel(*own);
}

TEST(ProcessDeathTest, NoneCancelsItself) {
  Engine engine;
  Processes all{engine, 0};
  std::optional<ProcessId> own;
  own = all.start(ends_itself(all, own));
  EXPECT_DEATH(all.run(), "is_running");
}

}  // namespace
}  // namespace karvan::des
