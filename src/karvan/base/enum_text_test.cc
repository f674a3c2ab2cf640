#include "karvan/base/enum_text.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace karvan {

namespace {
enum class Color { kRed, kBlue };
}  // namespace

template <>
struct EnumTexts<Color> {
  static constexpr std::array values{std::pair{Color::kRed, std::string_view{"red"}},
                                     std::pair{Color::kBlue, std::string_view{"blue"}},
                                     std::pair{Color::kBlue, std::string_view{"azure"}}};
};

namespace {

TEST(EnumText, GoesBothWays) {
  static_assert(to_text(Color::kRed) == "red");
  EXPECT_EQ(to_text(Color::kBlue), "blue");
  EXPECT_EQ(parse_enum<Color>("blue"), Color::kBlue);
  EXPECT_EQ(parse_enum<Color>("azure"), Color::kBlue);
  EXPECT_EQ(parse_enum<Color>("Blue"), std::nullopt);
  EXPECT_EQ(parse_enum<Color>(""), std::nullopt);
  EXPECT_EQ(enum_texts<Color>(), "red, blue, azure");
}

}  // namespace
}  // namespace karvan
