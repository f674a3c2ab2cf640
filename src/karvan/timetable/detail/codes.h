#pragma once
// Ids of foreign tables become ids of ours: other characters, other lengths, and never the same
// one for two.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "karvan/load/build.h"

namespace karvan::timetable::detail {

class CodeMaker {
 public:
  // At most so many characters, at least 16.
  explicit CodeMaker(std::size_t longest = load::kLongestCode) : longest_{longest} {}

  // The id of ours for this foreign one: the same text if it is an id already. The same for the
  // same text.
  const std::string& code(std::string_view foreign) {
    const auto known = codes_.find(foreign);
    if (known != codes_.end()) return known->second;
    return codes_.emplace(std::string{foreign}, unused(foreign)).first->second;
  }

  // An id of ours that nobody has yet, like this text.
  std::string unused(std::string_view text) {
    std::string stem;
    for (const char c : text.substr(0, longest_))
      stem += load::is_code_char(c) ? c : '_';
    if (stem.empty()) stem = "x";
    std::string code = stem;
    for (int n = 2; !used_.insert(code).second; ++n) {
      const std::string tail = "_" + std::to_string(n);
      code = stem.substr(0, longest_ - tail.size()) + tail;
    }
    return code;
  }

 private:
  std::size_t longest_;
  std::map<std::string, std::string, std::less<>> codes_;
  std::set<std::string> used_;
};

}  // namespace karvan::timetable::detail
