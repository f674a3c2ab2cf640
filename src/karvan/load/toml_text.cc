#include "karvan/load/toml_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/complaint.h"

// With NDEBUG the library turns its assertions into promises to the compiler, and hostile text
// breaks some of them ("[.a]") before the library's own check behind them can refuse it. So it is
// compiled without NDEBUG, and its assertions do nothing.
#ifdef NDEBUG
#define KARVAN_HAD_NDEBUG
#undef NDEBUG
#endif
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>
#ifdef KARVAN_HAD_NDEBUG
#define NDEBUG
#endif

#include "karvan/base/text.h"
#include "karvan/load/cell.h"

namespace karvan::load {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr int kMostDots = 16;  // in one key: each makes a table inside a table
constexpr int kDeepest = 32;   // brackets inside brackets

struct Fault {
  int line = 0;  // 0: none
  std::string_view message;
  std::string_view hint;
};

// Finds what the library cannot bear outside texts and comments. Keys with too many dots and
// brackets too deep: it would recurse into them without end. Letters beyond ASCII, which TOML 1.0
// has no place for there: its tables of Unicode promise the compiler that most never come, so that
// anything may happen when one does.
class Guard {
 public:
  explicit Guard(std::string_view text)
      : text_{text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0)} {}

  Fault find() {
    while (at_ < text_.size()) {
      if (static_cast<unsigned char>(text_[at_]) >= 0x80)
        return {.line = line_,
                .message = "has a letter beyond ASCII outside of a quoted text",
                .hint = "put keys and values with such letters into quotes"};
      if (!step()) return {.line = line_, .message = "has tables or lists nested too deeply"};
    }
    return {};
  }

 private:
  bool step() {
    const char c = text_[at_];
    switch (c) {
      case '\n':
        ++line_;
        dots_ = 0;
        break;
      case '#':
        at_ = std::min(text_.find('\n', at_), text_.size());
        return true;
      case '"':
      case '\'':
        pass_text(c);
        return true;
      case '.':
        ++dots_;
        break;
      case '=':
      case ',':
        dots_ = 0;
        break;
      case '[':
      case '{':
        dots_ = 0;
        ++depth_;
        break;
      case ']':
      case '}':
        --depth_;
        break;
      default:
        break;
    }
    ++at_;
    return dots_ <= kMostDots && depth_ <= kDeepest;
  }

  void pass_text(char quote) {
    const std::string triple(3, quote);
    const bool is_long = text_.substr(at_).starts_with(triple);
    const std::string_view end = is_long ? std::string_view{triple} : std::string_view{&quote, 1};
    at_ += end.size();
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with(end)) {
        at_ += end.size();
        return;
      }
      if (text_[at_] == '\n') {
        if (!is_long) return;  // a fault, for the library to tell
        ++line_;
      }
      at_ += text_[at_] == '\\' && quote == '"' ? 2U : 1U;
    }
  }

  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int dots_ = 0;
  int depth_ = 0;
};

std::string two_digits(unsigned value) {
  return std::string{static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

std::string date_text(const toml::date& date) {
  const std::string year = std::to_string(date.year);
  return std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year + "-" +
         two_digits(date.month) + "-" + two_digits(date.day);
}

class Reader {
 public:
  Reader(const std::string& file, Complaints& complaints) : file_{file}, complaints_{complaints} {}

  TomlNode read(const toml::node& node, std::string key) {
    TomlNode result;
    result.key = std::move(key);
    result.line = static_cast<int>(node.source().begin.line);
    using Kind = TomlNode::Kind;
    if (const auto* table = node.as_table()) {
      for (const auto& [name, item] : *table) {
        result.items.push_back(read(item, std::string{name.str()}));
      }
      std::ranges::stable_sort(result.items, {}, &TomlNode::line);
    } else if (const auto* list = node.as_array()) {
      result.kind = Kind::kList;
      for (const toml::node& item : *list)
        result.items.push_back(read(item, {}));
    } else if (const auto* text = node.as_string()) {
      result.kind = Kind::kText;
      result.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
      result.kind = Kind::kNumber;
      result.text = std::to_string(integer->get());
    } else if (const auto* number = node.as_floating_point()) {
      result.kind = Kind::kNumber;
      if (!std::isfinite(number->get())) complain(result, "is not a finite number");
      result.text = number_text(number->get());
    } else if (const auto* flag = node.as_boolean()) {
      result.kind = Kind::kFlag;
      result.text = flag->get() ? "yes" : "no";
    } else if (const auto* date = node.as_date()) {
      result.kind = Kind::kDate;
      result.text = date_text(date->get());
    } else if (const auto* time = node.as_time()) {
      result.kind = Kind::kTime;
      result.text = two_digits(time->get().hour) + ":" + two_digits(time->get().minute);
    } else {
      complain(result, "has a type that no cell has; expected a text, number, flag, date or time");
    }
    return result;
  }

 private:
  void complain(const TomlNode& node, std::string message) {
    complaints_.add(
        {.file = file_, .line = node.line, .column = node.key, .message = std::move(message)});
  }

  const std::string& file_;
  Complaints& complaints_;
};

}  // namespace

std::optional<TomlNode> parse_toml(std::string_view text,
                                   const std::string& file,
                                   Complaints& complaints) {
  const auto refuse = [&](int line, std::string message, std::string hint = {}) {
    complaints.add(
        {.file = file, .line = line, .message = std::move(message), .hint = std::move(hint)});
    return std::nullopt;
  };
  if (text.size() > kMostBytes) {
    return refuse(0, "has " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(kMostBytes) + " are read");
  }
  if (!is_valid_utf8(text)) return refuse(0, "is not UTF-8", "save the file as UTF-8");
  if (const Fault fault = Guard{text}.find(); fault.line != 0)
    return refuse(fault.line, std::string{fault.message}, std::string{fault.hint});
  const toml::parse_result parsed = toml::parse(text, std::string_view{file});
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return refuse(static_cast<int>(error.source().begin.line),
                  "is not TOML: " + std::string{error.description()});
  }
  const std::size_t errors = complaints.error_count();
  TomlNode root = Reader{file, complaints}.read(parsed.table(), {});
  if (complaints.error_count() != errors) return std::nullopt;
  return root;
}

}  // namespace karvan::load
