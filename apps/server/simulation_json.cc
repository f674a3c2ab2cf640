// What a simulation looks like to the outside: its state, and its answer.

#include <nlohmann/json.hpp>

#include "karvan/report/simulate_report.h"

#include "api.h"
#include "simulation_figures.h"
#include "simulations.h"

namespace karvan::server {
namespace {

std::string_view state_text(JobState state) {
  switch (state) {
    case JobState::kQueued:
      return "queued";
    case JobState::kRunning:
      return "running";
    case JobState::kDone:
      return "done";
    case JobState::kFailed:
      return "failed";
    case JobState::kCancelled:
      return "cancelled";
  }
  return "";
}

Json name_of(const Case& one) {
  return one.scenario() == nullptr ? Json{} : Json(one.scenario()->info.name);
}

}  // namespace

Json to_json(const JobView& view) {
  const std::string self = "/v1/simulations/" + view.id;
  Json json{{"id", view.id},
            {"state", state_text(view.state)},
            {"progress", view.progress},
            {"replications", view.replications},
            {"replications_done", view.replications_done}};
  if (view.state == JobState::kFailed) {
    std::vector<Fault> faults;
    for (const std::string& fault : view.faults)
      faults.push_back({.detail = fault});
    json["error"] = Json::parse(problem(422, "nothing was simulated", faults).body, nullptr, false);
  }
  json["links"] = {{"self", self},
                   {"progress", self + "/progress"},
                   {"result", self + "/result"},
                   {"partial", self + "/partial"}};
  if (view.has_events) json["links"]["events"] = self + "/events";
  return json;
}

std::string simulation_json(const SimulationOrder& order,
                            std::vector<simulate::Answer> answers,
                            std::vector<simulate::Answer> others,
                            const std::vector<std::string>& warnings,
                            const std::string& data_hash) {
  const auto as_case = [&order](std::vector<simulate::Answer> runs) {
    return report::SimulateCase{.scenario = std::string{order.base->world().scenario()},
                                .question = order.question,
                                .answers = std::move(runs),
                                .warnings = {},
                                .remarks = {}};
  };
  const report::SimulateCase base = as_case(std::move(answers));
  const report::SimulateCase other = as_case(std::move(others));
  Json fingerprints = Json::array();
  for (const simulate::Answer& answer : base.answers)
    fingerprints.push_back(fingerprint_text(answer.fingerprint));
  Json json{{"id", order.id},
            {"scenario", name_of(*order.base)},
            {"compare", order.other ? name_of(*order.other) : Json{}},
            {"question", Json::parse(order.question_json, nullptr, false)},
            {"version", kVersion},
            {"data", data_hash},
            {"replications", base.answers.size()},
            {"fingerprints", std::move(fingerprints)},
            {"warnings", warnings},
            {"figures", rows_of(report::simulate_sheet(base))},
            {"compared", Json{}},
            {"differences", Json{}}};
  if (other.answers.size() == base.answers.size() && !other.answers.empty()) {
    json["compared"] = rows_of(report::simulate_sheet(other));
    json["differences"] = rows_of(report::simulate_difference_sheet(base, other));
  }
  return dump(json);
}

}  // namespace karvan::server
