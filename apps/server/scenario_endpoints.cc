// Scenarios: listed, told, checked, compared, saved and deleted. Those of the data are facts of
// their own; only saved ones change.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "karvan/load/toml_text.h"
#include "karvan/report/scenario_report.h"

#include "endpoints.h"
#include "scenario_text.h"

namespace karvan::server {
namespace {

Json changes_json(const load::Scenario& scenario) {
  Json changes = Json::array();
  for (const load::CellChange& change : scenario.changes) {
    Json json{{"what", to_text(change.kind)}, {"table", change.table}, {"id", change.id}};
    if (!change.column.empty()) {
      json["column"] = change.column;
      json["from"] = change.from;
      json["to"] = change.to;
    }
    changes.push_back(std::move(json));
  }
  return changes;
}

std::string_view origin_of(const Services& services, std::string_view name) {
  return services.cases.is_of_data(name) ? "data" : "saved";
}

Json head_json(const Services& services, const load::ScenarioInfo& info) {
  return {{"name", info.name},
          {"title", info.title},
          {"description", info.description},
          {"parent", info.parent},
          {"origin", origin_of(services, info.name)}};
}

Response scenario_response(const Services& services,
                           const load::Scenario& scenario,
                           const std::string& toml) {
  Json json = head_json(services, scenario.info);
  json["toml"] = toml;
  json["changes"] = changes_json(scenario);
  return {.body = dump(json)};
}

Json findings_json(const Complaints& complaints) {
  Json findings = Json::array();
  for (const Complaint& complaint : complaints) {
    Json json{{"severity", complaint.severity == Severity::kError ? "error" : "warning"},
              {"message", complaint.message}};
    if (complaint.line > 0) json["line"] = complaint.line;
    if (!complaint.column.empty()) json["column"] = complaint.column;
    if (!complaint.value.empty()) json["value"] = complaint.value;
    if (!complaint.hint.empty()) json["hint"] = complaint.hint;
    findings.push_back(std::move(json));
  }
  return findings;
}

std::vector<Fault> faults_of(const Complaints& complaints) {
  std::vector<Fault> faults;
  for (const Complaint& complaint : complaints) {
    if (complaint.severity != Severity::kError || faults.size() == 100) continue;
    Complaint bare = complaint;  // what the file is called here is no matter of the asker's
    bare.file.clear();
    bare.line = 0;
    std::string detail = to_text(bare);
    if (detail.starts_with(": ")) detail.erase(0, 2);
    faults.push_back({.line = complaint.line, .detail = std::move(detail)});
  }
  return faults;
}

// A scenario as it was sent, in one form; or the answer that says what is wrong.
struct Sent {
  std::string name;
  std::string toml;
  std::optional<Response> refusal;
};

Sent read_sent(const Request& request) {
  Sent sent;
  if (request.header("content-type").starts_with("application/toml")) {
    sent.toml = request.body;
  } else {
    const Result<Json> json = parse_json(request.body);
    if (!json) return {.refusal = problem(400, json.error().message)};
    Result<std::string> toml = scenario_toml(*json);
    if (!toml) return {.refusal = unfit({fault_of(toml.error())})};
    sent.toml = std::move(toml).value();
  }
  Complaints complaints;
  const auto head = load::parse_toml(sent.toml, "", complaints);
  if (!head) return {.refusal = problem(400, "the body is no TOML", faults_of(complaints))};
  const load::TomlNode* name = head->find("name");
  if (name != nullptr && name->kind == load::TomlNode::Kind::kText) sent.name = name->text;
  const bool is_fit = !sent.name.empty() && sent.name.size() <= load::kLongestCode &&
                      std::ranges::all_of(sent.name, load::is_code_char) && sent.name != "base" &&
                      sent.name != "validate" && !sent.name.starts_with('.');
  if (!is_fit)
    return {.refusal = unfit({{.pointer = "#/name",
                               .detail = "expected A-Z a-z 0-9 _ - . , at most 80, not base"}})};
  return sent;
}

const std::string* text_named(const load::Files& texts, std::string_view name) {
  const auto found = texts.find(scenario_file(name));
  return found == texts.end() ? nullptr : &found->second;
}

Response no_such_scenario() {
  return problem(404, "there is no scenario of this name");
}

Response of_the_data() {
  return problem(409, "this scenario belongs to the data; save yours under another name");
}

// Checks and saves; the caller holds editing().
Response save(const Services& services, const Sent& sent, int status) {
  Complaints complaints;
  const auto scenario = services.cases.check(sent.name, sent.toml, complaints);
  if (!scenario) return unfit(faults_of(complaints));
  if (const Status saved = services.cases.save(sent.name, sent.toml); !saved)
    return busy(503, saved.error().message, 60);
  Response response = tagged({}, scenario_response(services, *scenario, sent.toml));
  response.status = status;
  return response;
}

}  // namespace

Response get_scenarios(const Services& services, const Request& request, const std::string&) {
  Complaints complaints;  // about heads that cannot be read: left out
  Json heads = Json::array();
  for (const load::ScenarioInfo& info :
       load::list_scenarios(*services.cases.texts(), "", complaints))
    heads.push_back(head_json(services, info));
  return tagged(request, {.body = dump({{"scenarios", std::move(heads)}})});
}

Response post_scenario(const Services& services, const Request& request, const std::string&) {
  const Sent sent = read_sent(request);
  if (sent.refusal) return *sent.refusal;
  const std::scoped_lock lock{services.cases.editing()};
  if (text_named(*services.cases.texts(), sent.name) != nullptr)
    return problem(409, "there is a scenario of this name; replace it with PUT");
  Response response = save(services, sent, 201);
  if (response.status == 201)
    response.headers.emplace_back("Location", "/v1/scenarios/" + sent.name);
  return response;
}

Response validate_scenario(const Services& services, const Request& request, const std::string&) {
  const Sent sent = read_sent(request);
  if (sent.refusal) return *sent.refusal;
  Complaints complaints;
  const auto scenario = services.cases.check(sent.name, sent.toml, complaints);
  return {.body = dump({{"valid", scenario.has_value()},
                        {"findings", findings_json(complaints)},
                        {"changes", scenario ? changes_json(*scenario) : Json::array()}})};
}

Response get_scenario(const Services& services, const Request& request, const std::string& name) {
  const auto texts = services.cases.texts();
  const std::string* toml = text_named(*texts, name);
  if (toml == nullptr) return no_such_scenario();
  const auto found = services.cases.find(name);
  if (!found) return problem(422, found.error().message);
  return tagged(request, scenario_response(services, *(*found)->scenario(), *toml));
}

Response put_scenario(const Services& services, const Request& request, const std::string& name) {
  const Sent sent = read_sent(request);
  if (sent.refusal) return *sent.refusal;
  if (sent.name != name)
    return unfit({{.pointer = "#/name", .detail = "expected what the path says"}});
  const std::scoped_lock lock{services.cases.editing()};
  if (services.cases.is_of_data(name)) return of_the_data();
  if (const std::string_view tag = request.header("if-match"); !tag.empty()) {
    const Response now = get_scenario(services, {}, name);
    const auto known =
        std::ranges::find(now.headers, "ETag", [](auto& pair) { return pair.first; });
    if (known == now.headers.end() || known->second != tag)
      return problem(412, "the saved scenario is not the one that If-Match names");
  }
  return save(services, sent, 200);
}

Response delete_scenario(const Services& services, const Request&, const std::string& name) {
  const std::scoped_lock lock{services.cases.editing()};
  const auto texts = services.cases.texts();
  if (text_named(*texts, name) == nullptr) return no_such_scenario();
  if (services.cases.is_of_data(name)) return of_the_data();
  Complaints complaints;
  for (const load::ScenarioInfo& info : load::list_scenarios(*texts, "", complaints))
    if (info.parent == name) return problem(409, "scenario " + info.name + " has it as its parent");
  if (const Status removed = services.cases.remove(name); !removed)
    return busy(503, removed.error().message, 60);
  return {.status = 204};
}

Response diff_scenario(const Services& services, const Request& request, const std::string& name) {
  const std::string against{request.parameter("against").value_or("base")};
  std::vector<std::vector<report::ScenarioChange>> sides;
  for (const std::string* side : {&name, &against}) {
    const auto found = services.cases.find(*side);
    if (!found)
      return problem(found.error().kind == ErrorKind::kNotFound ? 404 : 422, found.error().message);
    std::vector<report::ScenarioChange>& changes = sides.emplace_back();
    if ((*found)->scenario() == nullptr) continue;
    for (const load::CellChange& change : (*found)->scenario()->changes)
      changes.push_back({change.table, change.id, change.column, change.from, change.to,
                         std::string{to_text(change.kind)}});
  }
  return tagged(request, {.body = report::sheet_json(report::difference_sheet(
                              {.a = name, .b = against, .of_a = sides[0], .of_b = sides[1]}))});
}

}  // namespace karvan::server
