// Plans: the question of `karvan plan`, answered in its JSON; and answers given before.

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"

#include "../cli/plan_asked.h"
#include "content_hash.h"
#include "endpoints.h"

namespace karvan::server {
namespace {

constexpr std::size_t kMostWords = 200;
constexpr std::size_t kMostSubjects = 16;

struct PlanBody {
  std::string scenario;
  cli::PlanArgs args;
};

void read_named(BodyReader& reader, const std::string& what, cli::PlanArgs::Named& named) {
  reader.texts(what + "_mode", named.modes, kMostWords);
  reader.texts(what + "_country", named.countries, kMostWords);
  reader.texts(what + "_operator", named.operators, kMostWords);
  reader.texts(what + "_service", named.services, kMostWords);
}

PlanBody read_plan(const Json& json, std::vector<Fault>& faults) {
  PlanBody body;
  cli::PlanArgs& args = body.args;
  BodyReader reader{json};
  reader.text("scenario", body.scenario);
  reader.must_text("from", args.from);
  reader.must_text("to", args.to);
  reader.must_text("cargo", args.cargo);
  reader.must_text("goods", args.goods);
  reader.must_text("depart", args.depart);
  reader.text("load_unit", args.load_unit);
  reader.text("deadline", args.deadline);
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
  reader.integer("days", args.days, 1, 400);
  reader.integer("legs", args.legs, 1, 64);
  reader.texts("why_not", args.why_not, kMostSubjects);
  reader.integer("k_best", args.k_best, 1, static_cast<int>(plan::kBestMax));
  reader.text("by", args.by);
  reader.flag("one_front", args.one_front);
  reader.flag("policy", args.policy);
  faults = reader.faults();
  return body;
}

Json lists_of(const cli::PlanArgs::Named& named) {
  return {named.modes, named.countries, named.operators, named.services};
}

// All that the answer depends on beside the case: one text for one question.
std::string text_of(const cli::PlanArgs& args) {
  return Json{args.from,
              args.to,
              args.cargo,
              args.goods,
              args.depart,
              args.load_unit,
              args.deadline,
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
              args.policy}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string plan_json(const Case& one,
                      const cli::PlanAsked& asked,
                      const std::vector<plan::Subject>& subjects,
                      const cli::PlanArgs& args) {
  const plan::Planner& planner = one.planner();
  const plan::Answer answer = cli::answer_to(planner, asked);
  report::PlanReportOptions told = cli::told_of(args, planner, asked, answer);
  for (const plan::Subject& subject : subjects)
    told.why_not.push_back(planner.why_not(asked.question, answer, subject));
  return report::PlanReport{one.world(), asked.question, answer, std::move(told)}.json();
}

Response given(const Request& request, const std::string& key, std::string body, bool is_kept) {
  Response response = tagged(request, {.body = std::move(body)});
  if (is_kept) response.headers.emplace_back("Content-Location", "/v1/results/" + key);
  return response;
}

}  // namespace

Response post_plan(const Services& services, const Request& request, const std::string&) {
  const Result<Json> json = parse_json(request.body);
  if (!json) return problem(400, json.error().message);
  std::vector<Fault> faults;
  const PlanBody body = read_plan(*json, faults);
  if (!faults.empty()) return unfit(faults);
  const auto one = case_of_body(services, "scenario", body.scenario, faults);
  if (!one) return unfit(faults);
  const std::string text =
      "plan " + std::string{kVersion} + " " + one->hash() + " " + text_of(body.args);
  const std::string key = content_hash({text});
  if (const auto known = services.store.answer(key);
      known && *known && (*known)->question == text) {
    ++services.metrics.from_store;
    return given({}, key, (*known)->body, true);
  }
  const World world = one->world();
  const Result<cli::PlanAsked> asked = cli::asked_of(world, body.args);
  if (!asked) return unfit({fault_of(asked.error())});
  const auto subjects = cli::subjects_of(world, body.args.why_not);
  if (!subjects) return unfit({fault_of(subjects.error())});
  std::string answer = plan_json(*one, *asked, *subjects, body.args);
  const Status kept = services.store.save_answer(
      key, {.kind = "plan", .question = text, .body = answer, .log = {}});
  return given({}, key, std::move(answer), kept.ok());
}

Response get_result(const Services& services, const Request& request, const std::string& key) {
  if (!is_key(key)) return problem(404, "there is no such answer");
  auto known = services.store.answer(key);
  if (!known) return busy(503, known.error().message, 60);
  if (!*known) return problem(404, "there is no such answer");
  return tagged(request, {.body = (**known).body});
}

}  // namespace karvan::server
