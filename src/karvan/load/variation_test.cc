#include "karvan/load/variation.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"

namespace karvan::load {
namespace {

class Variation : public testing::Test {
 protected:
  Variation() {
    files_ = detail::small_corridor();
    Complaints complaints;
    loaded_ = load_corridor(files_, "d", complaints);
  }
  std::vector<CellChange> changes(const Tweak& tweak) {
    Complaints complaints;
    const auto scenario = load_varied(*loaded_, files_, "base", {&tweak, 1}, complaints);
    return scenario ? scenario->changes : std::vector<CellChange>{};
  }
  std::string refusal(const std::string& cells) {
    const Tweak tweak{.cells = cells, .value = 2, .is_factor = true, .where = "--sweep"};
    Complaints complaints;
    EXPECT_FALSE(load_varied(*loaded_, files_, "base", {&tweak, 1}, complaints));
    std::string all;
    for (const Complaint& complaint : complaints)
      all += to_text(complaint) + "\n";
    return all;
  }

  Files files_;
  std::optional<Loaded> loaded_;
};

TEST_F(Variation, ScalesAllRowsOfATable) {
  const auto all = changes({.cells = "links.*.length_km", .value = 1.5, .is_factor = true});
  EXPECT_EQ(all.size(), loaded_->raw[*find_table("links")].rows());
}

TEST_F(Variation, SetsOneCell) {
  const std::string id{loaded_->raw[*find_table("links")].code(0)};
  const auto one = changes({.cells = "links." + id + ".speed_kmh", .value = 33});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].to, "33");
}

TEST_F(Variation, ChoosesRowsByCondition) {
  const auto rail = changes({.cells = "links.mode=rail.length_km", .value = 2, .is_factor = true});
  EXPECT_FALSE(rail.empty());
  EXPECT_LT(rail.size(), loaded_->raw[*find_table("links")].rows());
}

TEST_F(Variation, NamesNearOnes) {
  EXPECT_NE(refusal("link.*.length_km").find("did you mean 'links'"), std::string::npos);
  EXPECT_NE(refusal("links.*.lenght_km").find("did you mean 'length_km'"), std::string::npos);
  EXPECT_NE(refusal("links.nowhere*.length_km").find("is like no id"), std::string::npos);
  EXPECT_NE(refusal("links.length_km").find("TABLE.ROWS.COLUMN"), std::string::npos);
  EXPECT_NE(refusal("links.*.mode").find("only numbers and laws"), std::string::npos);
}

}  // namespace
}  // namespace karvan::load
