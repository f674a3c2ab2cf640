#pragma once
// Numbers that a person may give to a test: KARVAN_SEED=7 KARVAN_CASES=10000 plan_test

#include <cstdint>
#include <cstdlib>

#include "karvan/base/text.h"

namespace karvan::testing {

inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : parse_int<std::uint64_t>(text).value_or(otherwise);
}

}  // namespace karvan::testing
