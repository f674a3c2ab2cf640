#include "karvan/report/simulate_report.h"

#include <algorithm>
#include <functional>

#include "karvan/base/text.h"
#include "karvan/report/detail/figures.h"
#include "karvan/report/detail/simulate_sections.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

using detail::Means;
using simulate::Answer;
using simulate::FacilityResult;
using simulate::MarketResult;

// What found no way at all, in a line; empty where all did.
std::string lost(const SimulateCase& run, const Means& means) {
  std::string text;
  for (const MarketResult& market : run.answers.front().markets) {
    const double tonnes = means("market/" + market.market + "/lost_t");
    if (tonnes <= 0) continue;
    text += text.empty() ? "Lost for want of any way, kt: " : ", ";
    text += market.market + " " + with_thousands(tonnes / 1e3, 1);
  }
  return text.empty() ? text : wrapped(text, detail::kWide, 2) + "\n";
}

// Why some quantiles are dashes; empty where none is.
std::string untold(const SimulateCase& run, const Means& means) {
  const bool has_any = std::ranges::any_of(run.answers.front().markets, [&](const auto& market) {
    const simulate::Estimate* p95 = means.find("market/" + market.market + "/transit_p95_h");
    return p95 != nullptr && !p95->is_told();
  });
  return has_any
             ? "  -: too few shipments. A P95 needs 20 of like weight in a run, a P90 10, a P50 2\n"
             : "";
}

std::string markets(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Market"},
                   {"kt", Align::kRight},
                   {"Shipments", Align::kRight},
                   {"Days", Align::kRight},
                   {"P50", Align::kRight},
                   {"P90", Align::kRight},
                   {"P95", Align::kRight},
                   {"Late, %", Align::kRight},
                   {"USD/t", Align::kRight},
                   {"kg CO2e/t", Align::kRight}},
                  2};
  for (const MarketResult& market : run.answers.front().markets) {
    const std::string name = "market/" + market.market + "/";
    const double tonnes = means(name + "delivered_t");
    if (tonnes <= 0 && means(name + "released_t") <= 0) continue;
    const auto days = [&](const char* what) { return means.number(name + what, 1.0 / 24, 1); };
    const auto each = [&](const char* what, double scale) {
      return tonnes > 0 ? means.number(name + what, scale, 0) : std::string{"-"};
    };
    table.add({market.market, means.text(name + "delivered_t", 1e-3, tonnes < 1e5 ? 1 : 0),
               means.number(name + "shipments", 1, 0),
               means.text(name + "transit_mean_h", 1.0 / 24, 1), days("transit_p50_h"),
               days("transit_p90_h"), days("transit_p95_h"), each("late_share", 100),
               each("usd_per_t", 1), each("kg_co2e_per_t", 1)});
  }
  return "\n" + style.bold("Markets") +
         " (delivered; transit in days, weighted by tonnes; late: over a day after the plan)\n" +
         table.text(style) + untold(run, means) + lost(run, means);
}

// Where a delivered tonne spends its days, mean over the replications.
std::string times(const SimulateCase& run, const Style& style) {
  TextTable table{{{"Market"},
                   {"Moving", Align::kRight},
                   {"Handling", Align::kRight},
                   {"Border", Align::kRight},
                   {"Departure", Align::kRight},
                   {"Terminal", Align::kRight},
                   {"Line", Align::kRight},
                   {"Port", Align::kRight},
                   {"Empty", Align::kRight}},
                  2};
  for (std::size_t m = 0; m < run.answers.front().markets.size(); ++m) {
    std::vector<std::string> cells{run.answers.front().markets[m].market};
    for (std::size_t a = 0; a < simulate::kActivities; ++a) {
      double hours = 0;
      for (const Answer& answer : run.answers)
        hours += answer.markets[m].hours[a];
      cells.push_back(with_thousands(hours / static_cast<double>(run.answers.size()) / 24, 1));
    }
    table.add(std::move(cells));
  }
  return "\n" + style.bold("Where the days go") +
         " (moving, working, at borders; then waiting: for a departure,\n"
         "cranes, the line, a berth or calm sea, an empty)\n" +
         table.text(style);
}

