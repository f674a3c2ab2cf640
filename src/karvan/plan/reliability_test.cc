// Goal: where the law of arrival is known by hand, the book gives it; what is certain it gives to
// the minute. (tests/theory holds it against draws and against `simulate`.)

#include "karvan/plan/reliability.h"

#include <cmath>

#include <gtest/gtest.h>

#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// A question on a tiny corridor with laws set by the test.
struct Case {
  explicit Case(std::string_view text) {
    Result<testing::TinyCase> made = testing::tiny_case(text);
    if (!made) ADD_FAILURE() << made.error().message;
    tiny = std::move(made).value();
  }
  // The front's first option, judged.
  Itinerary first(const Planner& planner) const {
    const World world{tiny.corridor};
    const Answer answer = planner.answer(tiny.question);
    for (const std::string& fault : verify(world, tiny.question, answer))
      ADD_FAILURE() << fault;
    return answer.itineraries.at(0);
  }
  testing::TinyCase tiny;
};

constexpr std::string_view kTwoTrains = R"(
calendar 2026-03-01 2026-06-01
place A B C in KZ utc +00:00
rail A-B 100km 10h daily 00:00
rail B-C 100km 10h Mon 12:00
handling B rail-rail container-container 5h
ask plan A -> C 2 box40 machinery depart 2026-03-01T00:00Z
)";

TEST(Reliability, OfWhatIsCertainIsThePlan) {
  const Case c{kTwoTrains};
  const World world{c.tiny.corridor};
  const Planner planner{world};
  const Itinerary it = c.first(planner);
  const ReliabilityBook book{planner};
  Terms terms{.deadline = it.arrive, .penalty_per_day = Usd{1000}};
  Reliability r = book.assess(it, terms);
  EXPECT_EQ(r.on_time, 1);
  EXPECT_EQ(r.lost, 0);
  for (const Instant at : {r.mean, r.p10, r.p50, r.p80, r.p95})
    EXPECT_EQ(at, it.arrive);
  EXPECT_EQ(r.penalty, Usd{0});
  ASSERT_EQ(r.connections.size(), 2U);
  EXPECT_EQ(r.connections[0].missed, 0);
  EXPECT_EQ(r.connections[1].slack, hours{21});  // ready Sunday 15:00, Monday 12:00

  terms.deadline = it.arrive - hours{12};
  r = book.assess(it, terms);
  EXPECT_EQ(r.on_time, 0);
  EXPECT_EQ(r.late.value(), 12);
  EXPECT_NEAR(r.penalty.value(), 500, 1e-9);
}

// Work of exponential length, and a train once a week: the number of weeks lost is geometric.
TEST(Reliability, OfOneConnectionIsGeometric) {
  Case c{kTwoTrains};
  for (Handling& row : c.tiny.corridor.handling) {
    if (row.place.valid()) row.hours = {LawFamily::kExponential, 5};
  }
  const World world{c.tiny.corridor};
  const Planner planner{world};
  const Itinerary it = c.first(planner);
  for (const int step : {12, 60}) {
    SCOPED_TRACE(step);
    const ReliabilityBook book{planner, {}, step};
    const Reliability r = book.assess(it, {.deadline = it.arrive});
    // Off the train at 10:00 on Sunday, the train of Monday 12:00 is 26 hours away.
    const double missed = std::exp(-26.0 / 5);
    EXPECT_NEAR(r.on_time, 1 - missed, 1e-4);
    EXPECT_EQ(r.connections[0].leg, 1U);
    EXPECT_NEAR(r.connections[0].missed, missed, 1e-4);
    EXPECT_NEAR(r.connections[0].hours.value(), missed * 168, 0.02);
    EXPECT_NEAR(r.connections[0].on_time, missed, 1e-4);
    EXPECT_NEAR(r.late.value(), missed * 168, 0.02);
    EXPECT_EQ(r.p95, it.arrive);
  }
}

TEST(Reliability, ALaterVoyageMayBeFull) {
  Case c{kTwoTrains};
  for (Handling& row : c.tiny.corridor.handling) {
    if (row.place.valid()) row.hours = {LawFamily::kUniform, 0, 52};
  }
  const World world{c.tiny.corridor};
  const Planner planner{world};
  Itinerary it = c.first(planner);
  // The mean is 26 hours: ready just in time for the train of Monday.
  ASSERT_EQ(it.legs[1].depart, Instant{*parse_date("2026-03-02")} + hours{12});
  const ReliabilityBook book{planner, {}, 12};
  const Reliability sure = book.assess(it, {});
  const Reliability half = book.assess(it, {.slot_chance = 0.5});
  EXPECT_NEAR(sure.connections[0].missed, 0.5, 1e-9);
  EXPECT_NEAR(sure.connections[0].hours.value(), 0.5 * 168, 0.01);
  // A coin for every week: half as long again as sure, plus the weeks of the coin. Until June.
  EXPECT_NEAR(half.connections[0].hours.value(), 0.5 * 2 * 168, 0.5);
  EXPECT_NEAR(half.lost, 0, 1e-3);
}

