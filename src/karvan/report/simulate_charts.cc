// What a simulated span looks like, as charts: SVG, and small ones within text.

#include <algorithm>
#include <map>

#include "karvan/base/text.h"
#include "karvan/report/bars.h"
#include "karvan/report/detail/figures.h"
#include "karvan/report/detail/simulate_sections.h"
#include "karvan/report/simulate_report.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

using simulate::Answer;
using simulate::FacilityResult;

constexpr std::size_t kShown = 6;

std::string month_label(Date from, std::size_t month) {
  static constexpr std::array<const char*, 12> kNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::year_month_day day{from};
  const auto first = static_cast<std::size_t>(static_cast<unsigned>(day.month())) - 1;
  return kNames[(first + month) % 12];
}

void add_to(std::vector<double>& sum, const std::vector<double>& values, double factor) {
  if (sum.size() < values.size()) sum.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    sum[i] += values[i] * factor;
}

// Means over the replications, the largest sums first.
std::vector<Series> largest(const std::map<std::string, std::vector<double>>& by_name) {
  std::vector<std::pair<double, Series>> ranked;
  for (const auto& [name, values] : by_name) {
    double sum = 0;
    for (const double value : values)
      sum += value;
    ranked.emplace_back(sum, Series{name, values});
  }
  std::ranges::stable_sort(ranked, std::greater{}, &std::pair<double, Series>::first);
  std::vector<Series> series;
  for (std::size_t i = 0; i < ranked.size() && i < kShown; ++i)
    series.push_back(std::move(ranked[i].second));
  return series;
}

}  // namespace

Chart deliveries_chart(const SimulateCase& run) {
  std::map<std::string, std::vector<double>> by_market;
  const double share = 1e-3 / static_cast<double>(run.answers.size());
  std::size_t months = 0;
  for (const Answer& answer : run.answers) {
    for (const simulate::MarketResult& market : answer.markets) {
      if (market.market.starts_with("TITR"))
        add_to(by_market[market.market], market.tonnes_by_month, share);
      months = std::max(months, market.tonnes_by_month.size());
    }
  }
  if (by_market.empty()) {
    for (const Answer& answer : run.answers) {
      for (const simulate::MarketResult& market : answer.markets)
        add_to(by_market[market.market], market.tonnes_by_month, share);
    }
  }
  Chart chart{
      .title = "Deliveries by month", .y_label = "kt a month", .series = largest(by_market)};
  for (std::size_t month = 0; month < months; ++month)
    chart.x_labels.push_back(month_label(run.question.from, month));
  return chart;
}

Chart queues_chart(const SimulateCase& run, std::string_view part_of_code) {
  std::map<std::string, std::vector<double>> by_name;
  const double share = 1.0 / static_cast<double>(run.answers.size());
  std::size_t weeks = 0;
  for (const Answer& answer : run.answers) {
    for (const FacilityResult& facility : answer.facilities) {
      if (facility.code.find(part_of_code) == std::string::npos) continue;
      if (facility.kind == simulate::FacilityKind::kPipeline && part_of_code.empty()) continue;
      add_to(by_name[facility.name], facility.queue_by_week, share);
      weeks = std::max(weeks, facility.queue_by_week.size());
    }
  }
  Chart chart{
      .title = part_of_code.empty() ? "Longest queues" : "Queues at " + std::string{part_of_code},
      .y_label = "waiting, mean of the week",
      .series = largest(by_name)};
  Date last{};
  for (std::size_t week = 0; week < weeks; ++week) {
    const Date day = run.question.from + std::chrono::days{7 * static_cast<int>(week)};
    const std::chrono::year_month_day now{day};
    const bool is_new = week == 0 || now.month() != std::chrono::year_month_day{last}.month();
    chart.x_labels.push_back(is_new ? month_label(day, 0) : "");
    last = day;
  }
  return chart;
}

std::string simulate_sparklines(const SimulateCase& run, const Style& style) {
  constexpr int kLetters = 52;
  constexpr std::size_t kQueues = 8;
  const double share = 1.0 / static_cast<double>(run.answers.size());
  const auto row = [&style](const std::string& name, const std::vector<double>& values,
                            double scale) {
    const double greatest = values.empty() ? 0.0 : std::ranges::max(values);
    return std::vector<std::string>{shortened(name, 30),
                                    "|" + sparkline(values, kLetters, style) + "|",
                                    with_thousands(greatest * scale, 1)};
  };
  TextTable months{{{"Market"}, {""}, {"Most, kt", Align::kRight}}, 2};
  for (std::size_t m = 0; m < run.answers.front().markets.size(); ++m) {
    std::vector<double> mean;
    for (const Answer& answer : run.answers)
      add_to(mean, answer.markets[m].tonnes_by_month, share);
    if (mean.size() > 1) months.add(row(run.answers.front().markets[m].market, mean, 1e-3));
  }
  TextTable weeks{{{"At"}, {""}, {"Most", Align::kRight}}, 2};
  const detail::Means means{run};
  std::size_t shown = 0;
  for (const auto& [waiting, facility] :
       detail::ranked_facilities(run, means, "share_of_waiting")) {
    if (shown == kQueues) break;
    std::vector<double> mean;
    for (const Answer& answer : run.answers) {
      const auto same = std::ranges::find(answer.facilities, facility->code, &FacilityResult::code);
      if (same != answer.facilities.end()) add_to(mean, same->queue_by_week, share);
    }
    if (mean.size() < 2) continue;
    weeks.add(row(detail::place_first(*facility), mean, 1));
    ++shown;
  }
  std::string text;
  if (!months.empty()) text += "\n" + style.bold("Deliveries by month") + "\n" + months.text(style);
  if (!weeks.empty())
    text +=
        "\n" + style.bold("Waiting by week") + " (mean number of the week)\n" + weeks.text(style);
  return text;
}

}  // namespace karvan::report
