#pragma once
// Work dealt to threads by a common counter; what each item gives does not depend on who took it.

#include "karvan/simulate/experiment.h"

namespace karvan::cli {

// 0: as many threads as there are cores.
simulate::ForEach threads_of(int wanted);

}  // namespace karvan::cli
