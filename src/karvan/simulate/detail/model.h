#pragma once
// What a run needs of the world, compiled once into flat tables of small numbers: read-only, shared
// by all replications. Times are ticks of one second since 1970 UTC, loads kilograms.

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "karvan/des/calendar.h"
#include "karvan/des/sampler.h"
#include "karvan/model/world.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate::detail {

using des::Time;
using Index = std::uint32_t;
inline constexpr Index kNone = std::numeric_limits<Index>::max();
inline constexpr Time kHour = 3600;
inline constexpr Time kDay = 24 * kHour;
// Later than any run; a clock can hold it, and spans added to it.
inline constexpr Time kForever = Time{1} << 60;

constexpr Time to_time(Instant t) {
  return t.time_since_epoch().count();
}
constexpr Instant to_instant(Time t) {
  return Instant{Duration{t}};
}
constexpr Date day_of(Time t) {
  return std::chrono::floor<std::chrono::days>(to_instant(t));
}
inline Time hours_to_ticks(double hours) {
  return des::to_ticks(hours, static_cast<double>(kHour));
}
constexpr double to_hours(Time t) {
  return static_cast<double>(t) / static_cast<double>(kHour);
}

// A slice of a flat table.
struct Range {
  Index begin = 0;
  Index end = 0;

  Index size() const { return end - begin; }
};

enum class StageKind : std::uint8_t {
  kPack,  // into `load_unit`: the number of units changes
  kTake,  // an empty from a pool for each unit
  kGive,  // and back
  kWork,  // terminal or gauge change
  kRide,  // by a line from a stop to a later one
  kDeliver,
  kHome,  // empties that crossed the sea go on to their pool
};

struct Stage {
  StageKind kind = StageKind::kDeliver;
  Index pool = kNone;     // of a ride: where its empties must go back to
  Index station = kNone;  // cranes or stands; none: work is only a delay
  Index law = kNone;      // hours of a consignment
  double minutes_per_unit = 0;
  Index load_unit = kNone;
  std::int64_t kg_per_unit = 1;
  Index line = kNone;
  double share_of_one = 0;  // of a ride: what one unit takes of an empty vehicle
  Index from_stop = kNone;  // in Model::stops
  Index to_stop = kNone;
  Index back = kNone;           // of kGive: the route of the empties over the sea; none: by land
  Index place = kNone;          // where it happens, or where the ride begins
  bool onward_by_ship = false;  // what it comes to stand in a yard for
};

// Empties over the sea: while compiling in a list of their own, then as two stages at `first`.
struct Empties {
  Stage ride;
  Stage home;
  Index first = kNone;
};

struct Route {
  Range stages;
  double usd_per_tonne = 0;
  double kg_co2e_per_tonne = 0;
  Time planned = 0;  // from release to arrival, as the planner found it
};

// The ways of a demand row from a day on, with their shares while nothing is late. An hour of delay
// multiplies a share by exp(-decay_per_hour).
struct Choice {
  Index route = 0;
  double share = 0;
};
struct Season {
  Time from = 0;
  Range choices;
  double decay_per_hour = 0;
};

struct Month {
  Time begin = 0;
  double arrivals_before = 0;  // expected, since the first month of the source
};

struct Source {
  Id<Demand> demand;
  Index market = 0;
  ArrivalPattern pattern = ArrivalPattern::kPoisson;
  std::int64_t kg = 0;  // of one arrival
  double teu = 0;       // of one arrival
  bool is_food = false;
  Time begin = 0;
  Time end = 0;
  bool is_sent = false;       // Question::sent: one arrival, at `begin`
  std::vector<Month> months;  // one more than there are months; none if sent
  std::vector<Season> seasons;
};

struct Section {
  Id<Link> link;
  Time headway = 0;         // between trains; 0: not known
  double ticks_per_kg = 0;  // where only a yearly tonnage is known, of both directions together
  bool is_single = false;

