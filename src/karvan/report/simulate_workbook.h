#pragma once
// A simulated span as the pages of a workbook.

#include <vector>

#include "karvan/report/simulate_report.h"
#include "karvan/report/workbook.h"

namespace karvan::report {

// Summary, Markets, Bottlenecks, Vessels, Services, Pipelines, By month, Figures. A column "±"
// after a mean is half its 95 % interval, empty where there is none.
std::vector<WorkbookPage> simulate_pages(const SimulateCase& run);

}  // namespace karvan::report
