// The text of a simulated span: the headline, and where cargo waits and why.

#include <algorithm>
#include <cmath>

#include "karvan/base/text.h"
#include "karvan/report/detail/simulate_sections.h"
#include "karvan/report/table.h"

namespace karvan::report::detail {
namespace {

using simulate::Answer;
using simulate::FacilityKind;
using simulate::FacilityResult;

constexpr std::size_t kBottlenecks = 12;
constexpr std::size_t kOthers = 6;  // rows of the shorter tables
constexpr double kTold = 0.0005;    // shares below are not

std::string share_percent(double share, int decimals = 0) {
  return with_thousands(share * 100, decimals);
}

// "37.46 Mt", "4.1 kt".
std::string mass(double tonnes) {
  return tonnes >= 1e5 ? with_thousands(tonnes / 1e6, 2) + " Mt"
                       : with_thousands(tonnes / 1e3, 1) + " kt";
}

// "Alat: Rail ferry Alat-Kuryk (2.5 %); Aktau, berths: Oil (1.2 %)": the worst three.
std::string named(const std::vector<RankedFacility>& ranked) {
  std::string text;
  for (std::size_t i = 0; i < ranked.size() && i < 3; ++i) {
    if (ranked[i].value < kTold) break;
    text += (i == 0 ? "" : "; ") + place_first(*ranked[i].facility) + " (" +
            share_percent(ranked[i].value, 1) + " %)";
  }
  return text;
}

// Of all tonne-hours waited.
double share_for_departures(const SimulateCase& run, const Means& means, double all) {
  double sum = 0;
  for (const RankedFacility& one : ranked_facilities(run, means, "waiting_t_h")) {
    if (one.facility->kind == FacilityKind::kDeparture)
      sum += one.value - means("facility/" + one.facility->code + "/short_t_h");
  }
  return all > 0 ? sum / all : 0;
}

std::string run_facts(const SimulateCase& run) {
  const simulate::Question& q = run.question;
  double events = 0;
  for (const Answer& answer : run.answers)
    events += static_cast<double>(answer.engine_events);
  const std::size_t runs = run.answers.size();
  std::string text =
      std::to_string(runs) + (runs == 1 ? " run" : " runs, ± is a 95 % interval of the mean") +
      "; seed " + std::to_string(q.seed) + "; warm-up " + std::to_string(q.warm_up_days) +
      " days; " + with_thousands(events / static_cast<double>(runs) / 1e6, 2) + " M events a run";
  if (runs > 1 && runs < 5)
    text += "; waits and queues are skewed and get an interval from 5 runs on";
  return text;
}

}  // namespace

std::string place_first(const FacilityResult& facility) {
  const std::string& name = facility.name;
  const std::size_t at = name.rfind(" at ");
  const bool is_ride =
      facility.kind == FacilityKind::kDeparture || facility.kind == FacilityKind::kPipeline;
  if (!is_ride || at == std::string::npos) return name;
  return name.substr(at + 4) + ": " + name.substr(0, at);
}

std::string headline(const SimulateCase& run, const Means& means, const Style& style) {
  const simulate::Question& q = run.question;
  std::string text =
      style.bold("The corridor from " + date_to_text(q.from) + ", " + std::to_string(q.days) +
                 " days" + (run.scenario.empty() ? "" : ", scenario " + run.scenario)) +
      "\n";
  double under_way = 0;
  double late = 0;
  for (const simulate::MarketResult& market : run.answers.front().markets) {
    under_way += means("market/" + market.market + "/in_transit_t");
    late += means("market/" + market.market + "/late_t");
  }
  const double delivered = means("corridor/delivered_t");
  const double waited = means("corridor/waiting_t_h");
  std::string facts = mass(delivered) + " delivered, " +
                      share_percent(delivered > 0 ? late / delivered : 0) +
                      " % of it more than a day late; " + mass(under_way) +
                      " under way at the end. Cargo waited " + mass(waited / 24) + " days";
  if (waited > 0) {
    const double scarce = means("corridor/short_t_h") / waited;
    const double next = share_for_departures(run, means, waited);
    facts += ": " + share_percent(scarce) + " % for want of capacity, " + share_percent(next) +
             " % for the next departure with room, " +
             share_percent(std::max(0.0, 1 - scarce - next)) + " % for calm weather";
  }
  text += wrapped(facts + ".", kWide, 0) + "\n";
  const std::string worst = named(ranked_facilities(run, means, "share_of_short"));
  if (!worst.empty())
    text +=
        wrapped("Capacity is shortest, by share of all waiting: " + worst + ".", kWide, 0) + "\n";
  text += style.dim(wrapped(run_facts(run), kWide, 0)) + "\n";
  for (const std::string& remark : run.remarks)
    text += wrapped(remark, kWide, 0) + "\n";
  return text;
}

std::string bottlenecks(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Share, %", Align::kRight},
                   {"At"},
                   {"For"},
                   {"Served", Align::kRight},
                   {"Mean, h", Align::kRight},
                   {"P95, h", Align::kRight},
                   {"Queue", Align::kRight},
                   {"Busy, %", Align::kRight}},
                  2};
  std::size_t rows = 0;
  for (const auto& [share, facility] : ranked_facilities(run, means, "share_of_short")) {
    if (rows == kBottlenecks || share < kTold) break;
    const bool is_ride = facility->kind == FacilityKind::kDeparture;
    const std::string name = "facility/" + facility->code + "/";
    const double busy =
        is_ride ? means("service/" + facility->code.substr(0, facility->code.find('@')) +
                        "/load_factor")
                : means(name + "utilization");
    table.add({share_percent(share, 1), shortened(place_first(*facility), 36),
               is_ride ? "room" : std::string{kind_word(facility->kind)},
               means.number(name + "served", 1, 0), means.text(name + "mean_wait_h", 1, 1),
               means.number(name + "p95_wait_h", 1, 0), means.number(name + "mean_queue", 1, 1),
               busy > 0 ? share_percent(busy) : "-"});
    ++rows;
  }
  if (table.empty()) return "\nNothing waits for want of capacity.\n";
  return "\n" + style.bold("Bottlenecks") +
         " (waits for want of capacity, by share of all tonne-hours waited; mean and P95 of all\n"
         "who passed; busy: of a service, how full it leaves)\n" +
         table.text(style);
}

