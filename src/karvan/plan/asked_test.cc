// Goal: the judge notices every kind of thing that was asked of the whole way and not met, and what
// may not be asked is refused by the name of its field.

#include <functional>

#include <gtest/gtest.h>

#include "karvan/plan/k_best.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

struct AskedSample {
  testing::TinyCase tiny = *testing::tiny_case(
      "place Khorgos Aktau Kuryk in KZ\n"
      "place Alat in AZ\n"
      "place Tbilisi in GE\n"
      "rail  Khorgos-Aktau 3200km 96h  daily 00:00\n"
      "ferry Aktau-Alat     470km 22h  daily 23:59\n"
      "rail  Alat-Tbilisi   550km 20h  daily 10:00\n"
      "crossing Boyuk_Kesik AZ-GE rail\n"
      "crossing Caspian KZ-AZ sea\n"
      "regime smgs consignment_note AZ GE\n"
      "ask   plan Khorgos -> Tbilisi  2 box40 machinery  depart 2026-03-01T00:00Z\n");
  World world{tiny.corridor};

  template <class Row>
  Id<Row> id(std::string_view code) const {
    return *world.find<Row>(code);
  }
};

TEST(Asked, TheJudgeNoticesWhatIsNotMet) {
  const AskedSample s;
  const Answer answer = plan(s.world, s.tiny.question);
  ASSERT_EQ(verify(s.world, s.tiny.question, answer), std::vector<std::string>{});
  ASSERT_EQ(answer.itineraries.size(), 1U);
  const Id<Operator> none{static_cast<std::uint32_t>(s.world.size<Operator>())};
  const Id<Service> train = s.id<Service>("rail_khorgos_aktau");
  const std::vector<std::function<void(Question&)>> asks{
      [&](Question& q) { q.via = {s.id<Place>("kuryk")}; },
      [&](Question& q) { q.via = {s.id<Place>("alat"), s.id<Place>("aktau")}; },
      [&](Question& q) { q.only.modes = {Mode::kRail}; },
      [&](Question& q) { q.only.countries = {s.id<Country>("KZ"), s.id<Country>("GE")}; },
      [&](Question& q) { q.only.operators = {none}; },
      [&](Question& q) { q.only.services = {train}; },
      [&](Question& q) { q.require.modes = {Mode::kRoad}; },
      [&](Question& q) { q.require.operators = {none}; },
      [&](Question& q) { q.transshipments_max = 1; },
      [&](Question& q) { q.budget = answer.itineraries[0].cost - Usd{0.01}; },
      [&](Question& q) { q.refuse.regimes = {s.id<Regime>("smgs")}; },
  };
  for (std::size_t i = 0; i < asks.size(); ++i) {
    Question more = s.tiny.question;
    asks[i](more);
    EXPECT_FALSE(unfit(more)) << i;
    EXPECT_NE(verify(s.world, more, answer), std::vector<std::string>{}) << i;
    const Answer own = i == 4 || i == 7 ? Answer{} : plan(s.world, more);
    EXPECT_TRUE(own.itineraries.empty()) << i;
  }
  Question met = s.tiny.question;
  met.via = {s.id<Place>("aktau")};
  met.require = {.modes = {Mode::kSea}, .countries = {s.id<Country>("AZ")}, .services = {train}};
  met.transshipments_max = 2;
  met.budget = answer.itineraries[0].cost;
  EXPECT_EQ(verify(s.world, met, answer), std::vector<std::string>{});
  EXPECT_EQ(plan(s.world, met).itineraries.size(), 1U);
}

TEST(Asked, TheJudgeNoticesAWrongRanking) {
  const AskedSample s;
  const Ranking ranking{.by = RankedBy::kArrival, .options_max = 2};
  Answer answer = k_best(Planner{s.world}, s.tiny.question, ranking);
  ASSERT_EQ(answer.itineraries.size(), 1U);
  EXPECT_EQ(verify_ranked(s.world, s.tiny.question, ranking, answer), std::vector<std::string>{});
  answer.itineraries.push_back(Itinerary{answer.itineraries.front()});
  EXPECT_NE(verify_ranked(s.world, s.tiny.question, ranking, answer), std::vector<std::string>{});
}

TEST(Asked, WhatMayNotBeAskedIsNamed) {
  const AskedSample s;
  const Question plain = s.tiny.question;
  const auto field = [](const Question& question) {
    const std::optional<Unfit> found = unfit(question);
    return found ? std::string{found->field} : "";
  };
  EXPECT_EQ(field(plain), "");
  Question q = plain;
  q.via = {plain.from};
  EXPECT_EQ(field(q), "via");
  q.via = {s.id<Place>("aktau"), s.id<Place>("alat"), s.id<Place>("aktau")};
  EXPECT_EQ(field(q), "via");
  q = plain;
  q.transshipments_max = kTransshipmentsMost + 1;
  EXPECT_EQ(field(q), "transshipments_max");
  q = plain;
  q.budget = Usd{0};
  EXPECT_EQ(field(q), "budget");
  q.budget = Usd{std::numeric_limits<double>::quiet_NaN()};
  EXPECT_EQ(field(q), "budget");
  q = plain;
  q.require.modes.assign(kRequirementsMax + 1, Mode::kSea);
  EXPECT_EQ(field(q), "require");
  q = plain;
  q.require.modes = {Mode::kSea, Mode::kRail};
  q.transshipments_max = kTransshipmentsMost;
  EXPECT_EQ(field(q), "require");  // 68 stages
}

}  // namespace
}  // namespace karvan::plan
