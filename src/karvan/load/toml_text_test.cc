#include "karvan/load/toml_text.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace karvan::load {
namespace {

std::string toml_refusal(std::string_view text) {
  Complaints complaints;
  EXPECT_FALSE(parse_toml(text, "t.toml", complaints).has_value());
  return complaints.empty() ? "" : to_text(*complaints.begin());
}

TEST(TomlText, LeavesReadAsCells) {
  Complaints complaints;
  const auto toml = parse_toml(
      "text = \"a\"\nwhole = 3\npart = 0.25\nflag = true\nday = 2026-03-02\ntime = 23:30:00\n"
      "[table]\nlist = [1, \"two\"]\n",
      "t.toml", complaints);
  ASSERT_TRUE(toml.has_value());
  const auto text = [&toml](std::string_view key) { return toml->find(key)->text; };
  EXPECT_EQ(text("text"), "a");
  EXPECT_EQ(text("whole"), "3");
  EXPECT_EQ(text("part"), "0.25");
  EXPECT_EQ(text("flag"), "yes");
  EXPECT_EQ(text("day"), "2026-03-02");
  EXPECT_EQ(text("time"), "23:30");
  const TomlNode* list = toml->find("table")->find("list");
  ASSERT_EQ(list->items.size(), 2U);
  EXPECT_EQ(list->items[1].text, "two");
  EXPECT_EQ(list->line, 8);
  EXPECT_EQ(toml->find("absent"), nullptr);
}

TEST(TomlText, FaultsHaveTheirLine) {
  EXPECT_EQ(toml_refusal("a = 1\nb = \n").substr(0, 25), "t.toml:2: is not TOML: Er");
  EXPECT_EQ(toml_refusal("a = inf"), "t.toml:1: a: is not a finite number");
  EXPECT_EQ(toml_refusal("a = 2026-03-02T10:00:00Z"),
            "t.toml:1: a: has a type that no cell has; expected a text, number, flag, date or "
            "time");
  EXPECT_EQ(toml_refusal("a = \"\xff\""), "t.toml: is not UTF-8 (save the file as UTF-8)");
}

TEST(TomlText, LettersBeyondAsciiStandInQuotes) {
  const std::string refused = "t.toml:1: is not TOML: ";
  for (const std::string bad :
       {"\u02de = 1\n", "[\u0430\u043a]\n", "a = \u00e9\n", "[[\u0354amrowe"})
    EXPECT_EQ(toml_refusal(bad).substr(0, refused.size()), refused) << bad;
  Complaints complaints;
  EXPECT_TRUE(parse_toml("\xEF\xBB\xBF\"\u0430\" = \"\u0430\" # \u0430\n'\u0431' = '\u0431'\n",
                         "t.toml", complaints));
}

TEST(TomlText, DeepNestingIsRefusedBeforeItCostsTheStack) {
  std::string dots = "a";
  for (int i = 0; i < 100000; ++i)
    dots += ".a";
  EXPECT_EQ(toml_refusal("x = 1\n" + dots + " = 1\n"),
            "t.toml:2: has tables or lists nested too deeply");
  EXPECT_EQ(toml_refusal("[" + dots + "]\n"), "t.toml:1: has tables or lists nested too deeply");
  EXPECT_EQ(toml_refusal("a = " + std::string(100000, '[')),
            "t.toml:1: has tables or lists nested too deeply");
  // Dots in texts and comments are only dots.
  Complaints complaints;
  const std::string many(100, '.');
  EXPECT_TRUE(parse_toml("a = \"" + many + "\" # " + many + "\nb = '''\n" + many + "'''\n",
                         "t.toml", complaints)
                  .has_value());
  EXPECT_EQ(toml_refusal(std::string((1U << 20U) + 1, '#')),
            "t.toml: has 1048577 bytes; at most 1048576 are read");
}

}  // namespace
}  // namespace karvan::load
