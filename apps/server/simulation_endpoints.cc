// Simulations: asked, watched, cancelled, told.

#include <nlohmann/json.hpp>

#include "karvan/base/time.h"

#include "../cli/simulate_options.h"
#include "content_hash.h"
#include "endpoints.h"

namespace karvan::server {
namespace {

constexpr int kMostDays = 3660;
constexpr int kMostRuns = 1000;

struct SimulationBody {
  std::string scenario;
  std::string compare;
  bool events = false;
  cli::Settings settings;
  cli::SimulateArgs args;
};

SimulationBody read_simulation(const Json& json, std::vector<Fault>& faults) {
  SimulationBody body;
  BodyReader reader{json};
  reader.text("scenario", body.scenario);
  reader.text("from", body.args.from);
  reader.integer("days", body.args.days, 1, kMostDays);
  reader.integer("warm_up", body.args.warm_up, 0, kMostDays);
  reader.integer("replications", body.args.replications, 1, kMostRuns);
  reader.number("demand", body.args.demand, 0, 10'000);
  reader.natural("seed", body.settings.seed);
  reader.text("compare", body.compare);
  reader.flag("lose_unserved", body.args.lose_unserved);
  reader.flag("events", body.events);
  faults = reader.faults();
  return body;
}

// The question with all defaults filled in: what the result tells.
Json question_json(const SimulationBody& body, const simulate::Question& question) {
  Json json = Json::object();
  if (!body.scenario.empty()) json["scenario"] = body.scenario;
  json["from"] = date_to_text(question.from);
  json["days"] = question.days;
  json["warm_up"] = question.warm_up_days;
  json["replications"] = body.args.replications;
  json["demand"] = question.demand_factor;
  json["seed"] = question.seed;
  if (!body.compare.empty()) json["compare"] = body.compare;
  json["lose_unserved"] = question.lose_unserved;
  json["events"] = question.keep_events;
  return json;
}

Response no_such_simulation() {
  return problem(404, "there is no such simulation, or it is forgotten: ask it again");
}

Response not_yet(std::string detail) {
  return busy(409, std::move(detail), 1);
}

// A simulation of the past, of which only the answer is left.
std::optional<JobView> stored_view(const Services& services, const std::string& key) {
  if (!is_key(key)) return std::nullopt;
  const auto known = services.store.answer(key);
  if (!known || !*known || (*known)->kind != "simulation") return std::nullopt;
  const Json json = Json::parse((*known)->body, nullptr, false);
  const std::size_t runs = json.value("replications", std::size_t{0});
  const auto log = services.store.log(key);
  return JobView{.id = key,
                 .state = JobState::kDone,
                 .progress = 1,
                 .replications = runs,
                 .replications_done = runs,
                 .has_events = log && *log && !(*log)->empty(),
                 .faults = {}};
}

std::optional<JobView> view_of(const Services& services, const std::string& key) {
  if (auto view = services.simulations.find(key)) return view;
  return stored_view(services, key);
}

Response view_response(const JobView& view, int status) {
  Response response{.status = status, .body = dump(to_json(view))};
  response.headers.emplace_back("Location", "/v1/simulations/" + view.id);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

// The answer of one that is done; or why there is none.
Response result_of(const Services& services, const Request& request, const std::string& key) {
  if (!is_key(key)) return no_such_simulation();
  const auto view = services.simulations.find(key);
  if (view && view->state == JobState::kFailed) {
    std::vector<Fault> faults;
    for (const std::string& fault : view->faults)
      faults.push_back({.detail = fault});
    return problem(422, "nothing was simulated", faults);
  }
  if (view && (view->state == JobState::kQueued || view->state == JobState::kRunning))
    return not_yet("it is still running");
  if (view && view->state == JobState::kCancelled) return problem(409, "it was cancelled");
  if (auto body = services.simulations.unstored(key))
    return tagged(request, {.body = std::move(*body)});
  auto known = services.store.answer(key);
  if (!known) return busy(503, known.error().message, 60);
  if (!*known || (*known)->kind != "simulation") return no_such_simulation();
  return tagged(request, {.body = (**known).body});
}

}  // namespace

Response post_simulation(const Services& services, const Request& request, const std::string&) {
  const Result<Json> json = parse_json(request.body);
  if (!json) return problem(400, json.error().message);
  std::vector<Fault> faults;
  SimulationBody body = read_simulation(*json, faults);
  if (!faults.empty()) return unfit(faults);
  if (body.events) body.args.events = "kept";
  const Result<simulate::Question> question = cli::question_of(body.settings, body.args);
  if (!question) return unfit({fault_of(question.error())});
  SimulationOrder order;
  order.base = case_of_body(services, "scenario", body.scenario, faults);
  if (!body.compare.empty()) order.other = case_of_body(services, "compare", body.compare, faults);
  if (!faults.empty()) return unfit(faults);
  order.question = *question;
  order.replications = static_cast<std::size_t>(body.args.replications);
  order.question_json = question_json(body, *question).dump();
  order.question_text = "simulation " + std::string{kVersion} + " " + order.base->hash() + " " +
                        (order.other ? order.other->hash() : "-") + " " + order.question_json;
  order.id = content_hash({order.question_text});
  const auto known = services.store.answer(order.id);
  if (known && *known && (*known)->question == order.question_text) {
    ++services.metrics.from_store;
    if (const auto view = stored_view(services, order.id)) return view_response(*view, 200);
  }
  const std::optional<JobView> view = services.simulations.submit(std::move(order));
  return view ? view_response(*view, 202) : busy(429, "too many simulations wait already", 10);
}

Response get_simulations(const Services& services, const Request&, const std::string&) {
  Json all = Json::array();
  for (const JobView& view : services.simulations.list())
    all.push_back(to_json(view));
  Response response{.body = dump({{"simulations", std::move(all)}})};
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response get_simulation(const Services& services, const Request&, const std::string& key) {
  const auto view = view_of(services, key);
  return view ? view_response(*view, 200) : no_such_simulation();
}

Response delete_simulation(const Services& services, const Request&, const std::string& key) {
  auto view = services.simulations.cancel(key);
  if (!view) view = stored_view(services, key);
  return view ? view_response(*view, 200) : no_such_simulation();
}

namespace {

std::string event(std::string_view name, const Json& data) {
  return "event: " + std::string{name} + "\ndata: " + data.dump() + "\n\n";
}

// What a listener hears. The last event is one of an ended simulation; then the stream ends.
class Events {
 public:
  Events(const Simulations& simulations, JobView view, std::vector<std::string> wanted)
      : simulations_{simulations}, view_{std::move(view)}, wanted_{std::move(wanted)} {}

  std::optional<std::string> next() {
    if (is_over_) return std::nullopt;
    std::string text;
    if (const auto figures = simulations_.figures(view_.id);
        figures && figures->replications > replications_) {
      replications_ = figures->replications;
      text = event("figures", to_json(*figures, wanted_));
    }
    const auto view = simulations_.find(view_.id);
    if (view) view_ = *view;
    is_over_ = !view || (view->state != JobState::kQueued && view->state != JobState::kRunning);
    std::string progress = event("progress", to_json(view_));
    if (progress == progress_) return text;
    text += progress;
    progress_ = std::move(progress);
    return text;
  }

 private:
  const Simulations& simulations_;
  JobView view_;
  std::vector<std::string> wanted_;
  std::string progress_;          // as told last
  std::size_t replications_ = 0;  // of the figures told last
  bool is_over_ = false;
};

}  // namespace

Response get_progress(const Services& services, const Request& request, const std::string& key) {
  const auto first = view_of(services, key);
  if (!first) return no_such_simulation();
  std::vector<std::string> wanted;
  for (const auto& [name, value] : request.query)
    if (name == "figure") wanted.push_back(value);
  Response response{.type = "text/event-stream"};
  response.headers.emplace_back("Cache-Control", "no-store");
  auto events = std::make_shared<Events>(services.simulations, *first, std::move(wanted));
  response.stream = [events] { return events->next(); };
  return response;
}

Response get_simulation_result(const Services& services,
                               const Request& request,
                               const std::string& key) {
  return result_of(services, request, key);
}

Response get_partial(const Services& services, const Request& request, const std::string& key) {
  if (auto body = services.simulations.partial(key)) {
    Response response{.body = std::move(*body)};
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
  }
  return result_of(services, request, key);
}

Response get_events(const Services& services, const Request& request, const std::string& key) {
  Response result = result_of(services, {}, key);
  if (result.status != 200) return result;
  auto log = services.store.log(key);
  if (!log) return busy(503, log.error().message, 60);
  std::optional<std::string> kept = std::move(log).value();
  if (!kept || kept->empty())
    return problem(404, "its event log was not asked for: ask with \"events\": true");
  return tagged(request, {.type = "text/csv; charset=utf-8", .body = std::move(*kept)});
}

}  // namespace karvan::server
