// What can fail may not be called as if it could not.
#include "karvan/base/result.h"

karvan::Status open_gate();
karvan::Status open_gate() {
  return karvan::Error{karvan::ErrorKind::kUnavailable, "the gate is closed"};
}

int main() {
#ifdef FAILING_CODE
  open_gate();
  return 0;
#else
  return open_gate().ok() ? 0 : 1;
#endif
}
