#include "sheet_output.h"

#include <unistd.h>

#include "output.h"
#include "writable.h"

namespace karvan::cli {
namespace {

bool is_standard(const std::string& out) {
  return out.empty() || out == "-";
}

}  // namespace

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
    case Format::kXlsx:
    case Format::kIcs:
    case Format::kHtml:
      break;
  }
  return report::sheet_text(sheet, settings.style(), cell_max);
}

Status check_delivery(const Settings& settings, const std::string& out) {
  if (settings.format == Format::kXlsx && is_standard(out) && isatty(STDOUT_FILENO) != 0)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "a workbook cannot be read on a terminal; say --out FILE",
                 .where = "--format"};
  if (is_standard(out)) return Done{};
  Status able = can_write(out);
  if (able) return able;
  Error error = able.error();
  error.where = "--out";
  return error;
}

int deliver(std::string_view answer, const Settings& settings, const std::string& out) {
  if (is_standard(out)) return finish(answer, kAnswered);
  if (const Status written = write_file(out, answer); !written) return fail(written.error());
  if (!settings.quiet) say("wrote " + out);
  return kAnswered;
}

int deliver_sheet(const report::WorkbookPage& page,
                  const Settings& settings,
                  const std::string& out) {
  if (settings.format == Format::kXlsx) return deliver_pages({page}, settings, out);
  return deliver(sheet_in(page.sheet, settings, 0), settings, out);
}

int deliver_pages(const std::vector<report::WorkbookPage>& pages,
                  const Settings& settings,
                  const std::string& out) {
  const Result<std::string> bytes = report::workbook_xlsx(pages);
  if (!bytes) return fail(bytes.error());
  return deliver(*bytes, settings, out);
}

}  // namespace karvan::cli
