#pragma once
// Text inside HTML and SVG: nothing of the data can open a tag, close an attribute or run.

#include <string>
#include <string_view>

#include "karvan/report/style.h"

namespace karvan::report::detail {

// For text and for attributes in double quotes; control characters become blanks.
inline std::string html(std::string_view text) {
  std::string result;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace karvan::report::detail
