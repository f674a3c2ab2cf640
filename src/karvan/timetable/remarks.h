#pragma once
// Remarks: what an import repaired, dropped, assumed or found strange, counted by kind, each with
// its first examples: file, line, column, value. They refuse nothing; what cannot be imported at
// all is a complaint.

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"

namespace karvan::timetable {

enum class Effect { kDropped, kRepaired, kAssumed, kStrange };

}  // namespace karvan::timetable

namespace karvan {

template <>
struct EnumTexts<timetable::Effect> {
  static constexpr std::array values{
      std::pair{timetable::Effect::kDropped, std::string_view{"dropped"}},
      std::pair{timetable::Effect::kRepaired, std::string_view{"repaired"}},
      std::pair{timetable::Effect::kAssumed, std::string_view{"assumed"}},
      std::pair{timetable::Effect::kStrange, std::string_view{"strange"}},
  };
};

}  // namespace karvan

namespace karvan::timetable {

// Where something was read. Line 0: the file as a whole.
struct Origin {
  std::string_view file;
  int line = 0;
  std::string_view column = {};
  std::string_view value = {};
};

struct Example {
  int line = 0;
  std::string value;  // on one line, at most 60 bytes
};

struct Remark {
  Effect effect = Effect::kRepaired;
  std::string file;
  std::string column;  // may be empty
  std::string what;
  std::size_t count = 0;
  std::vector<Example> examples;  // the first ones
};

class Remarks {
 public:
  static constexpr std::size_t kMostExamples = 3;
  static constexpr std::size_t kMostKinds = 500;  // further kinds count as "other remarks"

  void add(Effect effect, const Origin& origin, std::string_view what, std::size_t count = 1);
  void dropped(const Origin& origin, std::string_view what) { add(Effect::kDropped, origin, what); }
  void repaired(const Origin& origin, std::string_view what) {
    add(Effect::kRepaired, origin, what);
  }
  void assumed(const Origin& origin, std::string_view what) { add(Effect::kAssumed, origin, what); }
  void strange(const Origin& origin, std::string_view what) { add(Effect::kStrange, origin, what); }

  // By effect, file, column, words.
  std::vector<Remark> all() const;
  // Of all remarks of this effect.
  std::size_t count(Effect effect) const;

 private:
  using Kind = std::tuple<Effect, std::string, std::string, std::string>;

  std::map<Kind, Remark> kinds_;
};

}  // namespace karvan::timetable
