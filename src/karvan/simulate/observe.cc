#include "karvan/simulate/observe.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "karvan/base/text.h"

namespace karvan::simulate {
namespace {

constexpr double kBarrelsPerTonne = 7.57;

struct Days {
  Date from{};
  Date until{};
};

std::optional<Days> month_days(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '-');
  const auto year = parse_int<int>(parts[0]);
  if (!year || *year < 1900 || *year > 2200 || parts.size() > 2) return std::nullopt;
  const std::chrono::year y{*year};
  if (parts.size() == 1) return Days{y / 1 / 1, (y + std::chrono::years{1}) / 1 / 1};
  const auto month = parse_int<unsigned>(parts[1]);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  const std::chrono::year_month first = y / std::chrono::month{*month};
  return Days{first / 1, (first + std::chrono::months{1}) / 1};
}

// "2024", "2024-05", "2023-01/10" (months of one year), "2025-10/2026-01".
std::optional<Days> days_of(std::string_view period) {
  const std::vector<std::string_view> ends = split(period, '/');
  std::optional<Days> first = month_days(ends[0]);
  if (!first || ends.size() == 1) return first;
  std::string last{ends[1]};
  if (last.size() == 2) last = std::string{ends[0].substr(0, 5)} + last;
  const std::optional<Days> end = month_days(last);
  if (!end) return std::nullopt;
  first->until = end->until;
  return first;
}

// A ride as the log shows it: boarded here, left there.
struct Ride {
  Id<Place> from;
  Id<Place> to;
  const EventRow* left = nullptr;
  Instant boarded{};
};

// What a transit time was taken of, by the words of its column `use`: "block trains" counts those
// only; "P10" is the time within which a tenth of the cargo was there, what a plan or a best case
// tells. Else the mean of all.
struct Counted {
  bool block_trains = false;
  std::optional<double> quantile;
};

Counted counted_of(const Observation& row) {
  Counted counted{.block_trains = row.use.find("block trains") != std::string::npos};
  for (const std::string_view word : split(row.use, ' ')) {
    if (!word.starts_with('P')) continue;
    if (const auto percent = parse_int<int>(word.substr(1)); percent && *percent < 100)
      counted.quantile = *percent / 100.0;
  }
  return counted;
}

// From one place to another, of so much cargo.
struct Trip {
  double hours = 0;
  double kg = 0;
};

double mean(const std::vector<Trip>& trips) {
  double kg_hours = 0;
  double kg = 0;
  for (const Trip& trip : trips) {
    kg_hours += trip.kg * trip.hours;
    kg += trip.kg;
  }
  return kg_hours / kg;
}

// The hours within which this share of the cargo was there.
double quantile(std::vector<Trip> trips, double share) {
  std::ranges::stable_sort(trips, {}, &Trip::hours);
  double kg = 0;
  for (const Trip& trip : trips)
    kg += trip.kg;
  double up_to = 0;
  for (const Trip& trip : trips) {
    up_to += trip.kg;
    if (up_to >= share * kg) return trip.hours;
  }
  return trips.back().hours;
}

class Log {
 public:
  Log(const World& world, const Answer& answer) : world_{world} {
    std::map<std::uint64_t, const EventRow*> aboard;
    for (const EventRow& row : answer.events) {
      if (row.step == Step::kLoading) aboard[row.shipment] = &row;
      if (row.step != Step::kUnloading) continue;
      const EventRow* board = aboard[row.shipment];
      if (board != nullptr) rides_.push_back({board->place, row.place, &row, board->time});
    }
  }

  const std::vector<Ride>& rides() const { return rides_; }
  bool is_by_ship(const Ride& ride) const {
    return ride.left->service.valid() && world_[ride.left->service].mode == Mode::kSea;
  }

 private:
  const World& world_;
  std::vector<Ride> rides_;
};

class Observer {
 public:
  Observer(const World& world, const Question& question, const Answer& answer)
      : world_{world}, question_{question}, answer_{answer}, log_{world, answer} {}

