#include "sheet_output.h"

namespace karvan::cli {

std::string sheet_in(const report::Sheet& sheet, const Settings& settings, int cell_max) {
  switch (settings.format) {
    case Format::kJson:
      return report::sheet_json(sheet);
    case Format::kCsv:
      return report::sheet_csv(sheet);
    case Format::kMarkdown:
      return report::sheet_markdown(sheet);
    case Format::kText:
    case Format::kGeoJson:
      break;
  }
  return report::sheet_text(sheet, settings.style(), cell_max);
}

}  // namespace karvan::cli
