#include <gtest/gtest.h>

#include "karvan/cost/storage_of.h"
#include "karvan/cost/through_of.h"
#include "karvan/model/corridor.h"

namespace karvan::cost {
namespace {

using std::chrono::days;
using std::chrono::hours;

TEST(StorageOf, StartedDaysAfterFreeTimeArePaid) {
  const StorageTerms terms{.free = days{2}, .per_day = Usd{30}};
  EXPECT_EQ(terms.charge(days{2}), Usd{});
  EXPECT_EQ(terms.charge(days{2} + std::chrono::minutes{1}), Usd{30});
  EXPECT_EQ(terms.charge(days{3}), Usd{30});
  EXPECT_EQ(terms.charge(days{3} + hours{1}), Usd{60});
}

TEST(StorageOf, ThePlaceComesBeforeTheGeneralRow) {
  Corridor corridor;
  const Id<Place> port = corridor.places.push_back({.code = "port"});
  const Id<Place> yard = corridor.places.push_back({.code = "yard"});
  const Id<LoadUnit> box = corridor.load_units.push_back({.code = "box40"});
  corridor.storage.push_back({.code = "any", .free_days = 5, .usd_per_unit_day = Usd{1}});
  corridor.storage.push_back(
      {.code = "own", .place = port, .free_days = 1.5, .usd_per_unit_day = Usd{0.005}});
  const StorageBook book{World{corridor}};
  const Consignment cargo{.load_unit = box, .units = 3};
  EXPECT_EQ(book.terms(port, cargo).free, hours{36});
  EXPECT_EQ(book.terms(port, cargo).per_day, Usd{0.02});  // whole cents for all together
  EXPECT_EQ(book.terms(yard, cargo).per_day, Usd{3});
}

TEST(ThroughOf, BuysLegsOfItsUnitAndOperatorOnItsDays) {
  Corridor corridor;
  const Id<Operator> ours = corridor.operators.push_back({.code = "ours"});
  const Id<Operator> theirs = corridor.operators.push_back({.code = "theirs"});
  const Id<LoadUnit> box = corridor.load_units.push_back({.code = "box40"});
  const Id<LoadUnit> truck = corridor.load_units.push_back({.code = "truck"});
  const Id<Service> a = corridor.services.push_back({.code = "a", .operator_ = ours});
  const Id<Service> b = corridor.services.push_back({.code = "b", .operator_ = theirs});
  const World world{corridor};
  ThroughRate rate{.load_unit = box, .per_unit = Usd{900.255}};
  EXPECT_TRUE(may_carry(world, rate, b, box));
  EXPECT_FALSE(may_carry(world, rate, a, truck));
  rate.operator_ = ours;
  EXPECT_TRUE(may_carry(world, rate, a, box));
  EXPECT_FALSE(may_carry(world, rate, b, box));
  rate.valid_from = Date{days{10}};
  rate.valid_until = Date{days{12}};
  EXPECT_FALSE(is_offered(rate, Date{days{9}}));
  EXPECT_TRUE(is_offered(rate, Date{days{11}}));
  EXPECT_FALSE(is_offered(rate, Date{days{12}}));
  EXPECT_EQ(price(rate, {.load_unit = box, .units = 2}), Usd{1800.51});
}

}  // namespace
}  // namespace karvan::cost
