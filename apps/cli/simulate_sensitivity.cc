// karvan simulate --sensitivity: which assumed numbers the answer rests on.

#include <algorithm>
#include <filesystem>
#include <functional>

#include "karvan/base/complaint.h"
#include "karvan/base/text.h"
#include "karvan/choice/alternatives.h"
#include "karvan/report/experiment_report.h"
#include "karvan/simulate/screening.h"

#include "output.h"
#include "progress.h"
#include "sheet_output.h"
#include "simulate_case.h"
#include "simulate_experiments.h"

namespace karvan::cli {
namespace {

constexpr std::size_t kMostInputs = 60;

// One point of a trajectory: the figures' means over its replications, or why there are none.
struct Outcome {
  std::vector<double> figures;
  std::string fault;
};

// One is enough to see what cannot be moved so far.
std::string first_error(const Complaints& complaints) {
  for (const Complaint& complaint : complaints) {
    if (complaint.severity == Severity::kError) return to_text(complaint);
  }
  return "cannot be varied";
}

class Screen {
 public:
  Screen(const Experiment& experiment,
         std::vector<load::AssumedGroup> groups,
         std::vector<std::string> figures)
      : experiment_{experiment}, groups_{std::move(groups)}, figures_{std::move(figures)} {}

  // Every point of every trajectory, points dealt to the threads; the outcomes in order.
  std::vector<std::vector<Outcome>> run(const std::vector<simulate::Trajectory>& walks) const {
    const std::size_t points = groups_.size() + 1;
    std::vector<std::vector<Outcome>> outcomes(walks.size(), std::vector<Outcome>(points));
    Progress progress{walks.size() * points, experiment_.settings.quiet};
    threads_of(experiment_.args.threads)(walks.size() * points, [&](std::size_t i) {
      outcomes[i / points][i % points] = outcome_at(walks[i / points].points[i % points]);
      progress.step();
    });
    return outcomes;
  }

  report::Screening screening(std::size_t figure,
                              const std::vector<simulate::Trajectory>& walks,
                              const std::vector<std::vector<Outcome>>& outcomes) const {
    std::vector<std::vector<double>> values(walks.size());
    des::Tally all;
    for (std::size_t t = 0; t < walks.size(); ++t) {
      for (const Outcome& outcome : outcomes[t]) {
        values[t].push_back(outcome.figures[figure]);
        all.add(outcome.figures[figure]);
      }
    }
    report::Screening result{
        .figure = figures_[figure],
        .range = experiment_.args.range,
        .mean = all.mean(),
        .trajectories = walks.size(),
        .replications = static_cast<std::size_t>(experiment_.args.replications)};
    const auto effects = simulate::elementary_effects(walks, values);
    for (std::size_t i = 0; i < groups_.size(); ++i)
      result.inputs.push_back(
          {.cells = groups_[i].cells, .rows = groups_[i].rows, .effect = effects[i]});
    std::ranges::stable_sort(result.inputs, std::greater{},
                             [](const report::ScreenedInput& i) { return i.effect.mu_star; });
    return result;
  }

 private:
  Outcome outcome_at(const std::vector<double>& point) const {
    const double range = experiment_.args.range;
    std::vector<load::Tweak> tweaks;
    for (std::size_t i = 0; i < groups_.size(); ++i)
      tweaks.push_back({.cells = groups_[i].cells,
                        .value = 1 - range + 2 * range * point[i],
                        .is_factor = true,
                        .within = true,
                        .where = "--sensitivity"});
    const Session& session = experiment_.session;
    const std::string& scenario = experiment_.settings.scenario;
    Complaints complaints;
    const auto varied = load::load_varied(session.loaded, session.files,
                                          scenario.empty() ? "base" : scenario, tweaks, complaints);
    if (!varied) return {.fault = first_error(complaints)};
    const World world{session.loaded.corridor, varied->overlay};
    return outcome_of(world);
  }

  Outcome outcome_of(const World& world) const {
    const auto compiled =
        simulate::Simulator::compile(world, experiment_.question, choice::alternatives_from(world));
    if (!compiled.model) return {.fault = join(compiled.errors, "\n")};
    const simulate::ForEach alone = [](std::size_t n,
                                       const std::function<void(std::size_t)>& work) {
      for (std::size_t i = 0; i < n; ++i)
        work(i);
    };
    const auto answers = simulate::replicate(
        *compiled.model, experiment_.question,
        static_cast<std::size_t>(experiment_.args.replications), {.for_each = alone});
    if (!answers) return {.fault = answers.error().message};
    Outcome outcome{.figures = std::vector<double>(figures_.size())};
    for (const simulate::Answer& answer : *answers) {
      for (const simulate::Figure& figure : simulate::figures_of(answer)) {
        const auto at = std::ranges::find(figures_, figure.name);
        if (at != figures_.end())
          outcome.figures[static_cast<std::size_t>(at - figures_.begin())] +=
              figure.value / static_cast<double>(answers->size());
      }
    }
    return outcome;
  }

  const Experiment& experiment_;
  std::vector<load::AssumedGroup> groups_;
  std::vector<std::string> figures_;
};

// sensitivity_1.svg and so on, one for each figure.
Status write_tornados(const std::string& folder, const std::vector<report::Screening>& list) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault)
    return Error{.kind = ErrorKind::kUnavailable,
                 .message = "cannot make folder '" + folder + "': " + fault.message(),
                 .where = "--charts"};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = folder + "/sensitivity_" + std::to_string(i + 1) + ".svg";
    if (Status done = write_file(path, report::screening_svg(list[i])); !done) return done;
  }
  return Done{};
}

}  // namespace

int run_sensitivity(const Experiment& experiment) {
  const auto& [settings, args, session, question] = experiment;
  auto groups = load::assumed_groups(session.loaded, args.sensitivity_of, kMostInputs);
  if (groups.empty())
    return fail({.kind = ErrorKind::kNotFound,
                 .message = "no assumed number that a run reads has '" + args.sensitivity_of +
                            "' in its name TABLE.ID.COLUMN",
                 .where = "--sensitivity-of"});
  const auto base = run_case(session.world(), question, args, nullptr);
  if (!base) return kBadInput;
  auto figures = report::chosen_figures(base->answers.front(), args.figures);
  if (!figures) return fail(figures.error());
  const auto walks = simulate::morris_trajectories(
      groups.size(), static_cast<std::size_t>(args.trajectories), question.seed);
  const std::size_t count = figures->size();
  const Screen screen{experiment, std::move(groups), std::move(figures).value()};
  const auto outcomes = screen.run(walks);
  for (const auto& walk : outcomes) {
    for (const Outcome& outcome : walk) {
      if (outcome.fault.empty()) continue;
      say(outcome.fault);
      return kBadInput;
    }
  }
  std::vector<report::Screening> list;
  for (std::size_t i = 0; i < count; ++i)
    list.push_back(screen.screening(i, walks, outcomes));
  if (!args.charts.empty()) {
    if (const Status done = write_tornados(args.charts, list); !done) return fail(done.error());
  }
  if (settings.format == Format::kText)
    return deliver(report::screening_text(list, settings.style()), settings, args.out);
  return deliver_sheet({"Sensitivity", report::screening_sheet(list)}, settings, args.out);
}

}  // namespace karvan::cli
