#include "karvan/report/workbook.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <system_error>

#include <unistd.h>
#include <xlsxwriter.h>

#include "karvan/base/check.h"
#include "karvan/base/text.h"

namespace karvan::report {
namespace {

constexpr double kNarrowest = 6;
constexpr double kWidest = 60;
constexpr std::size_t kMostRows = 1'048'575;  // of a sheet, below its head

// The library writes files only: one of our own that goes when we do.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code fault;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(fault);
    path_ = ((fault ? std::filesystem::path{"."} : folder) / "karvan_XXXXXX").string();
    const int file = ::mkstemp(path_.data());
    is_made_ = file >= 0;
    if (is_made_) ::close(file);
  }
  ~TemporaryFile() {
    if (is_made_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool is_made() const { return is_made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool is_made_ = false;
};

// "#,##0.00" for two decimals.
std::string number_format(int decimals) {
  std::string format = "#,##0";
  if (decimals > 0) format += "." + std::string(static_cast<std::size_t>(decimals), '0');
  return format;
}

// One workbook being written. Formats belong to the library's workbook.
class WorkbookWriter {
 public:
  explicit WorkbookWriter(lxw_workbook* book) : book_{book}, head_{workbook_add_format(book)} {
    format_set_bold(head_);
    format_set_bottom(head_, LXW_BORDER_THIN);
    format_set_text_wrap(head_);
    format_set_align(head_, LXW_ALIGN_VERTICAL_TOP);
    // A fixed day of creation: the same answer gives the same bytes.
    lxw_doc_properties properties{};
    properties.created = 946'684'800;
    workbook_set_properties(book, &properties);
  }

  void add(const WorkbookPage& page) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, page.name.c_str());
    CHECK(sheet != nullptr);
    const std::size_t columns = page.sheet.columns.size();
    std::vector<double> widths(columns, kNarrowest);
    for (std::size_t c = 0; c < columns; ++c) {
      const SheetColumn& column = page.sheet.columns[c];
      const std::string& head = column.head.empty() ? column.name : column.head;
      worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(c), head.c_str(), head_);
      widths[c] = std::max(widths[c], static_cast<double>(display_width(head)) + 2);
    }
    const std::size_t rows = std::min(page.sheet.rows.size(), kMostRows);
    for (std::size_t r = 0; r < rows; ++r) {
      CHECK(page.sheet.rows[r].size() == columns);
      for (std::size_t c = 0; c < columns; ++c)
        widths[c] = std::max(widths[c], write(sheet, {r + 1, c}, page.sheet.rows[r][c]));
    }
    for (std::size_t c = 0; c < columns; ++c) {
      const auto at = static_cast<lxw_col_t>(c);
      worksheet_set_column(sheet, at, at, std::min(widths[c], kWidest), nullptr);
    }
    worksheet_freeze_panes(sheet, 1, columns > 2 ? 1 : 0);
    if (rows > 0 && columns > 0)
      worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(rows),
                           static_cast<lxw_col_t>(columns - 1));
  }

 private:
  struct At {
    std::size_t row;
    std::size_t column;
  };

  // The width that the cell asks for.
  double write(lxw_worksheet* sheet, At at, const Cell& cell) {
    const auto row = static_cast<lxw_row_t>(at.row);
    const auto column = static_cast<lxw_col_t>(at.column);
    if (const auto* number = std::get_if<Cell::Number>(&cell.value())) {
      if (!std::isfinite(number->value)) return 0;
      worksheet_write_number(sheet, row, column, number->value, format(number->decimals));
      return display_width(with_thousands(number->value, number->decimals)) + 2;
    }
    if (const auto* yes = std::get_if<bool>(&cell.value())) {
      worksheet_write_boolean(sheet, row, column, *yes ? 1 : 0, nullptr);
      return 0;
    }
    if (const auto* text = std::get_if<std::string>(&cell.value())) {
      const std::string line = one_line(*text);
      worksheet_write_string(sheet, row, column, line.c_str(), nullptr);
      return display_width(line) + 2;
    }
    return 0;
  }

  lxw_format* format(int decimals) {
    const auto [at, is_new] = formats_.try_emplace(decimals, nullptr);
    if (is_new) {
      at->second = workbook_add_format(book_);
      format_set_num_format(at->second, number_format(decimals).c_str());
    }
    return at->second;
  }

  lxw_workbook* book_;
  lxw_format* head_;
  std::map<int, lxw_format*> formats_;
};

Error no_room(const std::string& what) {
  return {.kind = ErrorKind::kUnavailable, .message = "cannot make the workbook: " + what};
}

}  // namespace

Result<std::string> workbook_xlsx(const std::vector<WorkbookPage>& pages) {
  CHECK(!pages.empty());
  const TemporaryFile file;
  if (!file.is_made()) return no_room(std::generic_category().message(errno));
  lxw_workbook* book = workbook_new(file.path().c_str());
  if (book == nullptr) return no_room("out of memory");
  WorkbookWriter writer{book};
  for (const WorkbookPage& page : pages)
    writer.add(page);
  if (const lxw_error fault = workbook_close(book); fault != LXW_NO_ERROR)
    return no_room(lxw_strerror(fault));
  std::ifstream in{file.path(), std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (!in || bytes.empty()) return no_room("cannot read it back");
  return bytes;
}

}  // namespace karvan::report
