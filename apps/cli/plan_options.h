#pragma once
// What `karvan plan` was asked, as typed and as checked.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/plan/question.h"
#include "karvan/plan/why_not.h"
#include "karvan/report/plan_chart.h"

#include "options.h"
#include "verb.h"

namespace karvan::cli {

struct PlanArgs {
  std::string from;
  std::string to;
  std::string cargo;
  std::string goods;
  std::string depart;
  std::string load_unit;
  std::string hired_from;  // operator; empty: not hired
  std::string deadline;    // on the destination's clock
  bool is_deadline_hard = false;
  std::string arrive_by;    // on the destination's clock
  std::string papers_from;  // on the origin's clock; empty: papers are at hand
  int window = 0;           // days
  int step = 0;             // hours; 0: a day, an hour for --arrive-by
  double penalty = 0;       // USD a day of lateness
  bool saves_storage = false;
  bool is_as_planned = false;
  std::vector<std::string> avoid_modes;
  std::vector<std::string> avoid_countries;
  std::vector<std::string> avoid_places;
  std::vector<std::string> avoid_operators;
  std::vector<std::string> avoid_services;
  std::vector<std::string> avoid_risks;
  std::vector<std::string> avoid_regimes;
  // What is kept to, what must be used.
  struct Named {
    std::vector<std::string> modes;
    std::vector<std::string> countries;
    std::vector<std::string> operators;
    std::vector<std::string> services;
  };
  Named only;
  Named require;
  std::vector<std::string> via;
  std::optional<int> transshipments;
  std::string budget;     // "5000USD"; empty: none
  std::string tolerance;  // "2%"; empty: none
  int days = 120;
  int legs = 24;
  std::string options;  // empty: as many as the kind of answer tells
  bool is_brief = false;
  bool ignore_risk = false;
  bool verify = false;
  int k_best = 0;  // 0: the front
  bool one_front = false;
  bool policy = false;
  // How it is told.
  std::string chart;
  int gantt = 0;  // 0: none
  int chosen = 1;
  bool handles = false;
  std::vector<std::string> why_not;
  // Other questions on the same options.
  std::string booked;  // file of bookings
  std::string seen;    // file of executed legs, or of a simulation's events
  std::string batch;
  std::string by = "cost";
  bool is_strict = false;
  int threads = 0;
  std::string matrix;
  int isochrone = 0;  // days; 0: not asked
  std::string page;
  std::string handle;
  std::string refresh;
};

void add_plan_options(CLI::App& app, PlanArgs& args);

// The question of --from, --to and the rest; an error names the option.
Result<plan::Question> question_of(const World& world, const PlanArgs& args);

// What is typed as "2026-03-02" or "2026-03-02T08:00", on the clock of a place.
Result<Instant> departure(const World& world, Id<Place> from, std::string_view text);

// How many options to tell; `otherwise` where nothing is said.
Result<std::size_t> options_of(const std::string& text, std::size_t otherwise);

// "cost,arrival": up, right.
Result<std::optional<report::ChartAxes>> axes_of(const std::string& text);
Result<report::Criterion> criterion_of(std::string_view option, const std::string& text);

// "service:CODE", "place:CODE".
Result<std::vector<plan::Subject>> subjects_of(const World& world,
                                               const std::vector<std::string>& texts);

// Items of a repeated option, each perhaps several separated by commas.
std::vector<std::string> items_of(const std::vector<std::string>& given);

// "--days: 500 is out of range; expected 1 to 400".
Status check_range(std::string_view option, int value, int low, int high);

}  // namespace karvan::cli
