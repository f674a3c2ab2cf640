#include "karvan/load/csv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/base/text.h"

namespace karvan::load {

class CsvReader {
 public:
  CsvReader(std::string_view text,
            const std::string& file,
            Complaints& complaints,
            const CsvLimits& limits)
      : text_{text}, file_{file}, complaints_{complaints}, limits_{limits} {}

  CsvTable read() {
    if (!is_readable()) {
      table_.complete_ = false;
      return std::move(table_);
    }
    table_.text_.reserve(text_.size());
    while (at_ < text_.size() && table_.complete_)
      read_record();
    if (table_.columns_ == 0 && table_.complete_) {
      complain(1, "", "the file has no header row");
      table_.complete_ = false;
    }
    return std::move(table_);
  }

 private:
  void complain(int line,
                std::string_view value,
                std::string message,
                std::string hint = {},
                Severity severity = Severity::kError) {
    if (++faults_ == limits_.faults) {
      message += "; too many faults, reading stops here";
      severity = Severity::kError;
      table_.complete_ = false;
    }
    complaints_.add({.file = file_,
                     .line = line,
                     .column = {},
                     .value = std::string{value},
                     .message = std::move(message),
                     .hint = std::move(hint),
                     .severity = severity});
  }

  // Faults that spoil the file as a whole.
  bool is_readable() {
    if (text_.size() > limits_.file_bytes) {
      complain(0, "",
               "has " + std::to_string(text_.size()) + " bytes; at most " +
                   std::to_string(limits_.file_bytes) + " are read");
      return false;
    }
    if (text_.starts_with("\xef\xbb\xbf")) {
      complain(1, "", "begins with a byte order mark", "save as UTF-8 without one",
               Severity::kWarning);
      text_.remove_prefix(3);
    }
    const bool has_nul = text_.find('\0') != std::string_view::npos;
    if (is_valid_utf8(text_) && !has_nul) return true;
    // Line by line, to say where.
    int line = 0;
    std::string_view rest = text_;
    while (!rest.empty() && table_.complete_) {
      const std::string_view here = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), here.size() + 1));
      ++line;
      if (here.find('\0') != std::string_view::npos) {
        complain(line, "", "has a NUL byte", "is this a text file, and saved as UTF-8?");
      } else if (!is_valid_utf8(here)) {
        complain(line, "", "is not UTF-8", "save the file as UTF-8");
      }
    }
    return false;
  }

  bool at_line_end() const {
    return at_ < text_.size() &&
           (text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_).starts_with("\r\n")));
  }
  void pass_line_end() {
    at_ += text_[at_] == '\r' ? 2U : 1U;
    ++line_;
  }

  void read_record() {
    const int line = line_;
    if (at_line_end()) {
      complain(line, "", "the line is empty", "remove it", Severity::kWarning);
      pass_line_end();
      return;
    }
    if (table_.lines_.size() >= limits_.records) {
      complain(line, "",
               "too many records; at most " + std::to_string(limits_.records) + " are read");
      table_.complete_ = false;
      return;
    }
    cells_ = 0;
    faulty_ = false;
    while (true) {
      read_cell();
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      break;
    }
    if (at_ < text_.size()) pass_line_end();
    finish_record(line);
  }

  void finish_record(int line) {
    if (table_.columns_ == 0) {  // the header
      table_.columns_ = std::min(cells_, limits_.columns);
      if (cells_ > limits_.columns) {
        complain(line, "",
                 "has " + std::to_string(cells_) + " columns; at most " +
                     std::to_string(limits_.columns) + " are read");
        table_.complete_ = false;
      }
      return;
    }
    if (cells_ != table_.columns_) {
      // After an open quote, the count says nothing new.
      if (table_.complete_) complain_about_count(line);
      faulty_ = true;
      const auto end = static_cast<std::uint32_t>(table_.text_.size());
      for (; cells_ < table_.columns_; ++cells_)
        table_.ends_.push_back(end);
    }
    table_.lines_.push_back(line);
    table_.faulty_.push_back(faulty_);
  }

  void complain_about_count(int line) {
    complain(line, "",
             "has " + std::to_string(cells_) + " cells; expected " +
                 std::to_string(table_.columns_) + ", as in the header",
             cells_ > table_.columns_ ? "put cells with a comma in them in \"quotes\"" : "");
  }

  // From the first byte of a cell to the comma or line end behind it, or the end of the text.
  void read_cell() {
    const std::size_t begin = table_.text_.size();
    const int line = line_;
    const bool is_quoted = at_ < text_.size() && text_[at_] == '"';
    if (is_quoted) read_quoted();
    read_bare(begin, is_quoted);
    const bool is_dropped = cells_ >= (table_.columns_ == 0 ? limits_.columns : table_.columns_);
    if (table_.text_.size() - begin > limits_.cell_bytes) {
      complain(line, std::string_view{table_.text_}.substr(begin, 80),
               "has " + std::to_string(table_.text_.size() - begin) + " bytes; at most " +
                   std::to_string(limits_.cell_bytes) + " are read");
      faulty_ = true;
      table_.text_.resize(begin);
    }
    if (is_dropped) {
      table_.text_.resize(begin);
    } else {
      table_.ends_.push_back(static_cast<std::uint32_t>(table_.text_.size()));
    }
    ++cells_;
  }

  // Inside quotes everything is text, and two quotes are one.
  void read_quoted() {
    const int opened = line_;
    ++at_;
    while (at_ < text_.size()) {
      const std::size_t stop = std::min(text_.find('"', at_), text_.size());
      const std::string_view piece = text_.substr(at_, stop - at_);
      for (const char c : piece)
        line_ += c == '\n' ? 1 : 0;
      table_.text_ += piece;
      at_ = stop;
      if (at_ == text_.size()) break;
      ++at_;
      if (at_ == text_.size() || text_[at_] != '"') return;
      table_.text_ += '"';
      ++at_;
    }
    complain(opened, "", "a quote is opened and never closed",
             "a quote inside a quoted cell is written twice");
    faulty_ = true;
    table_.complete_ = false;
  }

  // Text without quotes; after a closing quote there must be none.
  void read_bare(std::size_t begin, bool is_quoted) {
    std::size_t stop = at_;
    while (stop < text_.size() && text_[stop] != ',' && text_[stop] != '\n')
      ++stop;
    const bool is_crlf =
        stop > at_ && stop < text_.size() && text_[stop] == '\n' && text_[stop - 1] == '\r';
    if (is_crlf) --stop;
    const std::string_view piece = text_.substr(at_, stop - at_);
    at_ = stop;
    if (piece.empty()) return;
    table_.text_ += piece;
    const auto refuse = [&](std::string message, std::string hint) {
      complain(line_, std::string_view{table_.text_}.substr(begin), std::move(message),
               std::move(hint));
      faulty_ = true;
    };
    if (is_quoted) {
      refuse("has text behind its closing quote", "a quote inside a quoted cell is written twice");
    } else if (piece.find('"') != std::string_view::npos) {
      refuse("has a quote but is not quoted",
             "put the whole cell in quotes and write a quote inside it twice");
    } else if (piece.find('\r') != std::string_view::npos) {
      refuse("has a carriage return that ends no line", "end lines with LF or CRLF");
    }
  }

  std::string_view text_;
  const std::string& file_;
  Complaints& complaints_;
  CsvLimits limits_;
  CsvTable table_;
  std::size_t at_ = 0;  // next byte
  int line_ = 1;        // its line
  std::size_t cells_ = 0;
  bool faulty_ = false;
  std::size_t faults_ = 0;
};

CsvTable read_csv(std::string_view text,
                  const std::string& file,
                  Complaints& complaints,
                  const CsvLimits& limits) {
  return CsvReader{text, file, complaints, limits}.read();
}

std::string csv_quoted(std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{cell};
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace karvan::load
