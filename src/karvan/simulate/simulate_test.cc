// Goal: on corridors so small that the answer is known by hand, the simulator gives it to the
// second; whatever happens, cargo is conserved, the auditor is content and the fingerprint depends
// on nothing but data, question and seed.

#include "karvan/simulate/simulate.h"

#include <algorithm>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "karvan/simulate/experiment.h"
#include "karvan/simulate/verify.h"
#include "karvan/testing/planned.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/small_traffic.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::simulate {
namespace {

using std::chrono::days;
using testing::add_demand;
using testing::add_ship;
using testing::month_of_march;

Simulator::Compiled compiled(const World& world, const Question& question) {
  return Simulator::compile(world, question, testing::planned_alternatives(world));
}

// What was held in the weeks that have ended is part of what was held in all days, and the rest of
// the days held no more than all there is. Trains hold a path from the moment they enter it.
void expect_weeks_agree(const Answer& answer, const Question& question) {
  for (const FacilityResult& one : answer.facilities) {
    double weeks = 0;
    for (const double share : one.utilization_by_week) {
      EXPECT_GE(share, 0) << one.name;
      EXPECT_LE(share, 1) << one.name;
      weeks += share;
    }
    if (one.utilization_by_week.empty()) continue;
    const double all = one.utilization * question.days / 7.0;
    const double rest = question.days / 7.0 - static_cast<double>(one.utilization_by_week.size());
    EXPECT_LE(weeks, all + 1e-4) << one.name;
    const double least = one.kind == FacilityKind::kSection ? 0 : all - rest;
    EXPECT_GE(weeks, least - 1e-4) << one.name;
  }
}

// The whole weeks of a ship are part of its time, and what is left of that is less than a week.
void expect_ships_weeks_agree(const Answer& answer, const Question& question) {
  for (const VesselResult& ship : answer.vessels) {
    EXPECT_EQ(ship.weeks.size(), static_cast<std::size_t>(question.days / 7)) << ship.name;
    const double rest = question.days - 7.0 * static_cast<double>(ship.weeks.size());
    const auto expect_part = [&](float VesselWeek::* kind, double share) {
      double sum = 0;
      for (const VesselWeek& week : ship.weeks) {
        EXPECT_GE(week.*kind, 0) << ship.name;
        sum += static_cast<double>(week.*kind);
      }
      EXPECT_LE(sum, share * question.days + 1e-4) << ship.name;
      EXPECT_GE(sum, share * question.days - rest - 1e-4) << ship.name;
    };
    expect_part(&VesselWeek::sea, ship.share_sailing + ship.share_ballast);
    expect_part(&VesselWeek::port, ship.share_working + ship.share_filling);
    expect_part(&VesselWeek::berth, ship.share_berth);
    expect_part(&VesselWeek::weather, ship.share_stormbound);
    for (const VesselWeek& week : ship.weeks)
      EXPECT_LE(week.sea + week.port + week.berth + week.weather, 7.0F + 1e-4F) << ship.name;
  }
}

Answer simulated(const World& world, const Question& question) {
  const Simulator::Compiled model = compiled(world, question);
  for (const std::string& error : model.errors)
    ADD_FAILURE() << error;
  Result<Answer> answer = Simulator::run(*model.model, question);
  if (!answer) ADD_FAILURE() << answer.error().message;
  for (const std::string& fault : verify(world, question, *answer))
    ADD_FAILURE() << fault;
  expect_weeks_agree(*answer, question);
  expect_ships_weeks_agree(*answer, question);
  return std::move(answer).value();
}

Corridor corridor_of(std::string_view text) {
  Result<testing::TinyCase> tiny = testing::tiny_case(text);
  if (!tiny) ADD_FAILURE() << tiny.error().message;
  return std::move(tiny).value().corridor;
}

double mean_hours(const MarketResult& market, Activity activity) {
  return market.hours[static_cast<std::size_t>(activity)];
}

constexpr std::string_view kRail = R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h daily 00:00
)";

