#include "karvan/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fast_float/fast_float.h>

#include "karvan/base/check.h"

namespace karvan {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// One character cut from the front of a UTF-8 text.
struct Decoded {
  std::uint32_t point = 0;
  std::size_t size = 0;  // bytes taken; 0 if they are not well-formed
};

Decoded decode_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80U) return {lead, 1};
  const std::size_t size = lead >= 0xf0U ? 4 : lead >= 0xe0U ? 3 : 2;
  if (lead < 0xc2U || lead > 0xf4U || text.size() < size) return {};
  std::uint32_t point = lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {};
    point = (point << 6U) | (byte(i) & 0x3fU);
  }
  const bool overlong = (size == 3 && point < 0x800U) || (size == 4 && point < 0x10000U);
  const bool surrogate = point >= 0xd800U && point <= 0xdfffU;
  if (overlong || surrogate || point > 0x10ffffU) return {};
  return {point, size};
}

// What U+00C0 to U+017F fold to. A digit stands for an entry of kLigatures, a dot for nothing.
constexpr std::string_view kFoldedLatin =
    "aaaaaa2ceeeeiiiidnooooo.ouuuuy41aaaaaa2ceeeeiiiidnooooo.ouuuuy4y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
    "lllnnnnnnnnnoooooo33rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr std::array<std::string_view, 6> kLigatures = {"", "ss", "ae", "oe", "th", "ij"};
static_assert(kFoldedLatin.size() == 0x180 - 0xc0);

// Letters beyond that block that occur in Latin names along the corridor.
char folded_far_latin(std::uint32_t point) {
  switch (point) {
    case 0x018f:  // Azeri schwa, Ə
    case 0x0259:
    case 0x01cd:  // pinyin third tones
    case 0x01ce:
      return 'a';
    case 0x01cf:
    case 0x01d0:
      return 'i';
    case 0x01d1:
    case 0x01d2:
      return 'o';
    case 0x01d3:
    case 0x01d4:
      return 'u';
    case 0x01e6:
    case 0x01e7:
      return 'g';
    case 0x0218:  // Romanian comma below, Ș
    case 0x0219:
      return 's';
    case 0x021a:  // Ț
    case 0x021b:
      return 't';
    default:
      return '\0';
  }
}

bool is_mark_or_punctuation(std::uint32_t point) {
  const auto within = [point](std::uint32_t lo, std::uint32_t hi) {
    return lo <= point && point <= hi;
  };
  return within(0x80, 0xbf) ||      // Latin-1 signs and controls
         within(0x2b0, 0x36f) ||    // modifier letters, combining marks
         within(0x2000, 0x206f) ||  // general punctuation
         within(0x3000, 0x303f) ||  // CJK punctuation
         point == 0xfeff;           // byte order mark
}

std::uint32_t lower_cyrillic(std::uint32_t point) {
  if (point >= 0x410 && point <= 0x42f) return point + 0x20;
  if (point >= 0x400 && point <= 0x40f) return point + 0x50;
  // Extended letters (Kazakh Қ, Ғ ...) stand in pairs, capital first, but for U+04C0-U+04CF.
  const bool paired = (point >= 0x48a && point <= 0x4bf) || (point >= 0x4d0 && point <= 0x52f);
  return paired ? point | 1U : point;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0U | (point >> 6U));
    put(0x80U | (point & 0x3fU));
  } else if (point < 0x10000) {
    put(0xe0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3fU));
    put(0x80U | (point & 0x3fU));
  } else {
    put(0xf0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3fU));
    put(0x80U | ((point >> 6U) & 0x3fU));
    put(0x80U | (point & 0x3fU));
  }
}

void append_folded(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    const char c = lower_ascii(static_cast<char>(point));
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  } else if (point >= 0xc0 && point < 0x180) {
    const char c = kFoldedLatin[point - 0xc0];
    if (c >= '0' && c <= '9') {
      out += kLigatures[static_cast<std::size_t>(c - '0')];
    } else if (c != '.') {
      out += c;
    }
  } else if (const char c = folded_far_latin(point); c != '\0') {
    out += c;
  } else if (!is_mark_or_punctuation(point)) {
    append_utf8(out, lower_cyrillic(point));
  }
}

template <class Text>
std::vector<std::string> closest_of(std::string_view word,
                                    std::span<const Text> candidates,
                                    std::size_t max_distance) {
  constexpr std::size_t kMaxSuggestions = 3;
  struct Found {
    std::size_t distance;
    std::string_view text;
  };
  const std::string wanted = to_lower_ascii(word);
  std::vector<Found> found;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), wanted.size());
    const std::size_t shorter = std::min(candidate.size(), wanted.size());
    if (longer - shorter > max_distance) continue;
    const std::size_t distance = edit_distance(wanted, to_lower_ascii(candidate));
    if (distance <= max_distance) found.push_back({distance, candidate});
  }
  std::ranges::stable_sort(found, {}, &Found::distance);
  std::vector<std::string> nearest;
  for (const Found& f : found) {
    if (nearest.size() == kMaxSuggestions) break;
    if (std::ranges::find(nearest, f.text) == nearest.end()) nearest.emplace_back(f.text);
  }
  return nearest;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  for (std::size_t cut = text.find(separator); cut != std::string_view::npos;
       cut = text.find(separator)) {
    items.push_back(text.substr(0, cut));
    text.remove_prefix(cut + 1);
  }
  items.push_back(text);
  return items;
}

std::vector<std::string_view> split_trimmed(std::string_view text, char separator) {
  std::vector<std::string_view> items = split(text, separator);
  for (std::string_view& item : items)
    item = trim(item);
  return items;
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower{text};
  for (char& c : lower)
    c = lower_ascii(c);
  return lower;
}

std::optional<double> parse_double(std::string_view text) {
  double value = 0.0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = fast_float::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string format_fixed(double value, int decimals) {
  CHECK(decimals >= 0 && decimals <= 17);
  // The largest double has 309 digits before the point.
  std::array<char, 350> buffer{};
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::fixed, decimals);
  CHECK(fault == std::errc{});
  std::string text{buffer.data(), end};
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string with_thousands(double value, int decimals) {
  std::string text = format_fixed(value, decimals);
  if (!std::isfinite(value)) return text;
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = point; i > first + 3;) {
    i -= 3;
    text.insert(i, ",");
  }
  return text;
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const Decoded letter = decode_utf8(text);
    if (letter.size == 0) return false;
    text.remove_prefix(letter.size);
  }
  return true;
}

std::string fold_name(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  while (!name.empty()) {
    const Decoded letter = decode_utf8(name);
    if (letter.size != 0) append_folded(folded, letter.point);
    name.remove_prefix(std::max<std::size_t>(letter.size, 1));
  }
  return folded;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Rows of the classic table: two back, one back, current.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitute});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::vector<std::string> closest(std::string_view word,
                                 std::span<const std::string_view> candidates,
                                 std::size_t max_distance) {
  return closest_of(word, candidates, max_distance);
}

std::vector<std::string> closest(std::string_view word,
                                 std::span<const std::string> candidates,
                                 std::size_t max_distance) {
  return closest_of(word, candidates, max_distance);
}

}  // namespace karvan
