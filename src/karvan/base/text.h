#pragma once
// Text without locale: cutting, numbers in and out, names that people misspell.
// Text is UTF-8. Views returned point into the argument.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace karvan {

// Without spaces, tabs and line ends at both sides.
std::string_view trim(std::string_view text);
// "a;b;" gives "a", "b", "". An empty text gives one empty item.
std::vector<std::string_view> split(std::string_view text, char separator);
// The same with every item trimmed.
std::vector<std::string_view> split_trimmed(std::string_view text, char separator);

template <std::ranges::input_range Range>
  requires std::convertible_to<std::ranges::range_reference_t<Range>, std::string_view>
std::string join(Range&& items, std::string_view separator) {
  std::string joined;
  bool first = true;
  for (auto&& item : items) {
    if (!first) joined += separator;
    joined += std::string_view{item};
    first = false;
  }
  return joined;
}

std::string to_lower_ascii(std::string_view text);

// The whole text as a finite decimal number ("12", "-0.5", "1e3"); no spaces, no leading '+'.
std::optional<double> parse_double(std::string_view text);

// The whole text as a decimal integer that fits.
template <std::integral T>
std::optional<T> parse_int(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end) return std::nullopt;
  return value;
}

// "12345.60" for (12345.6, 2). Never "-0.00". Requires 0 <= decimals <= 17.
std::string format_fixed(double value, int decimals);
// "12,345.6" for (12345.6, 1).
std::string with_thousands(double value, int decimals);

// True for well-formed UTF-8 (no overlong forms, no surrogates).
bool is_valid_utf8(std::string_view text);

// The key under which people find a name: lower case, Latin letters without their marks (Turkish,
// Azeri and Romanian ones included; Azeri schwa becomes 'a'), without spaces, apostrophes and
// punctuation. "Xi'an" and "XI AN" give "xian", "Ələt" gives "alat". Letters of other scripts stay
// (Russian ones in lower case); broken UTF-8 is dropped.
std::string fold_name(std::string_view name);

// Fewest insertions, deletions, substitutions and swaps of neighbors, in bytes, that turn one into
// the other (Damerau-Levenshtein, optimal string alignment). Time: product of the lengths.
std::size_t edit_distance(std::string_view a, std::string_view b);

// At most three candidates within max_distance of the word, ASCII case aside: nearest first, then
// in the order given. For "did you mean".
std::vector<std::string> closest(std::string_view word,
                                 std::span<const std::string_view> candidates,
                                 std::size_t max_distance);
std::vector<std::string> closest(std::string_view word,
                                 std::span<const std::string> candidates,
                                 std::size_t max_distance);

}  // namespace karvan
