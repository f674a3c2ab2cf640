#pragma once
// Plan report: a plan::Answer for people (text), programs (JSON), spreadsheets (CSV) and maps
// (GeoJSON). The JSON is described in api/plan.schema.json. Money is rounded to cents here and
// nowhere before; instants carry the offset of the place they happen at.

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "karvan/model/clock.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/policy.h"
#include "karvan/plan/question.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/why_not.h"
#include "karvan/report/plan_chart.h"
#include "karvan/report/plan_digest.h"
#include "karvan/report/style.h"

namespace karvan::report {

struct PlanReportOptions {
  std::size_t options_max = 6;  // itineraries told in full in text; other formats give all
  bool legs = true;             // text: the cards leg by leg below the table
  std::optional<ChartAxes> chart;
  std::optional<std::size_t> gantt;     // text: the option of this number, as in the table
  std::size_t chosen = 1;               // calendar and quote: likewise
  std::vector<plan::WhyNot> why_not{};  // what was asked of it beside
  bool handles = false;                 // text: the handles of the page and of the options told
  // How surely each itinerary arrives; empty: not asked.
  std::vector<plan::Reliability> reliability{};
  // Of one front over several pairs: the questions that differ in their ends.
  std::vector<plan::Question> pairs{};
  // Where the answer is a selection (plan_digest.h): its digest, and how many options there are.
  std::optional<PlanDigest> digest{};
  std::optional<std::size_t> found{};
  // Where the options are the best in one criterion by different routes: "cost".
  std::string ranked_by{};
  std::optional<plan::Policy> policy{};
  plan::PolicyTerms policy_terms{};
  // JSON of thousands of options takes long: once this is set, it is given up and comes out empty.
  const std::atomic<bool>* stop = nullptr;
};

class PlanReport {
 public:
  // The arguments must outlive the report.
  PlanReport(const World& world,
             const plan::Question& question,
             const plan::Answer& answer,
             PlanReportOptions options = {});

  std::string text(const Style& style) const;
  std::string json() const;
  // One line for each leg of each itinerary.
  std::string csv() const;
  // A line for each leg of each itinerary, a point for each end of a leg.
  std::string geojson() const;
  // The chosen option as an iCalendar, as a page of HTML. Require that there is one of its number.
  std::string calendar() const;
  std::string quote() const;

  // How many options the table tells: the numbers that `gantt` and `chosen` may have.
  std::size_t told() const { return digest_.shown.size(); }

 private:
  bool has_window() const { return question_.window > Duration::zero(); }
  std::string heading(const Style& style) const;
  std::string summary(const Style& style) const;
  std::string refusal(const Style& style) const;
  std::string cards(const Style& style) const;
  std::string versus_line(std::size_t n) const;
  std::string surety_line(std::size_t n) const;
  std::string why_not(const Style& style) const;
  std::string handles() const;
  std::string ends_text() const;
  // The question that an option answers: of its pair, if there are several.
  const plan::Question& question_of(const Itinerary& itinerary) const;

  World world_;
  const plan::Question& question_;
  const plan::Answer& answer_;
  PlanReportOptions options_;
  Clocks clocks_;
  PlanDigest digest_;
};

}  // namespace karvan::report
