// How options are compared and drawn: plan_versus, plan_chart, plan_gantt.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "karvan/base/text.h"
#include "karvan/report/detail/sample_answer.h"
#include "karvan/report/plan_chart.h"
#include "karvan/report/plan_gantt.h"
#include "karvan/report/plan_report.h"
#include "karvan/report/plan_versus.h"

namespace karvan::report {
namespace {

using detail::has;
using detail::SampleAnswer;

void expect_fits(const std::string& text, int width) {
  for (const std::string_view line : split(text, '\n')) {
    EXPECT_LE(display_width(line), width) << line;
    EXPECT_FALSE(line.ends_with(' ')) << "a blank at the end of: " << line;
  }
}

TEST(PlanVersus, SaysWhereAnOptionIsBetterAndWorse) {
  Itinerary one;
  one.cost = Usd{1000};
  one.co2e = KgCo2e{100};
  Itinerary other = one;
  EXPECT_EQ(versus_text(one, other), "no different");
  one.arrive += std::chrono::hours{55};
  one.cost = Usd{820};
  one.co2e = KgCo2e{69};
  other.risks.add(Risk::kSanctions);
  EXPECT_EQ(versus_text(one, other),
            "2 d 7 h later, 18 % cheaper, 31 % less CO2e, without its risk of sanctions");
  EXPECT_EQ(versus_text(other, one),
            "2 d 7 h earlier, 22 % dearer, 45 % more CO2e, but with a risk of sanctions");
  one.cost = Usd{4100};
  EXPECT_TRUE(has(versus_text(one, other), "4.1 times as dear"));
}

TEST(PlanVersus, FiguresOfAFreeOptionAreAbsent) {
  Itinerary one;
  one.cost = Usd{10};
  const Versus figures = versus(one, Itinerary{});
  EXPECT_FALSE(figures.cost_percent);
  EXPECT_FALSE(figures.co2e_percent);
}

TEST(PlanChart, PutsEveryToldOptionAtItsPlace) {
  const SampleAnswer sample;
  const PlanDigest all = digest(sample.world(), sample.answer(), 6);
  const std::string chart = pareto_chart(sample.answer(), all, {}, Style{});
  expect_fits(chart, 100);
  // The dearest, option 1, is the earliest too: the left-most number stands at the top.
  const std::vector<std::string_view> lines = split(chart, '\n');
  const auto row_of = [&lines](char number) {
    return std::ranges::find_if(lines,
                                [number](std::string_view line) {
                                  return line.size() > 13 &&
                                         line.substr(12).find(number) != std::string_view::npos;
                                }) -
           lines.begin();
  };
  EXPECT_LT(row_of('1'), row_of('2'));
  EXPECT_TRUE(has(chart, "days on the way"));
  EXPECT_FALSE(has(chart, "numbers:")) << "no legend where all are told";
}

TEST(PlanChart, TellsHiddenOptionsApart) {
  SampleAnswer sample;
  const Itinerary best = sample.answer().itineraries[0];
  sample.answer().itineraries.assign(30, best);
  for (std::size_t i = 0; i < 30; ++i) {
    Itinerary& option = sample.answer().itineraries[i];
    option.arrive += std::chrono::hours{24 * i};
    option.cost = Usd{500'000 - 9'000.0 * static_cast<double>(i)};
  }
  sample.answer().itineraries[10].cost = Usd{499'000};
  const PlanDigest two = digest(sample.world(), sample.answer(), 2);
  const std::string chart = pareto_chart(sample.answer(), two, {}, Style{});
  expect_fits(chart, 100);
  EXPECT_TRUE(has(chart, "o"));
  EXPECT_TRUE(has(chart, "."));
  EXPECT_TRUE(has(chart, "numbers: the options told"));
  // One option alone still has a scale.
  sample.answer().itineraries.resize(1);
  expect_fits(pareto_chart(sample.answer(), digest(sample.world(), sample.answer(), 6),
                           {.up = Criterion::kCo2e, .right = Criterion::kCost}, Style{}),
              100);
}

TEST(PlanGantt, ShowsAllThatHappensWithoutColors) {
  const SampleAnswer sample;
  const World world = sample.world();
  const Clocks clocks{world};
  const std::string text = gantt_text(world, clocks, sample.answer().itineraries[0], 1, Style{});
  expect_fits(text, 100);
  for (const char* part :
       {"====", "..", "##", "X", "at Xi'an", "at Constanța", "|Mar 02", "Mon 03-02 00:00 Xi'an",
        "rail to Altynkol", "border CN - KZ", "free", "moving", "waiting", "handling"})
    EXPECT_TRUE(has(text, part)) << part << " in\n" << text;
  EXPECT_FALSE(has(text, "\x1b"));
}

TEST(PlanGantt, RowsAddUpToTheDaysOnTheWay) {
  SampleAnswer sample;
  Itinerary itinerary = sample.answer().itineraries[1];
  itinerary.borders.clear();  // the sample's border overlaps what follows
  Duration sum{};
  for (const Duration part : time_by_doing(gantt_rows(sample.world(), itinerary)))
    sum += part;
  EXPECT_EQ(sum, itinerary.arrive - itinerary.depart);
}

TEST(PlanReport, EveryOptionSaysHowItStandsAgainstAnother) {
  const SampleAnswer sample;
  const World world = sample.world();
  const std::string text = PlanReport{world, sample.question(), sample.answer()}.text(Style{});
  EXPECT_TRUE(has(text, "against option 1: 4 d later, 26 % cheaper, 20 % more CO2e")) << text;
  EXPECT_TRUE(has(text, "against option 2: 4 d earlier, 35 % dearer, 17 % less CO2e")) << text;
}

}  // namespace
}  // namespace karvan::report
