// Lines: services with their stops, hops, borders, capacities and departures; the ships that run
// them; pipelines.

#include <algorithm>
#include <cmath>

#include "karvan/base/hash.h"
#include "karvan/model/path.h"
#include "karvan/simulate/detail/compile.h"

namespace karvan::simulate::detail {
namespace {

Index delay_of(const Workshop& shop, Mode mode, Id<Country> country) {
  auto at = shop.delay_of.find({mode, country});
  if (at == shop.delay_of.end()) at = shop.delay_of.find({mode, Id<Country>{}});
  return at == shop.delay_of.end() ? kNone : at->second;
}

void add_border_steps(Workshop& shop, const cost::Procedure& procedure, Border& border) {
  for (const StepTaken& taken : procedure.steps) {
    const CrossingStep& row = shop.world[taken.step];
    // Regimes that spare some the step change its share, not its length.
    const double expected = mean(row.hours).value() * taken.share;
    if (expected <= 0) continue;
    border.steps.push_back({.law = shop.law(row.hours, "crossing_steps " + row.code),
                            .hours_factor = taken.hours.value() / expected,
                            .share = taken.share,
                            .food_only = row.food_only});
  }
}

// One name for each link and direction, though a row of crossings may speak of many.
std::string border_code(const Crossing& row, const Link& link, bool backward) {
  if (row.link.valid() && row.from.valid()) return row.code;
  return row.code + "@" + link.code + (backward && !row.from.valid() ? ":back" : "");
}

// The border that a passage crosses; kNone within a country.
Index border_of(Workshop& shop, const Passage& passage, Mode mode, bool backward) {
  if (!crosses_border(shop.world, passage)) return kNone;
  const auto key = std::pair{static_cast<Index>(passage.link.index()), backward};
  const auto known = shop.border_of.find(key);
  if (known != shop.border_of.end()) return known->second;
  // Food, so that all steps are told; those only for food are skipped for the rest in the run.
  const Consignment asked{.goods = shop.food,
                          .load_unit = Id<LoadUnit>{std::size_t{0}},
                          .units = 1,
                          .tonnes = Tonnes{20}};
  const auto procedure = shop.borders.procedure(passage, mode, asked, day_of(shop.model.from));
  if (!procedure) {
    shop.errors.push_back("crossings: no row fits link " + shop.world[passage.link].code);
    return kNone;
  }
  const Crossing& row = shop.world[procedure->crossing];
  Border border{.crossing = procedure->crossing,
                .name = shop.world[passage.from].name + " - " + shop.world[passage.to].name,
                .code = border_code(row, shop.world[passage.link], backward)};
  add_border_steps(shop, *procedure, border);
  border.restrictions = restrictions_of(shop.world, ClosureReach::kCrossing, row.code);
  if (row.opens && row.closes)
    border.calendar =
        shop.daily_calendar(row.place.valid() ? row.place : passage.to, *row.opens, *row.closes);
  shop.model.borders.push_back(std::move(border));
  const auto index = static_cast<Index>(shop.model.borders.size() - 1);
  shop.border_of[key] = index;
  return index;
}

void add_hops(Workshop& shop, const Service& service, const Call& call, Id<Place> start) {
  Model& m = shop.model;
  const auto path = passages(shop.world, start, call.links);
  if (!path) {
    shop.errors.push_back("calls " + call.code + ": its links do not hang together");
    return;
  }
  double running = 0;
  for (const Passage& passage : *path)
    running += shop.world[passage.link].running().value();
  const double scale = call.hours && running > 0 ? call.hours->value() / running : 1.0;
  for (const Passage& passage : *path) {
    const Link& link = shop.world[passage.link];
    const bool backward = passage.from != link.from;
    m.hops.push_back({.section = static_cast<Index>(passage.link.index()),
                      .is_backward = backward,
                      .ticks = hours_to_ticks(link.running().value() * scale),
                      .km = call.hours ? 0.0 : link.length.value(),
                      .delay = delay_of(shop, service.mode, shop.world[passage.from].country),
                      .border = service.border_in_timetable
                                    ? kNone
                                    : border_of(shop, passage, service.mode, backward)});
  }
}

void add_stops(Workshop& shop, Line& line, Index index) {
  Model& m = shop.model;
  const Service& service = shop.world[line.service];
  line.stops.begin = static_cast<Index>(m.stops.size());
  Id<Place> before;
  for (const Id<Call> id : shop.calls[line.service]) {
    const Call& call = shop.world[id];
    Range hops{static_cast<Index>(m.hops.size()), 0};
    if (before.valid()) add_hops(shop, service, call, before);
    hops.end = static_cast<Index>(m.hops.size());
    m.stops.push_back({.line = index,
                       .place = static_cast<Index>(call.place.index()),
                       .sequence = call.sequence,
                       .hops = hops,
                       .dwell = hours_to_ticks(call.dwell.value())});
    before = call.place;
  }
  line.stops.end = static_cast<Index>(m.stops.size());
}

void add_restrictions(Workshop& shop, Line& line) {
  const Service& service = shop.world[line.service];
  line.restrictions = restrictions_of(shop.world, ClosureReach::kService, service.code);
  // Where nobody knows how many trains or ships a link takes, a cut is a cut of what each carries.
  const auto add = [&line](const std::vector<Restriction>& list) {
    line.restrictions.insert(line.restrictions.end(), list.begin(), list.end());
  };
  const Model& m = shop.model;
  for (Index s = line.stops.begin; s < line.stops.end; ++s) {
    // A pipeline goes on into the tanks of a closed terminal, until they are full.
    if (service.mode != Mode::kPipeline) add(m.places[m.stops[s].place].restrictions);
    for (Index h = m.stops[s].hops.begin; h < m.stops[s].hops.end; ++h) {
      const Index section = m.hops[h].section;
      if (!m.sections[section].is_limited()) add(m.section_restrictions[section]);
    }
  }
}

void add_timetable(Workshop& shop, Line& line) {
  const Model& m = shop.model;
  const Id<Place> first = m.places[m.stops[line.stops.begin].place].row;
  const Date last = day_of(m.until) + std::chrono::days{1};
  for (Date day = day_of(m.begin) - std::chrono::days{1}; day < last; day += std::chrono::days{1}) {
    for (const Id<karvan::Departure> id : shop.departures[line.service]) {
      const karvan::Departure& row = shop.world[id];
      const bool runs = row.dates.empty() ? row.days.contains(day)
                                          : std::ranges::find(row.dates, day) != row.dates.end();
      if (!runs || (row.valid_from && day < *row.valid_from) ||
          (row.valid_until && day >= *row.valid_until) ||
          std::ranges::find(row.except, day) != row.except.end())
        continue;
      const Time at = to_time(shop.clocks.instant(first, day, row.leaves_at));
      if (at >= m.begin && at < m.until) line.timetable.push_back(at);
    }
  }
  std::ranges::sort(line.timetable);
}

void set_headway(Line& line, Time headway) {
  line.headway = headway;
  line.phase = static_cast<Time>(line.name_hash % static_cast<std::uint64_t>(headway));
}

void add_departures(Workshop& shop, Line& line) {
  const Service& service = shop.world[line.service];
  if (service.valid_from) line.valid_from = to_time(*service.valid_from);
  if (service.valid_until) line.valid_until = to_time(*service.valid_until);
  if (service.departures_per_week && *service.departures_per_week > 0)
    set_headway(line, std::max<Time>(1, hours_to_ticks(168.0 / *service.departures_per_week)));
  if (service.window_from && service.window_until)
    line.window =
        shop.daily_calendar(shop.model.places[shop.model.stops[line.stops.begin].place].row,
                            *service.window_from, *service.window_until);
  line.goes_when_full = service.mode == Mode::kRail;
  line.longest_block_train = service.mode == Mode::kRail ? 1 : 0;
  line.cutoff = hours_to_ticks(service.cutoff_cargo.value());
  line.max_wait = service.max_wait ? hours_to_ticks(service.max_wait->value()) : 2 * kDay;
  switch (service.departs) {
    case DepartureRule::kTimetable:
      line.has_timetable = true;
      add_timetable(shop, line);
      break;
    case DepartureRule::kFrequency:
      if (line.headway == 0)
        shop.errors.push_back("services " + service.code + ": runs by frequency but has none");
      break;
    case DepartureRule::kWhenFull:
      // Trains and trucks; ships keep their own deadlines.
      set_headway(line, std::max<Time>(1, line.max_wait));
      line.goes_when_full = true;
      break;
    case DepartureRule::kOnDemand:
      line.carriage = Carriage::kShuttle;
      break;
  }
  // A timetabled sailing is its operator's promise: there is a ship. All others need one of theirs.
  const bool by_ship = service.mode == Mode::kSea || service.mode == Mode::kInlandWater;
  if (by_ship && !line.has_timetable) line.carriage = Carriage::kVessels;
  if (service.mode == Mode::kPipeline) line.carriage = Carriage::kPipeline;
}

void add_fits(Workshop& shop, Line& line) {
  for (const Id<Capacity> id : shop.capacities[line.service]) {
    const Capacity& row = shop.world[id];
    if (row.units > 0)
      line.fits.push_back(
          {.load_unit = static_cast<Index>(row.load_unit.index()), .units = row.units});
  }
}

// Copies of a ship begin at different ends of what they run.
Index home_of(const Model& m, const Vessel& vessel, Index copy) {
  const Line& line = m.lines[vessel.lines[copy % vessel.lines.size()]];
  return m.stops[line.stops.begin].place;
}

// A shuttle by rail runs as trains that share out its daily capacity: about forty units to each,
// not more trains than the tightest section on its way has paths. Where paths are counted they are
// the capacity, and nobody runs a short train every hour: one leaves when full, or every six hours.
void make_trains(const Model& m, Line& line) {
  constexpr double kUnitsOfATrain = 41;
  constexpr double kUnitsOfTheLongest = 55;
  constexpr Time kShortTrainWaits = 6 * kHour;
  double most = 0;
  for (const Fit& fit : line.fits)
    most = std::max(most, fit.units);
  double trains = std::max(1.0, std::round(most / kUnitsOfATrain));
  bool counts_paths = false;
  for (Index s = line.stops.begin; s < line.stops.end; ++s) {
    for (Index h = m.stops[s].hops.begin; h < m.stops[s].hops.end; ++h) {
      const Time headway = m.sections[m.hops[h].section].headway;
      if (headway == 0) continue;
      counts_paths = true;
      trains = std::min(trains, static_cast<double>(kDay) / static_cast<double>(headway));
    }
  }
  trains = std::max(1.0, std::floor(trains));
  for (Fit& fit : line.fits)
    fit.units /= trains;
  line.carriage = Carriage::kSchedule;
  line.goes_when_full = counts_paths;
  line.longest_block_train = kUnitsOfTheLongest / kUnitsOfATrain;
  const auto headway = static_cast<Time>(static_cast<double>(kDay) / trains);
  set_headway(line, counts_paths ? std::max(headway, kShortTrainWaits) : headway);
}

std::int64_t tank_room_kg(const World& world, Index place) {
  double tonnes = 0;
  for (const Id<karvan::Tank> id : world.ids<karvan::Tank>()) {
    const karvan::Tank& row = world[id];
    if (row.place.index() == place)
      tonnes += row.capacity.value() - row.heel.value_or(Tonnes{}).value();
  }
  return std::llround(tonnes * 1000);
}

// Deadweights of the tankers that sail a service, in tonnes.
std::vector<double> tankers_of(const World& world, Id<Service> service) {
  std::vector<double> deadweights;
  for (const Id<karvan::Vessel> vessel : world.ids<karvan::Vessel>()) {
    const karvan::Vessel& row = world[vessel];
    if (row.kind != VesselKind::kTanker || !row.deadweight) continue;
    if (std::ranges::find(row.services, service) == row.services.end()) continue;
    deadweights.insert(deadweights.end(), static_cast<std::size_t>(row.count),
                       row.deadweight->value());
  }
  return deadweights;
}

// A tanker's parcel is the service's, larger or smaller as the ship is against the fleet's mean.
void add_parcels(const Workshop& shop, Id<Service> service, Pipe& pipe) {
  const std::vector<double> deadweights = tankers_of(shop.world, service);
  double sum = 0;
  for (const double deadweight : deadweights)
    sum += deadweight;
  const double mean = sum / static_cast<double>(deadweights.size());
  const double parcel = shop.world[shop.capacities[service].front()].units * 1000;
  for (const double deadweight : deadweights)
    pipe.parcels_kg.push_back(std::llround(parcel * deadweight / mean));
}

// Tankers that lift at the end of a pipeline: those of the sea services that begin there.
void add_terminal(Workshop& shop, Pipe& pipe) {
  const World& world = shop.world;
  for (const Id<Service> id : world.ids<Service>()) {
    const std::vector<Id<Call>>& calls = shop.calls[id];
    if (world[id].mode != Mode::kSea || calls.empty() || shop.capacities[id].empty()) continue;
    if (world[calls.front()].place.index() == pipe.to_place) add_parcels(shop, id, pipe);
  }
  const Range berths = shop.model.places[pipe.to_place].berths;
  for (Index b = berths.begin; b < berths.end; ++b) {
    const std::vector<VesselKind>& kinds = shop.model.berths[b].kinds;
    if (std::ranges::find(kinds, VesselKind::kTanker) != kinds.end()) pipe.berths = b;
  }
  if (!pipe.parcels_kg.empty() && pipe.berths != kNone)
    pipe.terminal_kg = tank_room_kg(world, pipe.to_place);
}

// Of links, cranes and pumps into the model; of vessels by their kind. Locomotives do not fail.
std::map<std::optional<VesselKind>, Failures> compile_breakdowns(Workshop& shop) {
  std::map<std::optional<VesselKind>, Failures> of_vessels;
  for (const Id<Breakdown> id : shop.world.ids<Breakdown>()) {
    const Breakdown& row = shop.world[id];
    const std::string name = "breakdowns " + row.code;
    const Failures failures{.between = shop.law(row.between, name),
                            .repair = shop.law(row.repair, name)};
    switch (row.of) {
      case BreakdownOf::kVessel:
        of_vessels[row.vessel_kind] = failures;
        break;
      case BreakdownOf::kLink:
        shop.model.link_failures = failures;
        break;
      case BreakdownOf::kCrane:
        shop.model.crane_failures = failures;
        break;
      case BreakdownOf::kPumpStation:
        shop.model.pump_failures = failures;
        break;
      case BreakdownOf::kLocomotive:
        break;
    }
  }
  return of_vessels;
}

// With the lines that it sails in this run; without any it stays out of it.
Vessel vessel_of(Workshop& shop, Id<karvan::Vessel> id) {
  const karvan::Vessel& row = shop.world[id];
  Vessel vessel{.row = id, .name = row.name, .kind = row.kind};
  for (const Id<Service> service : row.services) {
    const Index line = shop.line_of[service];
    const bool needs_ship = line != kNone && shop.model.lines[line].carriage == Carriage::kVessels;
    if (needs_ship) vessel.lines.push_back(line);
  }
  vessel.speed_kmh = row.speed_kn * 1.852;
  vessel.deadweight_kg = row.deadweight.value_or(Tonnes{}).value() * 1000;
  vessel.teu = row.capacity_teu.value_or(Teu{}).value();
  vessel.wagons = row.capacity_wagons.value_or(0);
  vessel.trucks = row.capacity_trucks.value_or(0);
  vessel.draught_m = row.draught_m.value_or(0);
  vessel.kg_per_cm = row.tonnes_per_cm.value_or(0) * 1000;
  return vessel;
}

// One for each ship of the row.
void add_copies(Model& m, const karvan::Vessel& row, Vessel vessel) {
  for (Index copy = 0; copy < static_cast<Index>(row.count); ++copy) {
    vessel.home = home_of(m, vessel, copy);
    vessel.name = row.count > 1 ? row.name + " " + std::to_string(copy + 1) : row.name;
    for (const Index line : vessel.lines)
      m.lines[line].vessels.push_back(static_cast<Index>(m.vessels.size()));
    m.vessels.push_back(vessel);
  }
}

}  // namespace

Index line_of(Workshop& shop, Id<Service> service) {
  Index& index = shop.line_of[service];
  if (index != kNone) return index;
  Model& m = shop.model;
  index = static_cast<Index>(m.lines.size());
  const Service& row = shop.world[service];
  Line line{.service = service, .mode = row.mode};
  line.name_hash = hash_bytes(row.code);
  add_stops(shop, line, index);
  if (line.mode == Mode::kRail) add_traction(shop, line);
  add_restrictions(shop, line);
  add_departures(shop, line);
  add_fits(shop, line);
  if (line.mode == Mode::kRail && line.carriage == Carriage::kShuttle) make_trains(m, line);
  m.lines.push_back(std::move(line));
  return index;
}

void compile_vessels(Workshop& shop) {
  Model& m = shop.model;
  const auto failures_of = compile_breakdowns(shop);
  for (const Id<karvan::Vessel> id : shop.world.ids<karvan::Vessel>()) {
    const karvan::Vessel& row = shop.world[id];
    Vessel vessel = vessel_of(shop, id);
    if (vessel.lines.empty()) continue;
    if (row.speed_kn <= 0) {
      shop.errors.push_back("vessels " + row.code + ": speed_kn is 0; expected more");
      continue;
    }
    auto failures = failures_of.find(row.kind);
    if (failures == failures_of.end()) failures = failures_of.find(std::nullopt);
    if (failures != failures_of.end()) vessel.failures = failures->second;
    add_copies(m, row, std::move(vessel));
  }
  for (const Line& line : m.lines) {
    if (line.carriage != Carriage::kVessels || !line.vessels.empty()) continue;
    shop.errors.push_back("services " + shop.world[line.service].code +
                          ": no row of vessels names it, so it has no ship to sail");
  }
}

void compile_pipes(Workshop& shop) {
  Model& m = shop.model;
  for (Index i = 0; i < m.lines.size(); ++i) {
    Line& line = m.lines[i];
    if (line.carriage != Carriage::kPipeline) continue;
    const Index last = line.stops.end - 1;
    const Index section = m.hops[m.stops[last].hops.begin].section;
    for (const Id<Pipeline> id : shop.world.ids<Pipeline>()) {
      const Pipeline& row = shop.world[id];
      if (row.link.index() != section) continue;
      Pipe pipe{.line = i,
                .rate_max_kg_per_h = row.rate_max.value() * 1000,
                .rate_min_kg_per_h = row.rate_min.value() * 1000,
                .fill_kg = std::llround(row.fill.value() * 1000),
                .from_place = m.stops[line.stops.begin].place,
                .to_place = m.stops[last].place,
                .name = row.name};
      pipe.tank_kg = tank_room_kg(shop.world, pipe.from_place);
      add_terminal(shop, pipe);
      line.pipeline = static_cast<Index>(m.pipes.size());
      m.pipes.push_back(pipe);
      break;
    }
    if (line.pipeline == kNone)
      shop.errors.push_back("services " + shop.world[line.service].code +
                            ": runs through a link without a row in pipelines");
  }
}

void list_limited_hops(Model& model) {
  for (Stop& stop : model.stops) {
    stop.limited_hops.begin = static_cast<Index>(model.limited_hops.size());
    for (Index h = stop.hops.begin; h < stop.hops.end; ++h) {
      if (model.sections[model.hops[h].section].is_limited()) model.limited_hops.push_back(h);
    }
    stop.limited_hops.end = static_cast<Index>(model.limited_hops.size());
  }
}

}  // namespace karvan::simulate::detail
