// Goal: hired load units are kept to the destination and paid for until they are back, one rule a
// test; and the judge notices what goes otherwise.

#include <cmath>

#include <gtest/gtest.h>

#include "karvan/cost/hire_of.h"
#include "karvan/plan/handle.h"
#include "karvan/plan/k_best.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/drawn_arrivals.h"
#include "karvan/testing/naive_plan.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct Sample {
  explicit Sample(const std::string& lines)
      : tiny{*testing::tiny_case("place Aktau in KZ\n"
                                 "place Alat Baku in AZ\n" +
                                 lines)} {}

  Answer ask(const Question& question) const {
    Answer answer = plan(world, question);
    EXPECT_EQ(verify(world, question, answer), std::vector<std::string>{});
    return answer;
  }
  Answer ask() const { return ask(tiny.question); }

  testing::TinyCase tiny;
  World world{tiny.corridor};
};

const std::string kTwoWays =
    "ferry Aktau-Alat 470km 24h daily 12:00 as quick usd 300\n"
    "barge Aktau-Alat 470km 144h daily 12:00 as slow usd 190\n";
const std::string kTerms =
    "detention owner box40 hire 6d 30usd\n"
    "detention owner box40 hire 8d 60usd\n"
    "takes-back owner box40 Alat 2d 80usd to Baku\n";
const std::string kAsk = "ask plan Aktau -> Alat 2 box40 machinery depart 2026-03-01T00:00Z ";

TEST(Hire, DetentionMakesTheSlowWayDearer) {
  const Answer own = Sample{kTwoWays + kTerms + kAsk}.ask();
  ASSERT_EQ(own.itineraries.size(), 2U);
  EXPECT_FALSE(own.itineraries.front().hire);
  EXPECT_GT(own.itineraries[0].cost, own.itineraries[1].cost);
  const Answer answer = Sample{kTwoWays + kTerms + kAsk + "hired owner"}.ask();
  ASSERT_EQ(answer.itineraries.size(), 2U);  // the slow way emits less
  EXPECT_LT(answer.itineraries[0].cost, answer.itineraries[1].cost);
  const Itinerary& quick = answer.itineraries.front();
  EXPECT_EQ(quick.arrive - quick.depart, hours{36});
  ASSERT_TRUE(quick.hire);
  EXPECT_EQ(quick.hire->returned, quick.arrive + days{2});
  EXPECT_EQ(quick.hire->empty_return, Usd{160});
  EXPECT_EQ(quick.hire->detention, Usd{});
  EXPECT_EQ(quick.cost, own.itineraries.front().cost + Usd{160});
}

TEST(Hire, TheSlowWayPaysForEachStartedDay) {
  const Sample s{"barge Aktau-Alat 470km 144h daily 12:00 usd 150\n" + kTerms + kAsk +
                 "hired owner"};
  const Answer answer = s.ask();
  ASSERT_EQ(answer.itineraries.size(), 1U);
  // 6.5 days on the way and 2 until it is back: two days at 30 and one at 60, for two boxes.
  EXPECT_EQ(answer.itineraries.front().hire->detention, Usd{240});
}

TEST(Hire, LaterHandOversOfAWindowPayLess) {
  Sample s{"barge Aktau-Alat 470km 144h Sun 12:00 usd 150\n" + kTerms + kAsk + "hired owner"};
  s.tiny.question.window = days{6};
  const Answer answer = s.ask();
  ASSERT_EQ(answer.itineraries.size(), 2U);  // Sundays 1 and 8 March; the latest hand-over for each
  for (const Itinerary& it : answer.itineraries)
    EXPECT_LE(it.hire->detention, Usd{240 + 120});
}

TEST(Hire, GoodsStayInTheUnitTheyWereHandedOverIn) {
  const std::string lines =
      "ferry Aktau-Alat 470km 24h daily 12:00 carries truck=10\n"
      "handling Aktau gate-sea container-truck 1h 0min 0usd\n"
      "takes-back owner box40 * 1d 0usd\n"
      "takes-back owner truck * 1d 0usd\n"
      "ask plan Aktau -> Alat 40 t machinery depart 2026-03-01T00:00Z ";
  const Sample s{lines + "hired owner"};
  for (const Itinerary& it : s.ask().itineraries)
    EXPECT_EQ(s.world[it.legs.front().consignment.load_unit].code, "truck");
}

