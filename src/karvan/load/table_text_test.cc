#include "karvan/load/table_text.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"

namespace karvan::load {
namespace {

TEST(TableText, WhatWasLoadedIsWrittenAsItWas) {
  const Files files = detail::small_corridor();
  Complaints complaints;
  const auto loaded = load_corridor(files, "", complaints);
  ASSERT_TRUE(loaded.has_value());
  Files written = TableTexts{loaded->raw}.files();
  written["corridor.toml"] = info_text(loaded->corridor.info);
  for (const auto& [name, text] : written) {
    if (!name.ends_with(".csv")) continue;
    EXPECT_EQ(text, files.at(name)) << name;
  }
  Complaints others;
  const auto again = load_corridor(written, "", others);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->corridor.info.calendar_until, loaded->corridor.info.calendar_until);
  EXPECT_EQ(again->corridor.info.title, loaded->corridor.info.title);
}

TEST(TableText, RowsAreSortedAndQuoted) {
  TableText table{table_number<Operator>()};
  table.add({{"id", "b"}, {"name", "Rails, \"fast\""}, {"country", "KZ"}});
  table.add({{"id", "a"}, {"name", "A"}});
  EXPECT_EQ(table.csv(),
            "id,name,country,note,source,confidence\na,A,,,,\nb,\"Rails, \"\"fast\"\"\",KZ,,,\n");
  EXPECT_EQ(table.find("a"), 1U);
  table.remove("country", std::set<std::string>{"KZ"});
  EXPECT_EQ(table.find("b"), std::nullopt);
  EXPECT_EQ(table.find("a"), 0U);
}

TEST(TableText, ATomlTextKeepsQuotesAndBackslashes) {
  CorridorInfo info{.name = "x", .title = "a \"b\" \\ c"};
  info.calendar_from = parse_date("2026-01-01").value();
  info.calendar_until = parse_date("2027-01-01").value();
  Files files = detail::small_corridor();
  files["corridor.toml"] = info_text(info);
  Complaints complaints;
  const auto loaded = load_corridor(files, "", complaints);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->corridor.info.title, info.title);
}

}  // namespace
}  // namespace karvan::load
