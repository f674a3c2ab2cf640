// Goal: planner and simulator mean the same by a law. Under free flow (one shipment a week on an
// empty corridor, no storms) the transits of a simulation lie in the propagated law: the shares
// below its quantiles are what they should be, and the mean is its mean. And what is learned from
// the log of the simulation is the law it was drawn from.

#include "karvan/simulate/simulate.h"

#include <cmath>
#include <cstdio>
#include <map>

#include <gtest/gtest.h>

#include "karvan/plan/learned_laws.h"
#include "karvan/plan/reliability.h"
#include "karvan/simulate/verify.h"
#include "karvan/testing/planned.h"
#include "karvan/testing/small_traffic.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan {
namespace {

constexpr std::string_view kCorridor = R"(
calendar 2026-01-01 2027-03-01
place A B C in KZ utc +00:00
place D in CN utc +00:00
rail A-B 900km 30h Mon;Thu 00:00 cutoff 6h carries box40=40
truck B-C 200km 9h anytime
rail C-D 1500km 48h Tue;Fri;Sat 12:00 cutoff 4h carries box40=40
handling A gate-rail container-container 10h
handling B rail-road container-container 8h
handling C road-rail container-container 12h
handling D rail-gate container-container 6h
crossing X KZ-CN rail
step X document_reissue 5h
step X inspection 20h
regime tir consignment_note CN KZ
effect tir inspection hours 1 fee 1
ask plan A -> D 1 box40 machinery depart 2026-03-01T00:00Z
)";

Corridor free_flow() {
  Result<testing::TinyCase> tiny = testing::tiny_case(kCorridor);
  if (!tiny) ADD_FAILURE() << tiny.error().message;
  Corridor corridor = std::move(tiny).value().corridor;
  for (Handling& row : corridor.handling) {
    if (row.place.valid()) row.hours = {LawFamily::kLognormal, row.hours.a, 0.6};
  }
  for (CrossingStep& row : corridor.crossing_steps) {
    row.hours = {LawFamily::kGamma, row.hours.a, 0.5};
    if (row.kind == StepKind::kInspection) row.share = 0.5;
  }
  for (RegimeEffect& effect : corridor.regime_effects)
    effect.share_factor = 0.4;
  corridor.delays.push_back(
      {.code = "rail", .mode = Mode::kRail, .factor = {LawFamily::kLognormal, 1.1, 0.15}});
  corridor.delays.push_back(
      {.code = "road", .mode = Mode::kRoad, .factor = {LawFamily::kLognormal, 1.15, 0.25}});
  testing::add_demand(corridor, "a", "d", 2, 52);
  return corridor;
}

struct Transit {
  Instant from{};
  Instant until{};
};

struct Seen {
  std::vector<Transit> transits;
  std::vector<MovementSeen> movements;
};

// Calls by the place where the service makes them; here each comes once.
int sequence_at(const World& world, Id<Service> service, Id<Place> place) {
  for (const Id<Call> id : world.ids<Call>()) {
    if (world[id].service == service && world[id].place == place) return world[id].sequence;
  }
  return 0;
}

void read(const World& world, const std::vector<simulate::EventRow>& events, Seen& seen) {
  std::map<std::uint64_t, Instant> released;
  std::map<std::uint64_t, simulate::EventRow> loaded;
  for (const simulate::EventRow& row : events) {
    switch (row.step) {
      case simulate::Step::kCommissioning:
        released[row.shipment] = row.time;
        break;
      case simulate::Step::kLoading:
        loaded[row.shipment] = row;
        break;
      case simulate::Step::kUnloading: {
        const simulate::EventRow& from = loaded.at(row.shipment);
        seen.movements.push_back({.service = row.service,
                                  .from_sequence = sequence_at(world, row.service, from.place),
                                  .to_sequence = sequence_at(world, row.service, row.place),
                                  .took = to_hours(row.time - from.time)});
        break;
      }
      case simulate::Step::kDecommissioning:
        seen.transits.push_back({.from = released.at(row.shipment), .until = row.time});
        break;
      case simulate::Step::kDisaggregating:
        break;
    }
  }
}

