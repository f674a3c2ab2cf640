#include "options.h"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <unistd.h>

#include "karvan/base/text.h"

namespace karvan::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShippedData = "data/titr";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

bool is_folder(const fs::path& path) {
  std::error_code fault;
  return fs::is_directory(path, fault);
}

// data/titr of the working folder, else of a folder above the program.
std::string shipped_data() {
  if (is_folder(kShippedData)) return std::string{kShippedData};
  std::error_code fault;
  for (fs::path at = fs::read_symlink("/proc/self/exe", fault).parent_path();
       !at.empty() && at != at.root_path(); at = at.parent_path()) {
    if (is_folder(at / kShippedData)) return (at / kShippedData).string();
  }
  return std::string{kShippedData};
}

bool wants_color(Color color) {
  switch (color) {
    case Color::kAlways:
      return true;
    case Color::kNever:
      return false;
    case Color::kAuto:
      break;
  }
  const std::string term = environment("TERM");
  return environment("NO_COLOR").empty() && !term.empty() && term != "dumb" &&
         isatty(STDOUT_FILENO) != 0;
}

template <HasEnumTexts E>
std::vector<std::string> texts_of() {
  std::vector<std::string> texts;
  for (const auto& [value, text] : EnumTexts<E>::values)
    texts.emplace_back(text);
  return texts;
}

}  // namespace

Error unknown_word(std::string_view what,
                   std::string_view word,
                   const std::vector<std::string>& known) {
  std::string message = "unknown " + std::string{what} + " '" + std::string{word} + "'";
  const std::vector<std::string> near = closest(word, known, word.size() < 4 ? 1 : 3);
  if (!near.empty()) {
    message += "; did you mean '" + join(near, "' or '") + "'?";
  } else if (!known.empty() && known.size() <= 24) {
    message += "; expected " + join(known, ", ");
  }
  return {.kind = ErrorKind::kNotFound, .message = std::move(message)};
}

Result<Settings> settle(const Globals& globals) {
  const std::optional<Format> format = parse_enum<Format>(globals.format);
  if (!format) return unknown_word("format", globals.format, texts_of<Format>());
  const std::optional<Color> color = parse_enum<Color>(globals.color);
  if (!color) return unknown_word("value of --color", globals.color, texts_of<Color>());
  Settings settings{.data = globals.data,
                    .scenario = globals.scenario,
                    .format = *format,
                    .colored = wants_color(*color),
                    .seed = globals.seed,
                    .quiet = globals.quiet};
  if (settings.data.empty()) settings.data = environment("KARVAN_DATA");
  if (settings.data.empty()) settings.data = shipped_data();
  return settings;
}

}  // namespace karvan::cli
