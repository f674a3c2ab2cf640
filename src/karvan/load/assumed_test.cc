// Goal: every assumed number of the data is found by the schema alone, once in each grain, and the
// names that the groups give their cells move these cells and no others.

#include "karvan/load/assumed.h"

#include <set>

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"
#include "karvan/load/schema.h"
#include "karvan/load/variation.h"

namespace karvan::load {
namespace {

class Assumed : public testing::Test {
 protected:
  Assumed() {
    files_ = detail::small_corridor();
    Complaints complaints;
    loaded_ = load_corridor(files_, "d", complaints);
  }

  // "table.id.column" of all that the group's tweaks change.
  std::set<std::string> moved(const AssumedGroup& group) {
    std::vector<Tweak> tweaks;
    for (const std::string& cells : group.cells)
      tweaks.push_back({.cells = cells, .value = 1.5, .is_factor = true, .where = "test"});
    Complaints complaints;
    const auto scenario = load_varied(*loaded_, files_, "base", tweaks, complaints);
    std::set<std::string> names;
    if (!scenario) return names;
    for (const CellChange& change : scenario->changes)
      names.insert(std::string{change.table} + "." + change.id + "." + change.column);
    return names;
  }

  Files files_;
  std::optional<Loaded> loaded_;
};

TEST_F(Assumed, EveryGrainHoldsTheSameCells) {
  ASSERT_TRUE(loaded_);
  const auto cells = assumed_groups(*loaded_, "", Grain::kCell);
  ASSERT_FALSE(cells.empty());
  std::set<std::string> names;
  for (const AssumedGroup& cell : cells)
    names.insert(cell.name);
  EXPECT_EQ(names.size(), cells.size());
  for (const Grain grain : {Grain::kColumn, Grain::kSubject}) {
    std::size_t rows = 0;
    for (const AssumedGroup& group : assumed_groups(*loaded_, "", grain))
      rows += group.ids.size();
    EXPECT_EQ(rows, cells.size());
  }
  const auto tables = assumed_groups(*loaded_, "", Grain::kTable);
  EXPECT_LT(tables.size(), cells.size());
}

TEST_F(Assumed, ColumnsMoveTheirAssumedCellsAndNoOthers) {
  ASSERT_TRUE(loaded_);
  std::set<std::string> expected;
  for (const AssumedGroup& cell : assumed_groups(*loaded_, "links.", Grain::kCell))
    expected.insert(cell.name);
  ASSERT_FALSE(expected.empty());
  std::set<std::string> all;
  for (const AssumedGroup& column : assumed_groups(*loaded_, "links.", Grain::kColumn)) {
    for (const std::string& name : moved(column))
      EXPECT_TRUE(all.insert(name).second) << name << " moves twice";
  }
  EXPECT_EQ(all, expected);
}

TEST_F(Assumed, AGroupOfOnePartMovesThatPartOnly) {
  ASSERT_TRUE(loaded_);
  const auto cells = assumed_groups(*loaded_, "links.", Grain::kCell);
  ASSERT_GT(cells.size(), 1U);
  const std::string& one = cells.front().name;
  const auto groups = assumed_groups(*loaded_, one, Grain::kColumn);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(moved(groups[0]), std::set<std::string>{one});
}

}  // namespace
}  // namespace karvan::load
