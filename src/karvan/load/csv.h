#pragma once
// A strict reader of comma-separated text (RFC 4180): header, then records of as many cells. It
// keeps going after a fault, so one reading tells all of them; records with faults stay in their
// places, marked. Never crashes, never hangs, never allocates more than a few times its input.
//
// Beyond the standard: LF and CRLF both end a line, a byte order mark and empty lines are passed
// over with a warning, text must be UTF-8 without NUL.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"

namespace karvan::load {

struct CsvLimits {
  std::size_t file_bytes = 256U << 20U;
  std::size_t cell_bytes = 64U << 10U;
  std::size_t columns = 200;
  std::size_t records = 2'000'000;
  std::size_t faults = 1000;  // then reading stops
};

// What was read. Cells of all records have one width, that of the header: records with fewer cells
// are filled with empty ones, further cells are dropped, and such records are faulty.
class CsvTable {
 public:
  std::size_t columns() const { return columns_; }
  std::size_t records() const { return lines_.size(); }

  std::string_view header(std::size_t column) const { return at(column); }
  // Requires record < records() and column < columns().
  std::string_view cell(std::size_t record, std::size_t column) const {
    return at((record + 1) * columns_ + column);
  }
  // The line on which the record begins; the first line is 1.
  int line(std::size_t record) const { return lines_[record]; }
  bool is_faulty(std::size_t record) const { return faulty_[record]; }
  // False if reading stopped before the end: records may be missing.
  bool is_complete() const { return complete_; }

 private:
  friend class CsvReader;

  std::string_view at(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view{text_}.substr(begin, ends_[i] - begin);
  }

  // All cells in one text without quotes, header first, row by row.
  std::string text_;
  std::vector<std::uint32_t> ends_;
  std::vector<int> lines_;
  std::vector<bool> faulty_;
  std::size_t columns_ = 0;
  bool complete_ = true;
};

// `file` is the name that complaints carry.
CsvTable read_csv(std::string_view text,
                  const std::string& file,
                  Complaints& complaints,
                  const CsvLimits& limits = {});

// A cell as it must be written: in quotes if it needs them.
std::string csv_quoted(std::string_view cell);

}  // namespace karvan::load
