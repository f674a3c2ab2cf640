#include "karvan/timetable/detail/feed_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/text.h"

namespace karvan::timetable::detail {
namespace {

// Code points of the bytes 0x80 to 0x9f in Windows-1252; the five it leaves out become a question
// mark. https://encoding.spec.whatwg.org/#windows-1252
constexpr std::array<std::uint16_t, 32> kWindows1252{
    0x20ac, '?',    0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, '?',    0x017d, '?',    '?',    0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, '?',    0x017e, 0x0178};

void append_utf8(std::string& text, unsigned code) {
  const auto put = [&text](unsigned byte) { text += static_cast<char>(byte); };
  if (code < 0x80U) return put(code);
  if (code < 0x800U) {
    put(0xc0U | (code >> 6U));
  } else {
    put(0xe0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3fU));
  }
  put(0x80U | (code & 0x3fU));
}

std::string from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const unsigned byte = static_cast<unsigned char>(c);
    const bool is_special = byte >= 0x80U && byte < 0xa0U;
    append_utf8(text, is_special ? kWindows1252[byte - 0x80U] : byte);
  }
  return text;
}

// The text as strict UTF-8 with LF or CRLF; nothing if that is hopeless.
std::optional<std::string> cleaned(const std::string& text, const Origin& file, Remarks& remarks) {
  std::string_view rest = text;
  if (rest.starts_with("\xff\xfe") || rest.starts_with("\xfe\xff")) return std::nullopt;
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);  // allowed by GTFS
  std::string clean{rest};
  if (clean.find('\0') != std::string::npos) {
    remarks.repaired(file, "NUL bytes removed");
    std::erase(clean, '\0');
  }
  if (!is_valid_utf8(clean)) {
    remarks.repaired(file, "text was not UTF-8; read as Windows-1252");
    clean = from_windows_1252(clean);
  }
  if (clean.find('\n') == std::string::npos && clean.find('\r') != std::string::npos) {
    remarks.repaired(file, "lines ended with lone carriage returns");
    std::ranges::replace(clean, '\r', '\n');
  }
  return clean;
}

}  // namespace

FeedTable::FeedTable(std::string file,
                     const std::string& text,
                     Remarks& remarks,
                     Complaints& complaints)
    : file_{std::move(file)} {
  const std::optional<std::string> clean = cleaned(text, {.file = file_}, remarks);
  if (!clean) {
    complaints.add({.file = file_,
                    .message = "is UTF-16; expected UTF-8",
                    .hint = "save the feed's files as UTF-8"});
    return;
  }
  Complaints faults;
  csv_ = load::read_csv(*clean, file_, faults, {.records = kMostRows, .faults = kMostFaults});
  if (csv_.columns() == 0) {
    for (const Complaint& fault : faults) {
      if (fault.severity == Severity::kError) complaints.add(fault);
    }
    return;
  }
  for (const Complaint& fault : faults)
    remarks.repaired({.file = file_, .line = fault.line, .value = fault.value}, fault.message);
  if (!csv_.is_complete())
    remarks.dropped({.file = file_}, "reading stopped before the end of the file");
  for (std::size_t i = 0; i < csv_.columns(); ++i)
    names_.emplace_back(trim(csv_.header(i)));
}

std::size_t FeedTable::column(std::string_view name) const {
  const auto at = std::ranges::find(names_, name);
  return at == names_.end() ? kAbsent : static_cast<std::size_t>(at - names_.begin());
}

std::string_view FeedTable::cell(std::size_t row, std::size_t column) const {
  return column == kAbsent ? std::string_view{} : trim(csv_.cell(row, column));
}

}  // namespace karvan::timetable::detail
