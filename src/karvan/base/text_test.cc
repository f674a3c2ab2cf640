#include "karvan/base/text.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan {
namespace {

using Views = std::vector<std::string_view>;
using Strings = std::vector<std::string>;

TEST(Trim, TakesBlanksFromBothSides) {
  EXPECT_EQ(trim(" \ta b\r\n"), "a b");
  EXPECT_EQ(trim(" \t "), "");
}

TEST(Split, KeepsEmptyItems) {
  EXPECT_EQ(split("a;b;", ';'), (Views{"a", "b", ""}));
  EXPECT_EQ(split("", ';'), Views{""});
  EXPECT_EQ(split(" a ; b", ';'), (Views{" a ", " b"}));
  EXPECT_EQ(split_trimmed(" a ; b", ';'), (Views{"a", "b"}));
}

TEST(Join, UndoesSplit) {
  EXPECT_EQ(join(split("a;;b", ';'), ";"), "a;;b");
  EXPECT_EQ(join(Strings{"rail", "sea"}, ", "), "rail, sea");
  EXPECT_EQ(join(Views{}, ", "), "");
}

TEST(ParseDouble, ReadsTheWholeText) {
  EXPECT_EQ(parse_double("12.5"), 12.5);
  EXPECT_EQ(parse_double("-1e3"), -1000.0);
  EXPECT_EQ(parse_double("0.1"), 0.1);
  for (const char* text : {"", " 1", "1 ", "1,5", "1.5km", "inf", "nan", "1e999", "0x10", "+1"}) {
    EXPECT_EQ(parse_double(text), std::nullopt) << text;
  }
}

TEST(ParseInt, RefusesWhatDoesNotFit) {
  EXPECT_EQ(parse_int<int>("-42"), -42);
  EXPECT_EQ(parse_int<std::uint8_t>("255"), 255);
  EXPECT_EQ(parse_int<std::uint8_t>("256"), std::nullopt);
  EXPECT_EQ(parse_int<unsigned>("-1"), std::nullopt);
  EXPECT_EQ(parse_int<int>("1.0"), std::nullopt);
  EXPECT_EQ(parse_int<int>(""), std::nullopt);
}

TEST(FormatFixed, NeverShowsMinusZero) {
  EXPECT_EQ(format_fixed(12345.678, 2), "12345.68");
  EXPECT_EQ(format_fixed(-0.001, 2), "0.00");
  EXPECT_EQ(format_fixed(-0.0, 0), "0");
  EXPECT_EQ(format_fixed(-1.5, 1), "-1.5");
  EXPECT_EQ(format_fixed(std::numeric_limits<double>::max(), 17).size(), 309U + 18U);
}

TEST(WithThousands, GroupsDigits) {
  EXPECT_EQ(with_thousands(12345.6, 1), "12,345.6");
  EXPECT_EQ(with_thousands(-1234567.0, 0), "-1,234,567");
  EXPECT_EQ(with_thousands(999.0, 0), "999");
  EXPECT_EQ(with_thousands(-999.0, 2), "-999.00");
  EXPECT_EQ(with_thousands(1000.0, 0), "1,000");
  EXPECT_EQ(with_thousands(std::numeric_limits<double>::infinity(), 0), "inf");
}

TEST(IsValidUtf8, FollowsTheStandard) {
  EXPECT_TRUE(is_valid_utf8("Aktau Constanța Ələt 西安 \xf0\x9f\x9a\x82"));
  for (const char* text : {"\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                           "\xf5\x80\x80\x80", "abc\xc8", "\xe2\x82", "\xff"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(FoldName, BringsSpellingsTogether) {
  const struct {
    const char* name;
    const char* folded;
  } cases[] = {
      {"Xi'an", "xian"},
      {"XI AN", "xian"},
      {"Xi’an", "xian"},
      {"Constanța", "constanta"},
      {"Constanţa", "constanta"},
      {"İstanbul", "istanbul"},
      {"Diyarbakır", "diyarbakir"},
      {"Ələt", "alat"},
      {"Gəncə", "ganca"},
      {"Çərkəzköy", "carkazkoy"},
      {"Poti/Sea Port (2)", "potiseaport2"},
      {"Łódź", "lodz"},
      {"Straße", "strasse"},
      {"Ürümqi", "urumqi"},
      {"u\xcc\x88", "u"},
      {"Актау", "актау"},
      {"Құрық", "құрық"},
      {"西安", "西安"},
      {"a\xff"
       "b",
       "ab"},
      {"", ""},
  };
  for (const auto& c : cases)
    EXPECT_EQ(fold_name(c.name), c.folded) << c.name;
}

TEST(FoldName, DoesNothingTwice) {
  RandomStream random{7, "fold"};
  for (int i = 0; i < 2000; ++i) {
    std::string bytes;
    for (int n = 0; n < 12; ++n)
      bytes += static_cast<char>(random.uniform_int(0, 255));
    const std::string folded = fold_name(bytes);
    EXPECT_TRUE(is_valid_utf8(folded));
    EXPECT_EQ(fold_name(folded), folded);
  }
}

TEST(EditDistance, CountsChangesAndSwaps) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("aktau", "aktau"), 0U);
  EXPECT_EQ(edit_distance("aktau", "aktua"), 1U);
  EXPECT_EQ(edit_distance("aktau", "atkua"), 2U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // optimal string alignment, not 2
}

TEST(Closest, GivesTheNearestThree) {
  const Strings places{"aktau", "aktobe", "alat", "aktay", "aktu"};
  EXPECT_EQ(closest("Aktua", places, 2), (Strings{"aktau", "aktu", "aktay"}));
  EXPECT_EQ(closest("constanta", places, 2), Strings{});
  const Views views{"rail", "sea"};
  EXPECT_EQ(closest("rial", views, 1), Strings{"rail"});
}

}  // namespace
}  // namespace karvan
