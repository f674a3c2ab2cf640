#pragma once
// Fact: what every row of data says about itself. Sources can be traced to an address; confidence
// says whether the figure was published as such, derived by arithmetic, or assumed.

#include <string>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/table.h"

namespace karvan {

enum class Confidence { kPublished, kDerived, kAssumed };

template <>
struct EnumTexts<Confidence> {
  static constexpr std::array values{
      std::pair{Confidence::kPublished, std::string_view{"published"}},
      std::pair{Confidence::kDerived, std::string_view{"derived"}},
      std::pair{Confidence::kAssumed, std::string_view{"assumed"}},
  };
};

struct Fact;

// A publication, data set or piece of reasoning that figures rest on.
struct Source;

struct Fact {
  std::vector<Id<Source>> sources;
  Confidence confidence = Confidence::kAssumed;
  std::string note;
};

struct Source {
  std::string code;
  std::string title;
  std::string publisher;
  std::string date;     // as printed: "2024-03-12", "2024-05", "2025", "undated"
  std::string address;  // URL, or the name of a document or method of ours
  Fact fact;            // unused: a source is its own source; kept so that all rows look alike
};

}  // namespace karvan
