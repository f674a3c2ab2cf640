#pragma once
// The kinds of questions that `karvan plan` answers beside one shipment's options. Each writes its
// answer and gives the exit status.

#include <string>
#include <string_view>

#include "karvan/plan/handle.h"
#include "karvan/report/plan_report.h"

#include "plan_options.h"

namespace karvan::cli {

// An answer as the user asked to have it; a "no" in text where a format has no word for it.
std::string in_format(const report::PlanReport& report, const Settings& settings);

// Many shipments from a table, a row out for each.
int run_batch(const Settings& settings, const PlanArgs& args);

// The best from each of --from to each of --to, or by the pairs of a table.
int run_matrix(const Settings& settings, const PlanArgs& args);

// All places within so many days.
int run_isochrone(const Settings& settings, const PlanArgs& args);

// A planned option asked again.
int run_refresh(const Settings& settings, const PlanArgs& args);

// The question of the page before or after that of a handle: handed over so many days earlier or
// later that another first departure is made. Asks the planner once for each day, at most 31 times.
Result<plan::Question> question_of_page(const World& world, const PlanArgs& args);
// A handle that promises an option; an error names `option`, by which it was given.
Result<plan::Handle> handle_of_option(const World& world,
                                      const std::string& text,
                                      std::string_view option);

}  // namespace karvan::cli
