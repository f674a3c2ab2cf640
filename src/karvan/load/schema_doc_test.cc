#include "karvan/load/schema_doc.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "karvan/load/schema.h"

namespace karvan::load {
namespace {

// The committed file says what the schema says; KARVAN_UPDATE=1 rewrites it.
void expect_same(const std::string& path, const std::string& text) {
  if (std::getenv("KARVAN_UPDATE") != nullptr) std::ofstream{path, std::ios::binary} << text;
  std::ifstream in{path, std::ios::binary};
  const std::string committed{std::istreambuf_iterator<char>{in}, {}};
  EXPECT_TRUE(committed == text) << path << " is out of date: run this test with KARVAN_UPDATE=1";
}

TEST(SchemaDoc, CommittedFilesAreThoseOfTheSchema) {
  expect_same("data/schema/README.md", schema_markdown());
  expect_same("data/schema/tables.json", schema_json());
}

TEST(SchemaDoc, EveryColumnIsDescribed) {
  std::set<std::string> names;
  for (const TableSpec& table : table_specs()) {
    EXPECT_TRUE(names.insert(table.name).second) << table.name;
    EXPECT_FALSE(table.description.empty()) << table.name;
    ASSERT_FALSE(table.columns.empty()) << table.name;
    EXPECT_EQ(table.columns.front().name, "id") << table.name;
    std::set<std::string> columns;
    for (const ColumnSpec& column : table.columns) {
      EXPECT_TRUE(columns.insert(column.name).second) << table.name << "." << column.name;
      EXPECT_FALSE(column.doc.empty()) << table.name << "." << column.name;
      EXPECT_FALSE(column.type.empty()) << table.name << "." << column.name;
      EXPECT_EQ(column.table.has_value(), !column.reference.empty());
    }
  }
  EXPECT_EQ(table_specs().size(), kTableCount);
}

TEST(SchemaDoc, UnitsFollowFromTheEndsOfColumnNames) {
  EXPECT_EQ(unit_of("length_km"), "km");
  EXPECT_EQ(unit_of("dwell_hours"), "h");
  EXPECT_EQ(unit_of("hours"), "h");
  EXPECT_EQ(unit_of("speed_kmh"), "km/h");
  EXPECT_EQ(unit_of("rate_max_t_per_h"), "t/h");
  EXPECT_EQ(unit_of("trend_cm_per_year"), "cm/year");
  EXPECT_EQ(unit_of("t_per_cm"), "t/cm");
  EXPECT_EQ(unit_of("value_usd_per_t"), "USD/t");
  EXPECT_EQ(unit_of("per_t"), "currency/t");
  EXPECT_EQ(unit_of("name"), "");
}

}  // namespace
}  // namespace karvan::load
