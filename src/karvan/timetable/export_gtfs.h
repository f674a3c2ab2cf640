#pragma once
// A corridor's services as a GTFS feed: those by timetable as dated trips, those by a rate of
// departures as trips with headways. What GTFS has no word for stands in extra columns `karvan_*`
// and extra files `karvan_*.txt`, so that import_gtfs() makes the same services of it again.

#include <cstddef>
#include <optional>
#include <string>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable {

struct ExportOptions {
  std::string zone;  // of all times; empty: that in which most services begin
};

struct Exported {
  load::Files files;
  Remarks remarks;  // what was left out
  std::string zone;
  std::size_t services = 0;
  std::size_t trips = 0;
  std::size_t stops = 0;
  std::size_t stop_times = 0;
};

// Nothing, with a complaint, for an unknown zone or a corridor without such services.
std::optional<Exported> export_gtfs(const load::Loaded& corridor,
                                    const ExportOptions& options,
                                    Complaints& complaints);

}  // namespace karvan::timetable
