#pragma once
// simulate::Answer: what one run of the corridor saw. Spans are in hours, loads in tonnes of goods;
// quantiles of transit are weighted by tonnes. Everything counts from the end of the warm-up on.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "karvan/model/world.h"

namespace karvan::simulate {

// What cargo spends its time on, from release to delivery.
enum class Activity : std::uint8_t {
  kMoving,
  kHandling,       // work of terminals: lifting, shunting, restowing, changing gauge
  kBorder,         // procedures, with the wait for opening hours
  kWaitDeparture,  // for the next train, truck slot or sailing, and for room on it
  kWaitTerminal,   // for cranes, stands and opening hours
  kWaitLine,       // trains for a path or locomotive, an open line, before a full yard
  kWaitPort,       // ships for weather and berth
  kWaitEmpty,      // for an empty wagon or container
};
inline constexpr std::size_t kActivities = 8;

template <class T>
using ByActivity = std::array<T, kActivities>;

struct Spread {
  // How many equally heavy observations would tell as much (Kish 1965): the squared sum of weights
  // over the sum of their squares. A quantile needs at least one of them beyond it to mean
  // anything.
  double observations = 0;
  double mean = 0;
  double p10 = 0;
  double p50 = 0;
  double p90 = 0;
  double p95 = 0;
};

struct MarketResult {
  std::string market;
  double tonnes_released = 0;
  double tonnes_delivered = 0;
  double tonnes_in_transit = 0;  // at the end
  double tonnes_lost = 0;        // released, but there was no way at all
  double teu_delivered = 0;
  std::uint64_t shipments = 0;  // delivered; parts that went ahead count each
  Spread transit_hours;         // of what was delivered, weighted by tonnes
  double planned_hours = 0;     // mean transit as planned at release, of the way it took
  double late_share = 0;        // of tonnes delivered: more than a day later than planned
  double tonnes_late = 0;       // those
  ByActivity<double> hours{};   // mean of a delivered tonne; they sum to the mean transit
  double usd_per_tonne = 0;
  double kg_co2e_per_tonne = 0;
  std::vector<double> tonnes_by_month;  // delivered, by calendar month from Question::from on
};

enum class FacilityKind : std::uint8_t {
  kDeparture,  // waiting for a service at a place
  kTerminal,   // cranes
  kGaugeChange,
  kBerth,
  kSection,  // a line's train paths
  kBorder,
  kYard,  // trains held back before a full yard
  kPool,  // empties
  kPipeline,
  kHarbor,  // ships wait for calm weather, outside or at the quay
  kLocomotives,
};
inline constexpr std::size_t kFacilityKinds = 11;

struct FacilityResult {
  FacilityKind kind = FacilityKind::kDeparture;
  std::string name;  // "Alat -> Kuryk ferry at Alat", "Aktau, oil berths"
  std::string code;  // of the row, or "service@place"
  std::uint64_t served = 0;
  double tonnes = 0;
  // Of those served; at a border: the time it takes to pass, procedures included.
  double mean_wait_hours = 0;
  double p50_wait_hours = 0;
  double p90_wait_hours = 0;
  double p95_wait_hours = 0;
  double mean_queue = 0;           // waiting, time-weighted
  double utilization = 0;          // share of capacity held, 0..1; 0 where it has none
  double waiting_tonne_hours = 0;  // of cargo; procedures of borders are no waiting
  // That part of it for which capacity is to blame: all but waits for a departure that had room and
  // waits for calm weather. Cargo is short of room from the moment at which a departure left it
  // behind full, or was cancelled because its line was closed.
  double short_tonne_hours = 0;
  double share_of_waiting = 0;  // of all waiting_tonne_hours, 0..1
  double share_of_short = 0;    // its short_tonne_hours, of all waiting_tonne_hours, 0..1
  // Berths only, shares of their time: held by a ship that works, waits for more cargo, is kept by
  // the weather. They sum to the utilization; the rest is idle.
  double share_working = 0;
  double share_filling = 0;
  double share_stormbound = 0;
  std::vector<double> queue_by_week;  // mean number waiting, week by week from Question::from on
  // Share of capacity held, week by week, 0..1; empty where nothing is held.
  std::vector<double> utilization_by_week;
  std::vector<double> tonnes_by_month;  // served, by calendar month from Question::from on
};

// Trains, trucks and liners of a service; where named ships sail it, their voyages.
struct ServiceResult {
  std::string name;
  std::string code;
  std::uint64_t departures = 0;  // that reached their last stop
  double tonnes = 0;             // boarded, at all stops
  double load_factor = 0;        // mean over the departures of how full each was at its fullest
  // Mean hours of a departure from its first stop to its last, by activity; 0 for named ships.
  ByActivity<double> hours{};
  std::vector<double> tonnes_by_month;
};

// Days of a week that a ship spent so; what is left of seven it was idle or in repair.
struct VesselWeek {
  float sea = 0;      // laden or in ballast
  float port = 0;     // loading, unloading, waiting at the quay for more cargo
  float berth = 0;    // outside, waiting for a berth
  float weather = 0;  // outside or at the quay, waiting for calm weather
};

struct VesselResult {
  std::string name;
  std::uint64_t voyages = 0;
  double tonnes = 0;
  double load_factor = 0;  // mean share of capacity aboard on departure
  // Shares of its time.
  double share_sailing = 0;     // laden
  double share_ballast = 0;     // to where cargo waits
  double share_working = 0;     // loads and unloads
  double share_filling = 0;     // at the quay, waiting for more cargo
  double share_berth = 0;       // outside, waiting for a berth
  double share_stormbound = 0;  // outside or at the quay, waiting for calm weather
  double share_repair = 0;
  double share_idle = 0;  // no cargo calls
  std::vector<double> tonnes_by_month;
  std::vector<VesselWeek> weeks;  // whole ones from Question::from on
};

struct TankResult {
  std::string name;
  Id<Place> place;
  double mean_tonnes = 0;
  double least_tonnes = 0;
  double greatest_tonnes = 0;
  double share_full = 0;
  double share_empty = 0;
  double room_tonnes = 0;              // 0: none is known
  std::vector<double> tonnes_by_week;  // at the end of each week from Question::from on
};

struct PipelineResult {
  std::string name;
  double tonnes = 0;  // left the line
  double mean_rate_t_per_h = 0;
  double share_stopped = 0;
  double mean_hours_in_line = 0;
  Id<Place> end;
  // At the terminal there; all 0 where nobody lifts.
  std::uint64_t liftings = 0;
  double mean_parcel_t = 0;
  std::uint64_t trips = 0;  // stops because the tanks at its end were full
  double share_tripped = 0;
  std::vector<double> tonnes_by_month;
};

struct PlaceResult {
  std::string place;
  double tonnes_loaded = 0;             // onto ships
  double tonnes_unloaded = 0;           // from ships
  double closed_share = 0;              // by weather
  std::vector<double> tonnes_by_month;  // loaded and unloaded
};

// How long cargo stays at a place between two rides, or between a ride and its origin or
// destination: work, procedures and waits together, weighted by tonnes.
struct DwellResult {
  std::string place;
  std::string code;
  std::uint64_t stays = 0;
  double tonnes = 0;
  Spread hours;
};

// A shipment that was delivered: where each of its hours went.
struct ShipmentRow {
  std::uint64_t shipment = 0;
  Id<Demand> demand;
  Instant released{};
  Instant delivered{};
  std::int64_t kg = 0;
  double planned_hours = 0;
  double usd = 0;
  double kg_co2e = 0;
  ByActivity<double> hours{};  // they sum to the span from release to delivery
};

// What happens to a shipment, in the business steps of GS1 EPCIS 2.0.
enum class Step : std::uint8_t {
  kCommissioning,   // released at its origin
  kDisaggregating,  // a part of it goes ahead, as a shipment of its own
  kLoading,
  kUnloading,
  kDecommissioning,  // delivered
};

struct EventRow {
  Instant time{};
  std::uint64_t shipment = 0;
  std::uint64_t parent = 0;   // the shipment this one was split from; 0 for none
  std::uint64_t vehicle = 0;  // 0 where there is none: pipelines, terminals
  std::int64_t kg = 0;
  std::int32_t units = 0;  // of the load unit it is in; 0 before it is packed
  Step step = Step::kCommissioning;
  Id<Place> place;
  Id<Service> service;
  Id<LoadUnit> load_unit;
  Id<Demand> demand;  // invalid: empties on their way back over the sea, kg of tare
};

struct Answer {
  Date from{};  // the first day that counts
  std::vector<MarketResult> markets;
  std::vector<FacilityResult> facilities;  // most waiting first
  std::vector<ServiceResult> services;
  std::vector<VesselResult> vessels;
  std::vector<PlaceResult> places;  // seaports
  std::vector<DwellResult> dwells;
  std::vector<TankResult> tanks;
  std::vector<PipelineResult> pipelines;
  std::vector<EventRow> events;        // in order of time, warm-up included
  std::vector<ShipmentRow> delivered;  // after the warm-up; with Question::keep_events, or ::sent
  double tonnes_delivered = 0;
  std::uint64_t shipments = 0;
  std::uint64_t engine_events = 0;
  std::uint64_t fingerprint = 0;
};

}  // namespace karvan::simulate

