#pragma once
// The file system's side of loading: folders into texts. All else in this room works on texts.

#include <optional>
#include <string>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"

namespace karvan::load {

// The *.csv and *.toml files of the folder and of its sub-folder `scenarios`. What cannot be read
// is complained about.
Files read_folder(const std::string& folder, Complaints& complaints);

// load_corridor() of what the folder holds.
std::optional<Loaded> load_corridor(const std::string& folder, Complaints& complaints);

}  // namespace karvan::load
