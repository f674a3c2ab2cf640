#pragma once
// CHECK: a broken promise between our own lines of code. Prints and aborts; never used for bad
// input. CHECK stays on in release builds; DCHECK is for the costly ones and for inner loops.

namespace karvan::detail {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition)              \
  ((condition) ? static_cast<void>(0) \
               : ::karvan::detail::check_failed(#condition, __FILE__, __LINE__))
#ifdef NDEBUG
#define DCHECK(condition) static_cast<void>(sizeof((condition) ? 1 : 0))
#else
#define DCHECK(condition) CHECK(condition)
#endif
