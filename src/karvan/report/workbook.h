#pragma once
// Workbook: sheets as one file for spreadsheet programs (Office Open XML, ISO/IEC 29500). The only
// door to libxlsxwriter.

#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/report/sheet.h"

namespace karvan::report {

struct WorkbookPage {
  std::string name;  // of the tab: at most 31 letters, none of []:*?/\ .
  Sheet sheet;
};

// The bytes of an .xlsx file: head rows bold and frozen with a filter, numbers as numbers with
// their decimals, columns as wide as what they hold. The same pages give the same bytes. An error
// if there is no room for a temporary file. Requires at least one page, names that differ.
Result<std::string> workbook_xlsx(const std::vector<WorkbookPage>& pages);

}  // namespace karvan::report
