// Plans: the questions of `karvan plan`, answered in its JSON; and answers given before. Each is
// read and looked up at once; what has to be worked out is handed back as work for a pool.

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"
#include "karvan/load/seen.h"
#include "karvan/model/clock.h"
#include "karvan/plan/follow.h"
#include "karvan/plan/handle.h"
#include "karvan/plan/reach.h"
#include "karvan/report/plan_refresh.h"
#include "karvan/report/plan_rows.h"
#include "karvan/report/sheet.h"

#include "../cli/plan_asked.h"
#include "../cli/plan_kinds.h"
#include "content_hash.h"
#include "endpoints.h"
#include "row_lists.h"

namespace karvan::server {
namespace {

constexpr std::size_t kMostWords = 200;
constexpr std::size_t kMostSubjects = 16;
// Options told of an answer: a window of weeks has thousands, of ten kilobytes each.
constexpr int kOptions = 1000;
constexpr int kMostOptions = 5000;
constexpr std::size_t kMostBooked = 1000;
constexpr std::size_t kMostSeen = 8'000;

struct PlanBody {
  std::string scenario;
  std::string booked;         // CSV, as --booked takes it; empty: nothing is
  std::string seen;           // likewise as --seen
  plan::LearnedLaws learned;  // from it
  cli::PlanArgs args;
};

void read_named(BodyReader& reader, const std::string& what, cli::PlanArgs::Named& named) {
  reader.texts(what + "_mode", named.modes, kMostWords);
  reader.texts(what + "_country", named.countries, kMostWords);
  reader.texts(what + "_operator", named.operators, kMostWords);
  reader.texts(what + "_service", named.services, kMostWords);
}

// What others have booked and what was seen, as the files that say so on the command line.
constexpr std::array<RowMember, 5> kBooking{{{.name = "service"},
                                             {.name = "departs_on"},
                                             {.name = "load_unit"},
                                             {.name = "units", .is_number = true},
                                             {.name = "leaves_at", .is_needed = false}}};
constexpr std::array<RowMember, 5> kMovement{{{.name = "service"},
                                              {.name = "from"},
                                              {.name = "to"},
                                              {.name = "loaded"},
                                              {.name = "unloaded"}}};

void read_times(BodyReader& reader, cli::PlanArgs& args) {
  reader.text("deadline", args.deadline);
  reader.flag("hard_deadline", args.is_deadline_hard);
  reader.text("arrive_by", args.arrive_by);
  reader.integer("window", args.window, 0, 400);
  reader.integer("step", args.step, 1, 400 * 24);
}

// What kinds of answers differ in; `kind` says which members a path takes.
enum class Kind { kPlan, kMatrix, kIsochrone };

void read_kind(BodyReader& reader, Kind kind, cli::PlanArgs& args) {
  if (kind == Kind::kIsochrone) reader.integer("days", args.isochrone, 1, 400);
  if (kind != Kind::kIsochrone) reader.integer("days", args.days, 1, 400);
  if (kind != Kind::kPlan) return;
  reader.texts("why_not", args.why_not, kMostSubjects);
  reader.integer("k_best", args.k_best, 1, static_cast<int>(plan::kBestMax));
  reader.text("by", args.by);
  reader.flag("one_front", args.one_front);
  reader.flag("policy", args.policy);
  reader.text("page", args.page);
  int options = kOptions;
  reader.integer("options", options, 1, kMostOptions);
  args.options = std::to_string(options);
}

// A handle stands for a question; else its members are asked for.
void read_ends(BodyReader& reader, Kind kind, cli::PlanArgs& args) {
  if (kind == Kind::kPlan) {
    reader.text("handle", args.handle);
    reader.text("refresh", args.refresh);
  }
  const bool needs_all = args.handle.empty() && args.refresh.empty();
  const auto text = [&](const char* key, std::string& value) {
    if (needs_all) {
      reader.must_text(key, value);
    } else {
      reader.text(key, value);
    }
  };
  text("from", args.from);
  if (kind != Kind::kIsochrone) text("to", args.to);
  text("cargo", args.cargo);
  text("goods", args.goods);
  reader.text("depart", args.depart);  // arrive_by may stand for it
}

PlanBody read_plan(const Json& json, Kind kind, std::vector<Fault>& faults) {
  PlanBody body;
  cli::PlanArgs& args = body.args;
  BodyReader reader{json};
  reader.text("scenario", body.scenario);
  body.booked = rows_as_csv(reader, "booked", kMostBooked, kBooking, faults);
  if (kind == Kind::kPlan) body.seen = rows_as_csv(reader, "seen", kMostSeen, kMovement, faults);
  read_ends(reader, kind, args);
  read_times(reader, args);
  reader.text("load_unit", args.load_unit);
  reader.text("hired_from", args.hired_from);
  reader.text("papers_from", args.papers_from);
  reader.number("penalty", args.penalty, 0, 1e12);
  reader.flag("save_storage", args.saves_storage);
  reader.texts("avoid_mode", args.avoid_modes, kMostWords);
  reader.texts("avoid_country", args.avoid_countries, kMostWords);
  reader.texts("avoid_place", args.avoid_places, kMostWords);
  reader.texts("avoid_operator", args.avoid_operators, kMostWords);
  reader.texts("avoid_service", args.avoid_services, kMostWords);
  reader.texts("avoid_risk", args.avoid_risks, kMostWords);
  reader.texts("avoid_regime", args.avoid_regimes, kMostWords);
  read_named(reader, "only", args.only);
  read_named(reader, "require", args.require);
  reader.texts("via", args.via, plan::kViaMax);
  int transshipments = -1;
  reader.integer("max_transshipments", transshipments, 0, plan::kTransshipmentsMost);
  if (transshipments >= 0) args.transshipments = transshipments;
  double budget = 0;
  reader.number("budget", budget, 0.01, 1e12);
  if (budget > 0) args.budget = format_fixed(budget, 2);
  double tolerance = 0;
  reader.number("tolerance_percent", tolerance, 0, 50);
  if (tolerance > 0) args.tolerance = format_fixed(tolerance, 2);
  reader.flag("ignore_risk", args.ignore_risk);
  reader.flag("as_planned", args.is_as_planned);
  reader.integer("legs", args.legs, 1, 64);
  read_kind(reader, kind, args);
  for (Fault& fault : reader.faults())
    faults.push_back(std::move(fault));
  return body;
}

Json lists_of(const cli::PlanArgs::Named& named) {
  return {named.modes, named.countries, named.operators, named.services};
}

// All that the answer depends on beside the case: one text for one question.
std::string text_of_args(const cli::PlanArgs& args) {
  return Json{args.from,
              args.to,
              args.cargo,
              args.goods,
              args.depart,
              args.load_unit,
              args.hired_from,
              args.deadline,
              args.is_deadline_hard,
              args.arrive_by,
              args.window,
              args.step,
              args.papers_from,
              args.penalty,
              args.saves_storage,
              args.avoid_modes,
              args.avoid_countries,
              args.avoid_places,
              args.avoid_operators,
              args.avoid_services,
              args.avoid_risks,
              args.avoid_regimes,
              lists_of(args.only),
              lists_of(args.require),
              args.via,
              args.transshipments.value_or(-1),
              args.budget,
              args.tolerance,
              args.ignore_risk,
              args.is_as_planned,
              args.days,
              args.legs,
              args.why_not,
              args.k_best,
              args.by,
              args.one_front,
              args.policy,
              args.handle,
              args.page,
              args.options,
              args.refresh}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Questions that may take seconds, or search many times.
bool is_long(const cli::PlanArgs& args) {
  return args.k_best != 0 || args.one_front || args.policy || args.window != 0 ||
         !args.arrive_by.empty() || args.saves_storage || !args.page.empty() ||
         args.why_not.size() > 2;
}

// What a plan was asked for, with all that its answer depends on.
struct PlanOrder {
  std::shared_ptr<const Case> over;
  cli::PlanArgs args;
  plan::LearnedLaws learned;
  std::string key;  // hash of `text`
  std::string text;
};

// The case that a body asks for, or faults.
std::shared_ptr<const Case> case_of(const Services& services,
                                    const PlanBody& body,
                                    std::vector<Fault>& faults) {
  auto over = case_of_body(services, "scenario", body.scenario, faults);
  if (!over || body.booked.empty()) return over;
  Complaints complaints;
  over = services.cases.find_booked(body.scenario, body.booked, complaints);
  if (over) return over;
  add_faults("booked", complaints, faults);
  return nullptr;
}

// False with faults where what was seen is of no use.
bool learn_from(const World& world, PlanBody& body, std::vector<Fault>& faults) {
  Complaints complaints;
  if (body.seen.empty()) return true;
  if (!body.args.refresh.empty()) {
    faults.push_back({.pointer = "#/seen", .detail = "goes with a question; expected no refresh"});
    return false;
  }
  std::vector<MovementSeen> seen = load::read_seen(world, body.seen, "seen", complaints);
  add_faults("seen", complaints, faults);
  body.learned = plan::learn(std::move(seen));
  return complaints.ok();
}

// The body as it was read, and its case; or the answer that says what is wrong.
struct Read {
  PlanBody body;
  std::shared_ptr<const Case> over;
  Response refusal;  // without a case
};

Read read(const Services& services, const Request& request, Kind kind) {
  const Result<Json> json = parse_json(request.body);
  if (!json) return {.body = {}, .over = nullptr, .refusal = problem(400, json.error().message)};
  std::vector<Fault> faults;
  Read read{.body = read_plan(*json, kind, faults), .over = nullptr, .refusal = {}};
  if (faults.empty()) read.over = case_of(services, read.body, faults);
  if (read.over && !learn_from(read.over->world(), read.body, faults)) read.over = nullptr;
  if (!read.over) read.refusal = unfit(faults);
  return read;
}

Result<std::string> refresh_json(const World& world, const cli::PlanArgs& args) {
  const Result<plan::Handle> handle = cli::handle_of_option(world, args.refresh, "--refresh");
  if (!handle) return handle.error();
  const plan::Answer today = plan::follow(world, handle->question, handle->promise->legs);
  Json json = Json::parse(report::PlanReport{world, handle->question, today, {}}.json());
  json["changes"] = report::changes_of(world, *handle, today);
  return dump(json);
}

Result<std::string> plan_json(const PlanOrder& order, const std::atomic<bool>& stop) {
  const World world = order.over->world();
  if (!order.args.refresh.empty()) return refresh_json(world, order.args);
  Result<cli::PlanAsked> read = cli::asked_of(world, order.args);
  if (!read) return read.error();
  cli::PlanAsked asked = std::move(read).value();
  asked.most = parse_int<std::size_t>(order.args.options);
  asked.learned = order.learned;
  const plan::Planner planner = order.over->planner().until(stop);
  plan::Answer answer = cli::answer_to(planner, asked);
  if (stop) return std::string{};
  cli::PlanTold told = cli::told_of(world, order.args, planner, asked, std::move(answer));
  told.options.stop = &stop;
  return report::PlanReport{world, asked.question, told.answer, std::move(told.options)}.json();
}

Response given(const std::string& key, std::string body, bool is_kept) {
  Response response = tagged({}, {.body = std::move(body)});
  if (is_kept) response.headers.emplace_back("Content-Location", "/v1/results/" + key);
  return response;
}

Response plan_response(const Services& services,
                       const PlanOrder& order,
                       const std::atomic<bool>& stop) {
  Result<std::string> answer = plan_json(order, stop);
  if (stop) return {};  // it may not be whole
  if (!answer) return unfit({fault_of(answer.error())});
  const Status kept = services.store.save_answer(
      order.key, {.kind = "plan", .question = order.text, .body = *answer, .log = {}});
  return given(order.key, std::move(answer).value(), kept.ok());
}

Response matrix_response(const Case& over,
                         const cli::PlanArgs& args,
                         const std::atomic<bool>& stop) {
  const World world = over.world();
  const plan::Planner planner = over.planner().until(stop);
  const auto pairs = cli::pairs_of(world, args, "--to");
  if (!pairs) return unfit({fault_of(pairs.error())});
  const Clocks clocks{world};
  report::Sheet sheet{.columns = report::matrix_columns(), .rows = {}};
  for (const plan::Question& pair : *pairs)
    sheet.rows.push_back(report::matrix_row(world, clocks, pair, planner.answer(pair)));
  return {.body = report::sheet_json(sheet)};
}

Response isochrone_response(const Case& over, cli::PlanArgs args, const std::atomic<bool>& stop) {
  const World world = over.world();
  const plan::Planner planner = over.planner().until(stop);
  if (args.isochrone == 0)
    return unfit({{.pointer = "#/days", .detail = "expected 1 to 400; it is required"}});
  args.days = args.isochrone;
  args.to = args.from;  // stands in for every place in turn
  const Result<plan::Question> asked = cli::question_of(world, args);
  if (!asked) return unfit({fault_of(asked.error())});
  const std::vector<plan::Question> questions = plan::reach_questions(world, *asked);
  std::vector<plan::Answer> answers;
  for (const plan::Question& question : questions)
    answers.push_back(planner.answer_unexplained(question));
  return {.type = "application/geo+json",
          .body = report::reached_geojson(world, Clocks{world}, plan::reached(questions, answers))};
}

// Of many questions at once: long, and not kept.
template <class Respond>
Prepared prepare_many(const Services& services,
                      const Request& request,
                      Kind kind,
                      Respond respond) {
  Read read = server::read(services, request, kind);
  if (!read.over) return {.answer = std::move(read.refusal), .work = nullptr};
  return {.answer = {},
          .work = [respond, over = std::move(read.over), args = std::move(read.body.args)](
                      const std::atomic<bool>& stop) { return respond(*over, args, stop); },
          .is_long = true};
}

}  // namespace

Prepared prepare_plan(const Services& services, const Request& request) {
  Read read = server::read(services, request, Kind::kPlan);
  if (!read.over) return {.answer = std::move(read.refusal), .work = nullptr};
  PlanOrder order{.over = std::move(read.over),
                  .args = std::move(read.body.args),
                  .learned = std::move(read.body.learned),
                  .key = {},
                  .text = {}};
  order.text =
      "plan " + std::string{kVersion} + " " + order.over->hash() + " " + text_of_args(order.args);
  if (!read.body.seen.empty()) order.text += " seen " + content_hash({read.body.seen});
  order.key = content_hash({order.text});
  if (const auto known = services.store.answer(order.key);
      known && *known && (*known)->question == order.text) {
    ++services.metrics.from_store;
    return {.answer = given(order.key, (*known)->body, true), .work = nullptr};
  }
  const bool takes_long = is_long(order.args);
  return {
      .answer = {},
      .work = [&services, order = std::move(order)](
                  const std::atomic<bool>& stop) { return plan_response(services, order, stop); },
      .is_long = takes_long};
}

Prepared prepare_matrix(const Services& services, const Request& request) {
  return prepare_many(services, request, Kind::kMatrix, matrix_response);
}

Prepared prepare_isochrone(const Services& services, const Request& request) {
  return prepare_many(services, request, Kind::kIsochrone, isochrone_response);
}

Response get_result(const Services& services, const Request& request, const std::string& key) {
  if (!is_key(key)) return problem(404, "there is no such answer");
  auto known = services.store.answer(key);
  if (!known) return busy(503, known.error().message, 60);
  if (!*known) return problem(404, "there is no such answer");
  return tagged(request, {.body = (**known).body});
}

}  // namespace karvan::server
