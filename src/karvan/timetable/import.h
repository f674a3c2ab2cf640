#pragma once
// What all imports share: the options, and what comes out: the texts of a corridor folder that
// `load` accepts, counts, and remarks on what was repaired or dropped.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "karvan/base/time.h"
#include "karvan/load/build.h"
#include "karvan/model/mode.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable {

struct ImportOptions {
  std::string name = "timetable";  // id of the new corridor and of the source of its rows
  std::string prefix;              // before the ids of places, services, operators, departures
  std::string zone;                // IANA zone of the times if the feed names none
  std::string country;             // of places (ISO 3166, two letters); empty: by their zone
  std::optional<Date> from;        // a new corridor's calendar; empty: the feed's first day
  std::optional<Date> until;       // first day without; empty: after the feed's last, at most
                                   // kLongestCalendar later
  Gauge gauge{1435};               // of rail, where the feed does not say
  std::string load_unit;           // carried where the feed does not say; empty: `passenger`
  double units = 500;              // of it, by each departure
};

inline constexpr std::chrono::days kLongestCalendar{731};  // of a new corridor, unless asked for

struct ImportCounts {
  std::size_t trips_read = 0;
  std::size_t trips_imported = 0;  // as departures of services
  std::size_t places = 0;          // in the tables afterwards, as all below
  std::size_t links = 0;
  std::size_t services = 0;
  std::size_t calls = 0;
  std::size_t departures = 0;
  std::size_t services_replaced = 0;  // of the corridor imported into
};

struct Imported {
  load::Files files;  // of the whole corridor folder but for its other files
  ImportCounts counts;
  Remarks remarks;
  Date calendar_from{};
  Date calendar_until{};
};

// A corridor that a timetable is merged into.
struct Base {
  const load::Loaded& loaded;
};

}  // namespace karvan::timetable
