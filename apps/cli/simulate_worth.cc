// karvan simulate --worth: what a tenth more of each of the worst bottlenecks would bring.

#include <algorithm>

#include "karvan/base/text.h"
#include "karvan/report/experiment_report.h"
#include "karvan/report/simulate_report.h"

#include "output.h"
#include "sheet_output.h"
#include "simulate_case.h"
#include "simulate_experiments.h"

namespace karvan::cli {
namespace {

using simulate::FacilityKind;

constexpr double kMore = 1.1;

// What the data can change to give a bottleneck a tenth more. Counts are small whole numbers, so a
// berth, crane or stand becomes a tenth quicker instead.
class Widening {
 public:
  Widening(const World& world, const simulate::FacilityResult& facility)
      : world_{world},
        of_{facility.code.substr(0, facility.code.find('@'))},
        at_{facility.code.substr(std::min(facility.code.find('@') + 1, facility.code.size()))} {
    switch (facility.kind) {
      case FacilityKind::kDeparture:
        more("capacities.service=" + of_ + ".units");
        for (const char* room :
             {"capacity_teu", "capacity_wagons", "capacity_trucks", "deadweight_t"})
          more("vessels.services=" + of_ + "." + room);
        break;
      case FacilityKind::kPipeline:
        pipelines();
        break;
      case FacilityKind::kTerminal:
        more("cranes.place=" + at_ + ".moves_per_hour");
        break;
      case FacilityKind::kGaugeChange:
        less("gauge_changes." + of_ + ".minutes_per_unit");
        less("gauge_changes." + of_ + ".hours");
        break;
      case FacilityKind::kBerth:
        more("berths." + of_ + ".rate_t_per_h");
        less("berths." + of_ + ".turnround_hours");
        break;
      case FacilityKind::kSection:
        more("links." + of_ + ".capacity_pairs_per_day");
        break;
      case FacilityKind::kBorder:
        less("crossing_steps.crossing=" + of_ + ".hours");
        break;
      case FacilityKind::kYard:
        more("yards." + of_ + ".capacity");
        break;
      case FacilityKind::kPool:
        pools();
        break;
      case FacilityKind::kLocomotives:
        locomotives();
        break;
      case FacilityKind::kHarbor:
        break;  // nobody can order calm weather
    }
  }

  const std::vector<load::Tweak>& tweaks() const { return tweaks_; }

 private:
  void more(std::string cells) { add(std::move(cells), kMore); }
  void less(std::string cells) { add(std::move(cells), 1 / kMore); }
  void add(std::string cells, double factor) {
    tweaks_.push_back(
        {.cells = std::move(cells), .value = factor, .is_factor = true, .where = "--worth"});
  }

  void pipelines() {
    for (const Id<Call> call : world_.ids<Call>()) {
      if (world_[world_[call].service].code != of_) continue;
      for (const Id<Pipeline> pipe : world_.ids<Pipeline>()) {
        if (std::ranges::find(world_[call].links, world_[pipe].link) != world_[call].links.end())
          more("pipelines." + world_[pipe].code + ".rate_max_t_per_h");
      }
    }
  }

  // The pool of a load unit in a country is that of all its operators there.
  void pools() {
    for (const Id<WagonPool> id : world_.ids<WagonPool>()) {
      const WagonPool& pool = world_[id];
      const Id<Country> country = world_[pool.operator_].country;
      if (world_[pool.load_unit].code == of_ && world_[country].code == at_)
        more("wagon_pools." + pool.code + ".count");
    }
  }

  // The pool of a traction and gauge in a country likewise: "locomotives diesel 1520@KZ".
  void locomotives() {
    for (const Id<Locomotive> id : world_.ids<Locomotive>()) {
      const Locomotive& row = world_[id];
      const Id<Country> country = world_[row.operator_].country;
      const std::string kind =
          "locomotives " + std::string{to_text(row.traction)} + " " + std::to_string(row.gauge.mm);
      if (kind == of_ && world_[country].code == at_) more("locomotives." + row.code + ".count");
    }
  }

  const World& world_;
  std::string of_;
  std::string at_;
  std::vector<load::Tweak> tweaks_;
};

// The tweaks that find a number to change; the others speak of what this bottleneck has not.
std::vector<load::Tweak> usable(const Experiment& experiment,
                                const std::vector<load::Tweak>& tweaks) {
  const Session& session = experiment.session;
  const std::string& scenario = experiment.settings.scenario;
  const std::string_view name = scenario.empty() ? std::string_view{"base"} : scenario;
  Complaints unsaid;
  const auto before = load::load_varied(session.loaded, session.files, name, {}, unsaid);
  std::vector<load::Tweak> kept;
  for (const load::Tweak& tweak : tweaks) {
    const auto varied = load::load_varied(session.loaded, session.files, name, {&tweak, 1}, unsaid);
    const auto is_same = [](const load::CellChange& a, const load::CellChange& b) {
      return a.table == b.table && a.id == b.id && a.column == b.column && a.to == b.to;
    };
    if (varied && before && !std::ranges::equal(varied->changes, before->changes, is_same))
      kept.push_back(tweak);
  }
  return kept;
}

std::optional<report::Widened> widened(const Experiment& experiment,
                                       const simulate::FacilityResult& facility) {
  const World world = experiment.session.world();
  report::Widened result{.code = facility.code, .name = facility.name};
  const auto tweaks = usable(experiment, Widening{world, facility}.tweaks());
  if (tweaks.empty()) {
    result.what = "the data have no number to change by a tenth";
    return result;
  }
  for (const load::Tweak& tweak : tweaks)
    result.what +=
        (result.what.empty() ? "" : "; ") + tweak.cells + (tweak.value > 1 ? " x 1.1" : " / 1.1");
  const auto scenario = open_varied(experiment.session, experiment.settings.scenario, tweaks);
  if (!scenario) return std::nullopt;
  auto run = run_case(World{experiment.session.loaded.corridor, scenario->overlay},
                      experiment.question, experiment.args, nullptr);
  if (!run) return std::nullopt;
  result.answers = std::move(run->answers);
  return result;
}

}  // namespace

int run_worth(const Experiment& experiment) {
  const auto& [settings, args, session, question] = experiment;
  auto base = run_case(session.world(), question, args, nullptr);
  if (!base) return kBadInput;
  report::Worth worth;
  for (const simulate::FacilityResult& facility :
       report::worst_facilities(*base, static_cast<std::size_t>(args.worth))) {
    auto one = widened(experiment, facility);
    if (!one) return kBadInput;
    worth.widened.push_back(std::move(*one));
  }
  worth.base = std::move(base->answers);
  if (settings.format == Format::kText)
    return deliver(report::worth_text(worth, settings.style()), settings, args.out);
  return deliver_sheet({"Worth", report::worth_sheet(worth)}, settings, args.out);
}

}  // namespace karvan::cli
