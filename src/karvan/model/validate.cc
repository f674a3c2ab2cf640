#include "karvan/model/validate.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/model/detail/inspection.h"
#include "karvan/model/uncertainty.h"
#include "karvan/model/world.h"

namespace karvan {
namespace detail {

// Why a law is impossible, empty if it is not.
std::string_view fault_of(const Law& law) {
  switch (law.family) {
    case LawFamily::kConstant:
      return law.a >= 0 ? "" : "is negative";
    case LawFamily::kExponential:
      return law.a >= 0 ? "" : "needs a mean above 0";
    case LawFamily::kLognormal:
    case LawFamily::kGamma:
      return law.a >= 0 && law.b > 0 ? "" : "needs a mean and a cv above 0";
    case LawFamily::kWeibull:
      return law.a >= 0 && law.b > 0 ? "" : "needs a mean and a shape above 0";
    case LawFamily::kTriangular:
      return 0 <= law.a && law.a <= law.b && law.b <= law.c ? "" : "needs 0 <= min <= mode <= max";
    case LawFamily::kUniform:
      return 0 <= law.a && law.a <= law.b ? "" : "needs 0 <= min <= max";
  }
  return "";
}

bool is_all(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

void Inspection::say(const At& at,
                     std::string column,
                     std::string_view value,
                     std::string message,
                     std::string hint) {
  findings.push_back({.table = at.table,
                      .row = at.row,
                      .code = std::string{at.code},
                      .column = std::move(column),
                      .value = std::string{value},
                      .message = std::move(message),
                      .hint = std::move(hint)});
}

void Inspection::warn(const At& at,
                      std::string column,
                      std::string_view value,
                      std::string message,
                      std::string hint) {
  say(at, std::move(column), value, std::move(message), std::move(hint));
  findings.back().severity = Severity::kWarning;
}

}  // namespace detail

std::vector<Finding> findings(const World& world) {
  detail::Inspection inspection{.world = world};
  detail::inspect_network(inspection);
  detail::inspect_traffic(inspection);
  detail::inspect_rules(inspection);
  return std::move(inspection.findings);
}

Complaints validate(const World& world) {
  Complaints complaints;
  for (Finding& finding : findings(world)) {
    complaints.add({.file = std::string{finding.table},
                    .column = std::move(finding.column),
                    .value = std::move(finding.value),
                    .message = std::move(finding.message) + "; row '" + finding.code + "'",
                    .hint = std::move(finding.hint),
                    .severity = finding.severity});
  }
  return complaints;
}

}  // namespace karvan
