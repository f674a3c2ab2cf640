#include "karvan/cost/hazard_of.h"

#include <gtest/gtest.h>

#include "karvan/testing/corridor_builder.h"

namespace karvan::cost {
namespace {

TEST(HazardOf, ClassesLieWithinClasses) {
  EXPECT_TRUE(is_within("1.1D", "1"));
  EXPECT_TRUE(is_within("1.1D", "1.1"));
  EXPECT_TRUE(is_within("1.1D", "1.1D"));
  EXPECT_TRUE(is_within("3", "3"));
  EXPECT_FALSE(is_within("1.4S", "1.1"));
  EXPECT_FALSE(is_within("2.1", "1"));
  EXPECT_FALSE(is_within("1", "1.1"));
  EXPECT_FALSE(is_within("1.1D", ""));
}

// A ro-pax takes no explosives but 1.4S, whatever it is called; a service has rules of its own.
TEST(HazardOf, RulesAreOfAKindOfVesselOrOfAService) {
  testing::CorridorBuilder builder;
  Corridor& c = builder.corridor;
  const Id<Service> ro_pax = c.services.push_back(
      {.code = "ro_pax", .mode = Mode::kSea, .vessel_kind = VesselKind::kRoPax});
  const Id<Service> feeder = c.services.push_back(
      {.code = "feeder", .mode = Mode::kSea, .vessel_kind = VesselKind::kContainerFeeder});
  const Id<HazardRefusal> by_kind = c.hazard_refusals.push_back({.code = "kind",
                                                                 .vessel_kind = VesselKind::kRoPax,
                                                                 .hazard_class = "1",
                                                                 .but_carries = {"1.4S"}});
  const Id<HazardRefusal> own =
      c.hazard_refusals.push_back({.code = "own", .service = feeder, .hazard_class = "8"});
  const Id<Goods> explosives = builder.goods("explosives");
  const Id<Goods> fuses = c.goods.push_back({.code = "fuses", .hazard_class = "1.4S"});
  const World world{c};
  const HazardBook book{world};
  EXPECT_EQ(book.refusal(ro_pax, explosives), by_kind);
  EXPECT_EQ(book.refusal(ro_pax, fuses), std::nullopt);
  EXPECT_EQ(book.refusal(ro_pax, builder.goods("acid")), std::nullopt);
  EXPECT_EQ(book.refusal(feeder, explosives), std::nullopt);
  EXPECT_EQ(book.refusal(feeder, builder.goods("acid")), own);
  EXPECT_EQ(book.refusal(feeder, builder.goods("machinery")), std::nullopt);
}

}  // namespace
}  // namespace karvan::cost