TEST(Simulate, ATrainTakesItsHoursAndWaitsForItsDeparture) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);  // one 40 ft box a day, always at the same hour
  const Answer answer = simulated(World{corridor}, month_of_march());
  ASSERT_EQ(answer.markets.size(), 1U);
  const MarketResult& market = answer.markets[0];
  EXPECT_NEAR(mean_hours(market, Activity::kMoving), 10.0, 1e-9);
  EXPECT_GT(mean_hours(market, Activity::kWaitDeparture), 0.0);
  EXPECT_LT(mean_hours(market, Activity::kWaitDeparture), 24.0);
  double sum = 0;
  for (const double hours : market.hours)
    sum += hours;
  EXPECT_NEAR(sum, market.transit_hours.mean, 1e-9);
  EXPECT_NEAR(market.teu_delivered, 60, 2.1);
}

TEST(Simulate, WhatDoesNotFitIsSplitAndFollowsWithTheNextTrain) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h every 7 /week carries box40=10
)");
  add_demand(corridor, "a", "b", 80, 36.5);  // 40 boxes every ten days, ten to a train
  const Answer answer = simulated(World{corridor}, month_of_march());
  EXPECT_TRUE(std::ranges::any_of(
      answer.events, [](const EventRow& row) { return row.step == Step::kDisaggregating; }));
  EXPECT_GT(answer.markets[0].teu_delivered, 150);
}

constexpr std::string_view kFerry = R"(
calendar 2026-03-01 2026-06-01
place Aktau in KZ utc +00:00
place Alat in AZ utc +00:00
ferry Aktau-Alat 185.2km 10h full 7 /week carries box40=50
)";

TEST(Simulate, AShipSailsToAndFroAtItsOwnSpeed) {
  Corridor corridor = corridor_of(kFerry);
  add_demand(corridor, "aktau", "alat", 100, 100);
  add_ship(corridor, {"ferry_aktau_alat"});
  const Answer answer = simulated(World{corridor}, month_of_march());
  ASSERT_EQ(answer.vessels.size(), 1U);
  EXPECT_NEAR(static_cast<double>(answer.vessels[0].voyages), 8, 2);
  EXPECT_GT(answer.vessels[0].load_factor, 0.9);
  EXPECT_NEAR(mean_hours(answer.markets[0], Activity::kMoving), 10.0, 0.05);
}

TEST(Simulate, ATimetabledSailingNeedsNoNamedShip) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place Aktau in KZ utc +00:00
place Alat in AZ utc +00:00
ferry Aktau-Alat 185.2km 10h Mon 08:00 carries box40=10 as liner
)");
  add_demand(corridor, "aktau", "alat", 20, 365);  // ten boxes a day, far more than ten a week
  add_ship(corridor, {"liner"});
  const Answer answer = simulated(World{corridor}, month_of_march());
  // The timetable is the capacity: the ship that runs it does not sail a second time on its own.
  EXPECT_EQ(answer.vessels.size(), 0U);
  EXPECT_NEAR(answer.markets[0].teu_delivered, 5 * 20, 20.1);
}

TEST(Simulate, ATrainThatGoesWhenFullGoesAtTheLatestAfterItsWait) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h full 7 /week carries box40=10
)");
  corridor.services.begin()->max_wait = Hours{48};
  add_demand(corridor, "a", "b", 2, 365);  // ten days for a full train
  Answer answer = simulated(World{corridor}, month_of_march());
  EXPECT_NEAR(mean_hours(answer.markets[0], Activity::kWaitDeparture), 24, 12);
  corridor.demand.begin()->batch = 20;  // a full train at once
  answer = simulated(World{corridor}, month_of_march());
  EXPECT_NEAR(mean_hours(answer.markets[0], Activity::kWaitDeparture), 0, 1e-9);
}

