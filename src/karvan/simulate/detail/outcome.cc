// What a run has seen, as an Answer.

#include <algorithm>

#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

constexpr double kTicksPerHour = static_cast<double>(kHour);

std::vector<double> months_of(const ByMonth& months) {
  return {months.tonnes.begin(), months.tonnes.end()};
}

void add_quantiles(FacilityResult& result, const des::Histogram& spans) {
  result.p50_wait_hours = to_hours(spans.quantile(0.50));
  result.p90_wait_hours = to_hours(spans.quantile(0.90));
  result.p95_wait_hours = to_hours(spans.quantile(0.95));
}

Spread spread_of(const WeightedSpans& spans) {
  if (spans.kg <= 0) return {};
  return {.observations = spans.kg * spans.kg / spans.kg_squares,
          .mean = spans.kg_ticks / spans.kg / kTicksPerHour,
          .p10 = to_hours(spans.spans.quantile(0.10)),
          .p50 = to_hours(spans.spans.quantile(0.50)),
          .p90 = to_hours(spans.spans.quantile(0.90)),
          .p95 = to_hours(spans.spans.quantile(0.95))};
}

// A train holds the path from when it enters, so a week may end with more held than it has hours.
void add_weeks(FacilityResult& result, const ByWeek& queue, const ByWeek& used) {
  result.queue_by_week.assign(queue.means.begin(), queue.means.end());
  for (const float share : used.means)
    result.utilization_by_week.push_back(std::min(1.0, static_cast<double>(share)));
}

FacilityResult facility_of(FacilityKind kind,
                           const des::WaitStatistics& statistics,
                           const CargoWait& cargo,
                           Time now) {
  FacilityResult result{.kind = kind};
  result.served = statistics.waits().count();
  result.tonnes = cargo.kg / 1000;
  result.mean_wait_hours = statistics.waits().mean() / kTicksPerHour;
  add_quantiles(result, statistics.spans());
  result.mean_queue = statistics.waiting().mean(now);
  result.waiting_tonne_hours = cargo.kg_ticks / 1000 / kTicksPerHour;
  result.short_tonne_hours = cargo.kg_short_ticks / 1000 / kTicksPerHour;
  result.tonnes_by_month = months_of(cargo.by_month);
  add_weeks(result, cargo.queue, cargo.used);
  return result;
}

FacilityResult facility_of(FacilityKind kind, const WaitRecord& wait, Time now) {
  return facility_of(kind, wait.statistics, wait.cargo, now);
}

