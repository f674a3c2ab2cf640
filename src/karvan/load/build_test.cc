#include "karvan/load/build.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"

namespace karvan::load {
namespace {

using detail::small_corridor;

std::vector<std::string> texts(const Complaints& complaints) {
  std::vector<std::string> lines;
  for (const Complaint& complaint : complaints)
    lines.push_back(to_text(complaint));
  return lines;
}

// The complaints about the small corridor with some text of one file replaced.
std::vector<std::string> complaints_after(std::string_view file,
                                          std::string_view from,
                                          std::string_view to) {
  Files files = small_corridor();
  std::string& text = files.find(file)->second;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " is not in " << text;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  Complaints complaints;
  load_corridor(files, "", complaints);
  return texts(complaints);
}

using Lines = std::vector<std::string>;

TEST(Build, ASoundCorridorLoads) {
  Complaints complaints;
  const auto loaded = load_corridor(small_corridor(), "data/small", complaints);
  EXPECT_EQ(texts(complaints), Lines{});
  ASSERT_TRUE(loaded.has_value());
  const Corridor& corridor = loaded->corridor;
  EXPECT_EQ(corridor.info.title, "A small corridor");
  EXPECT_EQ(date_to_text(corridor.info.calendar_until), "2027-01-01");
  ASSERT_EQ(corridor.places.size(), 4U);
  const World world{corridor};
  const Link& sea = world[world.find<Link>("aktau-alat-sea").value()];
  EXPECT_EQ(world[sea.from].code, "aktau");
  EXPECT_EQ(world[world[sea.to].country].name, "Azerbaijan");
  EXPECT_EQ(sea.fact.confidence, Confidence::kAssumed);
  EXPECT_EQ(sea.fact.sources, std::vector{Id<Source>{0}});
  const Departure& monday = corridor.departures[Id<Departure>{0}];
  EXPECT_EQ(monday.leaves_at, std::chrono::hours{23});
  EXPECT_EQ(loaded->raw[table_number<Link>()].file, "data/small/links.csv");
}

TEST(Build, RowsMayReferToLaterTables) {
  // vessels.services is read before nothing: all ids are known before any row is parsed.
  Complaints complaints;
  const auto loaded = load_corridor(small_corridor(), "", complaints);
  ASSERT_TRUE(loaded.has_value());
  const Vessel& vessel = loaded->corridor.vessels[Id<Vessel>{0}];
  EXPECT_EQ(loaded->corridor.services[vessel.services.at(0)].code, "ferry");
}

TEST(Build, OnlyFiveTablesAndTheInfoMustBeThere) {
  Complaints complaints;
  EXPECT_FALSE(load_corridor(Files{}, "d", complaints).has_value());
  EXPECT_EQ(texts(complaints), (Lines{"d/corridor.toml: is missing; it names the corridor",
                                      "d/countries.csv: is missing", "d/links.csv: is missing",
                                      "d/places.csv: is missing", "d/sources.csv: is missing",
                                      "d/time_zones.csv: is missing"}));
}

TEST(Build, AllComplaintsComeAtOnce) {
  Files files = small_corridor();
  const auto replace = [&files](std::string_view file, std::string_view from, std::string_view to) {
    std::string& text = files.find(file)->second;
    text.replace(text.find(from), from.size(), to);
  };
  replace("links.csv", ",alat,sea,470", ",alatt,sea,four");
  replace("places.csv", "Almaty,,rail_terminal,KZ", "Almaty,,rail_termnal,KS");
  replace("services.csv", "ferries,sea", ",sea");
  replace("corridor.toml", "2027-01-01", "\"soon\"");
  files["lnks.csv"] = "id\n";
  Complaints complaints;
  EXPECT_FALSE(load_corridor(files, "", complaints).has_value());
  EXPECT_EQ(
      texts(complaints),
      (Lines{"corridor.toml:4: calendar_until: 'soon' is not a date; expected one like 2026-03-02",
             "links.csv:2: to_place: 'alatt' is not an id in places.csv (did you mean 'alat'?)",
             "links.csv:2: length_km: 'four' is not a number; expected a number in km, 0.1 to "
             "30000",
             "lnks.csv: is not a table of the schema (did you mean 'links'?)",
             "places.csv:4: kind: 'rail_termnal' is not known; expected one of rail_terminal, "
             "rail_junction, seaport, ferry_port, oil_terminal, border_rail, border_road, "
             "inland_port, city (did you mean 'rail_terminal'?)",
             "places.csv:4: country: 'KS' is not an id in countries.csv (did you mean 'KZ'?)",
             "services.csv:2: operator: is empty; expected a reference"}));
}

TEST(Build, IdsAreUniqueWellFormedAndSorted) {
  EXPECT_EQ(complaints_after("seas.csv", "caspian,", "black_sea,"),
            (Lines{"places.csv:2: sea: 'caspian' is not an id in seas.csv",
                   "places.csv:3: sea: 'caspian' is not an id in seas.csv",
                   "seas.csv:3: id: 'black_sea' is there twice; first in line 2"}));
  EXPECT_EQ(complaints_after("departures.csv", "train_mon", "train mon"),
            Lines{"departures.csv:2: id: 'train mon' is not an id; expected at most 80 of A-Z a-z "
                  "0-9 _ - ."});
  EXPECT_EQ(complaints_after("exchange_rates.csv", "kzt_2024", "kzt_2124"),
            Lines{"exchange_rates.csv:3: warning: id: 'kzt_2025' is out of order (sort the rows by "
                  "id, so that changes show as small diffs)"});
}

TEST(Build, ColumnsAreThoseOfTheSchema) {
  EXPECT_EQ(complaints_after("seas.csv", "datum_m", "datum"),
            (Lines{"seas.csv:1: datum: is not a column of seas (did you mean 'datum_m'?)",
                   "seas.csv:1: warning: datum_m: is missing in the header"}));
  EXPECT_EQ(complaints_after("seas.csv", "id,name,", "id,id,"),
            (Lines{"seas.csv:1: id: stands twice in the header",
                   "seas.csv:1: name: is missing in the header",
                   "seas.csv:2: name: is empty; expected a text",
                   "seas.csv:3: name: is empty; expected a text"}));
  EXPECT_EQ(complaints_after("seas.csv", "note,source", "source,note"),
            (Lines{"seas.csv:1: warning: has its columns in another order than the schema",
                   "seas.csv:2: source: is empty; expected a list of reference",
                   "seas.csv:3: source: is empty; expected a list of reference"}));
}

TEST(Build, EveryFactNeedsASourceAndAConfidence) {
  EXPECT_EQ(complaints_after("seas.csv", "Black Sea,,,,,,atlas,assumed", "Black Sea,,,,,,,"),
            (Lines{"seas.csv:2: source: is empty; expected a list of reference",
                   "seas.csv:2: confidence: is empty; expected a choice"}));
  EXPECT_EQ(complaints_after("seas.csv", "atlas,assumed", "atlas;altas,guessed"),
            (Lines{"seas.csv:2: source: 'atlas;altas' item 'altas' is not an id in sources.csv "
                   "(did you mean 'atlas'?)",
                   "seas.csv:2: confidence: 'guessed' is not known; expected one of published, "
                   "derived, assumed"}));
}

TEST(Build, AnUnreadableTableDoesNotMakeItsReferencesWrong) {
  EXPECT_EQ(complaints_after("places.csv", "Aktau", "\"Aktau"),
            Lines{"places.csv:2: a quote is opened and never closed (a quote inside a quoted cell "
                  "is written twice)"});
  EXPECT_EQ(complaints_after("places.csv", "Aktau", "Akt\xff"),
            Lines{"places.csv:2: is not UTF-8 (save the file as UTF-8)"});
}

TEST(Build, BlanksAtTheEndsOfCellsAreRefused) {
  EXPECT_EQ(complaints_after("seas.csv", "Black Sea", "Black Sea "),
            Lines{"seas.csv:2: name: 'Black Sea ' has blanks at an end (remove them)"});
}

TEST(Build, TheInfoHasItsKeys) {
  EXPECT_EQ(complaints_after("corridor.toml", "title =", "titel ="),
            (Lines{"corridor.toml: title: is missing",
                   "corridor.toml:2: titel: is not a key of corridor.toml (did you mean "
                   "'title'?)"}));
  const Lines broken = complaints_after("corridor.toml", "\"small\"", "[");
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_TRUE(broken[0].starts_with("corridor.toml:2: is not TOML: ")) << broken[0];
}

TEST(Build, TheWholeIsCheckedWithFileAndLine) {
  EXPECT_EQ(complaints_after("links.csv", ",900,", ",90,"),
            Lines{"links.csv:3: length_km: '90.0' is shorter than the great circle between its "
                  "ends, 694.1 km"});
}

// The row of tariffs.csv is valid from June 2025, when the rate of January 2025 holds.
TEST(Build, PricesAreConvertedAtTheRateOfTheirDay) {
  Complaints complaints;
  Files files = small_corridor();
  const auto loaded = load_corridor(files, "", complaints);
  ASSERT_TRUE(loaded.has_value());
  const Tariff& rail = loaded->corridor.tariffs[Id<Tariff>{1}];
  EXPECT_EQ(rail.code, "rail_box40");
  EXPECT_DOUBLE_EQ(rail.per_unit.value(), 500000 * 0.002);
  EXPECT_EQ(rail.currency, "USD");
  EXPECT_DOUBLE_EQ(loaded->corridor.tariffs[Id<Tariff>{0}].per_unit.value(), 600);

  // Without a day, the latest holds.
  std::string& text = files["tariffs.csv"];
  text.replace(text.find("2025-06-01"), 10, "");
  const auto undated = load_corridor(files, "", complaints);
  ASSERT_TRUE(undated.has_value());
  EXPECT_DOUBLE_EQ(undated->corridor.tariffs[Id<Tariff>{1}].per_unit.value(), 500000 * 0.0019);

  EXPECT_EQ(complaints_after("tariffs.csv", "KZT", "CHF"),
            Lines{"tariffs.csv:3: currency: 'CHF' has no row in exchange_rates.csv (there are "
                  "rates for USD, KZT)"});
}

// Columns and rows in any order give the same corridor; only warnings tell.
TEST(Build, ShuffledRowsGiveTheSameCorridor) {
  Files files = small_corridor();
  std::string& text = files["places.csv"];
  std::vector<std::string> lines;
  for (const std::string_view line : split(trim(text), '\n'))
    lines.emplace_back(line);
  std::reverse(lines.begin() + 1, lines.end());
  text = join(lines, "\n");
  Complaints complaints;
  const auto loaded = load_corridor(files, "", complaints);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(complaints.warning_count(), 1U);
  const World world{loaded->corridor};
  const Link& sea = world[world.find<Link>("aktau-alat-sea").value()];
  EXPECT_EQ(world[sea.from].code, "aktau");
  EXPECT_EQ(world[sea.to].code, "alat");
}

}  // namespace
}  // namespace karvan::load
