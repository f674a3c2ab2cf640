#include "karvan/load/scenario.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/load/detail/small_corridor.h"
#include "karvan/model/world.h"

namespace karvan::load {
namespace {

using Told = std::vector<std::string>;

Told lines_of(const Complaints& complaints) {
  Told lines;
  for (const Complaint& complaint : complaints)
    lines.push_back(to_text(complaint));
  return lines;
}

std::string head(std::string_view name, std::string_view parent = "base") {
  return "name = \"" + std::string{name} + "\"\ntitle = \"T\"\nparent = \"" + std::string{parent} +
         "\"\n";
}

class ScenarioOfSmallCorridor : public testing::Test {
 protected:
  ScenarioOfSmallCorridor() {
    files_ = detail::small_corridor();
    Complaints complaints;
    loaded_ = load_corridor(files_, "d", complaints);
  }

  void write(std::string_view name, std::string_view body, std::string_view parent = "base") {
    files_["scenarios/" + std::string{name} + ".toml"] = head(name, parent) + std::string{body};
  }
  // Loads it; no complaints are expected.
  Scenario load(std::string_view name) {
    Complaints complaints;
    auto scenario = load_scenario(*loaded_, files_, name, complaints);
    EXPECT_EQ(lines_of(complaints), Told{});
    return scenario ? std::move(*scenario) : Scenario{};
  }
  // The complaints about a scenario of this body, which begins in line 4.
  Told refusal(std::string_view body) {
    write("bad", body);
    Complaints complaints;
    EXPECT_FALSE(load_scenario(*loaded_, files_, "bad", complaints).has_value());
    return lines_of(complaints);
  }
  World world(const Scenario& scenario) const { return World{loaded_->corridor, scenario.overlay}; }

