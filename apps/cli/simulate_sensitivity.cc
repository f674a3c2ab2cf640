// karvan simulate --sensitivity: which assumed numbers the answer rests on.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "karvan/base/complaint.h"
#include "karvan/base/random.h"
#include "karvan/base/text.h"
#include "karvan/load/assumed.h"
#include "karvan/report/experiment_report.h"
#include "karvan/simulate/screening.h"

#include "interrupt.h"
#include "output.h"
#include "progress.h"
#include "sheet_output.h"
#include "simulate_case.h"
#include "simulate_experiments.h"

namespace karvan::cli {
namespace {

constexpr std::size_t kMostInputs = 60;
constexpr std::size_t kFewInputs = 24;  // so few need no first look
constexpr std::size_t kMostTables = 8;  // that are looked at closer
constexpr double kMatters = 0.05;       // of the greatest effect; less is set aside

using Walks = std::vector<simulate::Trajectory>;

// One point of a trajectory: the figures' means over its replications, or why there are none.
struct WalkOutcome {
  std::vector<double> figures;
  std::string fault;
};
using Outcomes = std::vector<std::vector<WalkOutcome>>;

// One is enough to see what cannot be moved so far.
std::string first_error(const Complaints& complaints) {
  for (const Complaint& complaint : complaints) {
    if (complaint.severity == Severity::kError) return to_text(complaint);
  }
  return "cannot be varied";
}

// Groups of assumed numbers and what moving them does.
class Screen {
 public:
  Screen(const Experiment& experiment,
         std::vector<load::AssumedGroup> groups,
         std::vector<std::string> figures)
      : experiment_{experiment},
        groups_{std::move(groups)},
        figures_{std::move(figures)},
        walks_{simulate::morris_trajectories(groups_.size(),
                                             static_cast<std::size_t>(experiment.args.trajectories),
                                             experiment.question.seed)} {
    draw_signs();
  }

  std::size_t runs() const { return walks_.size() * (groups_.size() + 1); }

  // Every point of every trajectory, points dealt to the threads; the first fault, if any.
  std::string run() {
    const std::size_t points = groups_.size() + 1;
    outcomes_.assign(walks_.size(), std::vector<WalkOutcome>(points));
    Progress progress{runs(), experiment_.settings.quiet};
    Progress silent{0, true};  // parts of runs are not worth a line here
    const simulate::Watch watch = watch_of(experiment_.args, silent);
    threads_of(experiment_.args.threads)(runs(), [&](std::size_t i) {
      if (Interrupt::is_set()) return;
      outcomes_[i / points][i % points] = outcome_at(i / points, i % points, watch);
      progress.step();
    });
    for (const std::vector<WalkOutcome>& walk : outcomes_) {
      for (const WalkOutcome& outcome : walk) {
        if (!outcome.fault.empty()) return outcome.fault;
      }
    }
    return {};
  }

  report::Screening screening(std::size_t figure) const {
    std::vector<std::vector<double>> values(walks_.size());
    des::Tally all;
    for (std::size_t t = 0; t < walks_.size(); ++t) {
      for (const WalkOutcome& outcome : outcomes_[t]) {
        values[t].push_back(outcome.figures[figure]);
        all.add(outcome.figures[figure]);
      }
    }
    report::Screening result{
        .figure = figures_[figure],
        .range = experiment_.args.range,
        .mean = all.mean(),
        .trajectories = walks_.size(),
        .replications = static_cast<std::size_t>(experiment_.args.replications)};
    const auto effects = simulate::elementary_effects(walks_, values);
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      report::ScreenedInput input{
          .cells = groups_[i].name, .ids = groups_[i].ids, .effect = effects[i]};
      for (const load::AssumedNote& note : groups_[i].notes) {
        if (note.text.empty()) continue;
        input.basis.push_back(note.text + " (" + std::to_string(note.rows) +
                              (note.rows == 1 ? " row)" : " rows)"));
      }
      result.inputs.push_back(std::move(input));
    }
    std::ranges::stable_sort(result.inputs, std::greater{},
                             [](const report::ScreenedInput& i) { return i.effect.mu_star; });
    return result;
  }

  std::vector<report::Screening> screenings() const {
    std::vector<report::Screening> list;
    for (std::size_t figure = 0; figure < figures_.size(); ++figure)
      list.push_back(screening(figure));
    return list;
  }