std::string departures(const SimulateCase& run, const Means& means, const Style& style) {
  struct Row {
    double share = 0;
    const FacilityResult* facility = nullptr;
  };
  std::vector<Row> rows;
  for (const auto& [share, facility] : ranked_facilities(run, means, "share_of_waiting")) {
    if (facility->kind != FacilityKind::kDeparture) continue;
    const double rest = share - means("facility/" + facility->code + "/share_of_short");
    if (rest >= kTold) rows.push_back({rest, facility});
  }
  std::ranges::stable_sort(rows, std::greater{}, &Row::share);
  if (rows.size() > kOthers) rows.resize(kOthers);
  TextTable table{{{"Share, %", Align::kRight},
                   {"Service"},
                   {"Served", Align::kRight},
                   {"Mean, h", Align::kRight},
                   {"P95, h", Align::kRight},
                   {"Full, %", Align::kRight}},
                  2};
  for (const Row& row : rows) {
    const std::string name = "facility/" + row.facility->code + "/";
    const std::string service = row.facility->code.substr(0, row.facility->code.find('@'));
    table.add({share_percent(row.share, 1), shortened(place_first(*row.facility), 48),
               means.number(name + "served", 1, 0), means.text(name + "mean_wait_h", 1, 1),
               means.number(name + "p95_wait_h", 1, 0),
               means.number("service/" + service + "/load_factor", 100, 0)});
  }
  if (table.empty()) return "";
  return "\n" + style.bold("Waits for the next departure") +
         " (which had room: more departures help, larger ones do not)\n" + table.text(style);
}

std::string borders(const SimulateCase& run, const Means& means, const Style& style) {
  TextTable table{{{"Border"},
                   {"Passed", Align::kRight},
                   {"kt", Align::kRight},
                   {"Mean, h", Align::kRight},
                   {"P50", Align::kRight},
                   {"P95", Align::kRight}},
                  2};
  std::size_t rows = 0;
  for (const auto& [tonnes, facility] : ranked_facilities(run, means, "tonnes")) {
    if (facility->kind != FacilityKind::kBorder) continue;
    if (rows++ == kBottlenecks) break;
    const std::string name = "facility/" + facility->code + "/";
    const std::string link = facility->name.substr(0, facility->name.rfind(", border"));
    table.add({shortened(link, 44), means.number(name + "served", 1, 0),
               with_thousands(tonnes / 1e3, 0), means.text(name + "mean_wait_h", 1, 1),
               means.number(name + "p50_wait_h", 1, 1), means.number(name + "p95_wait_h", 1, 1)});
  }
  if (table.empty()) return "";
  return "\n" + style.bold("Borders") + " (vehicles; procedures and waits together)\n" +
         table.text(style);
}

std::string stays(const SimulateCase& run, const Means& means, const Style& style) {
  struct Row {
    double tonne_hours = 0;
    const simulate::DwellResult* dwell = nullptr;
  };
  std::vector<Row> rows;
  for (const simulate::DwellResult& dwell : run.answers.front().dwells) {
    const std::string name = "place/" + dwell.code + "/";
    rows.push_back({means(name + "stayed_t") * means(name + "dwell_mean_h"), &dwell});
  }
  std::ranges::stable_sort(rows, std::greater{}, &Row::tonne_hours);
  if (rows.size() > kOthers) rows.resize(kOthers);
  TextTable table{{{"Place"},
                   {"Stays", Align::kRight},
                   {"Mean, days", Align::kRight},
                   {"P10", Align::kRight},
                   {"P50", Align::kRight},
                   {"P90", Align::kRight},
                   {"P95", Align::kRight}},
                  2};
  for (const Row& row : rows) {
    const std::string name = "place/" + row.dwell->code + "/";
    const auto days = [&](const char* what) { return means.number(name + what, 1.0 / 24, 1); };
    table.add({row.dwell->place, means.number(name + "stays", 1, 0),
               means.text(name + "dwell_mean_h", 1.0 / 24, 1), days("dwell_p10_h"),
               days("dwell_p50_h"), days("dwell_p90_h"), days("dwell_p95_h")});
  }
  if (table.empty()) return "";
  return "\n" + style.bold("Where cargo stays") +
         " (between two rides, and before the first; weighted by tonnes)\n" + table.text(style);
}

}  // namespace karvan::report::detail
