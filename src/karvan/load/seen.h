#pragma once
// Movements that were seen, for laws of running times to be learned from. The file is a table of
//
//   service,from,to,loaded,unloaded         executed legs, one a row: ids of the service and of two
//                                           places of its calls; instants, local to the place where
//                                           they name no offset; further columns are passed over
//
// or the event log of a simulation (`karvan simulate --events`), known by its column business_step.

#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/model/movement_seen.h"
#include "karvan/model/world.h"

namespace karvan::load {

// In the order of the file. Complains about rows that it cannot use; then nothing may be learned.
// Of a log, unloading without its loading (before the log began) is passed over with a warning.
std::vector<MovementSeen> read_seen(const World& world,
                                    std::string_view text,
                                    const std::string& file,
                                    Complaints& complaints);

}  // namespace karvan::load
