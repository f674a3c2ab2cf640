#include "karvan/base/complaint.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace karvan {

namespace {

constexpr std::size_t kLongestValue = 60;  // bytes shown of an offending value

std::string on_one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20U || byte == 0x7fU ? '?' : c;
  }
  return line;
}

std::string shown_value(std::string_view value) {
  if (value.size() <= kLongestValue) return on_one_line(value);
  std::size_t cut = kLongestValue;
  // Never between the bytes of one character.
  while (cut > 0 && (static_cast<unsigned char>(value[cut]) & 0xc0U) == 0x80U)
    --cut;
  return on_one_line(value.substr(0, cut)) + "...";
}

}  // namespace

std::string to_text(const Complaint& complaint) {
  std::string text;
  if (!complaint.file.empty()) {
    text = on_one_line(complaint.file);
    if (complaint.line > 0) text += ":" + std::to_string(complaint.line);
    text += ": ";
  }
  if (complaint.severity == Severity::kWarning) text += "warning: ";
  if (!complaint.column.empty()) text += on_one_line(complaint.column) + ": ";
  if (!complaint.value.empty()) text += "'" + shown_value(complaint.value) + "' ";
  text += on_one_line(complaint.message);
  if (!complaint.hint.empty()) text += " (" + on_one_line(complaint.hint) + ")";
  return text;
}

void Complaints::add(Complaint complaint) {
  ++(complaint.severity == Severity::kError ? errors_ : warnings_);
  if (kept_.size() < kMaxKept) kept_.push_back(std::move(complaint));
}

void Complaints::add_all(const Complaints& others) {
  const std::size_t errors = errors_ + others.errors_;
  const std::size_t warnings = warnings_ + others.warnings_;
  // By index and by copy: `others` may be this very list.
  const std::size_t n = others.kept_.size();
  for (std::size_t i = 0; i < n; ++i)
    add(Complaint{others.kept_[i]});
  errors_ = errors;
  warnings_ = warnings;
}

void Complaints::sort() {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Complaint& a, const Complaint& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
}

}  // namespace karvan
