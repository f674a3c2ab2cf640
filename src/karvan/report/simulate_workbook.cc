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
      first.push_back(e == nullptr || !e->is_told()
                          ? Cell{}
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

Sheet markets_sheet(const SimulateCase& run, const Means& means) {
  Page page{{{"market", "Market"}},
            {{"released_t", "released_t", "Released, t", 1, 0},
             {"delivered_t", "delivered_t", "Delivered, t", 1, 0},
             {"in_transit_t", "in_transit_t", "Under way at the end, t", 1, 0},
             {"lost_t", "lost_t", "Lost, t", 1, 0},
             {"late_t", "late_t", "A day late or more, t", 1, 0},
             {"delivered_teu", "delivered_teu", "Delivered, TEU", 1, 0},
             {"shipments", "shipments", "Shipments", 1, 0},
             {"transit_mean_h", "transit_days", "Transit, days", 1.0 / 24, 2},
             {"transit_p10_h", "transit_p10_days", "P10, days", 1.0 / 24, 2},
             {"transit_p50_h", "transit_p50_days", "P50, days", 1.0 / 24, 2},
             {"transit_p90_h", "transit_p90_days", "P90, days", 1.0 / 24, 2},
             {"transit_p95_h", "transit_p95_days", "P95, days", 1.0 / 24, 2},
             {"planned_h", "planned_days", "Planned, days", 1.0 / 24, 2},
             {"moving_h", "moving_days", "Moving, days", 1.0 / 24, 2},
             {"handling_h", "handling_days", "Handling, days", 1.0 / 24, 2},
             {"border_h", "border_days", "Borders, days", 1.0 / 24, 2},
             {"wait_departure_h", "wait_departure_days", "For a departure, days", 1.0 / 24, 2},
             {"wait_terminal_h", "wait_terminal_days", "For cranes and hours, days", 1.0 / 24, 2},
             {"wait_line_h", "wait_line_days", "For the line, days", 1.0 / 24, 2},
             {"wait_port_h", "wait_port_days", "For berth and weather, days", 1.0 / 24, 2},
             {"wait_empty_h", "wait_empty_days", "For an empty, days", 1.0 / 24, 2},
             {"usd_per_t", "usd_per_t", "USD/t", 1, 2},
             {"kg_co2e_per_t", "kg_co2e_per_t", "kg CO2e/t", 1, 2}}};
  for (const simulate::MarketResult& market : run.answers.front().markets)
    page.add({market.market}, "market/" + market.market + "/", means);
  return std::move(page).sheet();
}

// Every place of waiting, where capacity is shortest first.
Sheet facilities(const SimulateCase& run, const Means& means) {
  Page page{{{"code", "Row"}, {"name", "At"}, {"kind", "For"}},
            {{"share_of_short", "short_percent", "Short of capacity, % of all waiting", 100, 2},
             {"share_of_waiting", "waiting_percent", "Waiting, % of all", 100, 2},
             {"served", "served", "Served", 1, 0},
             {"tonnes", "tonnes", "Tonnes", 1, 0},
             {"mean_wait_h", "mean_wait_h", "Mean, h", 1, 2},
             {"p50_wait_h", "p50_wait_h", "P50, h", 1, 1, false},
             {"p90_wait_h", "p90_wait_h", "P90, h", 1, 1, false},
             {"p95_wait_h", "p95_wait_h", "P95, h", 1, 1},
             {"mean_queue", "mean_queue", "Queue", 1, 2},
             {"utilization", "busy_percent", "Busy, %", 100, 1, false},
             {"share_working", "working_percent", "Ships work, %", 100, 1, false},
             {"share_filling", "filling_percent", "Ships wait for cargo, %", 100, 1, false},
             {"share_stormbound", "storm_percent", "Ships kept by weather, %", 100, 1, false}}};
  for (const auto& [share, facility] : detail::ranked_facilities(run, means, "share_of_short"))
    page.add({facility->code, facility->name, detail::kind_word(facility->kind)},
             "facility/" + facility->code + "/", means);
  return std::move(page).sheet();
}

Sheet services(const SimulateCase& run, const Means& means) {
  Page page{{{"code", "Row"}, {"service", "Service"}},
            {{"departures", "departures", "Departures", 1, 0},
             {"tonnes", "tonnes", "Boarded, t", 1, 0},
             {"load_factor", "full_percent", "Full, %", 100, 1},
             {"moving_h", "moving_h", "Moving, h", 1, 1},
             {"border_h", "border_h", "Borders, h", 1, 1},
             {"wait_line_h", "wait_line_h", "For the line, h", 1, 1},
             {"wait_port_h", "wait_port_h", "For the weather, h", 1, 1}}};
  for (const simulate::ServiceResult& service : run.answers.front().services)
    page.add({service.code, service.name}, "service/" + service.code + "/", means);
  return std::move(page).sheet();
}

Sheet places(const SimulateCase& run, const Means& means) {
  Page page{{{"code", "Row"}, {"place", "Place"}},
            {{"stays", "stays", "Stays", 1, 0},
             {"stayed_t", "stayed_t", "Tonnes", 1, 0},
             {"dwell_mean_h", "dwell_mean_h", "Mean, h", 1, 1},
             {"dwell_p10_h", "dwell_p10_h", "P10, h", 1, 1, false},
             {"dwell_p50_h", "dwell_p50_h", "P50, h", 1, 1, false},
             {"dwell_p90_h", "dwell_p90_h", "P90, h", 1, 1, false},
             {"dwell_p95_h", "dwell_p95_h", "P95, h", 1, 1, false}}};
  for (const simulate::DwellResult& dwell : run.answers.front().dwells)
    page.add({dwell.code, dwell.place}, "place/" + dwell.code + "/", means);
  return std::move(page).sheet();
}

Sheet vessels(const SimulateCase& run, const Means& means) {
  Page page{{{"vessel", "Ship"}},
            {{"voyages", "voyages", "Voyages", 1, 1},
             {"carried_t", "carried_t", "Carried, t", 1, 0},
             {"load_factor", "full_percent", "Full, %", 100, 1},
             {"share_sailing", "laden_percent", "Laden, %", 100, 1, false},
             {"share_ballast", "ballast_percent", "Ballast, %", 100, 1, false},
             {"share_working", "working_percent", "Works, %", 100, 1, false},
             {"share_filling", "filling_percent", "Waits for cargo, %", 100, 1, false},
             {"share_berth", "berth_percent", "Waits for a berth, %", 100, 1, false},
             {"share_stormbound", "storm_percent", "Kept by weather, %", 100, 1, false},
             {"share_repair", "repair_percent", "Repair, %", 100, 1, false},
             {"share_idle", "idle_percent", "Idle, %", 100, 1, false}}};
  for (const simulate::VesselResult& vessel : run.answers.front().vessels)
    page.add({vessel.name}, "vessel/" + vessel.name + "/", means);
  return std::move(page).sheet();
}

Sheet pipelines_sheet(const SimulateCase& run, const Means& means) {
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

// A thing that tonnes go through, month by month.
struct Flow {
  const char* kind;
  std::string name;
  std::string figures;  // "market/BTC/delivered_t"
};

std::vector<Flow> flows(const simulate::Answer& answer) {
  std::vector<Flow> list;
  for (const simulate::MarketResult& market : answer.markets)
    list.push_back({"market", market.market, "market/" + market.market + "/delivered_t"});
  for (const simulate::PlaceResult& port : answer.places)
    list.push_back({"port", port.place, "port/" + port.place + "/moved_t"});
  for (const simulate::ServiceResult& service : answer.services)
    list.push_back({"service", service.name, "service/" + service.code + "/tonnes"});
  for (const simulate::VesselResult& vessel : answer.vessels)
    list.push_back({"ship", vessel.name, "vessel/" + vessel.name + "/carried_t"});
  for (const simulate::PipelineResult& pipe : answer.pipelines)
    list.push_back({"pipeline", pipe.name, "pipeline/" + pipe.name + "/out_t"});
  for (const simulate::FacilityResult& facility : answer.facilities) {
    if (!facility.tonnes_by_month.empty() && facility.kind != simulate::FacilityKind::kDeparture)
      list.push_back({"facility", facility.name, "facility/" + facility.code + "/tonnes"});
  }
  return list;
}

// Tonnes through everything, a column for each month; means over the replications.
Sheet by_month(const SimulateCase& run, const Means& means) {
  Sheet sheet{{{"kind", "Kind"}, {"name", "Name"}}, {}};
  const std::chrono::year_month_day day{run.question.from};
  const Date end = run.question.from + std::chrono::days{run.question.days};
  std::vector<std::string> months;
  for (std::chrono::year_month m = day.year() / day.month(); Date{m / 1} < end;
       m += std::chrono::months{1}) {
    months.push_back(date_to_text(Date{m / 1}).substr(0, 7));
    sheet.columns.push_back({months.back(), months.back()});
  }
  for (const Flow& flow : flows(run.answers.front())) {
    std::vector<Cell> row{Cell{flow.kind}, Cell{flow.name}};
    for (const std::string& month : months)
      row.emplace_back(means(flow.figures + "/" + month), 0);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

std::vector<WorkbookPage> simulate_pages(const SimulateCase& run) {
  const Means means{run};
  return {{"Summary", summary(run, means)},
          {"Markets", markets_sheet(run, means)},
          {"Bottlenecks", facilities(run, means)},
          {"Vessels", vessels(run, means)},
          {"Services", services(run, means)},
          {"Places", places(run, means)},
          {"Pipelines", pipelines_sheet(run, means)},
          {"By month", by_month(run, means)},
          {"Figures", simulate_sheet(run)}};
}

}  // namespace karvan::report
