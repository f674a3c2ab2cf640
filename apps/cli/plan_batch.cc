// karvan plan --batch: thousands of shipments on all cores, answers in the order of the rows.

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "karvan/model/clock.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/report/check_report.h"
#include "karvan/report/plan_rows.h"

#include "interrupt.h"
#include "output.h"
#include "plan_kinds.h"
#include "progress.h"
#include "session.h"
#include "sheet_output.h"
#include "shipment_table.h"
#include "threads.h"

namespace karvan::cli {
namespace {

// What one row became; written by one thread only.
struct RowOutcome {
  std::optional<Complaint> fault;
  std::vector<std::vector<report::Cell>> rows;
  std::vector<std::string> broken;  // promises, with --verify
  bool is_answered = false;
};

struct Batch {
  const World& world;
  const plan::Planner& planner;
  const Clocks& clocks;
  const std::string& file;
  report::Criterion by = report::Criterion::kCost;
  std::size_t most = 1;
  bool verifies = false;

  RowOutcome answer(const ShipmentRow& row, plan::Planner::Memory& memory) const {
    RowOutcome outcome;
    const Result<plan::Question> asked = question_of(world, row.args);
    if (!asked) {
      outcome.fault = complaint_of(row, file, asked.error());
      outcome.rows = {report::faulty_shipment_row(row.id, to_text(*outcome.fault))};
      return outcome;
    }
    plan::Question question = *asked;
    // What is best in another criterion is so whatever the connections are worth.
    if (by != report::Criterion::kRisk) question.weighs_risk = false;
    const plan::Answer answer = planner.answer(question, memory);
    if (verifies) outcome.broken = plan::verify(world, question, answer);
    outcome.is_answered = !answer.itineraries.empty();
    outcome.rows = report::shipment_rows(
        world, clocks, {.id = row.id, .question = question, .answer = answer}, by, most);
    return outcome;
  }
};

int exit_of(const std::vector<RowOutcome>& outcomes, const Complaints& complaints) {
  const auto is_broken = [](const RowOutcome& outcome) { return !outcome.broken.empty(); };
  if (std::ranges::any_of(outcomes, is_broken)) return kFault;
  if (!complaints.ok()) return kBadInput;
  return std::ranges::any_of(outcomes, &RowOutcome::is_answered) ? kAnswered : kNo;
}

// Rows in blocks for one thread each, like shipments together: a planner remembers them.
constexpr std::size_t kBlock = 64;

std::vector<std::size_t> alike_together(const std::vector<ShipmentRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const PlanArgs& args = rows[i].args;
    return std::tie(args.goods, args.cargo, args.load_unit, args.from, args.to);
  });
  return order;
}

// False after Ctrl-C: the answers begun are ended, the others left, and nothing is written.
bool answer_all(const Settings& settings,
                const PlanArgs& args,
                const Batch& batch,
                const std::vector<ShipmentRow>& rows,
                std::vector<RowOutcome>& outcomes) {
  const Interrupt interrupt;
  std::atomic<std::size_t> answered{0};
  {
    Progress progress{rows.size(), settings.quiet, "shipments"};
    const std::vector<std::size_t> order = alike_together(rows);
    threads_of(args.threads)((rows.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
      plan::Planner::Memory memory;
      for (const std::size_t i : std::span{order}
                                     .subspan(block * kBlock)
                                     .first(std::min(kBlock, rows.size() - block * kBlock))) {
        if (Interrupt::is_set()) return;
        if (!rows[i].is_faulty) outcomes[i] = batch.answer(rows[i], memory);
        answered.fetch_add(1, std::memory_order_relaxed);
        progress.step();
      }
    });
  }
  if (!Interrupt::is_set()) return true;
  say("stopped after " + std::to_string(answered.load()) + " of " + std::to_string(rows.size()) +
      " shipments; nothing was written");
  return false;
}

int answer_rows(const Settings& settings,
                const PlanArgs& args,
                const Batch& batch,
                const std::vector<ShipmentRow>& rows,
                Complaints& complaints) {
  std::vector<RowOutcome> outcomes(rows.size());
  if (!answer_all(settings, args, batch, rows, outcomes)) return kStopped;
  report::Sheet sheet{.columns = report::shipment_columns(), .rows = {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].is_faulty)
      outcomes[i].rows = {report::faulty_shipment_row(rows[i].id, "a broken row of the table")};
    if (outcomes[i].fault) complaints.add(*outcomes[i].fault);
    for (const std::string& promise : outcomes[i].broken)
      say("verify: shipment " + rows[i].id + ": " + promise);
    std::ranges::move(outcomes[i].rows, std::back_inserter(sheet.rows));
  }
  complaints.sort();
  if (!complaints.empty()) tell(complaints);
  if (!complaints.ok() && args.is_strict) return kBadInput;
  return finish(sheet_in(sheet, settings, 60), exit_of(outcomes, complaints));
}

}  // namespace

int run_batch(const Settings& settings, const PlanArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kMarkdown};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const Result<std::size_t> most = options_of(args.options, 1);
  if (!most) return fail(most.error());
  const Result<report::Criterion> by = criterion_of("--by", args.by);
  if (!by) return fail(by.error());
  const std::unique_ptr<Session> session = open_session(settings, args.booked);
  if (!session) return kBadInput;
  const World world = session->world();
  Complaints complaints;
  const std::vector<ShipmentRow> rows = read_shipments(args.batch, args, complaints);
  if (rows.empty()) {
    if (complaints.empty())
      complaints.add({.file = args.batch, .message = "holds no shipment below its header"});
    tell(complaints);
    return kBadInput;
  }
  const plan::Planner planner{world};
  const Clocks clocks{world};
  return answer_rows(settings, args,
                     {.world = world,
                      .planner = planner,
                      .clocks = clocks,
                      .file = args.batch,
                      .by = *by,
                      .most = *most,
                      .verifies = args.verify},
                     rows, complaints);
}

}  // namespace karvan::cli
