#include "karvan/report/style.h"

#include <cstddef>
#include <cstdint>

namespace karvan::report {
namespace {

struct Letter {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

// The letter at `i`. A broken byte stands for itself.
Letter letter_at(std::string_view text, std::size_t i) {
  const auto byte = [&text](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const std::uint32_t first = byte(i);
  std::size_t bytes = 1;
  if (first >= 0xF0) {
    bytes = 4;
  } else if (first >= 0xE0) {
    bytes = 3;
  } else if (first >= 0xC0) {
    bytes = 2;
  }
  if (bytes == 1 || i + bytes > text.size()) return {.code = first, .bytes = 1};
  std::uint32_t code = first & (0x7FU >> bytes);
  for (std::size_t k = 1; k < bytes; ++k)
    code = (code << 6U) | (byte(i + k) & 0x3FU);
  return {.code = code, .bytes = bytes};
}

// A coarse form of Unicode's East Asian Width and of its nonspacing marks: what names of places and
// publications use.
int width(std::uint32_t code) {
  if (code < 0x20 || code == 0x7F) return 0;
  if (code >= 0x0300 && code <= 0x036F) return 0;
  if (code >= 0x200B && code <= 0x200F) return 0;
  const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                    (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                    (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                    (code >= 0x1F300 && code <= 0x1F64F) || (code >= 0x20000 && code <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

std::string Style::paint(std::string_view code, std::string_view text) const {
  if (!colored_ || text.empty()) return std::string{text};
  std::string painted = "\x1b[";
  painted += code;
  painted += 'm';
  painted += text;
  painted += "\x1b[0m";
  return painted;
}

int display_width(std::string_view text) {
  int columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\x1b') {
      while (i < text.size() && text[i] != 'm')
        ++i;
      ++i;
      continue;
    }
    const Letter letter = letter_at(text, i);
    columns += width(letter.code);
    i += letter.bytes;
  }
  return columns;
}

std::string one_line(std::string_view text) {
  std::string clean{text};
  for (char& c : clean) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return clean;
}

}  // namespace karvan::report
