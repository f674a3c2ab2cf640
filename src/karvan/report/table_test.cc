#include "karvan/report/table.h"

#include <gtest/gtest.h>

#include "karvan/report/sheet.h"

namespace karvan::report {
namespace {

TEST(DisplayWidth, CountsColumnsOfATerminal) {
  EXPECT_EQ(display_width("Aktau"), 5);
  EXPECT_EQ(display_width("Türkiye"), 7);
  EXPECT_EQ(display_width("西安"), 4);
  EXPECT_EQ(display_width("a\xCC\x81"), 1) << "a combining mark takes no room";
  EXPECT_EQ(display_width("\x1b[31mred\x1b[0m"), 3);
  EXPECT_EQ(display_width("\xC3"), 1) << "broken UTF-8 does not hang";
}

TEST(TextTable, AlignsAndLeavesNoBlanksAtLineEnds) {
  TextTable table{{{"Place", Align::kLeft}, {"km", Align::kRight}, {"Note", Align::kLeft}}};
  table.add({"Əlat", "7", ""});
  table.add({"Xi'an", "3,128", "far"});
  EXPECT_EQ(table.text(Style{}),
            "Place     km  Note\n"
            "Əlat       7\n"
            "Xi'an  3,128  far\n");
}

TEST(Wrapped, BreaksBetweenWordsOnly) {
  EXPECT_EQ(wrapped("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(wrapped("", 7, 2), "");
}

TEST(OneLine, DataCannotPaintTheTerminal) {
  EXPECT_EQ(one_line("a\x1b[31mb\nc"), "a [31mb c");
}

Sheet sample_sheet() {
  return {.columns = {{"id", "Id"}, {"km", "Length"}, {"ok", "Ok"}, {"hidden", ""}},
          .rows = {{"a,b", Cell{1234.5, 1}, true, "x"}, {"c|d", Cell{}, false, "say \"hi\""}}};
}

TEST(Sheet, TextMarksThousandsAndHidesColumnsWithoutHead) {
  EXPECT_EQ(sheet_text(sample_sheet(), Style{}),
            "Id    Length  Ok\n"
            "a,b  1,234.5  yes\n"
            "c|d           no\n");
}

TEST(Sheet, CsvIsPlain) {
  EXPECT_EQ(sheet_csv(sample_sheet()),
            "id,km,ok,hidden\n"
            "\"a,b\",1234.5,yes,x\n"
            "c|d,,no,\"say \"\"hi\"\"\"\n");
}

TEST(Sheet, MarkdownEscapesBars) {
  EXPECT_EQ(sheet_markdown(sample_sheet()),
            "| Id | Length | Ok |\n"
            "|---|---:|---|\n"
            "| a,b | 1,234.5 | yes |\n"
            "| c\\|d |  | no |\n");
}

TEST(Sheet, JsonKeepsTypes) {
  EXPECT_EQ(sheet_json({.columns = {{"a", ""}, {"b", ""}, {"c", ""}},
                        .rows = {{Cell{}, Cell{2.0, 0}, Cell{0.126, 2}}}}),
            "[\n  {\n    \"a\": null,\n    \"b\": 2,\n    \"c\": 0.13\n  }\n]\n");
}

TEST(Shortened, CutsBetweenLetters) {
  EXPECT_EQ(shortened("Constanța port", 9), "Consta...");
  EXPECT_EQ(shortened("ăăăăăă", 5), "ăă...");
  EXPECT_EQ(shortened("short", 9), "short");
}

}  // namespace
}  // namespace karvan::report
