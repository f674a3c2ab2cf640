#include "karvan/report/detail/figures.h"

#include <algorithm>
#include <functional>

#include "karvan/base/text.h"

namespace karvan::report::detail {

std::string_view kind_word(simulate::FacilityKind kind) {
  switch (kind) {
    case simulate::FacilityKind::kDeparture:
      return "departures";
    case simulate::FacilityKind::kTerminal:
      return "cranes";
    case simulate::FacilityKind::kGaugeChange:
      return "gauge change";
    case simulate::FacilityKind::kBerth:
      return "berths";
    case simulate::FacilityKind::kSection:
      return "line";
    case simulate::FacilityKind::kBorder:
      return "border";
    case simulate::FacilityKind::kYard:
      return "yard";
    case simulate::FacilityKind::kPool:
      return "empties";
    case simulate::FacilityKind::kPipeline:
      return "pipeline";
    case simulate::FacilityKind::kHarbor:
      return "calm weather";
    case simulate::FacilityKind::kLocomotives:
      return "locomotives";
  }
  return "";
}

std::string_view doubt_text(simulate::Doubt doubt) {
  switch (doubt) {
    case simulate::Doubt::kNone:
      return "";
    case simulate::Doubt::kOneRun:
      return "one run tells no spread";
    case simulate::Doubt::kFewRuns:
      return "skewed, and fewer than 5 runs";
    case simulate::Doubt::kFewServed:
      return "too few waits in a run for a 95 % quantile";
    case simulate::Doubt::kFewObserved:
      return "no figure: too few observations in a run for this quantile";
    case simulate::Doubt::kFewWeeks:
      return "one run of less than 20 weeks";
    case simulate::Doubt::kCorrelated:
      return "one run, whose weeks hang together";
  }
  return "";
}

Means::Means(const SimulateCase& run) {
  for (simulate::Estimate& e : simulate::estimates(run.answers))
    list_.emplace(e.name, std::move(e));
}

const simulate::Estimate* Means::find(const std::string& name) const {
  const auto at = list_.find(name);
  return at == list_.end() ? nullptr : &at->second;
}

double Means::operator()(const std::string& name) const {
  const simulate::Estimate* estimate = find(name);
  return estimate == nullptr ? 0.0 : estimate->tally.mean();
}

std::string Means::number(const std::string& name, double scale, int decimals) const {
  const simulate::Estimate* estimate = find(name);
  if (estimate == nullptr || !estimate->is_told()) return "-";
  return with_thousands(estimate->tally.mean() * scale, decimals);
}

std::string Means::text(const std::string& name, double scale, int decimals) const {
  const simulate::Estimate* estimate = find(name);
  if (estimate == nullptr || !estimate->is_told()) return "-";
  std::string text = with_thousands(estimate->tally.mean() * scale, decimals);
  if (estimate->interval)
    text += " ±" + with_thousands(estimate->interval->half_width * scale, decimals);
  return text;
}

std::vector<RankedFacility> ranked_facilities(const SimulateCase& run,
                                              const Means& means,
                                              std::string_view figure) {
  std::map<std::string, const simulate::FacilityResult*> first;
  for (const simulate::Answer& answer : run.answers) {
    for (const simulate::FacilityResult& facility : answer.facilities)
      first.try_emplace(facility.code, &facility);
  }
  std::vector<RankedFacility> ranked;
  for (const auto& [code, facility] : first)
    ranked.push_back({means("facility/" + code + "/" + std::string{figure}), facility});
  std::ranges::stable_sort(ranked, std::greater{}, &RankedFacility::value);
  return ranked;
}

}  // namespace karvan::report::detail