  std::optional<double> value(const Observation& row) const {
    const std::optional<Days> days = days_of(row.period);
    const Date end = question_.from + std::chrono::days{question_.days};
    if (!days || days->from < question_.from || days->until > end) return std::nullopt;
    switch (row.measure) {
      case Measure::kThroughput:
        return throughput(row, *days);
      case Measure::kTransitTime:
        return transit(row, *days);
      case Measure::kRunningTime:
        return running(row, *days);
      case Measure::kBorderTime:
        return border(row);
      case Measure::kRailLength:
      case Measure::kLinkLength:
      case Measure::kSpeed:
      case Measure::kPrice:
      case Measure::kHandlingTime:
      case Measure::kCapacity:
      case Measure::kOther:
        return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  static bool is_in(const std::vector<Id<Place>>& places, Id<Place> place) {
    return std::ranges::find(places, place) != places.end();
  }

  bool is_meant(const Observation& row, const Ride& ride) const {
    if (row.from.valid() && row.to.valid())
      return (ride.from == row.from && ride.to == row.to) ||
             (ride.from == row.to && ride.to == row.from);
    if (!log_.is_by_ship(ride)) return false;
    if (row.from.valid()) return ride.from == row.from || ride.to == row.from;
    return is_in(row.via, ride.from) && is_in(row.via, ride.to);
  }

  bool is_of_market(const Observation& row, const EventRow& event) const {
    if (row.market.empty()) return true;
    return event.demand.valid() && world_[event.demand].market.starts_with(row.market);
  }

  // What a ride adds to a total in this unit; nothing if it is of another kind.
  std::optional<double> amount(const Observation& row, const EventRow& left) const {
    const LoadUnit& unit = world_[left.load_unit];
    // Empties are counted as wagons; boxes and tonnes are told of cargo.
    const bool is_empty = !left.demand.valid();
    if (row.load_unit.valid() && world_[row.load_unit].kind != unit.kind) return std::nullopt;
    if (!is_of_market(row, left)) return std::nullopt;
    const double tonnes = is_empty ? 0.0 : static_cast<double>(left.kg) / 1000;
    const auto units = static_cast<double>(left.units);
    if (row.unit == "t") return tonnes;
    if (row.unit == "kt") return tonnes / 1e3;
    if (row.unit == "Mt") return tonnes / 1e6;
    if (row.unit == "Mbbl") return tonnes * kBarrelsPerTonne / 1e6;
    const auto only = [&](LoadUnitKind kind, double each) -> std::optional<double> {
      const bool counts = unit.kind == kind && (!is_empty || kind == LoadUnitKind::kWagon);
      return counts ? std::optional{units * each} : std::nullopt;
    };
    if (row.unit == "TEU") return only(LoadUnitKind::kContainer, unit.teu.value());
    if (row.unit == "trucks" || row.unit == "units") return only(LoadUnitKind::kTruck, 1);
    if (row.unit == "wagons") return only(LoadUnitKind::kWagon, 1);
    return std::nullopt;
  }

  // Tankers that lifted at the end of pipelines, or their mean parcel; counted over all days.
  std::optional<double> liftings(const Observation& row, const Days& days) const {
    const bool is_whole =
        days.from == question_.from && (days.until - days.from).count() == question_.days;
    if (!is_whole) return std::nullopt;
    double cargoes = 0;
    double tonnes = 0;
    for (const PipelineResult& pipe : answer_.pipelines) {
      if (pipe.end != row.from) continue;
      cargoes += static_cast<double>(pipe.liftings);
      tonnes += static_cast<double>(pipe.liftings) * pipe.mean_parcel_t;
    }
    if (cargoes <= 0) return std::nullopt;
    return row.unit == "cargoes" ? cargoes : tonnes / cargoes * kBarrelsPerTonne / 1e3;
  }

  std::optional<double> throughput(const Observation& row, const Days& days) const {
    if (!row.from.valid() && row.via.empty()) return std::nullopt;
    if (row.unit == "cargoes" || row.unit == "kbbl/cargo") return liftings(row, days);
    const bool counts_vehicles =
        row.unit == "calls" || row.unit == "calls/month" || row.unit == "trains/day";
    std::set<std::uint64_t> come;
    std::set<std::uint64_t> gone;
    double sum = 0;
    bool has_any = false;
    for (const Ride& ride : log_.rides()) {
      const Instant at = ride.left->time;
      if (at < Instant{days.from} || at >= Instant{days.until} || !is_meant(row, ride)) continue;
      has_any = true;
      (ride.to == row.from ? come : gone).insert(ride.left->vehicle);
      if (!counts_vehicles) sum += amount(row, *ride.left).value_or(0);
    }
    if (!has_any) return std::nullopt;
    if (!counts_vehicles) return sum > 0 ? std::optional{sum} : std::nullopt;
    const double span = static_cast<double>((days.until - days.from).count());
    if (row.unit == "trains/day") return static_cast<double>(come.size() + gone.size()) / span;
    // A ship that unloads and loads calls once; it may come or go empty.
    const auto calls = static_cast<double>(std::max(come.size(), gone.size()));
    return row.unit == "calls/month" ? calls / (span / 30.44) : calls;
  }

  static double in_unit(const Observation& row, double hours) {
    return row.unit == "day" ? hours / 24 : hours;
  }

  std::optional<double> transit(const Observation& row, const Days& days) const {
    if (!row.from.valid() || !row.to.valid()) return std::nullopt;
    struct Way {
      std::optional<Instant> begun;
      bool is_origin = false;
      std::set<Id<Place>> seen;
    };
    const Counted counted = counted_of(row);
    std::map<std::uint64_t, Way> ways;
    std::vector<Trip> trips;
    for (const EventRow& event : answer_.events) {
      Way& way = ways[event.shipment];
      if (event.step == Step::kDisaggregating) way = ways[event.parent];
      // The clock of a block train begins when it leaves where its cargo comes from; elsewhere,
      // and for other cargo, when that comes.
      if (event.step == Step::kCommissioning) way.is_origin = event.place == row.from;
      if (event.place == row.from && (!way.begun || (counted.block_trains && way.is_origin)))
        way.begun = event.time;
      if (is_in(row.via, event.place)) way.seen.insert(event.place);
      if (event.place != row.to || event.step != Step::kUnloading || !way.begun) continue;
      if (counts(row, counted, event) && way.seen.size() == row.via.size() &&
          event.time >= Instant{days.from} && event.time < Instant{days.until})
        trips.push_back({to_hours(event.time - *way.begun).value(), static_cast<double>(event.kg)});
      way.begun.reset();
    }
    if (trips.empty()) return std::nullopt;
    return in_unit(row,
                   counted.quantile ? quantile(std::move(trips), *counted.quantile) : mean(trips));
  }

  bool counts(const Observation& row, const Counted& counted, const EventRow& event) const {
    if (!is_of_market(row, event)) return false;
    if (row.load_unit.valid() && world_[row.load_unit].kind != world_[event.load_unit].kind)
      return false;
    return !counted.block_trains ||
           (event.demand.valid() && world_[event.demand].arrivals == ArrivalPattern::kBlockTrain);
  }

  std::optional<double> running(const Observation& row, const Days& days) const {
    double hours = 0;
    double count = 0;
    for (const Ride& ride : log_.rides()) {
      if (ride.from != row.from || ride.to != row.to) continue;
      if (world_[ride.left->service].mode != Mode::kPipeline) return std::nullopt;
      if (ride.left->time < Instant{days.from}) continue;
      hours += to_hours(ride.left->time - ride.boarded).value();
      count += 1;
    }
    if (count <= 0) return std::nullopt;
    return in_unit(row, hours / count);
  }

  std::optional<double> border(const Observation& row) const {
    if (!row.from.valid() || !row.to.valid()) return std::nullopt;
    for (const FacilityResult& facility : answer_.facilities) {
      if (facility.kind != FacilityKind::kBorder) continue;
      const auto id = world_.find<Crossing>(facility.code);
      if (!id || !world_[*id].link.valid()) continue;
      const Crossing& crossing = world_[*id];
      const Link& link = world_[crossing.link];
      const bool joins = (link.from == row.from && link.to == row.to) ||
                         (link.from == row.to && link.to == row.from);
      if (joins && crossing.from == world_[row.from].country)
        return in_unit(row, facility.mean_wait_hours);
    }
    return std::nullopt;
  }

  const World& world_;
  const Question& question_;
  const Answer& answer_;
  Log log_;
};

}  // namespace

std::vector<Sighting> observe(const World& world, const Question& question, const Answer& answer) {
  const Observer observer{world, question, answer};
  std::vector<Sighting> sightings;
  for (const Id<Observation> id : world.ids<Observation>()) {
    if (const std::optional<double> value = observer.value(world[id]))
      sightings.push_back({id, *value});
  }
  return sightings;
}

}  // namespace karvan::simulate