TEST(Simulate, ATrainLeavesInItsHoursOfTheDayOnly) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h every 70 /week carries box40=10 window 01:00-03:00
)");
  add_demand(corridor, "a", "b", 4, 365);
  const Answer answer = simulated(World{corridor}, month_of_march());
  int departures = 0;
  for (const EventRow& row : answer.events) {
    if (row.step != Step::kLoading) continue;
    ++departures;
    const auto time = row.time - std::chrono::floor<days>(row.time);
    EXPECT_GE(time, std::chrono::hours{1});
    EXPECT_LT(time, std::chrono::hours{3});
  }
  EXPECT_GT(departures, 25);
}

TEST(Simulate, AServiceWithoutShipsIsRefusedByName) {
  Corridor corridor = corridor_of(kFerry);
  add_demand(corridor, "aktau", "alat", 100, 100);
  const Simulator::Compiled model = compiled(World{corridor}, month_of_march());
  EXPECT_EQ(model.model, nullptr);
  ASSERT_EQ(model.errors.size(), 1U);
  EXPECT_NE(model.errors[0].find("ferry_aktau_alat"), std::string::npos) << model.errors[0];
}

TEST(Simulate, DemandWithoutAWayIsRefusedByName) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "b", "a", 2, 365);
  const Simulator::Compiled model = compiled(World{corridor}, month_of_march());
  EXPECT_EQ(model.model, nullptr);
  ASSERT_EQ(model.errors.size(), 1U);
  EXPECT_NE(model.errors[0].find("b_a"), std::string::npos) << model.errors[0];
}

TEST(Simulate, NothingToMoveIsAnError) {
  const Corridor corridor = corridor_of(kRail);
  EXPECT_EQ(compiled(World{corridor}, month_of_march()).model, nullptr);
}

TEST(Simulate, AnEmptyShortageMakesCargoWait) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 20, 365);
  const World before{corridor};
  corridor.operators.push_back(
      {.code = "boxes", .name = "Boxes", .country = before[*before.find<Place>("a")].country});
  corridor.wagon_pools.push_back({.code = "pool",
                                  .name = "Pool",
                                  .operator_ = Id<Operator>{corridor.operators.size() - 1},
                                  .load_unit = *before.find<LoadUnit>("box40"),
                                  .count = 10});
  const Answer answer = simulated(World{corridor}, month_of_march());
  EXPECT_GT(mean_hours(answer.markets[0], Activity::kWaitEmpty), 10.0);
}

TEST(Simulate, CargoBoardsOnlyIfItWasThereAtTheCutOff) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h daily 00:00 cutoff 6h
)");
  add_demand(corridor, "a", "b", 2, 1700);
  const Answer answer = simulated(World{corridor}, month_of_march());
  std::map<std::uint64_t, Instant> released;
  Duration least = days{9};
  for (const EventRow& row : answer.events) {
    if (row.step == Step::kCommissioning) released[row.shipment] = row.time;
    if (row.step == Step::kLoading) least = std::min(least, row.time - released[row.shipment]);
  }
  EXPECT_GE(least, std::chrono::hours{6});
  EXPECT_LT(least, std::chrono::hours{12});
}

TEST(Simulate, TrainsWaitForALinkThatFails) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);
  corridor.links.begin()->capacity_pairs_per_day = 24;
  corridor.breakdowns.push_back({.code = "link",
                                 .of = BreakdownOf::kLink,
                                 .between = {LawFamily::kConstant, 50},
                                 .repair = {LawFamily::kConstant, 50}});
  const Answer answer = simulated(World{corridor}, month_of_march());
  // Down half of the time, and then 25 h more in the mean.
  EXPECT_NEAR(mean_hours(answer.markets[0], Activity::kWaitLine), 12.5, 3);
}

