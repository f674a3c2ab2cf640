// karvan plan from one place to many: matrices and isochrones. The planner has no search that
// reaches all places at once: each pair is a question of its own, on all cores.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/plan/plan.h"
#include "karvan/report/check_report.h"
#include "karvan/report/plan_rows.h"

#include "interrupt.h"
#include "lookup.h"
#include "output.h"
#include "plan_kinds.h"
#include "progress.h"
#include "session.h"
#include "sheet_output.h"
#include "shipment_table.h"
#include "threads.h"

namespace karvan::cli {
namespace {

// The pairs as typed: of the table, or each of --from with each of --to.
std::vector<ShipmentRow> shipments_of(const PlanArgs& args, Complaints& complaints) {
  if (!args.matrix.empty()) return read_shipments(args.matrix, args, complaints);
  std::vector<ShipmentRow> pairs;
  for (const std::string& from : items_of({args.from})) {
    for (const std::string& to : items_of({args.to})) {
      ShipmentRow row{.id = std::to_string(pairs.size() + 1), .args = args};
      row.args.from = from;
      row.args.to = to;
      pairs.push_back(std::move(row));
    }
  }
  return pairs;
}

// Questions of all pairs; nothing after words on standard error.
std::optional<std::vector<plan::Question>> questions_of(const World& world, const PlanArgs& args) {
  Complaints complaints;
  std::vector<plan::Question> questions;
  for (const ShipmentRow& pair : shipments_of(args, complaints)) {
    const Result<plan::Question> question = question_of(world, pair.args);
    if (question) {
      questions.push_back(*question);
    } else if (args.matrix.empty()) {
      static_cast<void>(fail(question.error()));
      return std::nullopt;
    } else {
      complaints.add(complaint_of(pair, args.matrix, question.error()));
    }
  }
  if (complaints.ok()) return questions;
  static_cast<void>(write_err(report::complaints_text(complaints, report::Style{})));
  return std::nullopt;
}

// Nothing after Ctrl-C, which is told.
std::optional<std::vector<plan::Answer>> answers_to(const plan::Planner& planner,
                                                    const std::vector<plan::Question>& questions,
                                                    const PlanArgs& args,
                                                    bool explains,
                                                    bool quiet) {
  const Interrupt interrupt;
  std::vector<plan::Answer> answers(questions.size());
  Progress progress{questions.size(), quiet, "places"};
  threads_of(args.threads)(questions.size(), [&](std::size_t i) {
    if (Interrupt::is_set()) return;
    answers[i] = explains ? planner.answer(questions[i]) : planner.answer_unexplained(questions[i]);
    progress.step();
  });
  if (!Interrupt::is_set()) return answers;
  say("stopped; nothing was written");
  return std::nullopt;
}

}  // namespace

int run_matrix(const Settings& settings, const PlanArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const std::unique_ptr<Session> session = open_session(settings, args.booked);
  if (!session) return kBadInput;
  const World world = session->world();
  const auto questions = questions_of(world, args);
  if (!questions) return kBadInput;
  const plan::Planner planner{world};
  const Clocks clocks{world};
  const auto found = answers_to(planner, *questions, args, true, settings.quiet);
  if (!found) return kStopped;
  const std::vector<plan::Answer>& answers = *found;
  report::Sheet sheet{.columns = report::matrix_columns(), .rows = {}};
  bool is_any = false;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    sheet.rows.push_back(report::matrix_row(world, clocks, (*questions)[i], answers[i]));
    is_any = is_any || !answers[i].itineraries.empty();
  }
  return finish(sheet_in(sheet, settings, 40), is_any ? kAnswered : kNo);
}

int run_isochrone(const Settings& settings, const PlanArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown,
                           Format::kGeoJson};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  if (const Status fine = check_range("--isochrone", args.isochrone, 1, 400); !fine)
    return fail(fine.error());
  const std::unique_ptr<Session> session = open_session(settings, args.booked);
  if (!session) return kBadInput;
  const World world = session->world();
  PlanArgs each = args;
  each.days = args.isochrone;
  each.to = args.from;  // stands in for every place in turn
  const Result<plan::Question> base = question_of(world, each);
  if (!base) return fail(base.error());
  const std::vector<plan::Question> questions = plan::reach_questions(world, *base);
  const plan::Planner planner{world};
  const Clocks clocks{world};
  const auto found = answers_to(planner, questions, args, false, settings.quiet);
  if (!found) return kStopped;
  const std::vector<plan::Reached> reached = plan::reached(questions, *found);
  const int exit = reached.empty() ? kNo : kAnswered;
  if (settings.format == Format::kGeoJson)
    return finish(report::reached_geojson(world, clocks, reached), exit);
  return finish(sheet_in(report::reached_sheet(world, clocks, reached), settings, 40), exit);
}

}  // namespace karvan::cli
