#pragma once
// A sheet in the format that the user asked for.

#include <string>

#include "karvan/report/sheet.h"

#include "options.h"

namespace karvan::cli {

// `cell_max`: characters that a cell of the text form may take, the rest is cut; 0 cuts nothing.
std::string sheet_in(const report::Sheet& sheet, const Settings& settings, int cell_max);

}  // namespace karvan::cli