// Two stations, each with the yard full of cargo for the other.
TEST(Simulate, AGridlockIsNamedWithItsCircle) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place West Left Right East in KZ utc +00:00
handling * rail-rail container 24h 0min 0usd
rail West-Left 100km 5h every 70 /week carries box40=10
rail Left-Right 100km 5h every 14 /week carries box40=10
rail Right-East 100km 5h every 70 /week carries box40=10
rail East-Right 100km 5h every 70 /week carries box40=10
rail Right-Left 100km 5h every 14 /week carries box40=10
rail Left-West 100km 5h every 70 /week carries box40=10
)");
  add_demand(corridor, "west", "east", 20, 1460);
  add_demand(corridor, "east", "west", 20, 1460);
  for (const char* place : {"left", "right"})
    corridor.yards.push_back({.code = place,
                              .place = *World{corridor}.find<Place>(place),
                              .of = YardOf::kContainers,
                              .capacity = 40});
  const World world{corridor};
  const Simulator::Compiled model = compiled(world, month_of_march());
  ASSERT_NE(model.model, nullptr);
  const Result<Answer> answer = Simulator::run(*model.model, month_of_march());
  ASSERT_FALSE(answer.ok());
  const std::string& message = answer.error().message;
  EXPECT_NE(message.find("gridlock by 2026-03-"), std::string::npos) << message;
  EXPECT_NE(message.find("containers of Left is full of cargo for"), std::string::npos) << message;
  EXPECT_NE(message.find("containers of Right is full of cargo for"), std::string::npos) << message;
}

TEST(Simulate, WhoWaitsForALineThatClosesTakesAnother) {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h every 7 /week carries box40=10 usd 500 as quick
rail A-B 100km 30h every 7 /week carries box40=10 usd 490 as slow
)");
  add_demand(corridor, "a", "b", 4, 365);
  corridor.closures.push_back({.code = "closed",
                               .reach = ClosureReach::kService,
                               .code_of = "quick",
                               .from = Date{std::chrono::year{2026} / 3 / 10},
                               .until = Date{std::chrono::year{2026} / 3 / 28}});
  const Answer answer = simulated(World{corridor}, month_of_march());
  EXPECT_LT(mean_hours(answer.markets[0], Activity::kWaitDeparture), 30);
  EXPECT_GT(answer.markets[0].teu_delivered, 110);
}

TEST(Simulate, DemandWithoutAWayIsLostIfAsked) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);
  add_demand(corridor, "b", "a", 2, 365);
  Question question = month_of_march();
  question.lose_unserved = true;
  const Answer answer = simulated(World{corridor}, question);
  ASSERT_EQ(answer.markets.size(), 2U);
  EXPECT_EQ(answer.markets[0].tonnes_lost, 0);
  EXPECT_NEAR(answer.markets[1].tonnes_lost, answer.markets[1].tonnes_released, 1e-9);
  EXPECT_GT(answer.markets[1].tonnes_lost, 100);
}

TEST(Simulate, CargoIsLateAgainstItsPlan) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);
  Answer answer = simulated(World{corridor}, month_of_march());
  EXPECT_EQ(answer.markets[0].late_share, 0);
  corridor.closures.push_back({.code = "works",
                               .reach = ClosureReach::kService,
                               .code_of = "rail_a_b",
                               .from = Date{std::chrono::year{2026} / 3 / 10},
                               .until = Date{std::chrono::year{2026} / 3 / 20}});
  answer = simulated(World{corridor}, month_of_march());
  EXPECT_NEAR(answer.markets[0].late_share, 0.3, 0.1);
}

// --- oil