std::string ports(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Port"},
                   {"Loaded, kt", Align::kRight},
                   {"Unloaded, kt", Align::kRight},
                   {"Closed by weather, %", Align::kRight}},
                  2};
  std::vector<simulate::PlaceResult> places = run.answers.front().places;
  std::ranges::stable_sort(places, std::greater{}, [&means](const simulate::PlaceResult& place) {
    const std::string name = "port/" + place.place + "/";
    return means(name + "loaded_t") + means(name + "unloaded_t");
  });
  constexpr std::size_t kPorts = 12;
  if (places.size() > kPorts) places.resize(kPorts);
  for (const simulate::PlaceResult& place : places) {
    const std::string name = "port/" + place.place + "/";
    table.add({place.place, means.text(name + "loaded_t", 1e-3, 0),
               means.text(name + "unloaded_t", 1e-3, 0),
               with_thousands(means(name + "closed_share") * 100, 1)});
  }
  return table.empty() ? "" : "\n" + style.bold("Ports") + "\n" + table.text(style);
}

std::string pipelines(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Pipeline"},
                   {"Out, Mt", Align::kRight},
                   {"In line, days", Align::kRight},
                   {"Stopped, %", Align::kRight},
                   {"Liftings", Align::kRight},
                   {"Parcel, kt", Align::kRight},
                   {"Tanks full, %", Align::kRight}},
                  2};
  for (const simulate::PipelineResult& pipe : run.answers.front().pipelines) {
    const std::string name = "pipeline/" + pipe.name + "/";
    table.add({shortened(pipe.name, 24), means.text(name + "out_t", 1e-6, 2),
               means.text(name + "in_line_h", 1.0 / 24, 1),
               with_thousands(means(name + "share_stopped") * 100, 1),
               pipe.liftings > 0 ? means.text(name + "liftings", 1, 0) : "-",
               pipe.liftings > 0 ? means.text(name + "mean_parcel_t", 1e-3, 1) : "-",
               with_thousands(means(name + "share_tripped") * 100, 1)});
  }
  return table.empty() ? "" : "\n" + style.bold("Pipelines") + "\n" + table.text(style);
}

std::vector<Cell> estimate_cells(const simulate::Estimate& e) {
  const bool has = e.interval.has_value();
  return {Cell{e.name},
          e.is_told() ? Cell{e.tally.mean(), 4} : Cell{},
          has ? Cell{e.interval->mean - e.interval->half_width, 4} : Cell{},
          has ? Cell{e.interval->mean + e.interval->half_width, 4} : Cell{},
          Cell::count(e.tally.count()),
          Cell{detail::doubt_text(e.doubt)}};
}

}  // namespace

std::string simulate_text(const SimulateCase& run, const Style& style) {
  const Means means{run};
  std::string text = detail::headline(run, means, style);
  for (const std::string& warning : run.warnings)
    text += style.yellow("warning: ") + one_line(warning) + "\n";
  return text + detail::bottlenecks(run, means, style) + detail::departures(run, means, style) +
         markets(run, means, style) + simulate_sparklines(run, style) + times(run, style) +
         detail::borders(run, means, style) + detail::stays(run, means, style) +
         ports(run, means, style) + detail::quays(run, means, style) +
         detail::ships(run, means, style) + pipelines(run, means, style) +
         style.dim("Every figure by name: --format csv or json; as a workbook: --format xlsx.") +
         "\n";
}

std::vector<FacilityResult> worst_facilities(const SimulateCase& run, std::size_t most) {
  std::vector<FacilityResult> worst;
  for (const auto& [value, facility] :
       detail::ranked_facilities(run, Means{run}, "share_of_short")) {
    if (worst.size() == most || value <= 0) break;
    worst.push_back(*facility);
  }
  return worst;
}

Sheet estimates_sheet(const std::vector<simulate::Estimate>& list) {
  Sheet sheet{{{"figure", "Figure"},
               {"mean", "Mean"},
               {"low", "95 % from"},
               {"high", "to"},
               {"runs", "Runs"},
               {"note", "Note"}},
              {}};
  for (const simulate::Estimate& e : list)
    sheet.rows.push_back(estimate_cells(e));
  return sheet;
}

Sheet simulate_sheet(const SimulateCase& run) {
  return estimates_sheet(simulate::estimates(run.answers));
}

Sheet simulate_difference_sheet(const SimulateCase& base, const SimulateCase& other) {
  return estimates_sheet(simulate::differences(base.answers, other.answers));
}

}  // namespace karvan::report
