#include "karvan/des/resource.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

enum Kind : std::uint32_t { kGranted, kPreempted, kOpens, kTick };

Claim claim_of(std::uint32_t entity) {
  return {.granted = {kGranted, entity}, .preempted = {kPreempted, entity}};
}

// The events an engine has to tell at this instant, or up to `until`.
std::vector<Event> told(Engine& engine, Time until) {
  std::vector<Event> events;
  engine.run([&events](const Event& event) { events.push_back(event); }, {.until = until});
  return events;
}

TEST(Resource, ServesByPriorityThenInOrderOfArrival) {
  Engine engine;
  Resource berth{0, 1};
  const Ticket first = berth.request(engine, claim_of(1));
  EXPECT_TRUE(berth.holds(first));
  std::vector<Ticket> tickets;
  for (std::uint32_t entity = 2; entity <= 5; ++entity) {
    Claim claim = claim_of(entity);
    if (entity == 4) claim.priority = 1;
    tickets.push_back(berth.request(engine, claim));
    EXPECT_TRUE(berth.waits(tickets.back()));
  }
  berth.release(engine, first);
  EXPECT_FALSE(berth.holds(first));
  EXPECT_EQ(told(engine, 0), (std::vector<Event>{{kGranted, 4}}));
  berth.release(engine, tickets[2]);
  EXPECT_EQ(told(engine, 0), (std::vector<Event>{{kGranted, 2}}));
  EXPECT_EQ(berth.waiting(), 2);
}

TEST(Resource, ALargeClaimIsNotOvertaken) {
  Engine engine;
  Resource cranes{0, 3};
  const Ticket one = cranes.request(engine, claim_of(1));
  Claim three = claim_of(2);
  three.units = 3;
  const Ticket large = cranes.request(engine, three);
  const Ticket small = cranes.request(engine, claim_of(3));
  EXPECT_TRUE(cranes.waits(small));
  // Once the large one gives up, the small one behind it is served.
  EXPECT_TRUE(cranes.withdraw(engine, large));
  EXPECT_FALSE(cranes.withdraw(engine, large));
  EXPECT_TRUE(cranes.holds(small));
  EXPECT_EQ(told(engine, 0), (std::vector<Event>{{kGranted, 3}}));
  EXPECT_FALSE(cranes.withdraw(engine, one));
  EXPECT_EQ(cranes.busy(), 2);
}

TEST(Resource, PreemptionTakesTheWorstAndLatest) {
  Engine engine;
  Resource track{0, 2};
  Claim usual = claim_of(1);
  const Ticket early = track.request(engine, usual);
  usual = claim_of(2);
  const Ticket late = track.request(engine, usual);
  Claim urgent = claim_of(3);
  urgent.priority = 2;
  urgent.preempts = true;
  const Ticket express = track.request(engine, urgent);
  EXPECT_TRUE(track.holds(express));
  EXPECT_TRUE(track.holds(early));
  EXPECT_FALSE(track.holds(late));
  EXPECT_EQ(told(engine, 0), (std::vector<Event>{{kPreempted, 2}}));
  // Two units at once: one usual holder is not enough, the other express is no worse: it waits.
  urgent = claim_of(4);
  urgent.priority = 2;
  urgent.preempts = true;
  urgent.units = 2;
  EXPECT_TRUE(track.waits(track.request(engine, urgent)));
  EXPECT_TRUE(track.holds(early));
  EXPECT_EQ(track.busy(), 2);
}

TEST(Resource, GrantsInOpenHoursOnly) {
  Engine engine{100};
  Resource post{100, 1};
  // Open 8 to 20 of each 24, counted from 0: at 100 it is 4 o'clock.
  const Calendar hours = Calendar::make(0, 24, {{8, 20}}).value();
  post.follow(hours, {kOpens, 0});
  std::vector<Time> granted;
  std::vector<Ticket> tickets = {post.request(engine, claim_of(0)),
                                 post.request(engine, claim_of(1)),
                                 post.request(engine, claim_of(2))};
  EXPECT_TRUE(post.waits(tickets[0]));
  engine.run([&](const Event& event) {
    if (event.kind == kOpens) post.on_opening(engine);
    if (event.kind == kGranted) {
      granted.push_back(engine.now());
      engine.in(7, {kTick, event.subject});  // the second is held over closing time
    }
    if (event.kind == kTick) post.release(engine, tickets[event.subject]);
  });
  EXPECT_EQ(granted, (std::vector<Time>{104, 111, 128}));
  EXPECT_EQ(engine.pending(), 0U);
  EXPECT_TRUE(post.wait_statistics().obeys_little(engine.now()));
}