TEST(Hire, WhatIsNotTakenBackIsRefusedWithThePlacesWhereItIs) {
  const Sample s{kTwoWays + "takes-back owner box40 Baku 2d 80usd\n" + kAsk + "hired owner"};
  const Answer answer = s.ask();
  EXPECT_EQ(answer.refusal.obstacle, Obstacle::kNotTakenBack);
  EXPECT_EQ(answer.refusal.message, "owner takes none of its load units back at Alat.");
  EXPECT_EQ(answer.refusal.hints.front(), "it does at Baku");
}

TEST(Hire, WhoHiresOutNothingIsNamed) {
  const Sample s{kTwoWays + "takes-back other box40 * 2d 80usd\n" + kAsk + "hired owner"};
  const Answer answer = s.ask();
  EXPECT_EQ(answer.refusal.obstacle, Obstacle::kNoLoadUnit);
  EXPECT_EQ(answer.refusal.message,
            "owner hires out no load unit that carries machinery as asked for.");
}

TEST(Hire, AHandleKeepsTheOwner) {
  const Sample s{kTwoWays + kTerms + kAsk + "hired owner"};
  const Answer answer = s.ask();
  const auto back = read_handle(s.world, handle_of(s.world, s.tiny.question));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->question.shipment, s.tiny.question.shipment);
  EXPECT_EQ(testing::options_of(plan(s.world, back->question)), testing::options_of(answer));
}

TEST(Hire, TheCheapestWaysAreRankedWithDetention) {
  const Sample s{kTwoWays + kTerms + kAsk + "hired owner"};
  const Ranking ranking{.by = RankedBy::kCost, .options_max = 2};
  const Answer answer = k_best(Planner{s.world}, s.tiny.question, ranking);
  ASSERT_EQ(answer.itineraries.size(), 2U);
  EXPECT_EQ(answer.itineraries.front().arrive - answer.itineraries.front().depart, hours{36});
  EXPECT_EQ(verify_ranked(s.world, as_ranked(s.tiny.question, ranking), ranking, answer),
            std::vector<std::string>{});
}

TEST(Hire, TheJudgeNoticesAnotherCharge) {
  const Sample s{kTwoWays + kTerms + kAsk + "hired owner"};
  const auto faults = [&](auto change) {
    Answer answer = plan(s.world, s.tiny.question);
    change(answer.itineraries.front());
    return verify(s.world, s.tiny.question, answer);
  };
  EXPECT_FALSE(faults([](Itinerary& it) { it.hire->detention = Usd{1}; }).empty());
  EXPECT_FALSE(faults([](Itinerary& it) { it.hire->empty_return = Usd{159}; }).empty());
  EXPECT_FALSE(faults([](Itinerary& it) { it.hire->returned += hours{1}; }).empty());
  EXPECT_FALSE(faults([](Itinerary& it) { it.hire.reset(); }).empty());
}

// By the law of arrival: the mean over drawn arrivals, within four standard errors.
TEST(Hire, ExpectedDetentionIsThatOfDrawnArrivals) {
  const Sample s{"delay sea 1.2 0.3\nferry Aktau-Alat 470km 96h daily 12:00 usd 300\n" + kTerms +
                 kAsk + "hired owner"};
  const Answer answer = s.ask();
  const Planner planner{s.world};
  const ReliabilityBook book{planner};
  const Itinerary& it = answer.itineraries.front();
  const Terms terms{.has_storms = false};
  const Reliability surety = book.assess(it, terms);
  const auto rates = cost::HireBook{s.world}.terms(s.tiny.question.shipment.hired_from,
                                                   s.tiny.question.to, it.legs[0].consignment);
  double sum = 0;
  double squares = 0;
  const testing::DrawnArrivals arrivals{s.world, it, terms};
  constexpr std::uint64_t kDraws = 20'000;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const testing::Drawn drawn = arrivals.draw(i);
    ASSERT_TRUE(drawn.arrive);
    const double usd = rates->detention(*drawn.arrive - it.depart).value();
    sum += usd;
    squares += usd * usd;
  }
  const auto n = static_cast<double>(kDraws);
  const double mean = sum / n;
  const double error = std::sqrt((squares / n - mean * mean) / n);
  EXPECT_GT(surety.detention, it.hire->detention);
  EXPECT_NEAR(surety.detention.value(), mean, 4 * error);
}

}  // namespace
}  // namespace karvan::plan
