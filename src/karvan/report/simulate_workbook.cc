#include "karvan/report/simulate_workbook.h"

#include <algorithm>

#include "karvan/base/text.h"
#include "karvan/report/detail/figures.h"

namespace karvan::report {
namespace {

using detail::Means;

// A figure as a column: its name after the group's, and how it is shown.
struct FigureColumn {
  const char* figure;
  const char* name;
  const char* head;
  double scale = 1;
  int decimals = 1;
  bool has_interval = true;
};

class Page {
 public:
  Page(std::vector<SheetColumn> first, std::vector<FigureColumn> columns)
      : columns_{std::move(columns)} {
    sheet_.columns = std::move(first);
    for (const FigureColumn& column : columns_) {
      sheet_.columns.push_back({column.name, column.head});
      if (column.has_interval) sheet_.columns.push_back({std::string{column.name} + "_pm", "±"});
    }
  }

  void add(std::vector<Cell> first, const std::string& group, const Means& means) {
    for (const FigureColumn& column : columns_) {
      const simulate::Estimate* e = means.find(group + column.figure);
      first.push_back(e == nullptr ? Cell{}
                                   : Cell{e->tally.mean() * column.scale, column.decimals});
      if (!column.has_interval) continue;
      const bool has = e != nullptr && e->interval.has_value();
      first.push_back(has ? Cell{e->interval->half_width * column.scale, column.decimals} : Cell{});
    }
    sheet_.rows.push_back(std::move(first));
  }
  Sheet sheet() && { return std::move(sheet_); }