// Wheat, as the pipes of small corridors carry bulk: 100 t every hour into a line of 1,000 t, at
// its end tanks of 10,000 t and a berth for tankers that take 1,000 t.
Corridor pipeline_corridor() {
  Corridor corridor = corridor_of(R"(
calendar 2026-03-01 2026-06-01
place A B C in KZ utc +00:00
pipe A-B 100km 10h anytime
ferry B-C 100km 10h full 2 /week carries bulk=1000
)");
  const World world{corridor};
  const Id<Place> end = *world.find<Place>("b");
  const Id<Goods> wheat = *world.find<Goods>("wheat");
  const std::vector<Id<Link>> links = world.ids<Link>();
  const auto link = std::ranges::find_if(
      links, [&world](Id<Link> id) { return world[id].mode == Mode::kPipeline; });
  corridor.pipelines.push_back({.code = "pipe",
                                .link = *link,
                                .name = "Pipe",
                                .rate_max = TonnesPerHour{500},
                                .rate_min = TonnesPerHour{1},
                                .fill = Tonnes{1000}});
  corridor.tanks.push_back(
      {.code = "tanks", .place = end, .goods = wheat, .capacity = Tonnes{10'000}});
  corridor.berths.push_back({.code = "jetty",
                             .place = end,
                             .vessel_kinds = {VesselKind::kTanker},
                             .rate_t_per_h = 200,
                             .turnround = Hours{8}});
  add_ship(corridor, {"ferry_b_c"});
  corridor.vessels.begin()->kind = VesselKind::kTanker;
  add_demand(corridor, "a", "b", 100, 8760);
  Demand& demand = *corridor.demand.begin();
  demand.goods = wheat;
  demand.load_unit = *World{corridor}.find<LoadUnit>("bulk");
  demand.unit = DemandUnit::kTonnes;
  return corridor;
}

TEST(SimulateOil, TankersKeepTheTanksFromFilling) {
  const Corridor corridor = pipeline_corridor();
  const Answer answer = simulated(World{corridor}, month_of_march());
  ASSERT_EQ(answer.pipelines.size(), 1U);
  const PipelineResult& pipe = answer.pipelines[0];
  EXPECT_EQ(pipe.trips, 0U);
  // 1,000 t at 100 t/h; longer in the first day, until a day's stock stands before the pump.
  EXPECT_NEAR(pipe.mean_hours_in_line, 10.5, 0.6);
  // What came out in 744 h, less a stock of some parcels.
  EXPECT_NEAR(static_cast<double>(pipe.liftings), pipe.tonnes / 1000 - 4, 4);
  EXPECT_NEAR(pipe.mean_parcel_t, 1000, 1e-9);
}

TEST(SimulateOil, AStopOfLoadingFillsTheTanksAndOnlyThenTripsTheLine) {
  Corridor corridor = pipeline_corridor();
  corridor.closures.push_back({.code = "stop",
                               .reach = ClosureReach::kPlace,
                               .code_of = "b",
                               .from = Date{std::chrono::year{2026} / 3 / 2}});
  const Answer answer = simulated(World{corridor}, month_of_march());
  const PipelineResult& pipe = answer.pipelines[0];
  EXPECT_EQ(pipe.liftings, 0U);
  EXPECT_EQ(pipe.trips, 1U);
  // At 100 t an hour: the line's fill, a day's stock before the pump, then the tanks up to 10,000 t
  // less two parcels.
  const double full_after = 10 + 24 + 98;
  EXPECT_NEAR(pipe.share_tripped, (744 - full_after) / 744, 3.0 / 744);
  EXPECT_NEAR(pipe.tonnes, 9'800, 101);
}

TEST(SimulateOil, AStopShorterThanTheTanksLastTripsNothing) {
  Corridor corridor = pipeline_corridor();
  // Tankers may not enter for a day: 24 h at 100 t/h, on top of what usually stands there until
  // one comes, and 9,800 t fit.
  corridor.closures.push_back({.code = "stop",
                               .reach = ClosureReach::kPlace,
                               .code_of = "b",
                               .from = Date{std::chrono::year{2026} / 3 / 10},
                               .until = Date{std::chrono::year{2026} / 3 / 11}});
  const Answer answer = simulated(World{corridor}, month_of_march());
  const PipelineResult& pipe = answer.pipelines[0];
  EXPECT_EQ(pipe.trips, 0U);
  const auto tank = std::ranges::find(answer.tanks, "After Pipe", &TankResult::name);
  ASSERT_NE(tank, answer.tanks.end());
  EXPECT_GE(tank->greatest_tonnes, 2'400);
  EXPECT_LE(tank->greatest_tonnes, 9'800);
  EXPECT_EQ(corridor.places[tank->place].code, "b");
  EXPECT_EQ(tank->tonnes_by_week.size(), 4U);
  for (const double tonnes : tank->tonnes_by_week) {
    EXPECT_GE(tonnes, tank->least_tonnes);
    EXPECT_LE(tonnes, tank->greatest_tonnes);
  }
  EXPECT_GT(std::ranges::max(tank->tonnes_by_week), 0);
}

TEST(SimulateOil, TanksFillAtTheRateOfTheLine) {
  for (const double tonnes_an_hour : {50.0, 100.0}) {
    Corridor corridor = pipeline_corridor();
    corridor.demand.begin()->quantity = tonnes_an_hour * 8760;
    corridor.demand.begin()->batch = tonnes_an_hour;
    corridor.closures.push_back({.code = "stop",
                                 .reach = ClosureReach::kPlace,
                                 .code_of = "b",
                                 .from = Date{std::chrono::year{2026} / 3 / 2}});
    Question question = month_of_march();
    question.days = 5;  // so long that the tanks are not full at either rate
    const Answer answer = simulated(World{corridor}, question);
    const auto tank = std::ranges::find(answer.tanks, "After Pipe", &TankResult::name);
    ASSERT_NE(tank, answer.tanks.end());
    // All hours but those that the line's fill and the day's stock before it take.
    const double hours = 5 * 24 - 1000 / tonnes_an_hour - 24;
    EXPECT_NEAR(tank->greatest_tonnes, hours * tonnes_an_hour, 4 * tonnes_an_hour);
    EXPECT_EQ(answer.pipelines[0].trips, 0U);
  }
}

// --- the auditor

TEST(SimulateVerify, NamesALostContainer) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);
  const World world{corridor};
  const Question question = month_of_march();
  Answer answer = simulated(world, question);
  // One box less on arrival: a leak.
  const auto last = std::ranges::find_if(
      answer.events, [](const EventRow& row) { return row.step == Step::kDecommissioning; });
  ASSERT_NE(last, answer.events.end());
  last->kg -= 1;
  const std::vector<std::string> faults = verify(world, question, answer);
  ASSERT_FALSE(faults.empty());
  EXPECT_NE(faults[0].find(std::to_string(last->shipment)), std::string::npos) << faults[0];
}

TEST(SimulateVerify, NamesAJump) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);
  const World world{corridor};
  const Question question = month_of_march();
  Answer answer = simulated(world, question);
  std::erase_if(answer.events, [](const EventRow& row) { return row.step == Step::kLoading; });
  EXPECT_FALSE(verify(world, question, answer).empty());
}

TEST(SimulateVerify, NamesAFigureThatIsThereTwice) {
  Corridor corridor = corridor_of(kRail);
  add_demand(corridor, "a", "b", 2, 365);
  const World world{corridor};
  const Question question = month_of_march();
  Answer answer = simulated(world, question);
  ASSERT_FALSE(answer.facilities.empty());
  answer.facilities.push_back(answer.facilities.front());
  const std::vector<std::string> faults = verify(world, question, answer);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].find(answer.facilities[0].code), std::string::npos) << faults[0];
}

