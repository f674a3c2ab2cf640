#include "karvan/report/simulate_report.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "karvan/base/text.h"
#include "karvan/report/detail/figures.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

using detail::kind_word;
using detail::Means;
using simulate::Answer;
using simulate::FacilityResult;
using simulate::MarketResult;

constexpr std::size_t kBottlenecks = 15;
constexpr int kWide = 98;  // columns of a line of text

std::string headline(const SimulateCase& run, const Style& style) {
  const simulate::Question& q = run.question;
  double corridor = 0;
  double events = 0;
  for (const Answer& answer : run.answers) {
    corridor += answer.tonnes_delivered;
    events += static_cast<double>(answer.engine_events);
  }
  const auto n = static_cast<double>(run.answers.size());
  std::string text =
      style.bold("The corridor from " + date_to_text(q.from) + ", " + std::to_string(q.days) +
                 " days" + (run.scenario.empty() ? "" : ", scenario " + run.scenario));
  const std::size_t runs = run.answers.size();
  std::string facts = with_thousands(corridor / n / 1e6, 2) + " Mt delivered; " +
                      std::to_string(runs) +
                      (runs == 1 ? " run" : " runs, ± is a 95 % interval of the mean") + "; seed " +
                      std::to_string(q.seed) + "; warm-up " + std::to_string(q.warm_up_days) +
                      " days; " + with_thousands(events / n / 1e6, 2) + " M events a run";
  if (runs > 1 && runs < 5)
    facts += "; waits and queues are skewed and get an interval from 5 runs on";
  text += "\n" + wrapped(facts, kWide, 0) + "\n";
  for (const std::string& remark : run.remarks)
    text += wrapped(remark, kWide, 0) + "\n";
  return text;
}

// What found no way at all, in a line; empty where all did.
std::string lost(const SimulateCase& run, const Means& means) {
  std::string text;
  for (const MarketResult& market : run.answers.front().markets) {
    const double tonnes = means("market/" + market.market + "/lost_t");
    if (tonnes <= 0) continue;
    text += text.empty() ? "Lost for want of any way, kt: " : ", ";
    text += market.market + " " + with_thousands(tonnes / 1e3, 1);
  }
  return text.empty() ? text : wrapped(text, kWide, 2) + "\n";
}

std::string markets(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Market"},
                   {"Delivered, kt", Align::kRight},
                   {"Transit, days", Align::kRight},
                   {"P50", Align::kRight},
                   {"P90", Align::kRight},
                   {"P95", Align::kRight},
                   {"Late, %", Align::kRight},
                   {"USD/t", Align::kRight},
                   {"kg CO2e/t", Align::kRight}},
                  2};
  for (const MarketResult& market : run.answers.front().markets) {
    const std::string name = "market/" + market.market + "/";
    const auto days = [&](const char* what) { return with_thousands(means(name + what) / 24, 1); };
    table.add({market.market,
               means.text(name + "delivered_t", 1e-3, means(name + "delivered_t") < 1e5 ? 1 : 0),
               means.text(name + "transit_mean_h", 1.0 / 24, 1), days("transit_p50_h"),
               days("transit_p90_h"), days("transit_p95_h"),
               with_thousands(means(name + "late_share") * 100, 0),
               with_thousands(means(name + "usd_per_t"), 0),
               with_thousands(means(name + "kg_co2e_per_t"), 0)});
  }
  return "\n" + style.bold("Markets") +
         " (transit weighted by tonnes; late: more than a day after the plan)\n" +
         table.text(style) + lost(run, means);
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

std::string bottlenecks(const SimulateCase& run, const Means& means, const Style& style) {
  std::vector<detail::RankedFacility> ranked = detail::ranked_facilities(run, means);
  if (ranked.size() > kBottlenecks) ranked.resize(kBottlenecks);
  TextTable table{{{"Share", Align::kRight},
                   {"At"},
                   {"For"},
                   {"Mean, h", Align::kRight},
                   {"P95, h", Align::kRight},
                   {"Queue", Align::kRight},
                   {"Busy", Align::kRight}},
                  2};
  for (const auto& [share, facility] : ranked) {
    const std::string name = "facility/" + facility->code + "/";
    const double busy = means(name + "utilization");
    table.add({with_thousands(share * 100, 1), shortened(facility->name, 36),
               std::string{kind_word(facility->kind)}, means.text(name + "mean_wait_h", 1, 1),
               with_thousands(means(name + "p95_wait_h"), 0),
               with_thousands(means(name + "mean_queue"), 1),
               busy > 0 ? with_thousands(busy * 100, 0) : "-"});
  }
  return "\n" + style.bold("Bottlenecks") + " (by share of all tonne-hours waited, in %)\n" +
         table.text(style);
}

std::string ports(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Port"},
                   {"Loaded, kt", Align::kRight},
                   {"Unloaded, kt", Align::kRight},
                   {"Closed by weather, %", Align::kRight}},
                  2};
  for (const simulate::PlaceResult& place : run.answers.front().places) {
    const std::string name = "port/" + place.place + "/";
    table.add({place.place, means.text(name + "loaded_t", 1e-3, 0),
               means.text(name + "unloaded_t", 1e-3, 0),
               with_thousands(means(name + "closed_share") * 100, 1)});
  }
  return table.empty() ? "" : "\n" + style.bold("Ports") + "\n" + table.text(style);
}