 private:
  std::vector<FigureColumn> columns_;
  Sheet sheet_;
};

Sheet summary(const SimulateCase& run, const Means& means) {
  const simulate::Question& q = run.question;
  Sheet sheet{{{"what", "What"}, {"value", "Value"}}, {}};
  const auto add = [&sheet](const char* what, Cell value) {
    sheet.rows.push_back({Cell{what}, std::move(value)});
  };
  double delivered = 0;
  for (const simulate::Answer& answer : run.answers)
    delivered += answer.tonnes_delivered / static_cast<double>(run.answers.size());
  double released = 0;
  for (const simulate::MarketResult& market : run.answers.front().markets)
    released += means("market/" + market.market + "/released_t");
  add("Scenario", run.scenario.empty() ? Cell{"the data as they are"} : Cell{run.scenario});
  add("First day", date_to_text(q.from));
  add("Days", Cell{static_cast<double>(q.days), 0});
  add("Warm-up, days", Cell{static_cast<double>(q.warm_up_days), 0});
  add("Runs", Cell::count(run.answers.size()));
  add("Seed", Cell::count(q.seed));
  add("Factor on demand", Cell{q.demand_factor, 3});
  add("Released, t", Cell{released, 0});
  add("Delivered, t", Cell{delivered, 0});
  for (const std::string& remark : run.remarks)
    add("Remark", remark);
  for (const std::string& warning : run.warnings)
    add("Warning", warning);
  return sheet;
}

Sheet markets(const SimulateCase& run, const Means& means) {
  Page page{{{"market", "Market"}},
            {{"released_t", "released_t", "Released, t", 1, 0},
             {"delivered_t", "delivered_t", "Delivered, t", 1, 0},
             {"in_transit_t", "in_transit_t", "Under way at the end, t", 1, 0},
             {"delivered_teu", "delivered_teu", "Delivered, TEU", 1, 0},
             {"transit_mean_h", "transit_days", "Transit, days", 1.0 / 24, 2},
             {"transit_p10_h", "transit_p10_days", "P10, days", 1.0 / 24, 2},
             {"transit_p50_h", "transit_p50_days", "P50, days", 1.0 / 24, 2},
             {"transit_p90_h", "transit_p90_days", "P90, days", 1.0 / 24, 2},
             {"transit_p95_h", "transit_p95_days", "P95, days", 1.0 / 24, 2},
             {"usd_per_t", "usd_per_t", "USD/t", 1, 2},
             {"kg_co2e_per_t", "kg_co2e_per_t", "kg CO2e/t", 1, 2}}};
  for (const simulate::MarketResult& market : run.answers.front().markets)
    page.add({market.market}, "market/" + market.market + "/", means);
  return std::move(page).sheet();
}

// Every place of waiting; only waits for a service where `departures`, all the others where not.
Sheet facilities(const SimulateCase& run, const Means& means, bool departures) {
  Page page{{{"code", "Row"}, {"name", departures ? "Service" : "At"}, {"kind", "For"}},
            {{"share_of_waiting", "waiting_percent", "Waiting, %", 100, 2, false},
             {"served", "served", "Served", 1, 0},
             {"mean_wait_h", "mean_wait_h", "Mean, h", 1, 2},
             {"p95_wait_h", "p95_wait_h", "P95, h", 1, 1},
             {"mean_queue", "mean_queue", "Queue", 1, 2},
             {"utilization", "busy_percent", "Busy, %", 100, 1, false}}};
  for (const auto& [share, facility] : detail::ranked_facilities(run, means)) {
    if (departures && facility->kind != simulate::FacilityKind::kDeparture) continue;
    page.add({facility->code, facility->name, detail::kind_word(facility->kind)},
             "facility/" + facility->code + "/", means);
  }
  return std::move(page).sheet();
}

Sheet vessels(const SimulateCase& run, const Means& means) {
  Page page{{{"vessel", "Ship"}},
            {{"voyages", "voyages", "Voyages", 1, 1},
             {"carried_t", "carried_t", "Carried, t", 1, 0},
             {"load_factor", "full_percent", "Full, %", 100, 1}}};
  for (const simulate::VesselResult& vessel : run.answers.front().vessels)
    page.add({vessel.name}, "vessel/" + vessel.name + "/", means);
  return std::move(page).sheet();
}

Sheet pipelines(const SimulateCase& run, const Means& means) {
  Page page{{{"pipeline", "Pipeline"}},
            {{"out_t", "out_t", "Out, t", 1, 0},
             {"in_line_h", "in_line_days", "Days in the line", 1.0 / 24, 2},
             {"share_stopped", "stopped_percent", "Stopped, %", 100, 2},
             {"liftings", "liftings", "Liftings", 1, 1},
             {"mean_parcel_t", "mean_parcel_t", "Parcel, t", 1, 0},
             {"trips", "trips", "Stops by full tanks", 1, 1},
             {"share_tripped", "tripped_percent", "Full tanks stopped it, %", 100, 2}}};
  for (const simulate::PipelineResult& pipe : run.answers.front().pipelines)
    page.add({pipe.name}, "pipeline/" + pipe.name + "/", means);
  return std::move(page).sheet();
}

// Tonnes delivered, a row for each market, a column for each month; means over the replications.
Sheet by_month(const SimulateCase& run) {
  Sheet sheet{{{"market", "Market"}}, {}};
  const auto& first = run.answers.front().markets;
  std::size_t months = 0;
  for (const simulate::MarketResult& market : first)
    months = std::max(months, market.tonnes_by_month.size());
  const std::chrono::year_month_day day{run.question.from};
  for (std::size_t m = 0; m < months; ++m) {
    const std::chrono::year_month month =
        day.year() / day.month() + std::chrono::months{static_cast<int>(m)};
    const std::string name = date_to_text(Date{month / 1}).substr(0, 7);
    sheet.columns.push_back({name, name});
  }
  const auto runs = static_cast<double>(run.answers.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    std::vector<Cell> row{Cell{first[i].market}};
    for (std::size_t m = 0; m < months; ++m) {
      double tonnes = 0;
      for (const simulate::Answer& answer : run.answers) {
        const std::vector<double>& list = answer.markets[i].tonnes_by_month;
        tonnes += m < list.size() ? list[m] : 0.0;
      }
      row.emplace_back(tonnes / runs, 0);
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

std::vector<WorkbookPage> simulate_pages(const SimulateCase& run) {
  const Means means{run};
  return {{"Summary", summary(run, means)},
          {"Markets", markets(run, means)},
          {"Bottlenecks", facilities(run, means, false)},
          {"Vessels", vessels(run, means)},
          {"Services", facilities(run, means, true)},
          {"Pipelines", pipelines(run, means)},
          {"By month", by_month(run)},
          {"Figures", simulate_sheet(run)}};
}

}  // namespace karvan::report