TEST(Resource, BreakdownAndRepairChangeWhatIsGranted) {
  Engine engine;
  Resource cranes{0, 2};
  const Ticket one = cranes.request(engine, claim_of(1));
  const Ticket two = cranes.request(engine, claim_of(2));
  const Ticket three = cranes.request(engine, claim_of(3));
  cranes.set_units(engine, 1);
  cranes.release(engine, one);
  EXPECT_TRUE(cranes.waits(three));  // the freed unit is the broken one
  cranes.set_units(engine, 2);
  EXPECT_TRUE(cranes.holds(three));
  EXPECT_TRUE(cranes.holds(two));
}

// Goal: under any sequence of requests, releases, withdrawals, preemptions and repairs the books
// are right. Method: a second, simple bookkeeping of who holds how much, and Little's law in whole
// numbers after every step.
TEST(Resource, KeepsItsBooksUnderAnything) {
  RandomStream random{1, "resource/books"};
  Engine engine;
  Resource resource{0, 5};
  std::vector<Ticket> tickets;
  for (int step = 0; step < 20'000; ++step) {
    engine.run([](const Event&) {}, {.until = engine.now() + random.uniform_int(0, 5)});
    const std::int64_t dice = random.uniform_int(0, 99);
    if (dice < 45 || tickets.empty()) {
      Claim claim = claim_of(static_cast<std::uint32_t>(step));
      claim.units = static_cast<std::uint32_t>(random.uniform_int(1, 3));
      claim.priority = static_cast<Priority>(random.uniform_int(0, 15));
      claim.preempts = random.bernoulli(0.2);
      tickets.push_back(resource.request(engine, claim));
    } else {
      const auto i = static_cast<std::size_t>(
          random.uniform_int(0, static_cast<std::int64_t>(tickets.size()) - 1));
      if (resource.holds(tickets[i])) {
        resource.release(engine, tickets[i]);
      } else if (dice < 60) {
        resource.withdraw(engine, tickets[i]);
      }
    }
    if (dice == 99) {
      resource.set_units(engine, static_cast<std::uint32_t>(random.uniform_int(3, 7)));
    }
    if (step == 10'000) resource.restart_statistics(engine.now());
    std::erase_if(tickets, [&](Ticket t) { return !resource.holds(t) && !resource.waits(t); });
    std::int64_t held = 0;
    std::int64_t holders = 0;
    std::int64_t waiters = 0;
    resource.for_each_holder([&](const Claim& claim) {
      held += claim.units;
      ++holders;
    });
    Priority last = 0;
    resource.for_each_waiter([&](const Claim& claim) {
      ++waiters;
      ASSERT_GE(claim.priority, last);
      last = claim.priority;
    });
    ASSERT_EQ(held, resource.busy());
    ASSERT_EQ(waiters, resource.waiting());
    ASSERT_EQ(static_cast<std::size_t>(holders + waiters), tickets.size());
    ASSERT_TRUE(resource.wait_statistics().obeys_little(engine.now()));
  }
  EXPECT_GT(resource.wait_statistics().waits().count(), 1000U);
}

TEST(Resource, UtilizationAndWaitsAreThoseOfASmallRunByHand) {
  // One unit, held from 0 to 10 and, by the next, from 10 to 16; the second came at 4.
  Engine engine;
  Resource resource{0, 1};
  const Ticket first = resource.request(engine, claim_of(1));
  told(engine, 4);
  const Ticket second = resource.request(engine, claim_of(2));
  told(engine, 10);
  resource.release(engine, first);
  told(engine, 16);
  resource.release(engine, second);
  told(engine, 20);
  EXPECT_DOUBLE_EQ(resource.utilization(20), 16.0 / 20.0);
  EXPECT_DOUBLE_EQ(resource.wait_statistics().waits().mean(), 3.0);
  EXPECT_DOUBLE_EQ(resource.wait_statistics().waiting().mean(20), 6.0 / 20.0);
  EXPECT_EQ(resource.wait_statistics().spans().quantile(1.0), 6);
}

}  // namespace
}  // namespace karvan::des