std::string upper_first(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

// Looked at in every run: Little's law, exact, wherever something waits; every wagon and box is
// free, away with cargo or on its way back; tanks hold no less than nothing and no more than fits.
// What does not balance, in words; empty if all does.
std::string Run::unbalanced() const {
  const auto is_lawful = [this](const des::WaitStatistics& waits) {
    return waits.obeys_little(now());
  };
  for (Index s = 0; s < stations_.size(); ++s)
    if (!is_lawful(stations_[s].wait_statistics())) return "waits for " + model_->stations[s].name;
  for (Index b = 0; b < berths_.size(); ++b)
    if (!is_lawful(berths_[b].wait_statistics()))
      return "waits for berths " + model_->world[model_->berths[b].row].code;
  for (Index y = 0; y < yards_.size(); ++y)
    if (!is_lawful(yards_[y].wait.statistics))
      return "waits for yard " + model_->world[model_->yards[y].row].code;
  for (Index s = 0; s < stops_.size(); ++s)
    if (!is_lawful(stops_[s].wait.statistics))
      return "waits for " + model_->world[model_->lines[model_->stops[s].line].service].code;
  for (Index p = 0; p < pools_.size(); ++p) {
    const PoolState& pool = pools_[p];
    if (!is_lawful(pool.wait.statistics)) return "waits for " + model_->pools[p].code;
    if (pool.free + pool.away + pool.returning != model_->pools[p].count)
      return "units of " + model_->pools[p].code;
  }
  for (Index p = 0; p < pipes_.size(); ++p) {
    const std::int64_t room = model_->pipes[p].terminal_kg;
    const std::int64_t level = terminals_[p].tank.level(now());
    if (pipes_[p].tank_kg < 0 || level < 0 || (room > 0 && level > room))
      return "tanks of " + model_->pipes[p].name;
  }
  return {};
}

void Run::add_markets(Answer& answer) const {
  for (std::size_t m = 0; m < markets_.size(); ++m) {
    const DemandTally& tally = markets_[m];
    MarketResult result{.market = model_->markets[m]};
    result.tonnes_released = tally.kg_released / 1000;
    result.tonnes_delivered = tally.transit.kg / 1000;
    result.shipments = tally.transit.count;
    result.tonnes_late = tally.kg_late / 1000;
    result.tonnes_in_transit = static_cast<double>(tally.kg_in_transit) / 1000;
    result.tonnes_lost = tally.kg_lost / 1000;
    result.teu_delivered = tally.teu_delivered;
    if (tally.transit.kg > 0) {
      const double kg = tally.transit.kg;
      result.late_share = tally.kg_late / kg;
      result.planned_hours = tally.kg_planned_ticks / kg / kTicksPerHour;
      result.usd_per_tonne = tally.usd / (kg / 1000);
      result.kg_co2e_per_tonne = tally.kg_co2e / (kg / 1000);
      result.transit_hours = spread_of(tally.transit);
      for (std::size_t a = 0; a < kActivities; ++a)
        result.hours[a] = tally.kg_spent[a] / kg / kTicksPerHour;
    }
    for (const double month_kg : tally.kg_by_month)
      result.tonnes_by_month.push_back(month_kg / 1000);
    answer.tonnes_delivered += result.tonnes_delivered;
    answer.markets.push_back(std::move(result));
  }
}

void Run::add_queues(Answer& answer) const {
  const Time end = model_->until;
  for (Index s = 0; s < stops_.size(); ++s) {
    const Stop& stop = model_->stops[s];
    const Line& line = model_->lines[stop.line];
    const bool is_pipe = line.carriage == Carriage::kPipeline;
    FacilityResult result = facility_of(
        is_pipe ? FacilityKind::kPipeline : FacilityKind::kDeparture, stops_[s].wait, end);
    if (result.served == 0 && result.mean_queue <= 0) continue;
    const Service& service = model_->world[line.service];
    result.name = service.name + " at " + model_->places[stop.place].name;
    result.code = service.code + "@" + model_->places[stop.place].code;
    answer.facilities.push_back(std::move(result));
  }
  for (Index p = 0; p < pools_.size(); ++p) {
    FacilityResult result = facility_of(FacilityKind::kPool, pools_[p].wait, end);
    if (result.served == 0 && result.mean_queue <= 0) continue;
    result.name = "Empties: " + model_->pools[p].name;
    result.code = model_->pools[p].code;
    result.utilization =
        std::min(1.0, pools_[p].busy_ticks / (static_cast<double>(model_->pools[p].count) *
                                              static_cast<double>(end - model_->from)));
    answer.facilities.push_back(std::move(result));
  }
  for (Index y = 0; y < yards_.size(); ++y) {
    FacilityResult result = facility_of(FacilityKind::kYard, yards_[y].wait, end);
    const Yard& yard = model_->yards[y];
    const YardState& state = yards_[y];
    const double level_ticks = state.level_ticks_at(end);
    if (yard.capacity > 0)
      result.utilization = level_ticks / yard.capacity / static_cast<double>(end - model_->from);
    if (result.served == 0 && level_ticks <= 0) continue;
    result.name = model_->places[yard.place].name + ", yard for " + std::string{to_text(yard.of)} +
                  ": trains held";
    result.code = model_->world[yard.row].code;
    answer.facilities.push_back(std::move(result));
  }
}

void Run::add_stations(Answer& answer) const {
  const Time end = model_->until;
  for (Index s = 0; s < stations_.size(); ++s) {
    const Station& station = model_->stations[s];
    FacilityResult result =
        facility_of(station.is_gauge_change ? FacilityKind::kGaugeChange : FacilityKind::kTerminal,
                    stations_[s].wait_statistics(), station_cargo_[s], end);
    if (result.served == 0) continue;
    result.name = station.name;
    result.code = station.code;
    result.utilization = stations_[s].utilization(end);
    answer.facilities.push_back(std::move(result));
  }
  for (Index b = 0; b < berths_.size(); ++b) {
    FacilityResult result =
        facility_of(FacilityKind::kBerth, berths_[b].wait_statistics(), berth_cargo_[b], end);
    if (result.served == 0) continue;
    const Berths& berth = model_->berths[b];
    result.name = model_->places[berth.place].name + ", berths: " + model_->world[berth.row].name;
    result.code = model_->world[berth.row].code;
    result.utilization = berths_[b].utilization(end);
    const auto share = [&](ShipState state) {
      Time ticks = berth_spent_[b][static_cast<std::size_t>(state)];
      for (const Ship& ship : ships_) {
        if (ship.berth == b && ship.state == state) ticks += end - ship.since;
      }
      return static_cast<double>(ticks) / static_cast<double>(end - model_->from) / berth.units;
    };
    result.share_filling = share(ShipState::kLoading);
    result.share_stormbound = share(ShipState::kReady);
    // What lifts at the end of a pipeline has no name and does nothing but load.
    result.share_working =
        std::max(0.0, result.utilization - result.share_filling - result.share_stormbound);
    answer.facilities.push_back(std::move(result));
  }
}

void Run::add_lines(Answer& answer) const {
  const auto span = static_cast<double>(model_->until - model_->from);
  for (Index i = 0; i < sections_.size(); ++i) {
    const SectionState& state = sections_[i];
    if (state.passed == 0) continue;
    const Section& section = model_->sections[i];
    const Link& link = model_->world[section.link];
    FacilityResult result{.kind = FacilityKind::kSection};
    result.name = model_->world[link.from].name + " - " + model_->world[link.to].name + ", line";
    result.code = link.code;
    result.served = state.passed;
    result.tonnes = state.kg / 1000;
    const auto trains = static_cast<double>(state.passed);
    result.mean_wait_hours = state.wait_ticks / trains / kTicksPerHour;
    result.mean_queue = state.wait_ticks / span;
    add_quantiles(result, state.spans);
    result.utilization = state.busy_ticks / span / section.paths();
    result.waiting_tonne_hours = state.wait_kg_ticks / 1000 / kTicksPerHour;
    result.short_tonne_hours = result.waiting_tonne_hours;
    result.tonnes_by_month = months_of(state.by_month);
    add_weeks(result, state.queue, state.used);
    answer.facilities.push_back(std::move(result));
  }
  for (Index i = 0; i < locomotives_.size(); ++i) {
    const LocomotiveState& state = locomotives_[i];
    if (state.taken == 0) continue;
    const LocomotivePool& pool = model_->locomotives[i];
    FacilityResult result{.kind = FacilityKind::kLocomotives, .name = pool.name, .code = pool.code};
    result.served = state.taken;
    result.tonnes = state.kg / 1000;
    result.mean_wait_hours = state.wait_ticks / static_cast<double>(state.taken) / kTicksPerHour;
    result.mean_queue = state.wait_ticks / span;
    add_quantiles(result, state.spans);
    result.utilization = std::min(1.0, state.busy_ticks / span / pool.count);
    result.waiting_tonne_hours = state.wait_kg_ticks / 1000 / kTicksPerHour;
    result.short_tonne_hours = result.waiting_tonne_hours;
    result.tonnes_by_month = months_of(state.by_month);
    answer.facilities.push_back(std::move(result));
  }
  for (Index i = 0; i < borders_.size(); ++i) {
    const BorderState& state = borders_[i];
    if (state.passed == 0) continue;
    FacilityResult result{.kind = FacilityKind::kBorder};
    result.name = model_->borders[i].name + ", border";
    result.code = model_->borders[i].code;
    result.served = state.passed;
    result.tonnes = state.kg / 1000;
    result.mean_wait_hours = state.ticks / static_cast<double>(state.passed) / kTicksPerHour;
    add_quantiles(result, state.spans);
    result.mean_queue = state.ticks / span;
    result.waiting_tonne_hours = state.kg_short_ticks / 1000 / kTicksPerHour;
    result.short_tonne_hours = result.waiting_tonne_hours;
    result.tonnes_by_month = months_of(state.by_month);
    answer.facilities.push_back(std::move(result));
  }
}

void Run::add_services(Answer& answer) const {
  for (Index i = 0; i < model_->lines.size(); ++i) {
    const Line& line = model_->lines[i];
    const LineState& state = lines_[i];
    const Service& service = model_->world[line.service];
    ServiceResult result{
        .name = service.name, .code = service.code, .departures = state.departures};
    for (Index s = line.stops.begin; s < line.stops.end; ++s) {
      const CargoWait& boarded = stops_[s].wait.cargo;
      result.tonnes += boarded.kg / 1000;
      const std::vector<double> months = months_of(boarded.by_month);
      result.tonnes_by_month.resize(std::max(months.size(), result.tonnes_by_month.size()));
      for (std::size_t m = 0; m < months.size(); ++m)
        result.tonnes_by_month[m] += months[m];
    }
    if (result.tonnes <= 0 && state.departures == 0) continue;
    if (state.departures > 0) {
      const auto n = static_cast<double>(state.departures);
      result.load_factor = state.full_sum / n;
      for (std::size_t a = 0; a < kActivities; ++a)
        result.hours[a] = state.spent[a] / n / kTicksPerHour;
    }
    answer.services.push_back(std::move(result));
  }
}

void Run::add_ships(Answer& answer) const {
  const auto span = static_cast<double>(model_->until - model_->from);
  for (Index s = 0; s < ships_.size(); ++s) {
    const Ship& ship = ships_[s];
    const auto share = [&](ShipState state) {
      double ticks = static_cast<double>(ship.spent[static_cast<std::size_t>(state)]);
      if (ship.state == state) ticks += static_cast<double>(model_->until - ship.since);
      return ticks / span;
    };
    VesselResult result{.name = model_->vessels[s].name, .voyages = ship.voyages};
    result.tonnes = ship.kg_carried / 1000;
    if (ship.voyages > 0) result.load_factor = ship.full_sum / static_cast<double>(ship.voyages);
    result.share_sailing = share(ShipState::kSailing);
    result.share_ballast = share(ShipState::kBallast);
    result.share_working = share(ShipState::kUnloading);
    result.share_filling = share(ShipState::kLoading);
    result.share_berth = share(ShipState::kWaiting);
    result.share_stormbound = share(ShipState::kOutside) + share(ShipState::kReady);
    result.share_repair = share(ShipState::kRepair);
    result.share_idle = share(ShipState::kIdle);
    result.tonnes_by_month = months_of(ship.by_month);
    result.weeks = ship.weeks;
    answer.vessels.push_back(std::move(result));
  }
}

void Run::add_places(Answer& answer) const {
  for (Index p = 0; p < places_.size(); ++p) {
    const PlaceState& state = places_[p];
    if (state.kg_loaded + state.kg_unloaded <= 0) continue;
    Time closed = 0;
    for (const auto& [from, until] : state.closed) {
      const Time begin = std::max(from, model_->from);
      closed += std::max<Time>(0, std::min(until, model_->until) - begin);
    }
    answer.places.push_back({.place = model_->places[p].name,
                             .tonnes_loaded = state.kg_loaded / 1000,
                             .tonnes_unloaded = state.kg_unloaded / 1000,
                             .closed_share = static_cast<double>(closed) /
                                             static_cast<double>(model_->until - model_->from),
                             .tonnes_by_month = months_of(state.by_month)});
  }
  for (Index p = 0; p < places_.size(); ++p) {
    const WeightedSpans& stays = places_[p].stays;
    if (stays.count == 0) continue;
    answer.dwells.push_back({.place = model_->places[p].name,
                             .code = model_->places[p].code,
                             .stays = stays.count,
                             .tonnes = stays.kg / 1000,
                             .hours = spread_of(stays)});
  }
}

// Ships kept by the weather, by port.
void Run::add_harbors(Answer& answer) const {
  for (Index p = 0; p < places_.size(); ++p) {
    const PlaceState& state = places_[p];
    if (state.storms == 0) continue;
    FacilityResult result{.kind = FacilityKind::kHarbor};
    result.name = model_->places[p].name + ", ships kept by weather";
    result.code = model_->places[p].code + "@weather";
    result.served = state.storms;
    result.tonnes = state.storm_kg / 1000;
    result.mean_wait_hours = state.storm_ticks / static_cast<double>(state.storms) / kTicksPerHour;
    add_quantiles(result, state.storm_spans);
    result.mean_queue = state.storm_ticks / static_cast<double>(model_->until - model_->from);
    result.waiting_tonne_hours = state.storm_kg_ticks / 1000 / kTicksPerHour;
    answer.facilities.push_back(std::move(result));
  }
}

void Run::add_pipes(Answer& answer) {
  const auto span = static_cast<double>(model_->until - model_->from);
  for (Index p = 0; p < pipes_.size(); ++p) {
    change_tank(p, 0);
    const PipeState& state = pipes_[p];
    const Pipe& pipe = model_->pipes[p];
    PipelineResult result{.name = pipe.name, .tonnes = static_cast<double>(state.kg_out) / 1000};
    if (state.busy > 0) result.mean_rate_t_per_h = result.tonnes / to_hours(state.busy);
    result.share_stopped = std::max(0.0, 1 - static_cast<double>(state.busy) / span);
    if (state.plugs_out > 0)
      result.mean_hours_in_line =
          state.in_line_ticks / static_cast<double>(state.plugs_out) / kTicksPerHour;
    watch_level(p);
    result.tonnes_by_month = months_of(state.by_month);
    result.end = model_->places[pipe.to_place].row;
    const TerminalState& terminal = terminals_[p];
    result.liftings = terminal.liftings;
    if (terminal.liftings > 0)
      result.mean_parcel_t = terminal.kg_lifted / static_cast<double>(terminal.liftings) / 1000;
    result.trips = terminal.trips;
    const Time open_trip = terminal.is_tripped ? model_->until - terminal.tripped_since : 0;
    result.share_tripped = static_cast<double>(terminal.tripped + open_trip) / span;
    answer.pipelines.push_back(std::move(result));
    if (pipe.terminal_kg > 0) {
      answer.tanks.push_back(
          {.name = "After " + pipe.name,
           .place = model_->places[pipe.to_place].row,
           .mean_tonnes = terminal.kg_ticks / span / 1000,
           .least_tonnes = static_cast<double>(terminal.least) / 1000,
           .greatest_tonnes = static_cast<double>(terminal.greatest) / 1000,
           .share_full = answer.pipelines.back().share_tripped,
           .room_tonnes = static_cast<double>(pipe.terminal_kg) / 1000,
           .tonnes_by_week = {terminal.by_week.begin(), terminal.by_week.end()}});
    }
    answer.tanks.push_back(
        {.name = "Before " + pipe.name,
         .place = model_->places[pipe.from_place].row,
         .mean_tonnes = state.tank_kg_ticks / span / 1000,
         .least_tonnes = static_cast<double>(state.tank_least) / 1000,
         .greatest_tonnes = static_cast<double>(state.tank_greatest) / 1000,
         .share_full = static_cast<double>(state.tank_full) / span,
         .share_empty = static_cast<double>(state.tank_empty) / span,
         .room_tonnes = static_cast<double>(pipe.tank_kg) / 1000,
         .tonnes_by_week = {state.tank_by_week.begin(), state.tank_by_week.end()}});
  }
}

Answer Run::outcome() {
  Answer answer;
  note_months();
  answer.from = day_of(model_->from);
  add_markets(answer);
  add_queues(answer);
  add_stations(answer);
  add_lines(answer);
  add_harbors(answer);
  add_services(answer);
  add_ships(answer);
  add_places(answer);
  add_pipes(answer);
  double all = 0;
  for (const FacilityResult& f : answer.facilities)
    all += f.waiting_tonne_hours;
  for (FacilityResult& f : answer.facilities) {
    f.name = upper_first(std::move(f.name));
    if (all <= 0) continue;
    f.share_of_waiting = f.waiting_tonne_hours / all;
    f.share_of_short = f.short_tonne_hours / all;
  }
  std::ranges::stable_sort(answer.facilities, std::greater{}, &FacilityResult::waiting_tonne_hours);
  answer.events = std::move(events_);
  answer.delivered = std::move(delivered_);
  answer.shipments = shipment_count_;
  answer.engine_events = engine_.events();
  answer.fingerprint = engine_.fingerprint();
  return answer;
}

}  // namespace karvan::simulate::detail