Seen simulated(const World& world, int replications) {
  simulate::Question question{.from = Date{std::chrono::year{2026} / 1 / 1},
                              .days = 360,
                              .warm_up_days = 0,
                              .keep_events = true};
  const auto compiled =
      simulate::Simulator::compile(world, question, testing::planned_alternatives(world));
  for (const std::string& error : compiled.errors)
    ADD_FAILURE() << error;
  Seen seen;
  for (int i = 0; i < replications && compiled.model; ++i) {
    question.replication = static_cast<std::uint64_t>(i);
    const Result<simulate::Answer> answer = simulate::Simulator::run(*compiled.model, question);
    if (!answer) {
      ADD_FAILURE() << answer.error().message;
      return seen;
    }
    if (i == 0) {
      for (const std::string& fault : simulate::verify(world, question, *answer))
        ADD_FAILURE() << fault;
    }
    read(world, answer->events, seen);
  }
  return seen;
}

TEST(Reliability, IsThatOfASimulationUnderFreeFlow) {
  const Corridor corridor = free_flow();
  const World world{corridor};
  const Seen seen = simulated(world, 60);
  ASSERT_GT(seen.transits.size(), 2'000U);
  const plan::Planner planner{world};
  const plan::ReliabilityBook book{planner, {}, 20};
  std::map<Instant, plan::Reliability> laws;
  double below[4] = {};
  double off = 0;
  double squares = 0;
  const auto n = static_cast<double>(seen.transits.size());
  for (const Transit& transit : seen.transits) {
    const auto [at, is_new] = laws.try_emplace(transit.from);
    if (is_new) {
      const plan::Answer answer =
          planner.answer({.from = *world.find<Place>("a"),
                          .to = *world.find<Place>("d"),
                          .shipment = {.goods = *world.find<Goods>("machinery"),
                                       .quantity = 1,
                                       .unit = QuantityUnit::kUnits,
                                       .load_unit = *world.find<LoadUnit>("box40")},
                          .depart = transit.from});
      ASSERT_FALSE(answer.itineraries.empty());  // the earliest; others are surer by waiting
      at->second = book.assess(answer.itineraries.front(), {.boards_earlier = true});
    }
    const plan::Reliability& law = at->second;
    const Instant quantiles[4] = {law.p10, law.p50, law.p80, law.p95};
    for (std::size_t q = 0; q < 4; ++q)
      below[q] += transit.until <= quantiles[q] ? 1 : 0;
    const double hours = to_hours(transit.until - law.mean).value();
    off += hours;
    squares += hours * hours;
  }
  // What is over is counted; what is under way at the end is not, one in eighty of each year.
  const double shares[4] = {0.1, 0.5, 0.8, 0.95};
  for (std::size_t q = 0; q < 4; ++q) {
    const double error = std::sqrt(shares[q] * (1 - shares[q]) / n);
    std::printf("%.3f of the transits below the quantile %.2f (standard error %.3f)\n",
                below[q] / n, shares[q], error);
    EXPECT_NEAR(below[q] / n, shares[q], 4 * error + 0.01);
  }
  const double deviation = std::sqrt(squares / n);
  std::printf("mean off by %.2f h (standard error %.2f h) over %.0f transits\n", off / n,
              deviation / std::sqrt(n), n);
  EXPECT_LE(std::abs(off / n), 4 * deviation / std::sqrt(n) + 0.5);
}

TEST(LearnedLaws, AreThoseOfTheSimulationsLog) {
  const Corridor corridor = free_flow();
  const World world{corridor};
  const plan::LearnedLaws learned = plan::learn(simulated(world, 20).movements);
  ASSERT_EQ(learned.laws.size(), 3U);
  const auto law_of = [&](std::string_view mode) {
    for (const plan::LearnedLaw& law : learned.laws) {
      if (to_text(world[law.service].mode) == mode) return law;
    }
    return plan::LearnedLaw{};
  };
  // The truck: 9 h x 1.15, one link. Four standard errors of a thousand.
  const plan::LearnedLaw road = law_of("road");
  ASSERT_GT(road.seen, 900U);
  const double error = 4 / std::sqrt(static_cast<double>(road.seen));
  EXPECT_NEAR(road.hours.a, 9 * 1.15, 9 * 1.15 * 0.25 * error);
  EXPECT_NEAR(road.hours.b, 0.25, 0.25 * error);
}

}  // namespace
}  // namespace karvan