// --- determinism and conservation on random corridors

TEST(Simulate, IsTheSameOnAnyThreads) {
  Corridor corridor = corridor_of(kFerry);
  add_demand(corridor, "aktau", "alat", 100, 100);
  add_ship(corridor, {"ferry_aktau_alat"});
  const World world{corridor};
  Question question = month_of_march();
  const Simulator::Compiled model = compiled(world, question);
  ASSERT_NE(model.model, nullptr);
  const ForEach one = [](std::size_t n, const auto& work) {
    for (std::size_t i = 0; i < n; ++i)
      work(i);
  };
  const ForEach many = [](std::size_t n, const auto& work) {
    std::vector<std::jthread> threads;
    for (std::size_t i = n; i-- > 0;)
      threads.emplace_back([&work, i] { work(i); });
  };
  const auto a = replicate(*model.model, question, 4, {.for_each = one});
  const auto b = replicate(*model.model, question, 4, {.for_each = many});
  ASSERT_TRUE(a.ok() && b.ok());
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ((*a)[i].fingerprint, (*b)[i].fingerprint);
  EXPECT_NE((*a)[0].fingerprint, (*a)[1].fingerprint);
}

TEST(Simulate, RunsModelsByTurnsAsEachAlone) {
  Corridor corridor = corridor_of(kFerry);
  add_demand(corridor, "aktau", "alat", 100, 100);
  add_ship(corridor, {"ferry_aktau_alat"});
  const World world{corridor};
  Question question = month_of_march();
  Question more = question;
  more.demand_factor = 1.5;
  const Simulator::Compiled a = compiled(world, question);
  const Simulator::Compiled b = compiled(world, more);
  ASSERT_TRUE(a.model && b.model);
  const ForEach one = [](std::size_t n, const auto& work) {
    for (std::size_t i = 0; i < n; ++i)
      work(i);
  };
  std::vector<std::uint64_t> seen;
  const std::vector<Arm> arms{{a.model.get(), question}, {b.model.get(), more}};
  const auto both =
      replicate_arms(arms, 3, {.for_each = one, .visit = [&seen](std::size_t i, Answer& answer) {
                                 EXPECT_EQ(i, seen.size());
                                 seen.push_back(answer.fingerprint);
                               }});
  const auto alone = replicate(*a.model, question, 3, {.for_each = one});
  const auto other = replicate(*b.model, more, 3, {.for_each = one});
  ASSERT_TRUE(both.ok() && alone.ok() && other.ok());
  ASSERT_EQ(both->size(), 2U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*both)[0][i].fingerprint, (*alone)[i].fingerprint);
    EXPECT_EQ((*both)[1][i].fingerprint, (*other)[i].fingerprint);
    EXPECT_EQ(seen[2 * i], (*alone)[i].fingerprint);
    EXPECT_EQ(seen[2 * i + 1], (*other)[i].fingerprint);
  }
  EXPECT_NE(seen[0], seen[1]);
}

