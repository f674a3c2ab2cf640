#pragma once
// Check report: what a data folder holds and what is wrong with it.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/report/catalog.h"
#include "karvan/report/style.h"

namespace karvan::report {

struct CheckReport {
  std::string folder;
  const Catalog* catalog = nullptr;  // absent if the folder could not be loaded
  const Complaints* complaints = nullptr;
  std::vector<std::string> scenarios;  // that were checked too
  std::optional<double> seconds;       // told only where asked for: it differs from run to run

  std::string text(const Style& style) const;
  std::string json() const;
};

// One line for each complaint kept, errors and warnings marked, and one for those not kept.
std::string complaints_text(const Complaints& complaints, const Style& style);

}  // namespace karvan::report
