#pragma once
// Options that every verb understands, before or after the verb.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/result.h"
#include "karvan/report/style.h"

namespace karvan::cli {

enum class Format { kText, kJson, kCsv, kGeoJson, kMarkdown, kXlsx, kIcs, kHtml };
enum class Color { kAuto, kAlways, kNever };

// What the program ends with.
enum Exit : int {
  kAnswered = 0,
  kNo = 1,        // a true "no": the question was understood, and there is no such thing
  kBadInput = 2,  // usage, data, files
  kFault = 3,     // our own mistake: a failed --verify, or what should not happen
};

// As typed; settled by settle().
struct Globals {
  std::string data;
  std::string scenario;
  std::string format = "text";
  std::string color = "auto";
  std::uint64_t seed = 1;
  bool quiet = false;
};

struct Settings {
  std::string data;      // folder; not empty
  std::string scenario;  // may be empty
  Format format = Format::kText;
  bool colored = false;
  std::uint64_t seed = 1;
  bool quiet = false;

  report::Style style() const { return report::Style{colored}; }
};

// Choices checked, defaults found: the data folder is --data, else $KARVAN_DATA, else data/titr in
// the working folder or above the program.
Result<Settings> settle(const Globals& globals);

// An error that says which formats a verb has, unless the format is among them.
template <std::size_t N>
Status require_format(const Settings& settings, const std::array<Format, N>& known);

// "unknown format 'jsn', expected text, json; did you mean 'json'?"
Error unknown_word(std::string_view what,
                   std::string_view word,
                   const std::vector<std::string>& known);

}  // namespace karvan::cli

namespace karvan {

template <>
struct EnumTexts<cli::Format> {
  static constexpr std::array values{
      std::pair{cli::Format::kText, std::string_view{"text"}},
      std::pair{cli::Format::kJson, std::string_view{"json"}},
      std::pair{cli::Format::kCsv, std::string_view{"csv"}},
      std::pair{cli::Format::kGeoJson, std::string_view{"geojson"}},
      std::pair{cli::Format::kMarkdown, std::string_view{"markdown"}},
      std::pair{cli::Format::kXlsx, std::string_view{"xlsx"}},
      std::pair{cli::Format::kIcs, std::string_view{"ics"}},
      std::pair{cli::Format::kHtml, std::string_view{"html"}},
  };
};

template <>
struct EnumTexts<cli::Color> {
  static constexpr std::array values{
      std::pair{cli::Color::kAuto, std::string_view{"auto"}},
      std::pair{cli::Color::kAlways, std::string_view{"always"}},
      std::pair{cli::Color::kNever, std::string_view{"never"}},
  };
};

}  // namespace karvan

namespace karvan::cli {

template <std::size_t N>
Status require_format(const Settings& settings, const std::array<Format, N>& known) {
  std::string list;
  for (const Format format : known) {
    if (format == settings.format) return Done{};
    if (!list.empty()) list += ", ";
    list += to_text(format);
  }
  return Error{.kind = ErrorKind::kUnsupported,
               .message = "this verb has no format '" + std::string{to_text(settings.format)} +
                          "'; expected one of " + list,
               .where = "--format"};
}

}  // namespace karvan::cli
