#pragma once
// Questions as a page writes them: lines `key=value`, lists by repeating the key.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/load/variation.h"
#include "karvan/plan/k_best.h"
#include "karvan/plan/question.h"
#include "karvan/plan/why_not.h"
#include "karvan/simulate/question.h"

namespace karvan::browser {

// A plan question and the way in which it is asked.
struct PlanAsked {
  plan::Question question;               // of one front the first
  std::vector<plan::Question> pairs;     // of one front; else empty
  std::optional<plan::Ranking> ranking;  // of the k best
  bool policy = false;
};

// from, to, which may come several times (then one front over all pairs); goods, quantity, unit
// (TEU t units), load_unit, hired_from (operator), depart (date or instant, local at `from`),
// deadline, arrive_by (local at `to`), papers_from (local at `from`), hard_deadline, window (days),
// step (hours), days_max, legs_max, avoid_mode, avoid_country, avoid_place, avoid_operator,
// avoid_service, avoid_risk, avoid_regime; only_ and require_ mode, country, operator, service;
// via, transshipments_max, budget (USD), tolerance_percent, k_best, by (arrival cost co2e), policy,
// save_storage, as_planned, ignore_risk (yes no).
Result<PlanAsked> plan_asked(const World& world, std::string_view text);
// The same without `to`: one that stands in for every place.
Result<plan::Question> reach_asked(const World& world, std::string_view text);
// service or place.
Result<plan::Subject> plan_subject(const World& world, std::string_view text);
// from, days, warm_up_days, seed, demand_factor, lose_unserved (yes no).
Result<simulate::Question> simulate_question(std::string_view text);

// scenario (base if not given), factor; cells, which may come several times: TABLE.ROWS.COLUMN as
// load::Tweak has them. Scaled numbers stop at the ends of their columns' ranges.
struct Variation {
  std::string scenario = "base";
  std::vector<load::Tweak> tweaks;
};
Result<Variation> variation(std::string_view text);

}  // namespace karvan::browser
