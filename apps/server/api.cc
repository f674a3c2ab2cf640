#include "api.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"

#include "endpoints.h"

namespace karvan::server {
namespace {

enum class Work { kNone, kRead, kQuestion, kPrepared };

struct Route {
  std::string_view method;
  std::string_view pattern;  // "{}" stands for one segment
  Work work;
  Handler handler;
  Preparer preparer = nullptr;  // of what is kPrepared, in the place of a handler
};

constexpr std::array kRoutes{
    Route{"GET", "/health", Work::kNone, get_health},
    Route{"GET", "/metrics", Work::kNone, get_metrics},
    Route{"GET", "/v1/corridor", Work::kRead, get_corridor},
    Route{"GET", "/v1/corridor/map", Work::kRead, get_map},
    Route{"GET", "/v1/tables", Work::kRead, get_tables},
    Route{"GET", "/v1/tables/{}", Work::kRead, get_table},
    Route{"GET", "/v1/observations", Work::kQuestion, get_observations},
    Route{"GET", "/v1/scenarios", Work::kRead, get_scenarios},
    Route{"POST", "/v1/scenarios", Work::kRead, post_scenario},
    Route{"POST", "/v1/scenarios/validate", Work::kRead, validate_scenario},
    Route{"GET", "/v1/scenarios/{}", Work::kRead, get_scenario},
    Route{"PUT", "/v1/scenarios/{}", Work::kRead, put_scenario},
    Route{"DELETE", "/v1/scenarios/{}", Work::kRead, delete_scenario},
    Route{"GET", "/v1/scenarios/{}/diff", Work::kRead, diff_scenario},
    Route{"POST", "/v1/plan", Work::kPrepared, nullptr, prepare_plan},
    Route{"POST", "/v1/plan/matrix", Work::kPrepared, nullptr, prepare_matrix},
    Route{"POST", "/v1/plan/isochrone", Work::kPrepared, nullptr, prepare_isochrone},
    Route{"GET", "/v1/results/{}", Work::kRead, get_result},
    Route{"GET", "/v1/point-to-point-routes", Work::kQuestion, get_routes},
    Route{"POST", "/v1/simulations", Work::kRead, post_simulation},
    Route{"GET", "/v1/simulations", Work::kNone, get_simulations},
    Route{"GET", "/v1/simulations/{}", Work::kRead, get_simulation},
    Route{"DELETE", "/v1/simulations/{}", Work::kRead, delete_simulation},
    Route{"GET", "/v1/simulations/{}/progress", Work::kRead, get_progress},
    Route{"GET", "/v1/simulations/{}/result", Work::kRead, get_simulation_result},
    Route{"GET", "/v1/simulations/{}/partial", Work::kRead, get_partial},
    Route{"GET", "/v1/simulations/{}/events", Work::kRead, get_events},
};

// What stands in the braces, if the path is of this pattern.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const std::size_t brace = pattern.find("{}");
  if (brace == std::string_view::npos)
    return pattern == path ? std::optional<std::string>{""} : std::nullopt;
  const std::string_view before = pattern.substr(0, brace);
  const std::string_view after = pattern.substr(brace + 2);
  if (!path.starts_with(before)) return std::nullopt;
  path.remove_prefix(before.size());
  if (!path.ends_with(after)) return std::nullopt;
  path.remove_suffix(after.size());
  if (path.empty() || path.find('/') != std::string_view::npos) return std::nullopt;
  return std::string{path};
}

bool is_local_name(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos && host.find(']', colon) == host.npos &&
                        !(host.find(':') != colon && !host.starts_with('['));
  const std::string_view name = host.substr(0, has_port ? colon : host.npos);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]" || name.empty();
}

// Takes as long for a wrong token as for the right one.
bool is_same_secret(std::string_view given, std::string_view secret) {
  unsigned difference = given.size() == secret.size() ? 0U : 1U;
  for (std::size_t i = 0; i < given.size(); ++i)
    difference |= static_cast<unsigned>(
        static_cast<unsigned char>(given[i]) ^
        static_cast<unsigned char>(secret[secret.empty() ? 0 : i % secret.size()]));
  return difference == 0;
}

// POST and PUT take what they say they take: a form of another page cannot send these types.
bool has_known_type(const Request& request) {
  std::string_view type = request.header("content-type");
  type = trim(type.substr(0, type.find(';')));
  const bool is_scenario = request.path.starts_with("/v1/scenarios");
  return type == "application/json" || (is_scenario && type == "application/toml");
}

