// Goal: what an answer says of waits, stays, months and standstill is what happened on corridors so
// small that it is known by hand: a wait for room is told from a wait for the next departure.

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "karvan/simulate/experiment.h"
#include "karvan/simulate/simulate.h"
#include "karvan/simulate/verify.h"
#include "karvan/testing/planned.h"
#include "karvan/testing/small_traffic.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::simulate {
namespace {

using testing::add_demand;
using testing::add_ship;
using testing::month_of_march;

Corridor answer_corridor(std::string_view text) {
  Result<testing::TinyCase> tiny = testing::tiny_case(text);
  if (!tiny) ADD_FAILURE() << tiny.error().message;
  return std::move(tiny).value().corridor;
}

Result<Answer> run(const World& world, const Question& question, const Watch& watch = {}) {
  const auto compiled = Simulator::compile(world, question, testing::planned_alternatives(world));
  for (const std::string& error : compiled.errors)
    ADD_FAILURE() << error;
  if (!compiled.model) return Error{.message = "no model"};
  return Simulator::run(*compiled.model, question, watch);
}

Answer answered(const World& world, const Question& question) {
  Result<Answer> answer = run(world, question);
  if (!answer) ADD_FAILURE() << answer.error().message;
  for (const std::string& fault : verify(world, question, *answer))
    ADD_FAILURE() << fault;
  return std::move(answer).value();
}

const FacilityResult& facility(const Answer& answer, FacilityKind kind) {
  const auto at = std::ranges::find(answer.facilities, kind, &FacilityResult::kind);
  CHECK(at != answer.facilities.end());
  return *at;
}

double sum(const std::vector<double>& list) {
  return std::accumulate(list.begin(), list.end(), 0.0);
}

constexpr std::string_view kDailyTrain = R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h daily 00:00 carries box40=10
)";

TEST(SimulateAnswer, ATrainWithRoomIsWaitedForWithoutShortage) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 2, 365);  // one 40 ft box a day
  const Answer answer = answered(World{corridor}, month_of_march());
  const FacilityResult& wait = facility(answer, FacilityKind::kDeparture);
  EXPECT_GT(wait.waiting_tonne_hours, 0);
  EXPECT_EQ(wait.short_tonne_hours, 0);
  EXPECT_NEAR(wait.share_of_waiting, 1, 1e-9);
}

TEST(SimulateAnswer, WhoIsLeftBehindWaitsForRoomFromThenOn) {
  // A liner, since trains leave whenever they are full.
  Corridor corridor = answer_corridor(R"(
calendar 2026-03-01 2026-06-01
place A in KZ utc +00:00
place B in AZ utc +00:00
ferry A-B 185.2km 10h daily 08:00 carries box40=10 as liner
)");
  add_demand(corridor, "a", "b", 20, 730);  // a full ship every twelve hours, for one a day
  const Answer answer = answered(World{corridor}, month_of_march());
  const FacilityResult& wait = facility(answer, FacilityKind::kDeparture);
  // The n-th ten boxes come after 12 n hours and leave after 24 n: 12 n hours of waiting, on
  // average over a month 186. Up to the first train after they came, 0 to 24 hours, they would wait
  // anyway.
  EXPECT_NEAR(wait.waiting_tonne_hours / wait.tonnes, 186, 15);
  EXPECT_NEAR((wait.waiting_tonne_hours - wait.short_tonne_hours) / wait.tonnes, 12, 6.5);
  ASSERT_EQ(answer.services.size(), 1U);
  EXPECT_NEAR(answer.services[0].load_factor, 1, 1e-9);
  EXPECT_NEAR(answer.services[0].hours[static_cast<std::size_t>(Activity::kMoving)], 10, 1e-9);
}

TEST(SimulateAnswer, ACancelledDepartureIsAShortage) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 2, 365);
  corridor.closures.push_back({.code = "shut",
                               .reach = ClosureReach::kService,
                               .code_of = corridor.services.begin()->code,
                               .from = Date{std::chrono::year{2026} / 3 / 10},
                               .until = Date{std::chrono::year{2026} / 3 / 13}});
  const Answer answer = answered(World{corridor}, month_of_march());
  EXPECT_GT(facility(answer, FacilityKind::kDeparture).short_tonne_hours, 0);
}

TEST(SimulateAnswer, MonthsAddUpToTheWhole) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 2, 365);
  Question question = month_of_march();
  question.days = 61;  // March and April
  const Answer answer = answered(World{corridor}, question);
  ASSERT_EQ(answer.services.size(), 1U);
  const ServiceResult& service = answer.services[0];
  ASSERT_EQ(service.tonnes_by_month.size(), 2U);
  EXPECT_NEAR(sum(service.tonnes_by_month), service.tonnes, 0.1);
  const FacilityResult& wait = facility(answer, FacilityKind::kDeparture);
  EXPECT_NEAR(sum(wait.tonnes_by_month), wait.tonnes, 0.1);
  EXPECT_GT(wait.tonnes_by_month[0], 0);
  EXPECT_GT(wait.tonnes_by_month[1], 0);
}

