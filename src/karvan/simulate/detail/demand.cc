// Demand: releases by month and pattern, and the choice of ways, at the start and again on the way.

#include <algorithm>
#include <utility>

#include "karvan/base/hash.h"
#include "karvan/base/math.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {
namespace {

// A delay longer than that is as good as never.
constexpr Time kLongestDelay = 3650 * kDay;

}  // namespace

// The k-th release comes when the expected number of arrivals reaches the sum of k exponential
// spans (Poisson), or k and a random part (block trains, flows): inversion, so that a busier month
// moves the same arrivals closer together.
Time Run::release_time(const Source& source, SourceState& state) {
  if (source.pattern == ArrivalPattern::kPoisson || source.pattern == ArrivalPattern::kBatch) {
    state.arrivals -= stable_log(des::open_uniform(state.draws));
  } else {
    state.arrivals += state.count == 0 ? des::open_uniform(state.draws) : 1.0;
  }
  while (state.month + 1 < source.months.size() &&
         source.months[state.month + 1].arrivals_before < state.arrivals)
    ++state.month;
  if (state.month + 1 >= source.months.size()) return des::kNever;
  const Month& month = source.months[state.month];
  const Month& next = source.months[state.month + 1];
  const double share =
      (state.arrivals - month.arrivals_before) / (next.arrivals_before - month.arrivals_before);
  return month.begin + static_cast<Time>(share * static_cast<double>(next.begin - month.begin));
}

void Run::schedule_release(Index index) {
  const Source& source = model_->sources[index];
  SourceState& state = sources_[index];
  if (source.is_sent) {
    if (state.count++ == 0) engine_.at(source.begin, event(Kind::kRelease, index));
    return;
  }
  Time at = release_time(source, state);
  for (++state.count; at < source.begin; ++state.count)
    at = release_time(source, state);
  if (at < source.end) engine_.at(at, event(Kind::kRelease, index));
}

// The season of a source that holds now.
const Season& Run::season_of(const Source& source, SourceState& state) const {
  while (state.season + 1 < source.seasons.size() && source.seasons[state.season + 1].from <= now())
    ++state.season;
  return source.seasons[state.season];
}

// Against the way with the least delay, so that what is late everywhere still goes somewhere.
void Run::avoid_delays(const Season& season) {
  Time least = kForever;
  for (Option& option : options_) {
    option.delay = delay_on(option.stages);
    least = std::min(least, option.delay);
  }
  for (Option& option : options_)
    option.weight *= stable_exp(-season.decay_per_hour * to_hours(option.delay - least));
}

// One of the ways by which something of `season` can go on, by their shares and present delays.
Index Run::pick(const Season& season, double u) {
  if (question_.avoid_delays) avoid_delays(season);
  double sum = 0;
  for (const Option& option : options_)
    sum += option.weight;
  double up_to = 0;
  std::size_t at = 0;
  for (; at + 1 < options_.size(); ++at) {
    up_to += options_[at].weight;
    if (u * sum < up_to) break;
  }
  return static_cast<Index>(at);
}

Index Run::pick_route(const Source& source, SourceState& state, double u) {
  const Season& season = season_of(source, state);
  options_.clear();
  for (Index c = season.choices.begin; c < season.choices.end; ++c) {
    const Choice& choice = model_->choices[c];
    options_.push_back({choice.share, choice.route, model_->routes[choice.route].stages});
  }
  return options_[options_.size() == 1 ? 0 : pick(season, u)].route;
}

