// Goal: a published transit time is held against what it was taken of: all cargo or block trains
// only, the mean or the time that a tenth of the cargo keeps.

#include "karvan/simulate/observe.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/simulate/simulate.h"
#include "karvan/testing/planned.h"
#include "karvan/testing/small_traffic.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::simulate {
namespace {

// A weekly train of ten hours; block trains go by themselves, single boxes wait for it.
Corridor weekly_train() {
  Result<testing::TinyCase> tiny = testing::tiny_case(R"(
calendar 2026-03-01 2026-06-01
place A B in KZ utc +00:00
rail A-B 100km 10h Mon 00:00 carries box40=55
)");
  EXPECT_TRUE(tiny.ok());
  Corridor corridor = std::move(tiny).value().corridor;
  testing::add_demand(corridor, "a", "b", 82, 50);
  testing::add_demand(corridor, "a", "b", 2, 700);
  (corridor.demand.begin() + 1)->code = "singles";
  (corridor.demand.begin() + 1)->arrivals = ArrivalPattern::kPoisson;
  return corridor;
}

double sighted(Corridor corridor, const std::string& use) {
  const World before{corridor};
  corridor.observations.push_back({.code = "seen",
                                   .measure = Measure::kTransitTime,
                                   .from = *before.find<Place>("a"),
                                   .to = *before.find<Place>("b"),
                                   .unit = "h",
                                   .period = "2026-03",
                                   .use = use});
  const World world{corridor};
  const Question question = testing::month_of_march();
  const Simulator::Compiled model =
      Simulator::compile(world, question, testing::planned_alternatives(world));
  const Result<Answer> answer = Simulator::run(*model.model, question);
  EXPECT_TRUE(answer.ok());
  const std::vector<Sighting> sightings = observe(world, question, *answer);
  EXPECT_EQ(sightings.size(), 1U);
  return sightings.empty() ? 0.0 : sightings[0].value;
}

TEST(Observe, CountsBlockTrainsOrAllAndTheMeanOrAShare) {
  const Corridor corridor = weekly_train();
  EXPECT_NEAR(sighted(corridor, "block trains"), 10, 1e-6);
  EXPECT_NEAR(sighted(corridor, "P10 of block trains, best case"), 10, 1e-6);
  const double mean = sighted(corridor, "demand");
  EXPECT_GT(mean, 15);
  EXPECT_NEAR(sighted(corridor, "P10 of the cargo, plan mode"), 10, 1e-6);
  EXPECT_GT(sighted(corridor, "P90 of the cargo"), mean);
}

}  // namespace
}  // namespace karvan::simulate
