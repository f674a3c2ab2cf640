#pragma once
// Services: what operators run over links, when they leave, where they call, what they carry.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/model/cargo.h"
#include "karvan/model/fleet.h"
#include "karvan/model/link.h"

namespace karvan {

struct Operator {
  std::string code;
  std::string name;
  Id<Country> country;
  Fact fact;
};

// How a service decides to leave.
//   timetable  rows of departures.csv say so
//   frequency  departures_per_week, evenly spread
//   when_full  sails when full, at the latest max_wait after loading began; departures_per_week is
//              the mean seen, used by planners
//   on_demand  at any moment: trucks, shuttles over a border, pipelines
enum class DepartureRule { kTimetable, kFrequency, kWhenFull, kOnDemand };

template <>
struct EnumTexts<DepartureRule> {
  static constexpr std::array values{
      std::pair{DepartureRule::kTimetable, std::string_view{"timetable"}},
      std::pair{DepartureRule::kFrequency, std::string_view{"frequency"}},
      std::pair{DepartureRule::kWhenFull, std::string_view{"when_full"}},
      std::pair{DepartureRule::kOnDemand, std::string_view{"on_demand"}},
  };
};

struct Service {
  std::string code;
  std::string name;
  Id<Operator> operator_;
  Mode mode = Mode::kRail;
  DepartureRule departs = DepartureRule::kTimetable;
  std::optional<double> departures_per_week;         // frequency and when_full
  std::optional<Hours> max_wait;                     // when_full: leaves then even if not full
  std::optional<std::chrono::minutes> window_from;   // local time of day at the first call: may
  std::optional<std::chrono::minutes> window_until;  // leave only in between (may pass midnight)
  std::optional<VesselKind> vessel_kind;             // sea and inland water
  std::optional<Traction> traction;                  // rail; empty: as the links are electrified
  Gauge gauge;                                       // rail and rail ferries; 0 elsewhere
  bool border_in_timetable = false;                  // its hours include stops at borders it passes
  Hours cutoff_cargo;                                // cargo in the terminal before departure
  Hours cutoff_documents;
  std::optional<Hours> cutoff_dangerous;  // empty: dangerous goods not accepted
  std::optional<double> train_length_m;
  std::optional<double> train_mass_t;
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;  // first day without service
  Risk risk = Risk::kNone;
  Fact fact;
};

// A service at a place. Calls of a service are ordered by sequence; `links` is the chain of links
// from the call before (empty at the first).
struct Call {
  std::string code;
  Id<Service> service;
  int sequence = 0;
  Id<Place> place;
  std::vector<Id<Link>> links;
  std::optional<Hours> hours;  // running since the call before; empty: the links' running time
  Hours dwell;                 // stop here before going on
  bool loads = true;           // cargo may board here
  bool unloads = true;         // cargo may leave here
  Fact fact;
};

// When a timetabled service leaves its first call, local time there.
struct Departure {
  std::string code;
  Id<Service> service;
  Weekdays days;                      // empty when `dates` are given
  std::vector<Date> dates;            // single days, local
  std::chrono::minutes leaves_at{0};  // local time of day
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;  // first day without
  std::vector<Date> except;         // cancelled days
  Fact fact;
};

// What one departure can carry of one load unit. A service carries only load units named here.
struct Capacity {
  std::string code;
  Id<Service> service;
  Id<LoadUnit> load_unit;
  // Per departure; for on_demand services per day. More goes by the next ones, but for timetables.
  double units = 0;
  Fact fact;
};

// What of a departure others have taken. A departure is shared out between its load units in
// proportion: 30 of 60 boxes of 40 ft leave half of it for anything else too.
struct Booking {
  std::string code;
  Id<Service> service;                            // not on_demand: that has no departures
  Date departs_on{};                              // local day at its first call
  std::optional<std::chrono::minutes> leaves_at;  // local time there; empty: each of that day
  Id<LoadUnit> load_unit;                         // one that it carries
  double units = 0;                               // taken from its first call to its last
  Fact fact;
};

// Dangerous goods that a service does not take though it takes others: by a rule for its kind of
// vessel, or by its own. One of `vessel_kind` and `service` is set.
struct HazardRefusal {
  std::string code;
  std::optional<VesselKind> vessel_kind;
  Id<Service> service;
  std::string hazard_class;              // with all that lie within it: 1 with 1.1D, 1.4S, ...
  std::vector<std::string> but_carries;  // classes within it that it does take
  std::string rule;                      // that says so, as a reader may look it up
  Fact fact;
};

}  // namespace karvan
