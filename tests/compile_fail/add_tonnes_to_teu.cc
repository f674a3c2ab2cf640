// Quantities of different units do not add up.
#include "karvan/base/units.h"

using namespace karvan::unit_literals;

int main() {
#ifdef FAILING_CODE
  const auto sum = 20.0_t + 1_teu;
#else
  const auto sum = 20.0_t + 1_t;
#endif
  return sum.value() > 20.0 ? 0 : 1;
}