TEST(Simulate, RunsUntilAFigureIsPreciseEnough) {
  Corridor corridor = corridor_of(kFerry);
  add_demand(corridor, "aktau", "alat", 100, 100);
  corridor.demand.begin()->arrivals = ArrivalPattern::kPoisson;
  add_ship(corridor, {"ferry_aktau_alat"});
  const World world{corridor};
  Question question = month_of_march();
  question.keep_events = false;
  const Simulator::Compiled model = compiled(world, question);
  const Crew crew{.for_each = [](std::size_t n, const auto& work) {
    for (std::size_t i = 0; i < n; ++i)
      work(i);
  }};
  const std::string figure = "market/aktau to alat/transit_mean_h";
  const auto rough =
      replicate_until(*model.model, question, {.figure = figure, .share = 0.2}, crew);
  const auto fine =
      replicate_until(*model.model, question, {.figure = figure, .share = 0.05}, crew);
  ASSERT_TRUE(rough.ok() && fine.ok());
  EXPECT_LT(rough->size(), fine->size());
  for (const Estimate& e : estimates(*fine)) {
    if (e.name == figure) {
      EXPECT_LE(e.interval->half_width, 0.05 * e.interval->mean);
    }
  }
  EXPECT_FALSE(replicate_until(*model.model, question, {.figure = "nothing"}, crew).ok());
}

