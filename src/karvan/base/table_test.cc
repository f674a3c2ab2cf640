#include "karvan/base/table.h"

#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

namespace karvan {
namespace {

struct Place {
  std::string name;
};
struct Link {};

TEST(Id, IsInvalidUntilGiven) {
  EXPECT_FALSE(Id<Place>{}.valid());
  EXPECT_TRUE(Id<Place>{0}.valid());
  EXPECT_LT(Id<Place>{0}, Id<Place>{1});
  static_assert(sizeof(Id<Place>) == 4);
  static_assert(!std::is_convertible_v<int, Id<Place>>);
  static_assert(!std::is_convertible_v<Id<Link>, Id<Place>>);
}

TEST(Table, GivesIdsInOrder) {
  Table<Place> places;
  const Id<Place> aktau = places.push_back({"Aktau"});
  const Id<Place> alat = places.push_back({"Alat"});
  EXPECT_EQ(aktau.index(), 0U);
  EXPECT_EQ(places[alat].name, "Alat");
  std::vector<Id<Place>> ids;
  for (const Id<Place> id : places.ids())
    ids.push_back(id);
  EXPECT_EQ(ids, (std::vector{aktau, alat}));
}

TEST(Table, ContainsOnlyItsRows) {
  Table<Place> places;
  EXPECT_TRUE(places.empty());
  EXPECT_FALSE(places.contains(Id<Place>{0}));
  places.push_back({"Aktau"});
  EXPECT_TRUE(places.contains(Id<Place>{0}));
  EXPECT_FALSE(places.contains(Id<Place>{1}));
  EXPECT_FALSE(places.contains(Id<Place>{}));
}

TEST(Column, HoldsOneValuePerRow) {
  Column<Place, int> dwell(2, 5);
  dwell[Id<Place>{1}] = 7;
  EXPECT_EQ(dwell[Id<Place>{0}], 5);
  EXPECT_EQ(dwell.size(), 2U);
  for (int& hours : dwell)
    ++hours;
  EXPECT_EQ(dwell[Id<Place>{1}], 8);
  EXPECT_NE(dwell, (Column<Place, int>(2, 5)));
}

}  // namespace
}  // namespace karvan
