#pragma once
// A sheet in the format that the user asked for, and where to.

#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/report/sheet.h"
#include "karvan/report/workbook.h"

#include "options.h"

namespace karvan::cli {

// `cell_max`: characters that a cell of the text form may take, the rest is cut; 0 cuts nothing.
std::string sheet_in(const report::Sheet& sheet, const Settings& settings, int cell_max);

// Whether an answer can go where it should: a workbook is no text for a terminal.
Status check_delivery(const Settings& settings, const std::string& out);
// Writes the answer to the file `out`, to standard output if it is empty or "-"; gives the exit.
int deliver(std::string_view answer, const Settings& settings, const std::string& out);
// The same of pages as a workbook.
int deliver_pages(const std::vector<report::WorkbookPage>& pages,
                  const Settings& settings,
                  const std::string& out);
// One page in any format but text.
int deliver_sheet(const report::WorkbookPage& page,
                  const Settings& settings,
                  const std::string& out);

}  // namespace karvan::cli