  // Whether trains queue for it.
  bool is_limited() const { return headway > 0 || ticks_per_kg > 0; }
  // Trains that may hold it at once: one, or one each way.
  int paths() const { return is_single || ticks_per_kg > 0 ? 1 : 2; }
  // How long a train with so much cargo keeps the next one out.
  Time occupied(std::int64_t kg) const {
    return headway + static_cast<Time>(ticks_per_kg * static_cast<double>(kg));
  }
};

// A dated restriction: the share of capacity that is left.
struct Restriction {
  Time from = 0;
  Time until = 0;
  double share_left = 0;
};

struct Hop {
  Index section = 0;
  bool is_backward = false;
  Time ticks = 0;       // running time without delays
  double km = 0;        // for ships, which have speeds of their own; 0: `ticks` hold for all
  Index delay = kNone;  // law of the factor
  Index border = kNone;
  Index locomotives = kNone;  // of a train: the pool whose locomotive takes it over here
  Time hauled = 0;            // and hauls it for so long
  bool changes_traction = false;
};

struct BorderStep {
  Index law = 0;
  double hours_factor = 1;
  double share = 1;
  bool food_only = false;
};
struct Border {
  Id<Crossing> crossing;
  std::string name;
  std::string code;  // that of the crossing; with "@link" where its row speaks of several
  std::vector<BorderStep> steps;
  std::vector<Restriction> restrictions;
  Index calendar = kNone;
};

struct Stop {
  Index line = 0;
  Index place = 0;
  int sequence = 0;
  Range hops;          // from the stop before
  Range limited_hops;  // of them, in Model::limited_hops
  Time dwell = 0;
};

// What one vehicle takes of a load unit when it carries nothing else.
struct Fit {
  Index load_unit = 0;
  double units = 0;
};

enum class Carriage : std::uint8_t { kSchedule, kShuttle, kVessels, kPipeline };

struct Line {
  Id<Service> service;
  Mode mode = Mode::kRail;
  Carriage carriage = Carriage::kSchedule;
  Range stops;
  Time headway = 0;   // mean time between departures
  Time phase = 0;     // of the first departure, for lines by frequency
  Time max_wait = 0;  // when full
  Time cutoff = 0;    // before a departure, not before one that goes because it is full
  bool has_timetable = false;
  bool goes_when_full = false;     // whenever a full load waits, besides its departures
  double longest_block_train = 0;  // in vehicles; 0: nothing leaves as a train of its own
  Index window = kNone;            // calendar of the hours in which it may leave
  Time valid_from = std::numeric_limits<Time>::min();
  Time valid_until = std::numeric_limits<Time>::max();
  std::vector<Time> timetable;  // departures within the period, ascending
  std::vector<Fit> fits;
  std::vector<Restriction> restrictions;  // of the service, its links and places without headway
  std::vector<Index> vessels;
  Index pipeline = kNone;
  std::uint64_t name_hash = 0;
};

struct Station {
  std::string name;
  std::string code;
  bool is_gauge_change = false;
  Index units = 1;
  Index calendar = kNone;
};

// Laws of hours at work between failures and of repair; none: it never fails.
struct Failures {
  Index between = kNone;
  Index repair = kNone;
};

struct Yard {
  Id<karvan::Yard> row;
  Index place = 0;
  YardOf of = YardOf::kContainers;
  double capacity = 0;
};

struct Pool {
  std::int64_t tare_kg = 0;
  std::string name;
  std::string code;
  Id<LoadUnit> load_unit;
  std::int64_t count = 0;
};

struct LocomotivePool {
  std::string name;
  std::string code;
  Index count = 0;
};

struct Berths {
  Id<Berth> row;
  Index place = 0;
  Index units = 1;
  std::vector<VesselKind> kinds;
  double depth_m = 0;  // 0: not stated
  double rate_kg_per_h = 0;
  Time turnround = 0;
};

