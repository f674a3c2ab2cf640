#pragma once
// One file of a feed, read as leniently as its text allows: what the strict reader would refuse is
// repaired where its meaning is plain (another encoding, a byte order mark, lone carriage returns,
// short rows, blanks around cells), and told.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/load/csv.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

class FeedTable {
 public:
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  static constexpr std::size_t kMostRows = 20'000'000;
  static constexpr std::size_t kMostFaults = 100'000;  // of the text; then the rest is dropped

  FeedTable() = default;
  // Complains only if nothing of the text can be read.
  FeedTable(std::string file, const std::string& text, Remarks& remarks, Complaints& complaints);

  const std::string& file() const { return file_; }
  std::size_t size() const { return csv_.records(); }
  int line(std::size_t row) const { return csv_.line(row); }

  // kAbsent if the file has no such column; the first one if it has several.
  std::size_t column(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }
  // Without blanks at its ends; empty where the column is absent.
  std::string_view cell(std::size_t row, std::size_t column) const;

  Origin origin(std::size_t row, std::size_t column) const {
    return {.file = file_,
            .line = line(row),
            .column = column == kAbsent ? std::string_view{} : std::string_view{names_[column]},
            .value = cell(row, column)};
  }

 private:
  std::string file_;
  load::CsvTable csv_;
  std::vector<std::string> names_;
};

}  // namespace karvan::timetable::detail
