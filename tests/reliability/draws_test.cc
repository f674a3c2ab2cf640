// Goal: the propagated law of arrival is that of an itinerary lived through by chance, drawn
// straight from the tables (testing/drawn_arrivals): on random corridors with every kind of law,
// and on the TITR. Errors are stated: four standard errors of the draws, and what the grid adds.
//   KARVAN_CASES=n   random corridors        KARVAN_DRAWS=n   draws of each itinerary
//   KARVAN_STEP=n    minutes of the grid, a multiple of 4

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/load/directory.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/drawn_arrivals.h"
#include "karvan/testing/environment.h"
#include "karvan/testing/random_corridor.h"

namespace karvan::plan {
namespace {

// What a grid of an hour may add to a probability, and to a mean.
constexpr double kGridShare = 0.006;
constexpr double kGridHours = 0.25;

struct Worst {
  double on_time = 0;
  double missed = 0;
  double hours = 0;
  double quantile = 0;
  std::size_t itineraries = 0;
};

double standard_error(double share, double draws) {
  return std::sqrt(std::max(share * (1 - share), 1 / draws) / draws);
}

void expect_share(double propagated, double drawn, double draws, double& worst, const char* what) {
  const double off = std::abs(propagated - drawn);
  EXPECT_LE(off, 4 * standard_error(drawn, draws) + kGridShare)
      << what << ": " << propagated << ", drawn " << drawn;
  worst = std::max(worst, off);
}

void compare(const World& world,
             const Itinerary& itinerary,
             const Reliability& found,
             const Terms& terms,
             Worst& worst) {
  const auto n = testing::from_environment("KARVAN_DRAWS", 100'000);
  const auto draws = static_cast<double>(n);
  const testing::DrawnArrivals oracle{world, itinerary, terms};
  std::vector<double> hours;
  std::vector<double> missed(itinerary.legs.size());
  double in_time = 0;
  double sum = 0;
  double squares = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    const testing::Drawn drawn = oracle.draw(i);
    for (std::size_t leg = 0; leg < missed.size(); ++leg)
      missed[leg] += drawn.missed[leg] ? 1 : 0;
    if (!drawn.arrive) continue;
    in_time += *drawn.arrive <= *terms.deadline ? 1 : 0;
    const double took = to_hours(*drawn.arrive - itinerary.depart).value();
    hours.push_back(took);
    sum += took;
    squares += took * took;
  }
  ++worst.itineraries;
  const auto arrived = static_cast<double>(hours.size());
  expect_share(found.lost, 1 - arrived / draws, draws, worst.missed, "lost");
  expect_share(found.on_time, in_time / draws, draws, worst.on_time, "on time");
  for (const ConnectionRisk& risk : found.connections)
    expect_share(risk.missed, missed[risk.leg] / draws, draws, worst.missed, "missed");
  if (arrived < draws / 2) return;
  const double mean = sum / arrived;
  const double deviation = std::sqrt(std::max(0.0, squares / arrived - mean * mean));
  const double off = std::abs(to_hours(found.mean - itinerary.depart).value() - mean);
  EXPECT_LE(off, 4 * deviation / std::sqrt(arrived) + kGridHours) << "mean " << mean;
  worst.hours = std::max(worst.hours, off);
  std::ranges::sort(hours);
  for (const auto& [share, at] :
       {std::pair{0.1, found.p10}, {0.5, found.p50}, {0.8, found.p80}, {0.95, found.p95}}) {
    if (at == kNever) continue;
    // Between two voyages there may be nothing: the share just before and just after must enclose.
    const double took = to_hours(at - itinerary.depart).value();
    const auto count = [&](double until) {
      return static_cast<double>(std::ranges::upper_bound(hours, until) - hours.begin()) / draws;
    };
    const double slack = 4 * standard_error(share, draws) + kGridShare;
    EXPECT_LE(count(took - 1), share + slack) << "quantile " << share;
    EXPECT_GE(count(took + 1), share - slack) << "quantile " << share;
  }
}

Law random_law(RandomStream& random, double mean_hours) {
  const auto pick = random.uniform_int(0, 6);
  const double cv = static_cast<double>(random.uniform_int(2, 9)) / 10;
  if (mean_hours <= 0) return {LawFamily::kConstant, mean_hours};
  switch (pick) {
    case 0:
      return {LawFamily::kExponential, mean_hours};
    case 1:
      return {LawFamily::kGamma, mean_hours, cv};
    case 2:
      return {LawFamily::kWeibull, mean_hours, 1 + cv};
    case 3:
      return {LawFamily::kTriangular, mean_hours / 2, mean_hours, mean_hours * 3 / 2};
    case 4:
      return {LawFamily::kUniform, mean_hours / 2, mean_hours * 3 / 2};
    case 5:
      return {LawFamily::kConstant, mean_hours};
    default:
      return {LawFamily::kLognormal, mean_hours, cv};
  }
}

// Whatever takes time takes it by chance.
void add_chance(Corridor& corridor, RandomStream& random) {
  for (Handling& row : corridor.handling)
    row.hours = random_law(random, mean(row.hours).value());
  for (GaugeChange& row : corridor.gauge_changes)
    row.hours = random_law(random, mean(row.hours).value());
  for (CrossingStep& row : corridor.crossing_steps)
    row.hours = random_law(random, mean(row.hours).value());
  for (const auto& [mode, text] : EnumTexts<Mode>::values) {
    if (random.uniform_int(0, 4) == 0) continue;
    corridor.delays.push_back({.code = std::string{text}, .mode = mode});
    corridor.delays.begin()[static_cast<std::ptrdiff_t>(corridor.delays.size()) - 1].factor =
        random_law(random, static_cast<double>(random.uniform_int(10, 14)) / 10);
  }
  for (const Id<Place> place : corridor.places.ids()) {
    if (random.uniform_int(0, 2) > 0) continue;
    for (int month = 1; month <= 12; ++month)
      corridor.weather.push_back({.code = "w",
                                  .place = place,
                                  .month = month,
                                  .closed_share = 0.15,
                                  .closure = {LawFamily::kLognormal, 28, 1.0}});
  }
}

TEST(Reliability, IsThatOfDrawsOnRandomCorridors) {
  const std::uint64_t cases = testing::from_environment("KARVAN_CASES", 60);
  Worst worst;
  for (std::uint64_t seed = 1; seed <= cases; ++seed) {
    SCOPED_TRACE(seed);
    testing::RandomCase random = testing::random_case(seed, 3 + static_cast<int>(seed % 6));
    RandomStream stream{seed, "reliability"};
    add_chance(random.corridor, stream);
    const World world{random.corridor};
    const Planner planner{world};
    const Answer answer = planner.answer(random.question);
    for (const std::string& fault : verify(world, random.question, answer))
      ADD_FAILURE() << fault;
    if (answer.itineraries.empty()) continue;
    const ReliabilityBook book{
        planner, {}, static_cast<int>(testing::from_environment("KARVAN_STEP", 4))};
    const Itinerary& itinerary = answer.itineraries[static_cast<std::size_t>(
        stream.uniform_int(0, static_cast<std::int64_t>(answer.itineraries.size()) - 1))];
    const Terms terms{.deadline = itinerary.arrive + std::chrono::hours{stream.uniform_int(0, 60)} +
                                  std::chrono::minutes{17},
                      .slot_chance = stream.uniform_int(0, 1) == 0 ? 1.0 : 0.7,
                      .boards_earlier = stream.uniform_int(0, 1) == 0,
                      .has_storms = stream.uniform_int(0, 1) == 0};
    compare(world, itinerary, book.assess(itinerary, terms), terms, worst);
  }
  std::printf("%zu itineraries: largest difference on time %.4f, missed %.4f, mean %.3f h\n",
              worst.itineraries, worst.on_time, worst.missed, worst.hours);
  if (cases >= 60) {
    EXPECT_GE(worst.itineraries, cases / 3);
  }
}

TEST(Reliability, IsThatOfDrawsOnTheTitr) {
  Complaints complaints;
  const auto loaded = load::load_corridor("data/titr", complaints);
  ASSERT_TRUE(loaded);
  const World world{loaded->corridor};
  const Planner planner{world};
  const ReliabilityBook book{
      planner, {}, static_cast<int>(testing::from_environment("KARVAN_STEP", 60))};
  Worst worst;
  for (const auto& [from, to, goods] : {std::tuple{"xian", "constanta", "machinery"},
                                        {"kostanay", "mersin", "wheat"},
                                        {"khorgos_cn", "duisburg", "electronics"}}) {
    Question question{.from = *world.find<Place>(from),
                      .to = *world.find<Place>(to),
                      .shipment = {.goods = *world.find<Goods>(goods), .quantity = 200},
                      .depart = Instant{*parse_date("2026-01-12")}};
    const Answer answer = planner.answer(question);
    ASSERT_FALSE(answer.itineraries.empty()) << from;
    for (const std::string& fault : verify(world, question, answer))
      ADD_FAILURE() << fault;
    for (const std::size_t i : {std::size_t{0}, answer.itineraries.size() / 2}) {
      SCOPED_TRACE(std::string{from} + " to " + to + ", option " + std::to_string(i));
      const Itinerary& itinerary = answer.itineraries[i];
      const Terms terms{.deadline = itinerary.arrive + std::chrono::hours{48}};
      compare(world, itinerary, book.assess(itinerary, terms), terms, worst);
    }
  }
  std::printf("%zu itineraries: largest difference on time %.4f, missed %.4f, mean %.3f h\n",
              worst.itineraries, worst.on_time, worst.missed, worst.hours);
}

}  // namespace
}  // namespace karvan::plan