TEST(SimulateAnswer, CargoStaysWhereItWaits) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 2, 365);
  const Answer answer = answered(World{corridor}, month_of_march());
  const auto at = std::ranges::find(answer.dwells, "a", &DwellResult::code);
  ASSERT_NE(at, answer.dwells.end());
  const MarketResult& market = answer.markets[0];
  const double before_the_ride = market.transit_hours.mean - 10;
  EXPECT_NEAR(at->hours.mean, before_the_ride, 0.5);
  EXPECT_NEAR(static_cast<double>(at->stays), 31, 1);
  // Boxes of one weight: as many observations as there are boxes.
  EXPECT_NEAR(at->hours.observations, static_cast<double>(at->stays), 1e-6);
}

TEST(SimulateAnswer, EveryDeliveryTellsWhereItsHoursWent) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 20, 730);
  const Answer answer = answered(World{corridor}, month_of_march());
  EXPECT_EQ(answer.delivered.size(), answer.markets[0].shipments);
  double kg = 0;
  for (const ShipmentRow& row : answer.delivered) {
    const double all = std::accumulate(row.hours.begin(), row.hours.end(), 0.0);
    EXPECT_NEAR(all, to_hours(row.delivered - row.released).value(), 1e-6);
    kg += static_cast<double>(row.kg);
  }
  EXPECT_NEAR(kg / 1000, answer.markets[0].tonnes_delivered, 1e-6);
}

TEST(SimulateAnswer, AShipIsAlwaysDoingSomething) {
  Corridor corridor = answer_corridor(R"(
calendar 2026-03-01 2026-06-01
place Aktau in KZ utc +00:00
place Alat in AZ utc +00:00
ferry Aktau-Alat 185.2km 10h full 7 /week carries box40=50
)");
  add_demand(corridor, "aktau", "alat", 100, 100);
  add_ship(corridor, {"ferry_aktau_alat"});
  const Answer answer = answered(World{corridor}, month_of_march());
  ASSERT_EQ(answer.vessels.size(), 1U);
  const VesselResult& ship = answer.vessels[0];
  EXPECT_NEAR(ship.share_sailing + ship.share_ballast + ship.share_working + ship.share_filling +
                  ship.share_berth + ship.share_stormbound + ship.share_repair + ship.share_idle,
              1, 1e-9);
  // It comes back empty: as many hours in ballast as laden, but for the first and the last voyage.
  EXPECT_NEAR(ship.share_ballast, ship.share_sailing, 20.0 / 744);
  EXPECT_GT(ship.share_idle, 0);
  EXPECT_NEAR(sum(ship.tonnes_by_month), ship.tonnes, 0.1);
}

TEST(SimulateAnswer, AQuantileOfTooFewIsNoFigure) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 2, 365);
  Question question = month_of_march();
  question.days = 12;
  const std::vector<Answer> answers{answered(World{corridor}, question)};
  const auto of = [&](std::string_view end) {
    const std::vector<Estimate> list = estimates(answers);
    const auto at = std::ranges::find_if(list, [end](const Estimate& e) {
      return e.name.starts_with("market/") && e.name.ends_with(end);
    });
    CHECK(at != list.end());
    return at->is_told();
  };
  EXPECT_TRUE(of("/transit_mean_h"));
  EXPECT_TRUE(of("/transit_p50_h"));
  EXPECT_TRUE(of("/transit_p90_h"));   // of ten or more
  EXPECT_FALSE(of("/transit_p95_h"));  // of less than twenty
}

TEST(SimulateAnswer, ARunIsWatchedAndLimited) {
  Corridor corridor = answer_corridor(kDailyTrain);
  add_demand(corridor, "a", "b", 2, 365);
  const World world{corridor};
  Question question = month_of_march();
  double seen = 0;
  ASSERT_TRUE(run(world, question, {.pulse = [&seen](double share) { seen += share; }}));
  EXPECT_NEAR(seen, 1, 1e-9);
  const std::atomic<bool> stop{true};
  EXPECT_FALSE(run(world, question, {.stop = &stop}));
  question.most_events = 20;
  const Result<Answer> limited = run(world, question);
  ASSERT_FALSE(limited);
  EXPECT_NE(limited.error().message.find("limit of 20 events on 2026-"), std::string::npos);
  question.most_events = 1'000'000;
  EXPECT_TRUE(run(world, question));
}

}  // namespace
}  // namespace karvan::simulate
