// Hours as a quantity become seconds on the clock in one place only: to_duration, which rounds.
#include "karvan/base/time.h"

int main() {
  const karvan::Instant depart{};
  const karvan::Hours sailing{22.0};
#ifdef FAILING_CODE
  const karvan::Instant arrive = depart + sailing;
#else
  const karvan::Instant arrive = depart + karvan::to_duration(sailing);
#endif
  return arrive > depart ? 0 : 1;
}
