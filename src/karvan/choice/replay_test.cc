// Goal: alone, a shipment goes as its plan says, to the second; behind everybody else's cargo it is
// as much later as their queue is long.

#include "karvan/choice/replay.h"

#include <gtest/gtest.h>

#include "karvan/choice/alternatives.h"
#include "karvan/plan/plan.h"
#include "karvan/simulate/simulate.h"
#include "karvan/simulate/verify.h"
#include "karvan/testing/small_traffic.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::choice {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr std::string_view kTwoTrains = R"(
calendar 2026-03-01 2026-06-01
place A B C in KZ utc +00:00
rail A-B 100km 10h daily 00:00 carries box40=10
rail B-C 100km 5h daily 20:00 carries box40=10
)";

struct Sent {
  Itinerary option;
  Replay::Outcome outcome;
};

// So many boxes from A to C on 10 March, beside what the corridor's demand sends.
Sent sent(const Corridor& corridor, double boxes) {
  const World world{corridor};
  plan::Question asked{.from = *world.find<Place>("a"), .to = *world.find<Place>("c")};
  asked.shipment = {.goods = Id<Goods>{std::size_t{0}},
                    .quantity = 2 * boxes,
                    .unit = QuantityUnit::kTeu,
                    .load_unit = *world.find<LoadUnit>("box40")};
  asked.depart = Instant{Date{std::chrono::year{2026} / 3 / 10}} + 1h;
  const plan::Answer planned = plan::plan(world, asked);
  if (planned.itineraries.empty()) {
    ADD_FAILURE() << planned.refusal.message;
    return {};
  }
  Sent sent{.option = planned.itineraries.front(), .outcome = {}};
  const Replay replay{world, asked.shipment, sent.option};
  simulate::Question question = testing::month_of_march();
  question.sent = replay.sent();
  const auto compiled = simulate::Simulator::compile(replay.world(), question,
                                                     replay.alternatives(alternatives_from(world)));
  for (const std::string& error : compiled.errors)
    ADD_FAILURE() << error;
  if (!compiled.model) return sent;
  const Result<simulate::Answer> answer = simulate::Simulator::run(*compiled.model, question);
  if (!answer) {
    ADD_FAILURE() << answer.error().message;
    return sent;
  }
  for (const std::string& fault : simulate::verify(replay.world(), question, *answer))
    ADD_FAILURE() << fault;
  sent.outcome = replay.outcome(*answer);
  return sent;
}

Corridor corridor_of(std::string_view text) {
  Result<testing::TinyCase> tiny = testing::tiny_case(text);
  if (!tiny) ADD_FAILURE() << tiny.error().message;
  return std::move(tiny).value().corridor;
}

TEST(Replay, AloneItGoesAsPlanned) {
  const Sent one = sent(corridor_of(kTwoTrains), 1);
  ASSERT_EQ(one.outcome.legs.size(), 2U);
  EXPECT_EQ(one.outcome.arrived, one.option.arrive);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(one.outcome.legs[i].loaded, one.option.legs[i].depart);
    EXPECT_EQ(one.outcome.legs[i].unloaded, one.option.legs[i].arrive);
  }
  double hours = 0;
  for (const double part : one.outcome.hours)
    hours += part;
  EXPECT_NEAR(hours, to_hours(one.option.arrive - one.option.depart).value(), 1e-6);
}

TEST(Replay, ThePartThatComesLastCounts) {
  // Three trains of ten boxes, one a day by either; but the simulator's do not leave at midnight.
  const Sent one = sent(corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A C in KZ utc +00:00
rail A-C 100km 10h every 7 /week carries box40=10
)"),
                        25);
  ASSERT_TRUE(one.outcome.arrived.has_value());
  EXPECT_EQ(one.outcome.arrived, one.outcome.legs[0].unloaded);
  EXPECT_EQ(*one.outcome.arrived - *one.outcome.legs[0].loaded, 10h);
  EXPECT_LE(std::chrono::abs(*one.outcome.arrived - one.option.arrive), days{2});
}

TEST(Replay, BehindTheCargoOfOthersItIsLater) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A in KZ utc +00:00
place C in AZ utc +00:00
ferry A-C 185.2km 10h full 7 /week carries box40=50
)");
  testing::add_ship(corridor, {"ferry_a_c"});
  testing::add_demand(corridor, "a", "c", 2, 52);
  const Sent early = sent(corridor, 1);
  testing::add_demand(corridor, "a", "c", 20, 2000);  // 55 boxes a day: more than the ship takes
  const Sent late = sent(corridor, 1);
  ASSERT_TRUE(early.outcome.arrived.has_value());
  ASSERT_TRUE(late.outcome.arrived.has_value());
  EXPECT_GE(*late.outcome.arrived - *early.outcome.arrived, days{2});
}

TEST(Replay, WhatIsSentOutsideOfTheRunIsRefused) {
  const Corridor corridor = corridor_of(kTwoTrains);
  const World world{corridor};
  simulate::Question question = testing::month_of_march();
  plan::Question asked{.from = *world.find<Place>("a"), .to = *world.find<Place>("c")};
  asked.shipment = {.goods = Id<Goods>{std::size_t{0}},
                    .quantity = 2,
                    .unit = QuantityUnit::kTeu,
                    .load_unit = *world.find<LoadUnit>("box40")};
  asked.depart = Instant{Date{std::chrono::year{2026} / 5 / 10}};
  const plan::Answer planned = plan::plan(world, asked);
  ASSERT_FALSE(planned.itineraries.empty());
  const Replay replay{world, asked.shipment, planned.itineraries.front()};
  question.sent = replay.sent();
  const auto compiled = simulate::Simulator::compile(replay.world(), question,
                                                     replay.alternatives(alternatives_from(world)));
  ASSERT_EQ(compiled.errors.size(), 1U);
  EXPECT_EQ(compiled.errors[0], "the shipment is sent outside of the days that are simulated");
}

}  // namespace
}  // namespace karvan::choice
