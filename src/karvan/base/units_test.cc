#include "karvan/base/units.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace karvan {
namespace {

using namespace unit_literals;

TEST(Quantity, ProductComputesItsUnit) {
  static_assert(std::is_same_v<decltype(25.0_t * 450_km), TonneKm>);
  static_assert(std::is_same_v<decltype(UsdPerTonneKm{} * (25.0_t * 450_km)), Usd>);
  static_assert(std::is_same_v<decltype(450_km / KmPerHour{45.0}), Hours>);
  EXPECT_DOUBLE_EQ((UsdPerTonneKm{0.02} * (25.0_t * 450_km)).value(), 225.0);
  EXPECT_DOUBLE_EQ((450_km / KmPerHour{45.0}).value(), 10.0);
}

TEST(Quantity, PureNumberBecomesDouble) {
  static_assert(std::is_same_v<decltype(3_h / 2_h), double>);
  EXPECT_DOUBLE_EQ(3_h / 2_h, 1.5);
}

TEST(Quantity, AddsAndCompares) {
  Teu boxes = 2_teu + 1.5_teu - 1_teu;
  boxes += 0.5_teu;
  EXPECT_EQ(boxes, 3_teu);
  EXPECT_LT(boxes, 3.1_teu);
  EXPECT_EQ(-boxes, -3.0 * 1_teu);
  EXPECT_EQ(boxes / 2.0, 1.5_teu);
}

TEST(Quantity, BeginsAtZero) {
  EXPECT_EQ(Usd{}.value(), 0.0);
  EXPECT_EQ(7_kg_co2e - 7_kg_co2e, KgCo2e{});
  EXPECT_EQ(1.0_usd + 1_usd, Usd{2.0});
}

}  // namespace
}  // namespace karvan
