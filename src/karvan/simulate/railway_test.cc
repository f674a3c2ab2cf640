// Goal: railways are run as railways run: block trains leave whole, locomotives and traction take
// their time, a line known only by its yearly tonnage holds trains to it, and doors open by the
// clock of their place, in summer too.

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/model/clock.h"
#include "karvan/simulate/simulate.h"
#include "karvan/simulate/verify.h"
#include "karvan/testing/planned.h"
#include "karvan/testing/small_traffic.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::simulate {
namespace {

using testing::add_demand;
using testing::month_of_march;

Answer railway_simulated(const Corridor& corridor) {
  const World world{corridor};
  const Question question = month_of_march();
  const Simulator::Compiled model =
      Simulator::compile(world, question, testing::planned_alternatives(world));
  for (const std::string& error : model.errors)
    ADD_FAILURE() << error;
  Result<Answer> answer = Simulator::run(*model.model, question);
  if (!answer) ADD_FAILURE() << answer.error().message;
  for (const std::string& fault : verify(world, question, *answer))
    ADD_FAILURE() << fault;
  return std::move(answer).value();
}

Corridor railway_of(std::string_view text) {
  Result<testing::TinyCase> tiny = testing::tiny_case(text);
  if (!tiny) ADD_FAILURE() << tiny.error().message;
  return std::move(tiny).value().corridor;
}

double railway_hours(const Answer& answer, Activity activity) {
  return answer.markets[0].hours[static_cast<std::size_t>(activity)];
}

bool has_split(const Answer& answer) {
  return std::ranges::any_of(answer.events,
                             [](const EventRow& row) { return row.step == Step::kDisaggregating; });
}

constexpr std::string_view kWeekly = R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h Mon 00:00 carries box40=55
)";

TEST(Railway, ABlockTrainLeavesAtOnceAndWhole) {
  Corridor corridor = railway_of(kWeekly);
  add_demand(corridor, "a", "b", 82, 100);  // 41 boxes, a train for 55
  const Answer answer = railway_simulated(corridor);
  EXPECT_NEAR(railway_hours(answer, Activity::kWaitDeparture), 0, 1e-9);
  EXPECT_FALSE(has_split(answer));
}

TEST(Railway, WhatIsNoBlockTrainWaitsForTheTimetable) {
  Corridor corridor = railway_of(kWeekly);
  add_demand(corridor, "a", "b", 82, 100);
  corridor.demand.begin()->arrivals = ArrivalPattern::kPoisson;
  EXPECT_GT(railway_hours(railway_simulated(corridor), Activity::kWaitDeparture), 12);
  corridor = railway_of(kWeekly);
  add_demand(corridor, "a", "b", 20, 100);  // ten boxes are no train
  EXPECT_GT(railway_hours(railway_simulated(corridor), Activity::kWaitDeparture), 12);
}

TEST(Railway, ALineOfAYearlyTonnageCarriesNoMore) {
  Corridor corridor = railway_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h daily 00:00 carries box40=55
)");
  add_demand(corridor, "a", "b", 82, 365);
  const double all = railway_simulated(corridor).markets[0].tonnes_delivered;
  corridor.links.begin()->capacity_t_per_year = all / 31 * 365.25 / 2;  // half of it
  const Answer answer = railway_simulated(corridor);
  EXPECT_NEAR(answer.markets[0].tonnes_delivered, all / 2, all / 20);
  EXPECT_GT(railway_hours(answer, Activity::kWaitLine), 24);
}

// Two links in one run, the second of them electrified.
Corridor half_electrified() {
  Corridor corridor = railway_of(R"(
calendar 2026-03-01 2026-06-01
place A B C in KZ utc +00:00
rail A-B-C 100km+100km 2h+2h daily 00:00 carries box40=55
)");
  auto& calls = corridor.calls;
  Call last = *(calls.begin() + 2);
  const Call middle = *(calls.begin() + 1);
  last.links.insert(last.links.begin(), middle.links.begin(), middle.links.end());
  last.hours.reset();
  const Call first = *calls.begin();
  calls = {};
  calls.push_back(first);
  calls.push_back(last);
  (corridor.links.begin() + 1)->electrified = Electrified::kYes;
  return corridor;
}

TEST(Railway, ChangesTractionWhereTheWireBegins) {
  Corridor corridor = half_electrified();
  add_demand(corridor, "a", "c", 82, 100);
  const double with = railway_hours(railway_simulated(corridor), Activity::kHandling);
  corridor.links.begin()->electrified = Electrified::kYes;
  const double without = railway_hours(railway_simulated(corridor), Activity::kHandling);
  EXPECT_NEAR(with - without, 0.75, 1e-9);
}