std::string ships(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Ship"},
                   {"Voyages", Align::kRight},
                   {"Carried, kt", Align::kRight},
                   {"Full", Align::kRight},
                   {"Sail", Align::kRight},
                   {"Quay", Align::kRight},
                   {"Wait", Align::kRight},
                   {"Repair", Align::kRight}},
                  2};
  for (const simulate::VesselResult& ship : run.answers.front().vessels) {
    const std::string name = "vessel/" + ship.name + "/";
    if (means(name + "voyages") <= 0) continue;
    table.add(
        {shortened(ship.name, 46), means.text(name + "voyages", 1, 0),
         means.text(name + "carried_t", 1e-3, 0),
         with_thousands(means(name + "load_factor") * 100, 0),
         with_thousands(ship.share_sailing * 100, 0), with_thousands(ship.share_alongside * 100, 0),
         with_thousands(ship.share_waiting * 100, 0), with_thousands(ship.share_repair * 100, 0)});
  }
  return table.empty() ? ""
                       : "\n" + style.bold("Ships") +
                             " (in %: how full they sail; shares of time in the first run, the "
                             "rest is idle)\n" +
                             table.text(style);
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
    table.add({shortened(pipe.name, 28), means.text(name + "out_t", 1e-6, 2),
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
          Cell{e.tally.mean(), 4},
          has ? Cell{e.interval->mean - e.interval->half_width, 4} : Cell{},
          has ? Cell{e.interval->mean + e.interval->half_width, 4} : Cell{},
          Cell::count(e.tally.count()),
          Cell{detail::doubt_text(e.doubt)}};
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

bool differs(const simulate::Estimate& e) {
  return e.interval && std::abs(e.interval->mean) > e.interval->half_width && e.interval->mean != 0;
}

}  // namespace

std::string simulate_text(const SimulateCase& run, const Style& style) {
  const Means means{run};
  std::string text = headline(run, style);
  for (const std::string& warning : run.warnings)
    text += style.yellow("warning: ") + one_line(warning) + "\n";
  return text + bottlenecks(run, means, style) + markets(run, means, style) +
         simulate_sparklines(run, style) + times(run, style) + ports(run, means, style) +
         ships(run, means, style) + pipelines(run, means, style);
}

std::vector<FacilityResult> worst_facilities(const SimulateCase& run, std::size_t most) {
  std::vector<FacilityResult> worst;
  for (const auto& [share, facility] : detail::ranked_facilities(run, Means{run})) {
    if (worst.size() == most) break;
    worst.push_back(*facility);
  }
  return worst;
}

Sheet simulate_sheet(const SimulateCase& run) {
  return estimates_sheet(simulate::estimates(run.answers));
}

Sheet simulate_difference_sheet(const SimulateCase& base, const SimulateCase& other) {
  return estimates_sheet(simulate::differences(base.answers, other.answers));
}

std::string simulate_difference_text(const SimulateCase& base,
                                     const SimulateCase& other,
                                     const Style& style) {
  const auto name_of = [](const SimulateCase& c) {
    return c.scenario.empty() ? std::string{"the data as they are"} : c.scenario;
  };
  TextTable table{{{"Figure"},
                   {"Base", Align::kRight},
                   {"Difference", Align::kRight},
                   {"95 %", Align::kRight},
                   {"Sure"}},
                  2};
  const Means means{base};
  for (const simulate::Estimate& e : simulate::differences(base.answers, other.answers)) {
    const bool is_headline =
        e.name.starts_with("market/") &&
        (e.name.ends_with("/delivered_t") || e.name.ends_with("/transit_mean_h") ||
         e.name.ends_with("/transit_p90_h"));
    const bool is_port = e.name.starts_with("port/") && differs(e);
    const bool is_nothing = means(e.name) == 0 && e.tally.mean() == 0;
    if ((!is_headline && !is_port) || is_nothing) continue;
    table.add({e.name, with_thousands(means(e.name), 1), with_thousands(e.tally.mean(), 1),
               e.interval ? "±" + with_thousands(e.interval->half_width, 1) : "-",
               differs(e) ? style.bold("yes") : "no"});
  }
  return style.bold(name_of(other) + " against " + name_of(base)) +
         " (the same chance in both; paired differences of " + std::to_string(base.answers.size()) +
         " runs)\n" + table.text(style);
}

std::string simulate_events_csv(const World& world, const simulate::Answer& answer) {
  const auto number = [](std::uint64_t n) { return n == 0 ? std::string{} : std::to_string(n); };
  std::string text = csv_line({"event_time", "shipment", "business_step", "place", "service",
                               "vehicle", "load_unit", "units", "kg", "parent", "demand"});
  for (const simulate::EventRow& row : answer.events) {
    text += csv_line({instant_to_text(row.time, std::chrono::minutes{0}),
                      std::to_string(row.shipment), std::string{to_text(row.step)},
                      world[row.place].code, row.service.valid() ? world[row.service].code : "",
                      number(row.vehicle), row.load_unit.valid() ? world[row.load_unit].code : "",
                      number(static_cast<std::uint64_t>(row.units)), std::to_string(row.kg),
                      number(row.parent), row.demand.valid() ? world[row.demand].code : ""});
  }
  return text;
}

}  // namespace karvan::report