namespace karvan {

template <>
struct EnumTexts<simulate::Activity> {
  static constexpr std::array values{
      std::pair{simulate::Activity::kMoving, std::string_view{"moving"}},
      std::pair{simulate::Activity::kHandling, std::string_view{"handling"}},
      std::pair{simulate::Activity::kBorder, std::string_view{"border"}},
      std::pair{simulate::Activity::kWaitDeparture, std::string_view{"wait_departure"}},
      std::pair{simulate::Activity::kWaitTerminal, std::string_view{"wait_terminal"}},
      std::pair{simulate::Activity::kWaitLine, std::string_view{"wait_line"}},
      std::pair{simulate::Activity::kWaitPort, std::string_view{"wait_port"}},
      std::pair{simulate::Activity::kWaitEmpty, std::string_view{"wait_empty"}},
  };
};
template <>
struct EnumTexts<simulate::FacilityKind> {
  static constexpr std::array values{
      std::pair{simulate::FacilityKind::kDeparture, std::string_view{"departure"}},
      std::pair{simulate::FacilityKind::kTerminal, std::string_view{"terminal"}},
      std::pair{simulate::FacilityKind::kGaugeChange, std::string_view{"gauge_change"}},
      std::pair{simulate::FacilityKind::kBerth, std::string_view{"berth"}},
      std::pair{simulate::FacilityKind::kSection, std::string_view{"section"}},
      std::pair{simulate::FacilityKind::kBorder, std::string_view{"border"}},
      std::pair{simulate::FacilityKind::kYard, std::string_view{"yard"}},
      std::pair{simulate::FacilityKind::kPool, std::string_view{"pool"}},
      std::pair{simulate::FacilityKind::kPipeline, std::string_view{"pipeline"}},
      std::pair{simulate::FacilityKind::kHarbor, std::string_view{"harbor"}},
      std::pair{simulate::FacilityKind::kLocomotives, std::string_view{"locomotives"}},
  };
};
template <>
struct EnumTexts<simulate::Step> {
  static constexpr std::array values{
      std::pair{simulate::Step::kCommissioning, std::string_view{"commissioning"}},
      std::pair{simulate::Step::kDisaggregating, std::string_view{"disaggregating"}},
      std::pair{simulate::Step::kLoading, std::string_view{"loading"}},
      std::pair{simulate::Step::kUnloading, std::string_view{"unloading"}},
      std::pair{simulate::Step::kDecommissioning, std::string_view{"decommissioning"}},
  };
};

}  // namespace karvan