  Files files_;
  std::optional<Loaded> loaded_;
};

TEST_F(ScenarioOfSmallCorridor, ChangesCellsOfARow) {
  write("closed",
        "[[change]]\ntable = \"links\"\nid = \"alat-poti-rail\"\n"
        "set = { status = \"closed\", open_until = 2026-05-01, speed_kmh = 30.5 }\n"
        "[[change]]\ntable = \"places\"\nid = \"poti\"\n"
        "set = { unreachable_note = \"closed here\" }\n");
  const Scenario closed = load("closed");
  const World seen = world(closed);
  const Link& link = seen[seen.find<Link>("alat-poti-rail").value()];
  EXPECT_EQ(link.status, LinkStatus::kClosed);
  EXPECT_EQ(link.speed, KmPerHour{30.5});
  EXPECT_EQ(link.length, Km{900});  // what is not named stays
  EXPECT_EQ(seen.scenario(), "closed");
  ASSERT_EQ(closed.changes.size(), 4U);
  const CellChange& note = closed.changes[0];
  EXPECT_EQ(note.table + "." + note.id + "." + note.column, "places.poti.unreachable_note");
  const CellChange& speed = closed.changes[1];
  EXPECT_EQ(speed.column, "speed_kmh");
  EXPECT_EQ(speed.from, "40");
  EXPECT_EQ(speed.to, "30.5");
}

TEST_F(ScenarioOfSmallCorridor, AnEmptyTextTakesAValueAway) {
  write("s", "[[change]]\ntable = \"places\"\nid = \"poti\"\nset = { unlocode = \"\" }\n");
  const Scenario scenario = load("s");
  const World seen = world(scenario);
  EXPECT_EQ(seen[seen.find<Place>("poti").value()].unlocode, "");
}

TEST_F(ScenarioOfSmallCorridor, WhereChoosesAllRowsThatAreLikeThis) {
  write("s",
        "[[scale]]\ntable = \"capacities\"\nwhere = { load_unit = [\"box40\", \"box20\"], "
        "service = \"ferry\" }\ncolumn = \"units\"\nfactor = 0.7\n"
        "[[scale]]\ntable = \"crossing_steps\"\nwhere = { kind = \"entry_customs\" }\n"
        "column = \"hours\"\nfactor = 0.5\n"
        "[[change]]\ntable = \"vessels\"\nwhere = { services = \"ferry\" }\n"
        "set = { count = 2, capacity_teu = 100 }\n");
  const Scenario scenario = load("s");
  const World seen = world(scenario);
  EXPECT_DOUBLE_EQ(seen[seen.find<Capacity>("ferry_box40").value()].units, 42);
  EXPECT_EQ(seen[seen.find<Capacity>("ferry_wagon").value()].units, 50);
  EXPECT_EQ(seen[seen.find<CrossingStep>("rail_1").value()].hours,
            (Law{.family = LawFamily::kUniform, .a = 1, .b = 3}));
  EXPECT_EQ(seen[seen.find<CrossingStep>("sea_1").value()].hours,
            (Law{.family = LawFamily::kTriangular, .a = 0.5, .b = 2, .c = 6}));
  EXPECT_EQ(seen[Id<Vessel>{0}].count, 2);
}

TEST_F(ScenarioOfSmallCorridor, RowsAreAddedAndReferToOneAnother) {
  write("s",
        "[[add]]\ntable = \"capacities\"\nrow = { id = \"slow_box40\", service = \"slow\", "
        "load_unit = \"box40\", units = 10, source = \"atlas\", confidence = \"assumed\" }\n"
        "[[add]]\ntable = \"services\"\nrow = { id = \"slow\", name = \"Slow\", operator = "
        "\"railway\", mode = \"rail\", departs = \"on_demand\", gauge_mm = 1520, source = "
        "[\"atlas\"], confidence = \"assumed\" }\n"
        "[[add]]\ntable = \"calls\"\nrow = { id = \"slow_1\", service = \"slow\", sequence = 1, "
        "place = \"alat\", source = \"atlas\", confidence = \"assumed\" }\n"
        "[[add]]\ntable = \"calls\"\nrow = { id = \"slow_2\", service = \"slow\", sequence = 2, "
        "place = \"poti\", links = [\"alat-poti-rail\"], source = \"atlas\", confidence = "
        "\"assumed\" }\n");
  const Scenario scenario = load("s");
  const World seen = world(scenario);
  const auto id = seen.find<Service>("slow");
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(id->index(), loaded_->corridor.services.size());
  EXPECT_EQ(seen[seen.find<Call>("slow_2").value()].service, *id);
  EXPECT_EQ(scenario.changes.back().kind, ChangeKind::kAdded);
}

TEST_F(ScenarioOfSmallCorridor, RowsAreRemoved) {
  write("s", "[[remove]]\ntable = \"vessels\"\nid = \"agdam\"\n");
  const Scenario scenario = load("s");
  EXPECT_FALSE(world(scenario).find<Vessel>("agdam").has_value());
  ASSERT_EQ(scenario.changes.size(), 1U);
  EXPECT_EQ(scenario.changes[0].kind, ChangeKind::kRemoved);
}

TEST_F(ScenarioOfSmallCorridor, ParentsComeFirstAndOperationsInTheirOrder) {
  write("grand",
        "[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\n"
        "set = { speed_kmh = 10 }\n[[remove]]\ntable = \"vessels\"\nid = \"agdam\"\n");
  write("parent",
        "[[scale]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\ncolumn = "
        "\"speed_kmh\"\nfactor = 3\n[[change]]\ntable = \"links\"\nid = "
        "\"aktau-alat-sea\"\nset = { length_km = 500 }\n",
        "grand");
  write("child",
        "[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\n"
        "set = { length_km = 480 }\n",
        "parent");
  const Scenario child = load("child");
  EXPECT_EQ(child.info.parent, "parent");
  const World seen = world(child);
  const Link& link = seen[seen.find<Link>("aktau-alat-sea").value()];
  EXPECT_EQ(link.speed, KmPerHour{30});
  EXPECT_EQ(link.length, Km{480});
  EXPECT_FALSE(seen.find<Vessel>("agdam").has_value());
}

TEST_F(ScenarioOfSmallCorridor, WhatIsUndoneIsNoDifference) {
  write("s",
        "[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\nset = { speed_kmh = 10 }\n"
        "[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\nset = { speed_kmh = 20 }\n");
  const Scenario scenario = load("s");
  EXPECT_TRUE(scenario.changes.empty());
  EXPECT_TRUE(scenario.overlay.of<Link>().empty());
}

TEST_F(ScenarioOfSmallCorridor, NewRatesChangePricesInThatCurrency) {
  write("s",
        "[[change]]\ntable = \"exchange_rates\"\nid = \"kzt_2025\"\n"
        "set = { usd_per_unit = 0.004 }\n");
  const Scenario scenario = load("s");
  const World seen = world(scenario);
  EXPECT_DOUBLE_EQ(seen[seen.find<Tariff>("rail_box40").value()].per_unit.value(), 2000);
  EXPECT_DOUBLE_EQ(seen[seen.find<Tariff>("ferry_box40").value()].per_unit.value(), 600);
}

TEST_F(ScenarioOfSmallCorridor, BaseIsTheCorridorItself) {
  const Scenario scenario = load("base");
  EXPECT_TRUE(scenario.changes.empty());
  EXPECT_EQ(scenario.overlay.name, "");
}

TEST_F(ScenarioOfSmallCorridor, ListedByName) {
  write("b", "");
  write("a", "", "b");
  files_["scenarios/broken.toml"] = "name = ";
  Complaints complaints;
  const auto infos = list_scenarios(files_, "d", complaints);
  ASSERT_EQ(infos.size(), 2U);
  EXPECT_EQ(infos[0].name, "a");
  EXPECT_EQ(infos[0].parent, "b");
  EXPECT_EQ(complaints.error_count(), 1U);
}

TEST_F(ScenarioOfSmallCorridor, WrongNamesAreToldWithWhatMayBeMeant) {
  EXPECT_EQ(refusal("[[change]]\ntable = \"link\"\nid = \"x\"\nset = {}\n"
                    "[[change]]\ntable = \"links\"\nid = \"aktau-alatt-sea\"\nset = { sped = 1 }\n"
                    "[[remove]]\ntable = \"links\"\nwhere = { mode = \"road\" }\n"
                    "[[scale]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\ncolumn = \"mode\"\n"
                    "factor = 2\n"
                    "[[scale]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\ncolumn = "
                    "\"tracks\"\nfactor = 2\n"),
            (Told{"d/scenarios/bad.toml:4: table: 'link' is not a table (did you mean 'links'?)",
                  "d/scenarios/bad.toml:10: id: 'aktau-alatt-sea' is not an id in links (did you "
                  "mean 'aktau-alat-sea'?)",
                  "d/scenarios/bad.toml:11: sped: is not a column of links",
                  "d/scenarios/bad.toml:14: where: no row of links is like this",
                  "d/scenarios/bad.toml:18: mode: is a choice; only numbers and laws are scaled",
                  "d/scenarios/bad.toml:23: tracks: is empty in every row chosen; nothing to "
                  "scale"}));
}

TEST_F(ScenarioOfSmallCorridor, KeysAreKnownAndComplete) {
  EXPECT_EQ(refusal("colour = \"red\"\n[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\n"
                    "where = { mode = \"sea\" }\nput = 1\n[[add]]\ntable = \"seas\"\n"
                    "row = { name = \"X\" }\n[[remove]]\nid = \"x\"\n"),
            Told{"d/scenarios/bad.toml:4: colour: is not a key of a scenario; expected name, "
                 "title, description, parent or a list of change, add, remove, scale"});
  EXPECT_EQ(refusal("[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\n"
                    "where = { mode = \"sea\" }\nput = 1\n[[add]]\ntable = \"seas\"\n"
                    "row = { name = \"X\" }\n[[remove]]\nid = \"x\"\n[[add]]\ntable = \"seas\"\n"
                    "row = { id = \"caspian\" }\n"),
            (Told{"d/scenarios/bad.toml:4: id: either id or where must say which rows are meant",
                  "d/scenarios/bad.toml:4: set: is missing",
                  "d/scenarios/bad.toml:8: put: is not a key here; expected table, id, where, set",
                  "d/scenarios/bad.toml:11: id: is missing in the row to add",
                  "d/scenarios/bad.toml:12: table: is missing; it names the table that this is "
                  "about",
                  "d/scenarios/bad.toml:16: id: 'caspian' is in seas already (use [[change]])"}));
}

TEST_F(ScenarioOfSmallCorridor, ValuesAreCheckedAsInTheTables) {
  EXPECT_EQ(refusal("[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\n"
                    "set = { status = \"opne\", length_km = \"far\", to_place = \"alatt\" }\n"),
            (Told{"d/scenarios/bad.toml:4: to_place: 'alatt' is not an id in places.csv (did you "
                  "mean 'alat'?)",
                  "d/scenarios/bad.toml:4: length_km: 'far' is not a number; expected a number in "
                  "km, 0.1 to 30000",
                  "d/scenarios/bad.toml:4: status: 'opne' is not known; expected one of open, "
                  "planned, under_construction, closed (did you mean 'open'?)"}));
}

TEST_F(ScenarioOfSmallCorridor, WhatIsRemovedMustNotBeUsed) {
  EXPECT_EQ(refusal("[[remove]]\ntable = \"operators\"\nid = \"ferries\"\n"),
            (Told{"d/services.csv:2: operator: 'ferries' is removed by the scenario but used by "
                  "'ferry' (remove this row too, or close the thing instead)",
                  "d/tariffs.csv:2: operator: 'ferries' is removed by the scenario but used by "
                  "'ferry_box40' (remove this row too, or close the thing instead)",
                  "d/vessels.csv:2: operator: 'ferries' is removed by the scenario but used by "
                  "'agdam' (remove this row too, or close the thing instead)"}));
}

TEST_F(ScenarioOfSmallCorridor, TheWholeIsCheckedWithItsDifferences) {
  EXPECT_EQ(refusal("[[change]]\ntable = \"links\"\nid = \"alat-poti-rail\"\n"
                    "set = { length_km = 90 }\n[[change]]\ntable = \"services\"\nid = "
                    "\"train\"\nset = { departs = \"on_demand\" }\n"),
            (Told{"d/departures.csv:2: service: 'train' does not depart by timetable (in scenario "
                  "bad)",
                  "d/scenarios/bad.toml:4: length_km: '90.0' is shorter than the great circle "
                  "between its ends, 694.1 km (in scenario bad)"}));
}

// Cutting a place off is what such scenarios are for.
TEST_F(ScenarioOfSmallCorridor, AScenarioMayCloseTheLastLinkOfAPlace) {
  write("s",
        "[[change]]\ntable = \"links\"\nid = \"alat-poti-rail\"\n"
        "set = { status = \"closed\" }\n");
  EXPECT_EQ(load("s").changes.size(), 1U);
}

TEST_F(ScenarioOfSmallCorridor, ChainsOfParentsEnd) {
  const auto complaints_of = [this](std::string_view name) {
    Complaints complaints;
    EXPECT_FALSE(load_scenario(*loaded_, files_, name, complaints).has_value());
    return lines_of(complaints);
  };
  write("one", "", "two");
  write("two", "", "one");
  EXPECT_EQ(complaints_of("one"),
            Told{"d/scenarios/two.toml: parent: 'one' is its own ancestor: one -> two -> one"});
  EXPECT_EQ(complaints_of("won"),
            Told{"d/scenarios/: 'won' is not a scenario (did you mean 'one'?)"});
  write("three", "", "none_such");
  EXPECT_EQ(complaints_of("three"),
            Told{"d/scenarios/three.toml: parent: 'none_such' is not a scenario (known are: one, "
                 "three, two)"});
  for (int i = 0; i < 20; ++i) {
    write("c" + std::to_string(i), "", i == 0 ? "base" : "c" + std::to_string(i - 1));
  }
  load("c15");
  EXPECT_EQ(complaints_of("c19"), Told{"d/scenarios/c4.toml: parent: 'c3' has too many ancestors"});
  files_["scenarios/alias.toml"] = head("other");
  EXPECT_EQ(complaints_of("alias"),
            Told{"d/scenarios/alias.toml:1: name: 'other' is not what the file is called"});
}

}  // namespace
}  // namespace karvan::load
