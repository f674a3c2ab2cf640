#pragma once
// Enumerators and their names in CSV, JSON and on the command line, in one list per enum:
//
//   template <>
//   struct EnumTexts<Mode> {
//     static constexpr std::array values{std::pair{Mode::kRail, std::string_view{"rail"}},
//                                        std::pair{Mode::kSea, std::string_view{"sea"}}};
//   };
//
// in namespace karvan. Then to_text(Mode::kRail), parse_enum<Mode>("rail"), enum_texts<Mode>().
// If several texts stand for one value, the first is the one written.

#include <optional>
#include <string>
#include <string_view>

#include "karvan/base/check.h"

namespace karvan {

template <class E>
struct EnumTexts;

template <class E>
concept HasEnumTexts = requires { EnumTexts<E>::values.size(); };

template <HasEnumTexts E>
constexpr std::string_view to_text(E value) {
  for (const auto& [enumerator, text] : EnumTexts<E>::values) {
    if (enumerator == value) return text;
  }
  CHECK(false && "every enumerator has a text");
  return {};
}

// Exact match; absent for anything else.
template <HasEnumTexts E>
constexpr std::optional<E> parse_enum(std::string_view text) {
  for (const auto& [enumerator, known] : EnumTexts<E>::values) {
    if (known == text) return enumerator;
  }
  return std::nullopt;
}

// "rail, sea, road": for messages that say what was expected.
template <HasEnumTexts E>
std::string enum_texts() {
  std::string list;
  for (const auto& [enumerator, text] : EnumTexts<E>::values) {
    if (!list.empty()) list += ", ";
    list += text;
  }
  return list;
}

}  // namespace karvan
