#pragma once
// Whether an answer could be written, known before the work that makes it.

#include <string>

#include "karvan/base/result.h"

namespace karvan::cli {

// Whether write_file() could write there now: its folder is there and lets us, and it is no folder
// itself.
Status can_write(const std::string& path);

}  // namespace karvan::cli