 private:
  // Columns of one group need not err the same way: each goes up or down with its group by the
  // toss of a coin for each trajectory, so that effects of opposite signs do not cancel in all of
  // them (Campolongo, Cariboni, Saltelli 2007, section 3.2).
  void draw_signs() {
    RandomStream chance{experiment_.question.seed, "screening signs"};
    signs_.resize(walks_.size());
    for (auto& walk : signs_) {
      for (const load::AssumedGroup& group : groups_) {
        std::vector<int>& signs = walk.emplace_back();
        std::map<std::string, int> of_column;
        for (const std::string& cells : group.cells) {
          const std::string column = cells.substr(cells.rfind('.') + 1);
          const auto [at, is_new] = of_column.try_emplace(column, 1);
          if (is_new && of_column.size() > 1 && chance.bernoulli(0.5)) at->second = -1;
          signs.push_back(at->second);
        }
      }
    }
  }

  WalkOutcome outcome_at(std::size_t walk, std::size_t at, const simulate::Watch& watch) const {
    const std::vector<double>& point = walks_[walk].points[at];
    std::vector<load::Tweak> tweaks;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      for (std::size_t j = 0; j < groups_[i].cells.size(); ++j) {
        tweaks.push_back(
            {.cells = groups_[i].cells[j],
             .value = 1 + experiment_.args.range * signs_[walk][i][j] * (2 * point[i] - 1),
             .is_factor = true,
             .within = true,
             .where = "--sensitivity"});
      }
    }
    const Session& session = experiment_.session;
    const std::string& scenario = experiment_.settings.scenario;
    Complaints complaints;
    const auto varied = load::load_varied(session.loaded, session.files,
                                          scenario.empty() ? "base" : scenario, tweaks, complaints);
    if (!varied) return {.fault = first_error(complaints)};
    return outcome_of(World{session.loaded.corridor, varied->overlay}, watch);
  }

  WalkOutcome outcome_of(const World& world, const simulate::Watch& watch) const {
    const auto compiled = compiled_of(world, experiment_.question);
    if (!compiled.model) return {.fault = join(compiled.errors, "\n")};
    const simulate::ForEach alone = [](std::size_t n,
                                       const std::function<void(std::size_t)>& work) {
      for (std::size_t i = 0; i < n; ++i)
        work(i);
    };
    const auto answers =
        simulate::replicate(*compiled.model, experiment_.question,
                            static_cast<std::size_t>(experiment_.args.replications),
                            {.for_each = alone, .watch = watch});
    if (!answers) return {.fault = answers.error().message};
    WalkOutcome outcome{.figures = std::vector<double>(figures_.size())};
    for (const simulate::Answer& answer : *answers) {
      for (const simulate::Figure& figure : simulate::figures_of(answer)) {
        const auto place = std::ranges::find(figures_, figure.name);
        if (place != figures_.end())
          outcome.figures[static_cast<std::size_t>(place - figures_.begin())] +=
              figure.value / static_cast<double>(answers->size());
      }
    }
    return outcome;
  }

  const Experiment& experiment_;
  std::vector<load::AssumedGroup> groups_;
  std::vector<std::string> figures_;
  Walks walks_;
  std::vector<std::vector<std::vector<int>>> signs_;  // by walk, group, cells
  Outcomes outcomes_;
};

// Why a group cannot go to both ends of its range by itself; empty if it can.
std::string obstacle(const Experiment& experiment, const load::AssumedGroup& group) {
  const Session& session = experiment.session;
  const std::string& scenario = experiment.settings.scenario;
  for (const double way : {-1.0, 1.0}) {
    std::vector<load::Tweak> tweaks;
    for (const std::string& cells : group.cells)
      tweaks.push_back({.cells = cells,
                        .value = 1 + way * experiment.args.range,
                        .is_factor = true,
                        .within = true,
                        .where = "--sensitivity"});
    Complaints complaints;
    if (!load::load_varied(session.loaded, session.files, scenario.empty() ? "base" : scenario,
                           tweaks, complaints))
      return first_error(complaints);
  }
  return {};
}

// Takes out what the rules of the data hold where it is, and tells it.
void set_fixed_aside(const Experiment& experiment,
                     std::vector<load::AssumedGroup>& groups,
                     std::vector<std::string>& remarks) {
  std::erase_if(groups, [&](const load::AssumedGroup& group) {
    const std::string why = obstacle(experiment, group);
    if (!why.empty()) remarks.push_back("Not moved: " + group.name + " (" + why + ")");
    return !why.empty();
  });
}

// The tables that matter to any of the figures, by a first look at whole tables.
std::set<std::string> tables_that_matter(const std::vector<report::Screening>& looks) {
  std::map<std::string, double> greatest;  // of the share of a figure's greatest effect
  for (const report::Screening& look : looks) {
    const double most = look.inputs.empty() ? 0 : look.inputs.front().effect.mu_star;
    for (const report::ScreenedInput& input : look.inputs) {
      double& share = greatest[input.cells];
      if (most > 0) share = std::max(share, input.effect.mu_star / most);
    }
  }
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto& [table, share] : greatest)
    ranked.emplace_back(share, table);
  std::ranges::stable_sort(ranked, std::greater{}, &std::pair<double, std::string>::first);
  std::set<std::string> kept;
  for (const auto& [share, table] : ranked) {
    if (share >= kMatters && kept.size() < kMostTables) kept.insert(table);
  }
  return kept;
}

