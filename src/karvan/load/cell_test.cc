#include "karvan/load/cell.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/model/place.h"
#include "karvan/model/tariff.h"

namespace karvan::load {
namespace {

// Reads a cell of a column called `name`; the reason if it cannot.
template <class T>
std::string fault(std::string_view text, T& value, std::string name = "x", Range range = {}) {
  References references;
  references[table_number<Sea>()].name = "seas";
  references[table_number<Sea>()].codes.insert("caspian", 3);
  ColumnSpec column;
  column.name = std::move(name);
  column.range = range;
  Cell<T>::describe(column);
  const MaybeFault found =
      Cell<T>::parse(text, value, {.column = column, .references = references});
  return found ? found->message + (found->hint.empty() ? "" : " | " + found->hint) : "";
}

template <class T>
T read(std::string_view text, std::string name = "x") {
  T value{};
  EXPECT_EQ(fault(text, value, std::move(name)), "") << text;
  return value;
}

template <class T>
std::string refusal(std::string_view text, Range range = {}, std::string name = "x") {
  T value{};
  return fault(text, value, std::move(name), range);
}

TEST(Cell, NumbersAreReadWithoutLocaleAndWithinTheirRange) {
  EXPECT_EQ(read<double>("-0.5"), -0.5);
  EXPECT_EQ(read<int>("1520"), 1520);
  EXPECT_EQ(read<Km>("470"), Km{470});
  EXPECT_EQ(read<std::optional<double>>("1e3"), 1000.0);
  EXPECT_EQ(refusal<double>("1,5"),
            "is not a number; expected a number | decimals are written with a point, thousands "
            "joined");
  EXPECT_EQ(refusal<double>("nan"), "is not a number; expected a number");
  EXPECT_EQ(refusal<double>("5", between(0, 4)), "is out of range; expected a value, 0 to 4");
  EXPECT_EQ(refusal<int>("1.5"), "is not an integer; expected an integer");
  EXPECT_EQ(refusal<int>("0", at_least(1)), "is out of range; expected a value, at least 1");
  EXPECT_EQ(refusal<int>("99999999999"), "is not an integer; expected an integer");
}

TEST(Cell, FlagsDatesTimesAndDays) {
  EXPECT_TRUE(read<bool>("yes"));
  EXPECT_EQ(refusal<bool>("true"), "is not a flag; expected yes or no");
  EXPECT_EQ(date_to_text(read<Date>("2024-02-29")), "2024-02-29");
  EXPECT_EQ(refusal<Date>("2026-02-29"), "is not a date; expected one like 2026-03-02");
  using std::chrono::minutes;
  EXPECT_EQ(read<minutes>("23:30"), minutes{1410});
  EXPECT_EQ(read<minutes>("24:00"), minutes{1440});
  EXPECT_EQ(refusal<minutes>("24:01"), "is not a time of day; expected hh:mm from 00:00 to 24:00");
  EXPECT_EQ(refusal<minutes>("+05:00"), "is not a time of day; expected hh:mm from 00:00 to 24:00");
  EXPECT_EQ(read<minutes>("+05:00", "utc_offset"), minutes{300});
  EXPECT_EQ(read<minutes>("-03:30", "utc_offset"), minutes{-210});
  EXPECT_EQ(refusal<minutes>("05:00", {}, "utc_offset"),
            "is not an offset from UTC; expected one like +05:00, at most 14 hours");
  EXPECT_EQ(read<Weekdays>("Mon;Wed").size(), 2);
  EXPECT_EQ(read<Weekdays>("daily"), Weekdays::daily());
  EXPECT_EQ(refusal<Weekdays>("Mondays"),
            "is not a set of days; expected daily or some of Mon;Tue;Wed;Thu;Fri;Sat;Sun");
}

TEST(Cell, LawsAreHoursOrAFamilyWithParameters) {
  EXPECT_EQ(read<Law>("36"), (Law{.family = LawFamily::kConstant, .a = 36}));
  EXPECT_EQ(read<Law>("lognormal mean=36 cv=0.6"),
            (Law{.family = LawFamily::kLognormal, .a = 36, .b = 0.6}));
  EXPECT_EQ(read<Law>("triangular max=9 min=1 mode=2"),
            (Law{.family = LawFamily::kTriangular, .a = 1, .b = 2, .c = 9}));
  EXPECT_EQ(refusal<Law>("lognorml mean=1 cv=1"),
            "is not a law; expected hours like 36, or a family with its parameters like lognormal "
            "mean=36 cv=0.6 | did you mean 'lognormal'?");
  EXPECT_EQ(refusal<Law>("gamma mean=1"), "lacks 'cv='; expected 'gamma mean= cv='");
  EXPECT_EQ(refusal<Law>("gamma mean=1 shape=2"),
            "has 'shape=2', which is no parameter of this law; expected 'gamma mean= cv='");
  EXPECT_EQ(refusal<Law>("uniform min=1 max=x"), "has 'max=x', whose value is not a number");
  EXPECT_EQ(refusal<Law>("uniform min=1 min=2"), "gives 'min' twice");
}

TEST(Cell, ChoicesGaugesReferencesAndLists) {
  EXPECT_EQ(read<Mode>("inland_water"), Mode::kInlandWater);
  EXPECT_EQ(refusal<Mode>("rial"),
            "is not known; expected one of rail, sea, inland_water, road, pipeline | did you mean "
            "'rail'?");
  EXPECT_EQ(read<Gauge>("1520"), Gauge{1520});
  EXPECT_EQ(refusal<Gauge>("152"),
            "is not a track gauge; expected mm from 600 to 1676 | 1435 is standard, 1520 broad");
  EXPECT_EQ(read<Id<Sea>>("caspian"), Id<Sea>{3});
  EXPECT_EQ(refusal<Id<Sea>>("caspain"), "is not an id in seas.csv");
  EXPECT_EQ(read<std::vector<Gauge>>("1435;1520"), (std::vector{Gauge{1435}, Gauge{1520}}));
  EXPECT_EQ(refusal<std::vector<double>>("1;;2"),
            "has an empty item in its list | items are separated by one ;");
  EXPECT_EQ(refusal<std::vector<Mode>>("rail;bike"),
            "item 'bike' is not known; expected one of rail, sea, inland_water, road, pipeline");
}

TEST(Cell, AnUnknownCodeOfAnUnreadTableIsNotHeldAgainstTheCell) {
  References references;
  references[table_number<Sea>()].is_complete = false;
  const FoundRow found = find_row("caspian", table_number<Sea>(), references);
  EXPECT_FALSE(found.row.has_value());
  EXPECT_FALSE(found.fault.has_value());
}

TEST(Cell, TextIsOneLine) {
  EXPECT_EQ(read<std::string>("Ələt, порт"), "Ələt, порт");
  EXPECT_EQ(refusal<std::string>("a\nb"),
            "has a line break or control character in it | write it on one line");
}

TEST(References, CodesAreFoundAmongMany) {
  std::vector<std::string> codes;
  for (int i = 0; i < 5000; ++i)
    codes.push_back("code_" + std::to_string(i));
  CodeIndex index;
  for (std::size_t i = 0; i < codes.size(); ++i)
    EXPECT_TRUE(index.insert(codes[i], i));
  EXPECT_FALSE(index.insert("code_7", 9));
  for (std::size_t i = 0; i < codes.size(); ++i)
    EXPECT_EQ(index.find(codes[i]), i);
  EXPECT_FALSE(index.find("code_5000").has_value());
  EXPECT_EQ(CodeIndex{}.find("x"), std::nullopt);
  CodeIndex few;
  few.insert("aktau", 0);
  few.insert("alat", 1);
  EXPECT_EQ(few.alike("aktua"), std::vector<std::string>{"aktau"});
}

TEST(References, TableNumbersFollowTheHousesOrder) {
  EXPECT_EQ(table_number<Source>(), 0U);
  EXPECT_EQ(table_number<Observation>(), kTableCount - 1);
}

}  // namespace
}  // namespace karvan::load