constexpr std::atomic<bool> kNever{false};

// Told to a peer that has only closed its half of the connection.
Response unasked() {
  return problem(503, "the connection was closed before the answer, which was not worked out");
}

}  // namespace

struct Api::Chosen {
  Work work = Work::kNone;
  Handler handler = nullptr;
  Preparer preparer = nullptr;
  std::string name;
  Response refusal;  // without either
};

Response admit(const Access& access, const Request& request) {
  const std::string_view host = request.header("host");
  // A page elsewhere whose host name leads here would else be of our own origin.
  if (access.only_local_names && !is_local_name(host))
    return problem(421, "this server answers to localhost and 127.0.0.1");
  const std::string_view origin = request.header("origin");
  const bool is_own = origin.empty() || origin == "http://" + std::string{host} ||
                      origin == "https://" + std::string{host};
  if (!is_own) return problem(403, "pages of another origin may not ask");
  const bool needs_token = request.path.starts_with("/v1/") || request.path == "/metrics";
  if (access.token.empty() || !needs_token) return {};
  std::string_view given = request.header("authorization");
  constexpr std::string_view kBearer = "Bearer ";
  if (given.starts_with(kBearer)) {
    given.remove_prefix(kBearer.size());
    if (is_same_secret(given, access.token)) return {};
  }
  Response refusal = problem(401, "send the header Authorization: Bearer TOKEN");
  refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
  return refusal;
}

Api::Api(Services services, Access access, Rooms rooms)
    : services_{services},
      access_{std::move(access)},
      long_{1, rooms.most_long, 10},
      questions_{rooms.cores, 64, 5},
      reads_{2, 512, 0} {}

Api::Chosen Api::choose(const Request& request) const {
  if (Response refusal = admit(access_, request); refusal.status != 200)
    return {.refusal = std::move(refusal)};
  std::string allowed;
  for (const Route& route : kRoutes) {
    std::optional<std::string> name = match(route.pattern, request.path);
    if (!name) continue;
    if (route.method != request.method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string{route.method};
      continue;
    }
    if ((request.method == "POST" || request.method == "PUT") && !has_known_type(request))
      return {.refusal = problem(415, "expected content-type application/json")};
    return {.work = route.work,
            .handler = route.handler,
            .preparer = route.preparer,
            .name = std::move(*name),
            .refusal = {}};
  }
  if (allowed.empty() && !request.path.starts_with("/v1/")) {
    if (request.method == "GET") return {.refusal = services_.page.answer(request)};
    allowed = "GET";
  }
  if (allowed.empty()) return {.refusal = problem(404, "the API has no such path")};
  Response refusal = problem(405, "this path takes " + allowed);
  refusal.headers.emplace_back("Allow", allowed);
  return {.refusal = std::move(refusal)};
}

void Api::count(const Response& response) {
  const auto hundreds = static_cast<std::size_t>(std::clamp(response.status / 100, 0, 5));
  ++services_.metrics.answers[hundreds];
  if (response.status == 429 || response.status == 503) ++services_.metrics.busy;
}

Response Api::answer(const Request& request) {
  Chosen chosen = choose(request);
  Response response;
  if (chosen.preparer != nullptr) {
    Prepared prepared = chosen.preparer(services_, request);
    response = prepared.work ? prepared.work(kNever) : std::move(prepared.answer);
  } else {
    response = chosen.handler == nullptr ? std::move(chosen.refusal)
                                         : chosen.handler(services_, request, chosen.name);
  }
  count(response);
  return response;
}

void Api::work_out(const Prepared& prepared,
                   const WorkPool::Flag& is_unwanted,
                   const Reply& reply) {
  // Short work is done whatever becomes of the peer: it may only have closed its half.
  const bool may_stop = prepared.is_long && is_unwanted != nullptr;
  const std::atomic<bool>& stop = may_stop ? *is_unwanted : kNever;
  if (stop) {
    ++services_.metrics.dropped;
    return reply(unasked());
  }
  Response response = prepared.work(stop);
  if (stop) {
    ++services_.metrics.stopped;
    return reply(unasked());
  }
  count(response);
  reply(std::move(response));
}