std::string listed(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : ", ") + word;
  return text;
}

// What is varied: the cells asked for as finely as is sensible; where nothing was asked for, the
// columns of those tables that a first look at whole tables finds to matter. Nothing after a fault.
std::optional<std::vector<load::AssumedGroup>> chosen_groups(
    const Experiment& experiment,
    const std::vector<std::string>& figures,
    std::vector<std::string>& remarks) {
  const auto& [settings, args, session, question] = experiment;
  if (!args.sensitivity_of.empty()) {
    for (const load::Grain grain : {load::Grain::kCell, load::Grain::kSubject}) {
      auto groups = load::assumed_groups(session.loaded, args.sensitivity_of, grain);
      if (groups.size() > kMostInputs) continue;
      set_fixed_aside(experiment, groups, remarks);
      return groups;
    }
  }
  auto columns = load::assumed_groups(session.loaded, args.sensitivity_of, load::Grain::kColumn);
  set_fixed_aside(experiment, columns, remarks);
  if (columns.size() <= kFewInputs) return columns;
  auto tables = load::assumed_groups(session.loaded, args.sensitivity_of, load::Grain::kTable);
  // A table is looked at without those of its columns that cannot move.
  for (load::AssumedGroup& table : tables) {
    table.cells.clear();
    for (const load::AssumedGroup& column : columns) {
      if (column.table == table.table)
        table.cells.insert(table.cells.end(), column.cells.begin(), column.cells.end());
    }
  }
  std::erase_if(tables, [](const load::AssumedGroup& table) { return table.cells.empty(); });
  Screen look{experiment, tables, figures};
  if (!settings.quiet)
    say("a first look at " + std::to_string(tables.size()) +
        " tables: " + std::to_string(look.runs()) + " points");
  if (const std::string fault = look.run(); !fault.empty()) {
    if (!Interrupt::is_set()) say(fault);
    return std::nullopt;
  }
  const std::set<std::string> kept = tables_that_matter(look.screenings());
  std::set<std::string> others;
  for (const load::AssumedGroup& table : tables) {
    if (!kept.contains(table.table)) others.insert(table.table);
  }
  std::erase_if(columns, [&](const auto& column) { return !kept.contains(column.table); });
  if (!others.empty())
    remarks.push_back("Set aside after a first look, each as a whole less than " +
                      std::to_string(static_cast<int>(kMatters * 100)) +
                      " % of the greatest effect, or behind the first " +
                      std::to_string(kMostTables) + ": " + listed(others));
  remarks.push_back("Closer, by place or row: --sensitivity-of TABLE.COLUMN or part of an id");
  return columns;
}

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
  if (load::assumed_groups(session.loaded, args.sensitivity_of, load::Grain::kTable).empty())
    return fail({.kind = ErrorKind::kNotFound,
                 .message = "no assumed number has '" + args.sensitivity_of +
                            "' in its name TABLE.ID.COLUMN",
                 .where = "--sensitivity-of"});
  const auto base = run_case(session.world(), question, args, nullptr);
  if (!base) return kBadInput;
  const auto figures = report::chosen_figures(base->answers.front(), args.figures);
  if (!figures) return fail(figures.error());
  std::vector<std::string> remarks;
  auto groups = chosen_groups(experiment, *figures, remarks);
  if (!groups || Interrupt::is_set()) return kBadInput;
  if (groups->empty())
    return fail({.kind = ErrorKind::kInvalid,
                 .message = "none of these numbers can be moved: " + join(remarks, "; "),
                 .where = "--sensitivity"});
  Screen screen{experiment, std::move(*groups), *figures};
  if (const std::string fault = screen.run(); !fault.empty() || Interrupt::is_set()) {
    if (!Interrupt::is_set()) say(fault);
    return kBadInput;
  }
  std::vector<report::Screening> list = screen.screenings();
  for (report::Screening& one : list)
    one.remarks = remarks;
  if (!args.charts.empty()) {
    if (const Status done = write_tornados(args.charts, list); !done) return fail(done.error());
  }
  if (settings.format == Format::kText)
    return deliver(report::screening_text(list, settings.style()), settings, args.out);
  return deliver_sheet({"Sensitivity", report::screening_sheet(list)}, settings, args.out);
}

}  // namespace karvan::cli