// Before a ride the shipper looks at the ways of today that go on from here with the same load unit
// and empties, and may change to one of them. If the line it was meant for has ended, it must.
void Run::choose_again(Shipment& shipment) {
  const Stage& planned = model_->stages[shipment.stage];
  const bool has_ended = now() >= model_->lines[planned.line].valid_until;
  if (!has_ended && !question_.avoid_delays) return;
  const Season& season = season_of(model_->sources[shipment.source], sources_[shipment.source]);
  if (!has_ended && season.choices.size() == 1) return;
  options_.clear();
  if (!has_ended)
    options_.push_back(
        {0, shipment.route, {shipment.stage, model_->routes[shipment.route].stages.end}});
  for (Index c = season.choices.begin; c < season.choices.end; ++c) {
    const Choice& choice = model_->choices[c];
    const Range stages = model_->routes[choice.route].stages;
    for (Index i = stages.begin; i < stages.end; ++i) {
      const Stage& stage = model_->stages[i];
      const bool goes_on = stage.kind == StageKind::kRide && stage.place == planned.place &&
                           stage.load_unit == planned.load_unit && stage.pool == planned.pool &&
                           now() < model_->lines[stage.line].valid_until;
      if (!goes_on) continue;
      if (choice.route == shipment.route && i == shipment.stage) {
        options_.front().weight += choice.share;
      } else {
        options_.push_back({choice.share, choice.route, {i, stages.end}});
      }
      break;
    }
  }
  if (options_.empty() || (!has_ended && options_.size() == 1)) return;
  // A way that is no longer among those of today keeps the weight of the best of them.
  if (!has_ended && options_.front().weight <= 0) {
    for (const Option& option : options_)
      options_.front().weight = std::max(options_.front().weight, option.weight);
  }
  des::Draws draws = draws_of(Stream::kChoice, shipment.entity * 31 + shipment.stage);
  const Option& chosen = options_[pick(season, draws.uniform01())];
  shipment.route = chosen.route;
  shipment.stage = chosen.stages.begin;
}

// The line takes nobody any more, or not for long: those who wait for it look for another way.
void Run::line_ends(Index index) {
  const Line& line = model_->lines[index];
  // A shuttle or a pipeline still takes those whose turn is settled.
  if (line.carriage == Carriage::kShuttle || line.carriage == Carriage::kPipeline) return;
  for (Index s = line.stops.begin; s < line.stops.end; ++s) {
    Queue waiting = std::exchange(stops_[s].queue, Queue{});
    while (waiting.first != kNone) {
      const Index at = pop(waiting);
      served(stops_[s].wait, shipments_[at], Activity::kWaitDeparture,
             waited_for_room(stops_[s], shipments_[at], 0));
      begin_stage(at);
    }
  }
}

// What a shipper who asks around hears of a way: how long the first in each queue on it has waited,
// and when a line that is closed opens again.
Time Run::delay_on(Range range) const {
  Time delay = 0;
  for (Index i = range.begin; i < range.end; ++i) {
    const Stage& stage = model_->stages[i];
    if (stage.kind != StageKind::kRide) continue;
    const Line& line = model_->lines[stage.line];
    delay += std::min(open_from(line.restrictions, now()) - now(), kLongestDelay);
    const Index first = stops_[stage.from_stop].queue.first;
    if (first != kNone) delay += now() - shipments_[first].since;
    for (const Index yard : model_->places[model_->stops[stage.to_stop].place].yards) {
      if (yard == kNone || yards_[yard].held.empty()) continue;
      delay += now() - vehicles_[yards_[yard].held.front()].since;
    }
    for (Index h = model_->stops[stage.from_stop].limited_hops.end;
         h < model_->stops[stage.to_stop].limited_hops.end; ++h) {
      const Hop& hop = model_->hops[model_->limited_hops[h]];
      const Section& section = model_->sections[hop.section];
      const Time free_from = sections_[hop.section].free_from[direction(section, hop)];
      delay += std::max<Time>(0, free_from - now());
    }
  }
  return delay;
}

void Run::release(Index index) {
  const Source& source = model_->sources[index];
  SourceState& state = sources_[index];
  DemandTally& market = markets_[source.market];
  if (counting_) market.kg_released += static_cast<double>(source.kg);
  if (source.seasons.empty()) {  // no way at all
    if (counting_) market.kg_lost += static_cast<double>(source.kg);
    return schedule_release(index);
  }
  Fingerprint entity;
  entity.add(source.demand.index());
  entity.add(state.count);
  const Index at = shipments_.add({.source = index,
                                   .route = pick_route(source, state, state.draws.uniform01()),
                                   .kg = source.kg,
                                   .entity = entity.value(),
                                   .since = now(),
                                   .released = now()});
  Shipment& shipment = shipments_[at];
  shipment.stage = model_->routes[shipment.route].stages.begin;
  ++shipment_count_;
  market.kg_in_transit += shipment.kg;
  log(shipment, Step::kCommissioning, model_->stages[shipment.stage].place, nullptr);
  schedule_release(index);
  begin_stage(at);
}

}  // namespace karvan::simulate::detail
