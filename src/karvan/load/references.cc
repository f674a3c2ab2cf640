#include "karvan/load/references.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/hash.h"
#include "karvan/base/text.h"

namespace karvan::load {
namespace {

// Beyond these, looking for a near code costs more than it helps.
constexpr std::size_t kLongestGuess = 64;
constexpr std::size_t kMostCandidates = 20'000;

}  // namespace

std::size_t CodeIndex::slot_of(std::string_view code) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(mix64(hash_bytes(code))) & mask;
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1].code != code)
    slot = (slot + 1) & mask;
  return slot;
}

void CodeIndex::grow() {
  slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    slots_[slot_of(entries_[i].code)] = static_cast<std::uint32_t>(i + 1);
  }
}

bool CodeIndex::insert(std::string_view code, std::size_t row) {
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  const std::size_t slot = slot_of(code);
  if (slots_[slot] != 0) return false;
  entries_.push_back({.code = code, .row = static_cast<std::uint32_t>(row)});
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return true;
}

std::optional<std::size_t> CodeIndex::find(std::string_view code) const {
  if (slots_.empty()) return std::nullopt;
  const std::size_t slot = slot_of(code);
  if (slots_[slot] == 0) return std::nullopt;
  return entries_[slots_[slot] - 1].row;
}

std::vector<std::string> CodeIndex::alike(std::string_view code) const {
  if (code.size() > kLongestGuess) return {};
  std::vector<std::string_view> candidates;
  const std::size_t n = std::min(entries_.size(), kMostCandidates);
  candidates.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (entries_[i].code.size() <= kLongestGuess) candidates.push_back(entries_[i].code);
  }
  return closest(code, candidates, std::clamp<std::size_t>(code.size() / 3, 1, 3));
}

}  // namespace karvan::load
