#pragma once
// The options of a plan as points over two criteria, drawn with letters for a terminal.

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/enum_text.h"
#include "karvan/plan/answer.h"
#include "karvan/report/plan_digest.h"
#include "karvan/report/style.h"

namespace karvan::report {

enum class Criterion { kArrival, kCost, kCo2e, kRisk };

struct ChartAxes {
  Criterion up = Criterion::kCost;
  Criterion right = Criterion::kArrival;
};

// At most 100 columns wide. Numbers are the options told, as in the table; "o" those that nothing
// beats in these two criteria, "." those that shine only in others. Requires an option.
std::string pareto_chart(const plan::Answer& answer,
                         const PlanDigest& digest,
                         ChartAxes axes,
                         const Style& style);

}  // namespace karvan::report

namespace karvan {

template <>
struct EnumTexts<report::Criterion> {
  static constexpr std::array values{
      std::pair{report::Criterion::kArrival, std::string_view{"arrival"}},
      std::pair{report::Criterion::kCost, std::string_view{"cost"}},
      std::pair{report::Criterion::kCo2e, std::string_view{"co2e"}},
      std::pair{report::Criterion::kRisk, std::string_view{"risk"}},
  };
};

}  // namespace karvan
