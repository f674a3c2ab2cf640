#include "karvan/timetable/remarks.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace karvan::timetable {
namespace {

constexpr std::size_t kLongestValue = 60;

std::string shown(std::string_view value) {
  std::size_t end = value.size();
  if (end > kLongestValue) {
    end = kLongestValue;
    // Never between the bytes of one character.
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0U) == 0x80U)
      --end;
  }
  std::string text;
  for (const char c : value.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x20U || byte == 0x7fU ? '?' : c;
  }
  if (end < value.size()) text += "...";
  return text;
}

}  // namespace

void Remarks::add(Effect effect, const Origin& origin, std::string_view what, std::size_t count) {
  Kind kind{effect, std::string{origin.file}, shown(origin.column), std::string{what}};
  if (kinds_.size() >= kMostKinds && !kinds_.contains(kind))
    kind = {effect, std::string{}, std::string{}, "other remarks"};
  Remark& remark = kinds_[kind];
  if (remark.count == 0) {
    remark.effect = effect;
    remark.file = std::get<1>(kind);
    remark.column = std::get<2>(kind);
    remark.what = std::get<3>(kind);
  }
  remark.count += count;
  if (remark.examples.size() < kMostExamples)
    remark.examples.push_back({.line = origin.line, .value = shown(origin.value)});
}

std::vector<Remark> Remarks::all() const {
  std::vector<Remark> all;
  for (const auto& [kind, remark] : kinds_)
    all.push_back(remark);
  return all;
}

std::size_t Remarks::count(Effect effect) const {
  std::size_t count = 0;
  for (const auto& [kind, remark] : kinds_)
    count += remark.effect == effect ? remark.count : 0;
  return count;
}

}  // namespace karvan::timetable
