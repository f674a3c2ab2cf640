#pragma once
// A GTFS feed as a corridor's services. Trips of one route that call at the same places in the same
// rhythm become one service, each of them a row of departures. Times of a feed are those of its
// agency; a departure of ours is in local time of its first call, so a trip may become several rows
// where the two clocks change on different days (reckoned by the offsets at noon).

#include <optional>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"
#include "karvan/timetable/import.h"

namespace karvan::timetable {

// `feed` holds the texts of the feed's files by name; `base` is the corridor to merge into, or
// null for a new one. Nothing, with complaints, if the feed cannot be one: a file, column or time
// zone is missing, no trip is left, or an id is that of a distant place of the base. All lesser
// faults are remarks. What comes out holds together unless cells in `karvan_` columns do not:
// `load` judges.
std::optional<Imported> import_gtfs(const load::Files& feed,
                                    const ImportOptions& options,
                                    const Base* base,
                                    Complaints& complaints);

}  // namespace karvan::timetable