struct Vessel {
  Id<karvan::Vessel> row;
  std::string name;
  VesselKind kind = VesselKind::kRailFerry;
  double speed_kmh = 0;
  double deadweight_kg = 0;
  double teu = 0;
  double wagons = 0;
  double trucks = 0;
  double draught_m = 0;
  double kg_per_cm = 0;
  std::vector<Index> lines;
  Index home = 0;  // place where it is at the beginning
  Failures failures;
};

struct PlaceInfo {
  Id<Place> row;
  std::string code;
  std::string name;
  Index storm = kNone;
  std::array<double, 12> closed_share{};
  Index sea = kNone;
  Range berths;
  std::vector<Restriction> restrictions;
  std::array<Index, 4> yards{kNone, kNone, kNone, kNone};  // by YardOf
  Index calendar = kNone;
};

struct Storm {
  std::string name;
  std::array<double, 12> share{};       // of the worst place
  std::array<Index, 12> closure_law{};  // hours
};

struct WaterLevel {
  Id<Sea> sea;
  double datum_m = 0;
  double trend_m_per_day = 0;
  double season_m = 0;
  double setup_m = 0;
  std::vector<std::pair<Time, double>> levels;
};

struct Pipe {
  Index line = 0;
  double rate_max_kg_per_h = 0;
  double rate_min_kg_per_h = 0;
  std::int64_t fill_kg = 0;
  Index from_place = 0;
  Index to_place = 0;
  std::int64_t tank_kg = 0;  // working room before the line, 0: not stated
  std::string name;
  // The terminal at its end: room of its tanks (0: not stated, then nobody lifts and it never
  // fills), parcels of the tankers that lift there, the berths for them.
  std::int64_t terminal_kg = 0;
  std::vector<std::int64_t> parcels_kg;
  Index berths = kNone;
};

struct Model {
  explicit Model(const World& w) : world{w} {}

  World world;
  Time begin = 0;  // of the warm-up
  Time from = 0;   // of what counts
  Time until = 0;

  std::vector<des::Sampler> laws;
  std::vector<des::Calendar> calendars;
  std::vector<PlaceInfo> places;  // by Id<Place>
  std::vector<Section> sections;  // by Id<Link>
  std::vector<std::vector<Restriction>> section_restrictions;
  std::vector<Border> borders;
  std::vector<Hop> hops;
  std::vector<Index> limited_hops;  // those over sections that trains queue for, by stop
  std::vector<Stop> stops;
  std::vector<Line> lines;
  std::vector<Station> stations;
  std::vector<Yard> yards;
  Failures link_failures;  // of every link whose trains are counted
  Failures crane_failures;
  Failures pump_failures;
  std::vector<Pool> pools;
  std::vector<LocomotivePool> locomotives;
  std::vector<Berths> berths;
  std::vector<Vessel> vessels;
  std::vector<Storm> storms;
  std::vector<WaterLevel> waters;
  std::vector<Pipe> pipes;
  std::vector<Stage> stages;
  std::vector<Empties> empties;
  std::vector<Route> routes;
  std::vector<Choice> choices;
  std::vector<Source> sources;
  std::vector<std::string> markets;
};

// Which of a section's two directions a hop takes; all share one on a single track and where the
// limit is of both together.
inline std::size_t direction(const Section& section, const Hop& hop) {
  return section.is_single || section.ticks_per_kg > 0 || !hop.is_backward ? 0 : 1;
}

// What is left of something at a moment: the smallest share of the restrictions in force.
inline double share_left(const std::vector<Restriction>& restrictions, Time t) {
  double left = 1;
  for (const Restriction& r : restrictions) {
    if (r.from <= t && t < r.until && r.share_left < left) left = r.share_left;
  }
  return left;
}
// The first moment from t on at which anything is left.
inline Time open_from(const std::vector<Restriction>& restrictions, Time t) {
  for (bool moved = true; moved;) {
    moved = false;
    for (const Restriction& r : restrictions) {
      if (r.share_left <= 0 && r.from <= t && t < r.until) {
        t = r.until;
        moved = true;
      }
    }
  }
  return t;
}

}  // namespace karvan::simulate::detail
