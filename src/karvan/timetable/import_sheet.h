#pragma once
// An operator's timetable as one sheet, a row a call, merged into a corridor that has the places:
//
//   service,trip,place,arrives,departs,days,operator,mode,load_units
//   feeder_x,1,aktau,,18:00,Mon;Thu,kazmortransflot,sea,box40=100
//   feeder_x,1,alat,20:30+1,,,,,
//
// Times are on the clock of the place of the row: hh:mm, with hours past 24 or "+1" for a later
// day. All columns are described in docs/timetables.md.

#include <optional>
#include <string>

#include "karvan/base/complaint.h"
#include "karvan/timetable/import.h"

namespace karvan::timetable {

// `file` is the name in complaints and remarks. Nothing, with complaints, without a base, a needed
// column or a single trip.
std::optional<Imported> import_sheet(const std::string& text,
                                     const std::string& file,
                                     const ImportOptions& options,
                                     const Base* base,
                                     Complaints& complaints);

}  // namespace karvan::timetable
