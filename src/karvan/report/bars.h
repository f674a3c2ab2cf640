#pragma once
// Small charts within text: bars and sparklines. Of blocks where the style is that of a terminal,
// of ASCII where it is plain.

#include <span>
#include <string>

#include "karvan/report/style.h"

namespace karvan::report {

// A bar of so many columns for a share of 0..1, without blanks behind it.
std::string bar(double share, int width, const Style& style);

// One letter for each value, from none (a blank) to the greatest; at most `width` letters, each the
// mean of its neighbors where there are more values than that.
std::string sparkline(std::span<const double> values, int width, const Style& style);

}  // namespace karvan::report