TEST(Railway, ATrainWaitsForALocomotive) {
  Corridor corridor = railway_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h daily 00:00 carries box40=55
)");
  add_demand(corridor, "a", "b", 82, 730);  // a train every twelve hours
  const World before{corridor};
  corridor.operators.push_back(
      {.code = "rail", .name = "Railway", .country = before[*before.find<Place>("a")].country});
  corridor.locomotives.push_back({.code = "te",
                                  .name = "TE",
                                  .operator_ = Id<Operator>{corridor.operators.size() - 1},
                                  .traction = Traction::kDiesel,
                                  .gauge = Gauge{1520},
                                  .count = 2});
  EXPECT_NEAR(railway_hours(railway_simulated(corridor), Activity::kWaitLine), 0, 1e-9);
  corridor.locomotives.begin()->count = 1;  // 16 h a train: 46 of the 62
  const Answer answer = railway_simulated(corridor);
  EXPECT_GT(railway_hours(answer, Activity::kWaitLine), 24);
  const auto pool = std::ranges::find_if(answer.facilities, [](const FacilityResult& f) {
    return f.code.starts_with("locomotives diesel");
  });
  ASSERT_NE(pool, answer.facilities.end());
  EXPECT_GT(pool->utilization, 0.95);
}

// All gantries work one train at a time: 40 boxes of 12 minutes under four gantries are two hours.
TEST(Railway, AllGantriesWorkATrainTogether) {
  Corridor corridor = railway_of(R"(
calendar 2026-03-01 2026-06-01
place A B C in KZ utc +00:00
rail A-B 100km 10h daily 00:00 carries box40=55
rail B-C 100km 10h daily 00:00 gauge 1435 carries box40=55
gauge B 1520-1435 container transshipment 0h 12min 50usd
)");
  corridor.gauge_changes.begin()->stands = 4;
  add_demand(corridor, "a", "c", 80, 100);
  const Answer answer = railway_simulated(corridor);
  EXPECT_NEAR(railway_hours(answer, Activity::kHandling), 2, 0.01);
}

// A ship that lies at Alat for ten days to fill leaves when half a shipload waits at Aktau.
TEST(Ships, LeaveToFetchWhatWaitsAtTheFarEnd) {
  Corridor corridor = railway_of(R"(
calendar 2026-03-01 2026-06-01
place Aktau in KZ utc +00:00
place Alat in AZ utc +00:00
ferry Aktau-Alat 185.2km 10h full 7 /week carries box40=50
ferry Alat-Aktau 185.2km 10h full 7 /week carries box40=50
)");
  for (Service& service : corridor.services)
    service.max_wait = Hours{240};
  add_demand(corridor, "aktau", "alat", 100, 73);  // a shipload every five days
  add_demand(corridor, "alat", "aktau", 2, 365);   // a box a day
  testing::add_ship(corridor, {"ferry_aktau_alat", "ferry_alat_aktau"});
  const Answer answer = railway_simulated(corridor);
  const auto west = std::ranges::find(answer.markets, "aktau to alat", &MarketResult::market);
  ASSERT_NE(west, answer.markets.end());
  EXPECT_LT(west->transit_hours.mean, 72);
}

TEST(Railway, DoorsOpenByTheClockOfTheirPlaceInSummerToo) {
  Corridor corridor = railway_of(R"(
calendar 2026-03-01 2026-06-01
place A B in TR utc +01:00 summer
rail A-B 100km 10h every 28 /week carries box40=55
handling B rail-gate container 1h 0min 0usd
hours B Mon;Tue;Wed;Thu;Fri;Sat;Sun 08:00-09:00
)");
  add_demand(corridor, "a", "b", 4, 365);
  const Answer answer = railway_simulated(corridor);
  const World world{corridor};
  const Clocks clocks{world};
  const Id<Place> b = *world.find<Place>("b");
  int in_summer = 0;
  for (const EventRow& row : answer.events) {
    if (row.step != Step::kDecommissioning) continue;
    const Instant local = row.time + clocks.offset(b, row.time);
    const auto clock = local - std::chrono::floor<std::chrono::days>(local);
    EXPECT_GE(clock, std::chrono::hours{9});
    EXPECT_LE(clock, std::chrono::hours{10});
    if (clocks.offset(b, row.time) == std::chrono::hours{2}) ++in_summer;
  }
  EXPECT_GT(in_summer, 0);
}

}  // namespace
}  // namespace karvan::simulate