TEST(Reliability, WhatTheTimetablesEndBeforeIsLost) {
  Case c{R"(
calendar 2026-03-01 2026-03-08
place A B C in KZ utc +00:00
rail A-B 100km 10h daily 00:00
rail B-C 100km 10h Mon 12:00
ask plan A -> C 2 box40 machinery depart 2026-03-01T00:00Z
)"};
  c.tiny.corridor.delays.push_back(
      {.code = "rail", .mode = Mode::kRail, .factor = {LawFamily::kUniform, 1, 6.2}});
  const World world{c.tiny.corridor};
  const Planner planner{world};
  const Itinerary it = c.first(planner);
  const ReliabilityBook book{planner, {}, 12};
  const Reliability r = book.assess(it, {.deadline = kNever - hours{48}});
  // 10 to 62 hours for a train that leaves after 36.
  EXPECT_NEAR(r.lost, 0.5, 1e-3);
  EXPECT_NEAR(r.on_time, 0.5, 1e-3);
  EXPECT_EQ(r.p80, kNever);
  EXPECT_NEAR(to_hours(r.mean - (it.legs[1].depart)).value(), 36, 0.01);
}

// Work that rests at night takes whole days longer; an inspection hits a share.
TEST(Reliability, HoldsOpeningHoursAndInspections) {
  Case c{R"(
calendar 2026-03-01 2026-06-01
place A in KZ utc +00:00
place B in CN utc +00:00
truck A-B 100km 10h anytime
handling B road-gate container-container 4h
hours B Mon;Tue;Wed;Thu;Fri;Sat;Sun 08:00-18:00
crossing X KZ-CN road
step X inspection 6h
ask plan A -> B 2 box40 machinery depart 2026-03-01T00:00Z
)"};
  c.tiny.corridor.crossing_steps.begin()->share = 0.25;
  const World world{c.tiny.corridor};
  const Planner planner{world};
  const Itinerary it = c.first(planner);
  const ReliabilityBook book{planner};
  const Reliability r = book.assess(it, {});
  // Three of four come at 10:00 and are done at 14:00; the fourth comes at 16:00, works two hours
  // that day and two the next.
  EXPECT_EQ(r.p50, Instant{*parse_date("2026-03-01")} + hours{14});
  EXPECT_EQ(r.p80, Instant{*parse_date("2026-03-02")} + hours{10});
  EXPECT_NEAR(to_hours(r.mean - it.depart).value(), 14 + 0.25 * 20, 1e-2);
}

TEST(Reliability, StormsKeepShipsInPort) {
  Case c{R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
ferry A-B 100km 10h daily 00:00
ask plan A -> B 2 box40 machinery depart 2026-03-01T00:00Z
)"};
  const World plain{c.tiny.corridor};
  c.tiny.corridor.weather.push_back({.code = "w",
                                     .place = *plain.find<Place>("a"),
                                     .month = 3,
                                     .closed_share = 0.2,
                                     .closure = {LawFamily::kExponential, 30}});
  const World world{c.tiny.corridor};
  const Planner planner{world};
  const Itinerary it = c.first(planner);
  const ReliabilityBook book{planner};
  const Reliability calm = book.assess(it, {.deadline = it.arrive, .has_storms = false});
  EXPECT_EQ(calm.on_time, 1);
  const Reliability stormy = book.assess(it, {.deadline = it.arrive + minutes{30}});
  EXPECT_NEAR(stormy.on_time, 0.8, 0.01);
  EXPECT_NEAR(to_hours(stormy.mean - calm.mean).value(), 0.2 * 30, 0.01);
}

TEST(Reliability, LearnedLawsReplaceTheData) {
  Case c{kTwoTrains};
  c.tiny.corridor.delays.push_back(
      {.code = "rail", .mode = Mode::kRail, .factor = {LawFamily::kLognormal, 1.1, 0.2}});
  const World world{c.tiny.corridor};
  const Planner planner{world};
  const Itinerary it = c.first(planner);
  const Leg& last = it.legs.back();
  const LearnedLaws learned{.laws = {{.service = last.service,
                                      .from_sequence = last.from_sequence,
                                      .to_sequence = last.to_sequence,
                                      .seen = 100,
                                      .hours = {LawFamily::kConstant, 25}}}};
  const Reliability r = ReliabilityBook{planner, learned}.assess(it, {});
  EXPECT_NEAR(to_hours(r.mean - last.depart).value(), 25, 0.05);
}

TEST(Reliability, IsTheSameAloneAndAmongOthers) {
  for (std::uint64_t seed = 1; seed < 60; ++seed) {
    const testing::RandomCase random = testing::random_case(seed, 6);
    const World world{random.corridor};
    const Planner planner{world};
    const Answer answer = planner.answer(random.question);
    if (answer.itineraries.empty()) continue;
    const ReliabilityBook book{planner};
    const Terms terms{.deadline = answer.itineraries.front().arrive + hours{10}};
    const std::vector<Reliability> all = book.assess(answer.itineraries, terms);
    ASSERT_EQ(all.size(), answer.itineraries.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Reliability one = book.assess(answer.itineraries[i], terms);
      EXPECT_EQ(one.on_time, all[i].on_time);
      EXPECT_EQ(one.mean, all[i].mean);
      EXPECT_EQ(one.p95, all[i].p95);
      EXPECT_EQ(one.lost, all[i].lost);
      ASSERT_EQ(one.connections.size(), all[i].connections.size());
      for (std::size_t k = 0; k < one.connections.size(); ++k) {
        EXPECT_EQ(one.connections[k].leg, all[i].connections[k].leg);
        EXPECT_EQ(one.connections[k].missed, all[i].connections[k].missed);
        EXPECT_EQ(one.connections[k].hours, all[i].connections[k].hours);
        EXPECT_EQ(one.connections[k].on_time, all[i].connections[k].on_time);
      }
    }
  }
}

}  // namespace
}  // namespace karvan::plan
