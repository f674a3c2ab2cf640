#pragma once
// Questions as a page writes them: lines `key=value`, lists by repeating the key.

#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/load/variation.h"
#include "karvan/plan/question.h"
#include "karvan/plan/why_not.h"
#include "karvan/simulate/question.h"

namespace karvan::browser {

// from, to, goods, quantity, unit (TEU t units), load_unit, depart (date or instant, local at
// `from`), deadline (local at `to`), days_max, legs_max, avoid_mode, avoid_country, avoid_place,
// avoid_operator, avoid_service, avoid_risk, avoid_regime; only_ and require_ mode, country,
// operator, service; via, transshipments_max, budget (USD),
// tolerance_percent.
Result<plan::Question> plan_question(const World& world, std::string_view text);
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
