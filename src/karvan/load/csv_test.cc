#include "karvan/load/csv.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace karvan::load {
namespace {

struct Reading {
  CsvTable table;
  Complaints complaints;

  std::string first() const { return complaints.empty() ? "" : to_text(*complaints.begin()); }
};

Reading reading_of(std::string_view text, const CsvLimits& limits = {}) {
  Reading reading;
  reading.table = read_csv(text, "t.csv", reading.complaints, limits);
  return reading;
}

TEST(Csv, RecordsHaveTheirCellsAndLines) {
  const Reading it = reading_of("id,name\na,Aktau\nb,\n");
  EXPECT_TRUE(it.complaints.empty());
  ASSERT_EQ(it.table.columns(), 2U);
  ASSERT_EQ(it.table.records(), 2U);
  EXPECT_EQ(it.table.header(1), "name");
  EXPECT_EQ(it.table.cell(0, 1), "Aktau");
  EXPECT_EQ(it.table.cell(1, 1), "");
  EXPECT_EQ(it.table.line(1), 3);
  EXPECT_TRUE(it.table.is_complete());
}

TEST(Csv, QuotedCellsHoldCommasQuotesAndLineEnds) {
  const Reading it = reading_of("id,note\r\na,\"one, \"\"two\"\"\nthree\"\r\nb,x");
  EXPECT_TRUE(it.complaints.empty()) << it.first();
  ASSERT_EQ(it.table.records(), 2U);
  EXPECT_EQ(it.table.cell(0, 1), "one, \"two\"\nthree");
  EXPECT_EQ(it.table.line(1), 4);  // the quoted line end counts
}

TEST(Csv, AnEmptyLastCellNeedsNoLineEnd) {
  const Reading it = reading_of("id,note\na,");
  EXPECT_TRUE(it.complaints.empty());
  EXPECT_EQ(it.table.cell(0, 1), "");
}

struct Case {
  std::string_view text;
  std::string_view complaint;  // the first
};

TEST(Csv, FaultsAreToldWithTheirLine) {
  using namespace std::string_view_literals;
  const std::vector<Case> cases = {
      {"", "t.csv:1: the file has no header row"},
      {"id,n\na\n", "t.csv:2: has 1 cells; expected 2, as in the header"},
      {"id,n\na,b,c\n",
       "t.csv:2: has 3 cells; expected 2, as in the header (put cells with a comma in them in "
       "\"quotes\")"},
      {"id,n\na,\"b\n",
       "t.csv:2: a quote is opened and never closed (a quote inside a quoted cell is written "
       "twice)"},
      {"id,n\na,b\"c\n",
       "t.csv:2: 'b\"c' has a quote but is not quoted (put the whole cell in quotes and write a "
       "quote inside it twice)"},
      {"id,n\na,\"b\"c\n",
       "t.csv:2: 'bc' has text behind its closing quote (a quote inside a quoted cell is written "
       "twice)"},
      {"id,n\na,b\rc,d\n",
       "t.csv:2: 'b?c' has a carriage return that ends no line (end lines with LF or CRLF)"},
      {"id,n\na,\xff\n", "t.csv:2: is not UTF-8 (save the file as UTF-8)"},
      {"id,n\na,b\0c\n"sv, "t.csv:2: has a NUL byte (is this a text file, and saved as UTF-8?)"},
      {"id,n\n\na,b\n", "t.csv:2: warning: the line is empty (remove it)"},
      {"\xef\xbb\xbfid,n\na,b\n",
       "t.csv:1: warning: begins with a byte order mark (save as UTF-8 without one)"},
  };
  for (const auto& [text, complaint] : cases)
    EXPECT_EQ(reading_of(text).first(), complaint) << text;
}

TEST(Csv, AFaultyRecordKeepsItsPlace) {
  const Reading it = reading_of("id,n\na\nb,2,3\nc,4\n");
  EXPECT_EQ(it.complaints.error_count(), 2U);
  ASSERT_EQ(it.table.records(), 3U);
  EXPECT_TRUE(it.table.is_faulty(0));
  EXPECT_EQ(it.table.cell(0, 1), "");
  EXPECT_TRUE(it.table.is_faulty(1));
  EXPECT_EQ(it.table.cell(1, 1), "2");
  EXPECT_FALSE(it.table.is_faulty(2));
  EXPECT_EQ(it.table.cell(2, 1), "4");
  EXPECT_TRUE(it.table.is_complete());
}

TEST(Csv, AnOpenQuoteLeavesTheTableIncomplete) {
  const Reading it = reading_of("id,n\na,1\nb,\"2\nc,3\n");
  EXPECT_FALSE(it.table.is_complete());
  EXPECT_EQ(it.table.cell(0, 1), "1");
}

TEST(Csv, LimitsAreKept) {
  EXPECT_EQ(reading_of("id,n\na,1\n", {.file_bytes = 5}).first(),
            "t.csv: has 9 bytes; at most 5 are read");
  EXPECT_EQ(reading_of("id,n\na,12345\n", {.cell_bytes = 4}).first(),
            "t.csv:2: '12345' has 5 bytes; at most 4 are read");
  EXPECT_EQ(reading_of("id\na\nb\nc\n", {.records = 2}).first(),
            "t.csv:4: too many records; at most 2 are read");
  EXPECT_EQ(reading_of("a,b,c\n", {.columns = 2}).first(),
            "t.csv:1: has 3 columns; at most 2 are read");
  const Reading many = reading_of("id,n\na\na\na\na\na\n", {.faults = 3});
  EXPECT_EQ(many.complaints.error_count(), 3U);
  EXPECT_EQ(many.table.records(), 3U);
  EXPECT_FALSE(many.table.is_complete());
}

TEST(Csv, WhatIsQuotedReadsBack) {
  for (const std::string_view cell : {"", "plain", "a,b", "a\"b", "two\nlines", "\"\""}) {
    const Reading it = reading_of("id,n\nx," + csv_quoted(cell) + "\n");
    EXPECT_TRUE(it.complaints.empty());
    EXPECT_EQ(it.table.cell(0, 1), cell);
  }
}

}  // namespace
}  // namespace karvan::load
