#include "karvan/des/resource.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

enum Kind : std::uint32_t { kGranted, kPreempted, kOpens, kLeave };

std::vector<Event> woken(Engine& engine) {
  TraceObserver trace;
  engine.run([](const Event&) {}, {.until = engine.now()}, trace);
  std::vector<Event> events;
  for (const TraceObserver::Entry& entry : trace.entries)
    events.push_back(entry.event);
  return events;
}

Claim claim(std::uint32_t who, std::uint32_t units = 1, Priority priority = kUsual) {
  return {.granted = {kGranted, who},
          .preempted = {kPreempted, who},
          .units = units,
          .priority = priority};
}

TEST(Resource, GrantsAtOnceWhileUnitsAreFree) {
  Engine engine;
  Resource berths{0, 2};
  const Ticket first = berths.request(engine, claim(1));
  const Ticket second = berths.request(engine, claim(2));
  const Ticket third = berths.request(engine, claim(3));
  EXPECT_TRUE(berths.holds(first) && berths.holds(second));
  EXPECT_TRUE(berths.waits(third));
  EXPECT_EQ(berths.busy(), 2);
  EXPECT_TRUE(woken(engine).empty());
  berths.release(engine, first);
  EXPECT_EQ(woken(engine), (std::vector<Event>{{kGranted, 3}}));
  EXPECT_TRUE(berths.holds(third));
  EXPECT_FALSE(berths.holds(first)) << "a released ticket is stale";
}

TEST(Resource, BetterPriorityIsServedFirstAndLargeClaimsAreNotOvertaken) {
  Engine engine;
  Resource cranes{0, 3};
  const Ticket all = cranes.request(engine, claim(1, 3));
  cranes.request(engine, claim(2, 2));
  cranes.request(engine, claim(3, 1));
  cranes.request(engine, claim(4, 1, 2));
  cranes.release(engine, all);
  EXPECT_EQ(woken(engine), (std::vector<Event>{{kGranted, 4}, {kGranted, 2}}));
  EXPECT_EQ(cranes.waiting(), 1);
}

TEST(Resource, PreemptsOnlyStrictlyWorseHolders) {
  Engine engine;
  Resource track{0, 1};
  const Ticket slow = track.request(engine, claim(1));
  Claim equal = claim(2);
  equal.preempts = true;
  const Ticket refused = track.request(engine, equal);
  EXPECT_TRUE(track.holds(slow) && track.waits(refused));
  EXPECT_TRUE(track.withdraw(engine, refused));
  Claim express = claim(3, 1, 1);
  express.preempts = true;
  const Ticket taken = track.request(engine, express);
  EXPECT_TRUE(track.holds(taken));
  EXPECT_FALSE(track.holds(slow));
  EXPECT_EQ(woken(engine), (std::vector<Event>{{kPreempted, 1}}));
}

TEST(Resource, BrokenUnitsGoAsTheyAreReleasedAndRepairServesTheQueue) {
  Engine engine;
  Resource cranes{0, 2};
  const Ticket first = cranes.request(engine, claim(1));
  const Ticket second = cranes.request(engine, claim(2));
  const Ticket third = cranes.request(engine, claim(3));
  cranes.set_units(engine, 1);
  EXPECT_TRUE(cranes.holds(first) && cranes.holds(second)) << "nobody is thrown out";
  cranes.release(engine, first);
  EXPECT_TRUE(cranes.waits(third));
  cranes.set_units(engine, 2);
  EXPECT_TRUE(cranes.holds(third));
}

TEST(Resource, GrantsInOpenHoursOnly) {
  Engine engine;
  Resource post{0, 1};
  const auto calendar = Calendar::make(0, 24, {{.begin = 8, .end = 16}});
  ASSERT_TRUE(calendar);
  post.follow(*calendar, {kOpens, 0});
  const Ticket early = post.request(engine, claim(1));
  EXPECT_TRUE(post.waits(early));
  Time granted = 0;
  engine.run([&](const Event& event) {
    if (event.kind == kOpens) post.on_opening(engine);
    if (event.kind == kGranted) granted = engine.now();
  });
  EXPECT_EQ(granted, 8);
  EXPECT_TRUE(post.holds(early));
}

// Goal: nothing is granted twice or lost, and Little's law is an equation. Method: random requests,
// releases and withdrawals against a count kept beside.
TEST(Resource, KeepsItsBooksUnderRandomUse) {
  Engine engine;
  engine.at(kNever - 2, {});  // an idle engine would stand still
  Resource berths{0, 5};
  RandomStream random{11, "resource_test"};
  std::vector<Ticket> tickets;
  for (Time t = 0; t < 20'000; ++t) {
    engine.run([](const Event&) {}, {.until = t});
    if (random.bernoulli(0.48)) {
      const auto units = static_cast<std::uint32_t>(random.uniform_int(1, 3));
      const auto priority = static_cast<Priority>(random.uniform_int(6, 9));
      tickets.push_back(berths.request(engine, claim(0, units, priority)));
    } else {
      const auto held =
          std::ranges::find_if(tickets, [&](Ticket ticket) { return berths.holds(ticket); });
      if (held != tickets.end()) {
        berths.release(engine, *held);
        tickets.erase(held);
      }
    }
    if (random.bernoulli(0.1) && !tickets.empty() && berths.withdraw(engine, tickets.back()))
      tickets.pop_back();
    std::int64_t held = 0;
    berths.for_each_holder([&](const Claim& holder) { held += holder.units; });
    ASSERT_EQ(held, berths.busy());
    ASSERT_LE(held, 5);
    ASSERT_TRUE(berths.wait_statistics().obeys_little(t));
  }
  EXPECT_GT(berths.wait_statistics().waits().count(), 1000U);
  EXPECT_GT(berths.wait_statistics().waits().mean(), 0) << "time passed";
}

}  // namespace
}  // namespace karvan::des
