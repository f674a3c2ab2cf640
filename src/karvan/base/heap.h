#pragma once
// The heap of a program: memory once asked for stays with it.
//
// A search, a planner or a copy of a corridor frees megabytes at its end that the next one asks for
// again. By default glibc hands large blocks back to the system each time, and every page of them
// has to be faulted in and cleared anew: on a virtual machine that cost a planner three quarters of
// its time (docs/performance.md).

#include <cstdlib>  // defines __GLIBC__, where it is so

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace karvan {

// For main(), before anything large. Without glibc it does nothing.
inline void keep_heap() {
#if defined(__GLIBC__)
  constexpr int kMegabyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 32 * kMegabyte);   // the most that glibc takes
  mallopt(M_TRIM_THRESHOLD, 256 * kMegabyte);  // so much may lie idle
  mallopt(M_TOP_PAD, 64 * kMegabyte);
#endif
}

}  // namespace karvan
