// What a simulation looks like to the outside: its state, and its answer.

#include <nlohmann/json.hpp>

#include "karvan/report/simulate_report.h"

#include "api.h"
#include "simulations.h"

namespace karvan::server {
namespace {

std::string_view text_of(JobState state) {
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

std::string hex(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i > 0; --i, number >>= 4U)
    text[i - 1] = kDigits[number & 15U];
  return text;
}

// Our own writer's text, so it is JSON.
Json figures(const report::Sheet& sheet) {
  return Json::parse(report::sheet_json(sheet), nullptr, false);
}

Json name_of(const Case& one) {
  return one.scenario() == nullptr ? Json{} : Json(one.scenario()->info.name);
}

}  // namespace

Json to_json(const JobView& view) {
  const std::string self = "/v1/simulations/" + view.id;
  Json json{{"id", view.id},
            {"state", text_of(view.state)},
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
                            const std::vector<simulate::Answer>& answers,
                            const std::vector<simulate::Answer>& others,
                            const std::vector<std::string>& warnings,
                            const std::string& data_hash) {
  const report::SimulateCase base{.scenario = std::string{order.base->world().scenario()},
                                  .question = order.question,
                                  .answers = answers,
                                  .warnings = {},
                                  .remarks = {}};
  Json fingerprints = Json::array();
  for (const simulate::Answer& answer : answers)
    fingerprints.push_back(hex(answer.fingerprint));
  Json json{{"id", order.id},
            {"scenario", name_of(*order.base)},
            {"compare", order.other ? name_of(*order.other) : Json{}},
            {"question", Json::parse(order.question_json, nullptr, false)},
            {"version", kVersion},
            {"data", data_hash},
            {"replications", answers.size()},
            {"fingerprints", std::move(fingerprints)},
            {"warnings", warnings},
            {"figures", figures(report::simulate_sheet(base))},
            {"compared", Json{}},
            {"differences", Json{}}};
  if (others.size() == answers.size() && !others.empty()) {
    report::SimulateCase other = base;
    other.answers = others;
    json["compared"] = figures(report::simulate_sheet(other));
    json["differences"] = figures(report::simulate_difference_sheet(base, other));
  }
  return dump(json);
}

}  // namespace karvan::server
