#include "karvan/report/catalog.h"

#include <gtest/gtest.h>

#include "karvan/report/check_report.h"
#include "karvan/report/show_report.h"
#include "karvan/report/sources_report.h"

namespace karvan::report {
namespace {

CatalogColumn text_column(std::string name, std::string refers_to = "", bool is_list = false) {
  return {.name = std::move(name),
          .unit = "",
          .doc = "",
          .refers_to = std::move(refers_to),
          .is_number = false,
          .is_flag = false,
          .is_list = is_list};
}

// Two sources, two places, one link between them.
Catalog sample() {
  CatalogColumn length = text_column("length_km");
  length.unit = "km";
  length.is_number = true;
  const std::vector<CatalogColumn> fact{text_column("note"), text_column("source", "sources", true),
                                        text_column("confidence")};
  CatalogTable sources{"sources",
                       "Publications.",
                       {text_column("id"), text_column("title"), text_column("publisher"),
                        text_column("date"), text_column("address")},
                       {{"atlas", "Atlas of lengths", "Institute", "2024", "https://example.org"},
                        {"guess", "Our guess", "Karvan", "2026", ""}}};
  CatalogTable places{"places", "Where things are.", {text_column("id"), text_column("name")}, {}};
  places.columns.insert(places.columns.end(), fact.begin(), fact.end());
  places.rows = {{"aktau", "Aktau", "", "atlas", "published"},
                 {"alat", "Alat", "", "atlas", "published"}};
  CatalogTable links{"links",
                     "Connections.",
                     {text_column("id"), text_column("from_place", "places"),
                      text_column("to_place", "places"), length},
                     {}};
  links.columns.insert(links.columns.end(), fact.begin(), fact.end());
  links.rows = {{"aktau-alat", "aktau", "alat", "470.5", "by the ruler", "atlas;guess", "assumed"}};
  return {.tables = {sources, places, links}};
}

TEST(Catalog, FindsWhatRefersToARow) {
  const Catalog catalog = sample();
  const std::vector<RowAt> aktau = find_rows(catalog, "aktau");
  ASSERT_EQ(aktau.size(), 1U);
  const std::vector<Referrers> all = referrers(catalog, aktau.front());
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().table->name, "links");
}

TEST(SourcesReport, TracesARowToEachOfItsSources) {
  const Catalog catalog = sample();
  const std::string text = trace_text(catalog, find_rows(catalog, "aktau-alat"), Style{});
  EXPECT_NE(text.find("assumed: by the ruler"), std::string::npos) << text;
  EXPECT_NE(text.find("Atlas of lengths"), std::string::npos);
  EXPECT_NE(text.find("https://example.org"), std::string::npos);
  EXPECT_NE(text.find("<- guess (2026)"), std::string::npos);
}

TEST(SourcesReport, CountsByConfidence) {
  const std::string csv = sheet_csv(confidence_sheet(sample()));
  EXPECT_EQ(csv,
            "table,rows,published,derived,assumed,unsourced\n"
            "places,2,2,0,0,0\n"
            "links,1,0,0,1,0\n"
            "all,3,2,0,1,0\n");
}

TEST(SourcesReport, ListsTheAssumed) {
  EXPECT_EQ(sheet_csv(assumed_sheet(sample())),
            "table,id,source,note\nlinks,aktau-alat,atlas;guess,by the ruler\n");
  EXPECT_EQ(assumed_sheet(sample(), "places").rows.size(), 0U);
}

TEST(SourcesReport, SaysWhatRestsOnASource) {
  EXPECT_EQ(uses_sheet(sample(), "atlas").rows.size(), 3U);
  EXPECT_EQ(uses_sheet(sample(), "guess").rows.size(), 1U);
}

TEST(ShowReport, ShowsEveryFieldWithUnitsSourcesAndRelatives) {
  const Catalog catalog = sample();
  const Corridor empty;
  const World world{empty};
  const RowReport link{.world = world,
                       .catalog = catalog,
                       .row = find_rows(catalog, "aktau-alat").front(),
                       .date = {}};
  const std::string text = link.text(Style{});
  EXPECT_NE(text.find("470.5 km"), std::string::npos) << text;
  EXPECT_NE(text.find("aktau (Aktau)"), std::string::npos);
  EXPECT_NE(text.find("[guess] Our guess. Karvan, 2026"), std::string::npos);
  const std::string json = link.json();
  EXPECT_NE(json.find("\"length_km\": 470.5"), std::string::npos) << json;
  EXPECT_NE(json.find("\"length_km\": \"km\""), std::string::npos);
}

TEST(ShowReport, GlanceLeavesOutProseAndEmptyColumns) {
  const Catalog catalog = sample();
  EXPECT_EQ(sheet_csv(glance_sheet(*catalog.table("links"))),
            "id,from_place,to_place,length_km,confidence\n"
            "aktau-alat,aktau,alat,470.5,assumed\n");
}

TEST(CheckReport, CountsRowsAndTellsComplaints) {
  const Catalog catalog = sample();
  Complaints complaints;
  complaints.add({.file = "links.csv",
                  .line = 2,
                  .column = "length_km",
                  .value = "470.5",
                  .message = "is long",
                  .hint = "",
                  .severity = Severity::kWarning});
  const CheckReport report{.folder = "data/x",
                           .catalog = &catalog,
                           .complaints = &complaints,
                           .scenarios = {"storm"},
                           .seconds = std::nullopt};
  EXPECT_NE(report.text(Style{}).find("Every row has its source."), std::string::npos);
  EXPECT_NE(report.text(Style{}).find("0 errors, 1 warning\n"), std::string::npos);
  EXPECT_NE(report.json().find("\"places\": 2"), std::string::npos);
  EXPECT_NE(report.json().find("\"sourced\": 1.0"), std::string::npos);
  EXPECT_EQ(report.json().find("seconds"), std::string::npos);
}

}  // namespace
}  // namespace karvan::report
