#include "karvan/cost/hire_of.h"

#include <gtest/gtest.h>

#include "karvan/cost/consignment_of.h"
#include "karvan/model/corridor.h"

namespace karvan::cost {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct Sample {
  Sample() {
    owner = corridor.operators.push_back({.code = "owner"});
    box = corridor.load_units.push_back({.code = "box40", .kind = LoadUnitKind::kContainer});
    truck = corridor.load_units.push_back({.code = "truck", .kind = LoadUnitKind::kTruck});
    port = corridor.places.push_back({.code = "port"});
    yard = corridor.places.push_back({.code = "yard"});
    goods = corridor.goods.push_back({.code = "goods", .load_units = {box, truck}});
  }
  void charge(DetentionClock clock, int after_days, double usd) {
    corridor.detention.push_back({.operator_ = owner,
                                  .load_unit = box,
                                  .clock = clock,
                                  .after_days = after_days,
                                  .usd_per_unit_day = Usd{usd}});
  }
  void take_back(Id<Place> place, double within_days, double usd) {
    corridor.empty_returns.push_back({.operator_ = owner,
                                      .load_unit = box,
                                      .place = place,
                                      .days = within_days,
                                      .usd_per_unit = Usd{usd}});
  }
  std::optional<HireTerms> terms(Id<Place> place, double units = 1) const {
    const World world{corridor};
    return HireBook{world}.terms(owner, place, {.load_unit = box, .units = units});
  }

  Corridor corridor;
  Id<Operator> owner;
  Id<LoadUnit> box;
  Id<LoadUnit> truck;
  Id<Place> port;
  Id<Place> yard;
  Id<Goods> goods;
};

TEST(HireOf, StartedDaysAfterFreeTimeArePaidUntilTheUnitIsBack) {
  Sample s;
  s.charge(DetentionClock::kHire, 10, 5);
  s.take_back(s.port, 2, 80);
  const auto terms = s.terms(s.port, 3);
  ASSERT_TRUE(terms);
  EXPECT_EQ(terms->empty_return, Usd{240});
  EXPECT_EQ(terms->until_back, hours{48});
  EXPECT_EQ(terms->detention(days{8}), Usd{});
  EXPECT_EQ(terms->detention(days{8} + minutes{1}), Usd{15});
  EXPECT_EQ(terms->detention(days{9}), Usd{15});
  EXPECT_EQ(terms->detention(days{12}), Usd{60});
}

TEST(HireOf, StepsPriceTheDaysBetweenThem) {
  Sample s;
  s.charge(DetentionClock::kHire, 7, 20);  // in any order
  s.charge(DetentionClock::kHire, 3, 10);
  s.take_back(s.port, 0, 0);
  const auto terms = s.terms(s.port);
  EXPECT_EQ(terms->detention(days{3}), Usd{});
  EXPECT_EQ(terms->detention(days{7}), Usd{40});
  EXPECT_EQ(terms->detention(days{9}), Usd{80});
}

TEST(HireOf, TheClockOfTheDestinationDoesNotCountTheWay) {
  Sample s;
  s.charge(DetentionClock::kDestination, 1, 30);
  s.take_back(s.port, 2.5, 0);
  EXPECT_EQ(s.terms(s.port)->detention(days{1}), Usd{60});
  EXPECT_EQ(s.terms(s.port)->detention(days{50}), Usd{60});
}

TEST(HireOf, BothClocksAreAddedAndCentsAreWholeForAllUnits) {
  Sample s;
  s.charge(DetentionClock::kHire, 0, 0.005);
  s.charge(DetentionClock::kDestination, 0, 1);
  s.take_back(s.port, 1, 0.333);
  const auto terms = s.terms(s.port, 3);
  EXPECT_EQ(terms->empty_return, Usd{1});
  EXPECT_EQ(terms->detention(Duration{}), Usd{3.02});
}

TEST(HireOf, APlaceOfItsOwnComesBeforeTheGeneralRow) {
  Sample s;
  s.take_back({}, 3, 100);
  s.take_back(s.port, 1, 40);
  EXPECT_EQ(s.terms(s.port)->empty_return, Usd{40});
  EXPECT_EQ(s.terms(s.yard)->empty_return, Usd{100});
  const World world{s.corridor};
  EXPECT_TRUE(HireBook{world}.places({.goods = s.goods, .hired_from = s.owner}).empty());
}

TEST(HireOf, WithoutARowTheUnitIsNotTakenBack) {
  Sample s;
  s.take_back(s.port, 1, 40);
  EXPECT_FALSE(s.terms(s.yard));
  const World world{s.corridor};
  const Shipment shipment{.goods = s.goods, .quantity = 10, .hired_from = s.owner};
  EXPECT_EQ(HireBook{world}.places(shipment), std::vector{s.port});
  EXPECT_EQ(load_units_for(world, shipment), std::vector{s.box});
  EXPECT_EQ(load_units_for(world, {.goods = s.goods, .quantity = 10}).size(), 2U);
}

}  // namespace
}  // namespace karvan::cost
