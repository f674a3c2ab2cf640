#pragma once
// Style: how text for people looks: with colors on a terminal, plain everywhere else.

#include <string>
#include <string_view>

namespace karvan::report {

class Style {
 public:
  Style() = default;
  explicit Style(bool colored) : colored_{colored} {}

  bool colored() const { return colored_; }

  std::string bold(std::string_view text) const { return paint("1", text); }
  std::string dim(std::string_view text) const { return paint("2", text); }
  std::string red(std::string_view text) const { return paint("31", text); }
  std::string green(std::string_view text) const { return paint("32", text); }
  std::string yellow(std::string_view text) const { return paint("33", text); }
  std::string blue(std::string_view text) const { return paint("36", text); }

 private:
  std::string paint(std::string_view code, std::string_view text) const;

  bool colored_ = false;
};

// How many columns of a terminal the text takes: UTF-8 letters count once, Chinese ones twice,
// combining marks and color codes not at all.
int display_width(std::string_view text);

// The text with control characters (line breaks, escapes) replaced by blanks, so that data can
// neither break a line nor paint a terminal.
std::string one_line(std::string_view text);

}  // namespace karvan::report