void Api::prepare(const Chosen& chosen, Request request, const Reply& reply) {
  const auto send = [this, reply](Response response) {
    count(response);
    reply(std::move(response));
  };
  const auto hand_over = [this, reply, send, preparer = chosen.preparer,
                          request = std::move(request)] {
    auto prepared = std::make_shared<const Prepared>(preparer(services_, request));
    if (!prepared->work) return send(prepared->answer);
    WorkPool& pool = prepared->is_long ? long_ : questions_;
    const auto work = [this, reply, prepared, is_unwanted = request.is_unwanted] {
      work_out(*prepared, is_unwanted, reply);
    };
    const WorkPool::Flag is_unwanted = prepared->is_long ? request.is_unwanted : nullptr;
    if (pool.submit(work, is_unwanted)) {
      if (is_unwanted && *is_unwanted) pool.sweep();  // the peer hung up before it was there
      return;
    }
    send(prepared->is_long ? busy(429, "too many long questions wait already", 10)
                           : busy(503, "too many questions wait already", 2));
  };
  if (!reads_.submit(hand_over)) send(busy(503, "too many questions wait already", 2));
}

void Api::handle(Request request, const Reply& reply) {
  Chosen chosen = choose(request);
  const auto send = [this, reply](Response response) {
    count(response);
    reply(std::move(response));
  };
  if (chosen.preparer != nullptr) return prepare(chosen, std::move(request), reply);
  if (chosen.handler == nullptr) return send(std::move(chosen.refusal));
  if (chosen.work == Work::kNone) return send(chosen.handler(services_, request, chosen.name));
  WorkPool& pool = chosen.work == Work::kRead ? reads_ : questions_;
  const bool has_room =
      pool.submit([this, send, handler = chosen.handler, name = chosen.name,
                   request = std::move(request)] { send(handler(services_, request, name)); });
  if (!has_room) send(busy(503, "too many questions wait already", 2));
}

CaseOrAnswer case_of_query(const Services& services, const Request& request) {
  const std::string_view name = request.parameter("scenario").value_or("");
  auto found = services.cases.find(name);
  if (found) return {.found = std::move(found).value(), .answer = {}};
  const int status = found.error().kind == ErrorKind::kNotFound ? 404 : 422;
  return {
      .found = nullptr,
      .answer = problem(status, "", {{.parameter = "scenario", .detail = found.error().message}})};
}

std::shared_ptr<const Case> case_of_body(const Services& services,
                                         std::string_view key,
                                         const std::string& name,
                                         std::vector<Fault>& faults) {
  auto found = services.cases.find(name);
  if (found) return std::move(found).value();
  faults.push_back({.pointer = "#/" + std::string{key}, .detail = found.error().message});
  return nullptr;
}

Response unfit(const std::vector<Fault>& faults) {
  return problem(422, "", faults);
}

bool is_key(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

Response get_health(const Services& services, const Request&, const std::string&) {
  return {.body = dump({{"status", "ok"},
                        {"version", kVersion},
                        {"corridor", services.cases.session().loaded.corridor.info.name},
                        {"data", services.cases.data_hash()}})};
}

Response get_metrics(const Services& services, const Request&, const std::string&) {
  std::string text = "# TYPE karvan_answers_total counter\n";
  for (std::size_t i = 1; i < services.metrics.answers.size(); ++i)
    text += "karvan_answers_total{status=\"" + std::to_string(i) + "xx\"} " +
            std::to_string(services.metrics.answers[i]) + "\n";
  const auto add = [&text](const std::string& name, const char* type, std::uint64_t value) {
    text += "# TYPE " + name + " " + type + "\n" + name + " " + std::to_string(value) + "\n";
  };
  add("karvan_busy_total", "counter", services.metrics.busy);
  add("karvan_answers_from_store_total", "counter", services.metrics.from_store);
  text += "# TYPE karvan_plans_cancelled_total counter\n";
  text += "karvan_plans_cancelled_total{when=\"waiting\"} " +
          std::to_string(services.metrics.dropped) + "\n";
  text += "karvan_plans_cancelled_total{when=\"running\"} " +
          std::to_string(services.metrics.stopped) + "\n";
  add("karvan_simulations_waiting", "gauge", services.simulations.waiting());
  const std::vector<JobView> jobs = services.simulations.list();
  add("karvan_simulations_running", "gauge",
      static_cast<std::uint64_t>(std::ranges::count(jobs, JobState::kRunning, &JobView::state)));
  return {.type = "text/plain; version=0.0.4; charset=utf-8", .body = std::move(text)};
}

}  // namespace karvan::server