TEST(Simulate, HasTheSameHistoryOnEveryCompiler) {
  const Corridor corridor = testing::chancy_corridor();
  const Answer answer = simulated(World{corridor}, month_of_march());
  EXPECT_EQ(answer.fingerprint, testing::kChancyFingerprint);
}

TEST(Live, RunsInPiecesAsItRunsAtOnce) {
  const Corridor corridor = testing::chancy_corridor();
  const World world{corridor};
  const Question question = month_of_march();
  const Simulator::Compiled model = compiled(world, question);
  ASSERT_NE(model.model, nullptr);
  const Result<Answer> at_once = Simulator::run(*model.model, question);
  Live live{model.model, question};
  for (int day = 1; day < 31; ++day) {
    ASSERT_FALSE(live.run_until(Instant{question.from} + days{day}));
    EXPECT_EQ(live.now(), Instant{question.from} + days{day});
  }
  const Result<Answer> in_pieces = live.finish();
  EXPECT_EQ(in_pieces->fingerprint, at_once->fingerprint);
  EXPECT_EQ(in_pieces->markets[0].transit_hours.mean, at_once->markets[0].transit_hours.mean);
}

TEST(Live, BranchesToTheSameFutureAndToOthers) {
  const Corridor corridor = testing::chancy_corridor();
  const World world{corridor};
  const Question question = month_of_march();
  const Simulator::Compiled model = compiled(world, question);
  const Result<Answer> at_once = Simulator::run(*model.model, question);
  Live live{model.model, question};
  ASSERT_FALSE(live.run_until(Instant{question.from} + days{15}));
  Live same = live.branch();
  Live other = live.branch(1);
  const Result<Answer> another = other.finish();
  EXPECT_NE(another->fingerprint, at_once->fingerprint);
  for (const std::string& fault : verify(world, question, *another))
    ADD_FAILURE() << fault;
  EXPECT_EQ(same.finish()->fingerprint, at_once->fingerprint);
  EXPECT_EQ(live.finish()->fingerprint, at_once->fingerprint);
}

TEST(Simulate, ConservesOnRandomCorridors) {
  int moved = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(seed);
    testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed % 11));
    Corridor& corridor = random.corridor;
    const World bare{corridor};
    Shipment& shipment = random.question.shipment;
    const Goods& goods = bare[shipment.goods];
    if (!shipment.load_unit.valid() && goods.load_units.empty()) continue;
    if (!shipment.load_unit.valid()) shipment.load_unit = goods.load_units.front();
    corridor.month_profiles.push_back({.code = "flat", .weights = std::vector<double>(12, 1.0)});
    corridor.demand.push_back(
        {.code = "demand",
         .market = "market",
         .year = 2026,
         .from = random.question.from,
         .to = random.question.to,
         .goods = shipment.goods,
         .load_unit = shipment.load_unit,
         .quantity = shipment.quantity * 300,
         .unit = shipment.unit == QuantityUnit::kTeu ? DemandUnit::kTeu : DemandUnit::kTonnes,
         .month_profile = Id<MonthProfile>{std::size_t{0}},
         .arrivals = ArrivalPattern::kPoisson,
         .batch = shipment.quantity});
    for (const Id<Service> id : bare.ids<Service>()) {
      if (bare[id].mode == Mode::kSea || bare[id].mode == Mode::kInlandWater)
        add_ship(corridor, {bare[id].code});
    }
    const World world{corridor};
    Question question = month_of_march();
    question.from += days{3};
    const Simulator::Compiled model = compiled(world, question);
    if (!model.model) continue;
    const Result<Answer> answer = Simulator::run(*model.model, question);
    if (!answer) continue;
    ++moved;
    for (const std::string& fault : verify(world, question, *answer))
      ADD_FAILURE() << fault;
  }
  EXPECT_GT(moved, 50);
}

}  // namespace
}  // namespace karvan::simulate
