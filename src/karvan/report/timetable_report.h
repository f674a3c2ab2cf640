#pragma once
// Timetables: what an import or export did, and departures as boards show them.

#include <string>

#include "karvan/model/world.h"
#include "karvan/report/sheet.h"
#include "karvan/report/style.h"
#include "karvan/timetable/departures.h"
#include "karvan/timetable/export_gtfs.h"
#include "karvan/timetable/import.h"

namespace karvan::report {

// Counts in a sentence or two, then the remarks with their first examples.
std::string import_text(const timetable::Imported& imported, const Style& style);
std::string export_text(const timetable::Exported& exported, const Style& style);
// {"trips_read": ..., ..., "remarks": [...]}
std::string import_json(const timetable::Imported& imported);
std::string export_json(const timetable::Exported& exported);
Sheet remarks_sheet(const timetable::Remarks& remarks);

// In local times of the places.
Sheet departures_sheet(const World& world, const timetable::Departures& departures);

}  // namespace karvan::report
