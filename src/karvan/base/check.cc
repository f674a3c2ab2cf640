#include "karvan/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace karvan::detail {

void check_failed(const char* condition, const char* file, int line) {
  std::fputs(file, stderr);
  char number[16] = {};
  static_cast<void>(std::snprintf(number, sizeof(number), ":%d", line));
  std::fputs(number, stderr);
  std::fputs(": CHECK failed: ", stderr);
  std::fputs(condition, stderr);
  std::fputs("\n", stderr);
  std::abort();
}

}  // namespace karvan::detail
