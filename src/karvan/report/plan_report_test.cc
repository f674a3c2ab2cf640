#include "karvan/report/plan_report.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "karvan/report/detail/sample_answer.h"

namespace karvan::report {
namespace {

using detail::has;
using detail::SampleAnswer;

bool has_tag(const OptionDigest& option, const std::string& tag) {
  return std::ranges::find(option.tags, tag) != option.tags.end();
}

TEST(PlanDigest, TagsSayWhatSetsOptionsApart) {
  const SampleAnswer sample;
  const PlanDigest all = digest(sample.world(), sample.answer(), 6);
  ASSERT_EQ(all.options.size(), 3U);
  EXPECT_TRUE(has_tag(all.options[0], "earliest"));
  EXPECT_TRUE(has_tag(all.options[0], "via Poti by ship"));
  EXPECT_TRUE(has_tag(all.options[1], "cheapest"));
  EXPECT_TRUE(has_tag(all.options[1], "over Türkiye by rail"));
  EXPECT_TRUE(has_tag(all.options[2], "lowest CO2e"));
  for (const OptionDigest& option : all.options)
    EXPECT_FALSE(has_tag(option, "via Aktau by ship")) << "all options share it";
}

TEST(PlanDigest, ChainsAndGatewaysFollowTheLegs) {
  const SampleAnswer sample;
  const PlanDigest all = digest(sample.world(), sample.answer(), 6);
  EXPECT_EQ(mode_chain(all.options[0].modes), "rail-ship-rail-ship");
  EXPECT_EQ(mode_chain(all.options[1].modes), "rail-ship-rail");
  const std::vector<Id<Place>> expected{sample.place("aktau"), sample.place("alat"),
                                        sample.place("poti")};
  EXPECT_EQ(all.options[0].gateways, expected);
}

TEST(PlanDigest, ShowsDifferentWaysBeforeLaterDepartures) {
  SampleAnswer sample;
  // Six copies of the first way, one of the other: it must be among any two that are shown.
  plan::Answer& answer = sample.answer();
  const Itinerary turkey = answer.itineraries[1];
  answer.itineraries.assign(6, answer.itineraries[0]);
  answer.itineraries.push_back(turkey);
  answer.itineraries.back().cost = Usd{1e9};
  const PlanDigest two = digest(sample.world(), answer, 2);
  EXPECT_EQ(two.shown, (std::vector<std::size_t>{0, 6}));
}

TEST(PlanDigest, SelectsWhatItShows) {
  SampleAnswer sample;
  const World world = sample.world();
  const Selection two = select(world, sample.answer(), 2);
  EXPECT_EQ(two.of, digest(world, sample.answer(), 2).shown);
  ASSERT_EQ(two.answer.itineraries.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(two.answer.itineraries[i].cost, sample.answer().itineraries[two.of[i]].cost);
  std::vector<std::size_t> named{0, 1, 2};
  renumber(two, named);
  EXPECT_EQ(named, (std::vector<std::size_t>{0, 1}));
  const PlanReport report{world, sample.question(), two.answer, {.digest = two.digest, .found = 3}};
  const std::string json = report.json();
  EXPECT_TRUE(has(json, "\"options\": 3"));
  const Selection one = select(world, sample.answer(), 1);
  ASSERT_EQ(one.digest.options.size(), 1U);
  EXPECT_EQ(one.digest.options[0].tags, digest(world, sample.answer(), 1).options[one.of[0]].tags)
      << "praised among all";
}

TEST(PlanReport, TextTellsEveryLegWithLocalTimes) {
  const SampleAnswer sample;
  const World world = sample.world();
  const std::string text = PlanReport{world, sample.question(), sample.answer()}.text(Style{});
  EXPECT_TRUE(has(text, "Xi'an to Constanța: 80 TEU of machinery"));
  EXPECT_TRUE(has(text, "Mon 2026-03-02 00:00 +08"));
  EXPECT_TRUE(has(text, "Option 3"));
  EXPECT_TRUE(has(text, "border China - Kazakhstan"));
  EXPECT_TRUE(has(text, "entry customs 6 h (under smgs)"));
  EXPECT_TRUE(has(text, "SMGS note (Xi'an - Constanța)"));
  EXPECT_TRUE(has(text, "free at Constanța"));
  EXPECT_FALSE(has(text, "\x1b")) << "no colors unless asked for";
  EXPECT_FALSE(has(text, " \n")) << "no blanks at line ends";
}

TEST(PlanReport, BriefTextHasTheTableOnly) {
  const SampleAnswer sample;
  const World world = sample.world();
  const PlanReport report{
      world, sample.question(), sample.answer(), {.options_max = 1, .legs = false}};
  const std::string text = report.text(Style{});
  EXPECT_FALSE(has(text, "Option 1"));
  EXPECT_TRUE(has(text, "1 of 3 options"));
}

TEST(PlanReport, JsonHasTheDocumentedKeysAndCents) {
  const SampleAnswer sample;
  const World world = sample.world();
  const std::string json = PlanReport{world, sample.question(), sample.answer()}.json();
  EXPECT_TRUE(has(json, "\"depart\": \"2026-03-02T00:00:00+08:00\""));
  EXPECT_TRUE(has(json, "\"cost_usd\": 80000.13"));
  EXPECT_TRUE(has(json, "\"cost_usd\": 300000.13"));
  EXPECT_TRUE(has(json, "\"scenario\": null"));
  for (const char* key : {"\"legs\"", "\"handling\"", "\"crossings\"", "\"documents\"", "\"tags\"",
                          "\"statistics\"", "\"distance_km\": 5000,", "\"co2e_ttw_kg\""})
    EXPECT_TRUE(has(json, key)) << key;
  EXPECT_FALSE(has(json, "\"refusal\""));
}

TEST(PlanReport, RefusalSaysWhyInTextAndJson) {
  SampleAnswer sample;
  sample.answer().itineraries.clear();
  sample.answer().refusal = {.obstacle = plan::Obstacle::kClosed,
                             .message = "Aktau is closed.",
                             .place = sample.place("aktau"),
                             .service = {},
                             .hints = {"another day"}};
  const World world = sample.world();
  const PlanReport report{world, sample.question(), sample.answer()};
  EXPECT_TRUE(has(report.text(Style{}), "No option. Aktau is closed."));
  EXPECT_TRUE(has(report.text(Style{}), "Try: another day"));
  EXPECT_TRUE(has(report.json(), "\"obstacle\": \"closed\""));
  EXPECT_TRUE(has(report.json(), "\"place\": \"aktau\""));
  EXPECT_TRUE(has(report.json(), "\"itineraries\": []"));
}

TEST(PlanReport, EveryObstacleStandsInTheSchema) {
  std::ifstream file{"api/plan.schema.json"};
  if (!file) GTEST_SKIP() << "not run from the root";
  const std::string schema{std::istreambuf_iterator<char>{file}, {}};
  for (const auto& [obstacle, word] : EnumTexts<plan::Obstacle>::values)
    EXPECT_TRUE(has(schema, '"' + std::string{word} + '"')) << word;
}

TEST(PlanReport, CsvHasOneLineALegAndQuotesCommas) {
  const SampleAnswer sample;
  const World world = sample.world();
  const std::string csv = PlanReport{world, sample.question(), sample.answer()}.csv();
  EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 5 + 6 + 5);
  EXPECT_TRUE(csv.starts_with("itinerary,leg,mode,from,to,service,operator,depart,arrive,"));
}

TEST(PlanReport, GeoJsonHasALineForEachLeg) {
  const SampleAnswer sample;
  const World world = sample.world();
  const std::string map = PlanReport{world, sample.question(), sample.answer()}.geojson();
  std::size_t lines = 0;
  for (std::size_t at = 0; (at = map.find("LineString", at)) != std::string::npos; ++at)
    ++lines;
  EXPECT_EQ(lines, 16U);
}

}  // namespace
}  // namespace karvan::report
