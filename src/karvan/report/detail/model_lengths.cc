// Lengths, running times and capacities: what follows from links and services without a search in
// time.

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <utility>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/detail/model_values.h"

namespace karvan::report::detail {
namespace {

using Weight = std::function<std::optional<double>(const Link&)>;

// Dijkstra (1959) over the links that have a weight; the corridor is small.
std::optional<std::vector<Id<Link>>> shortest(const World& world,
                                              Id<Place> from,
                                              Id<Place> to,
                                              const Weight& weight) {
  const double far = std::numeric_limits<double>::infinity();
  Column<Place, std::vector<Id<Link>>> at{world.size<Place>()};
  for (const Id<Link> id : world.ids<Link>()) {
    at[world[id].from].push_back(id);
    at[world[id].to].push_back(id);
  }
  Column<Place, double> distance{world.size<Place>(), far};
  Column<Place, Id<Link>> by{world.size<Place>()};
  using Entry = std::pair<double, Id<Place>>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  distance[from] = 0;
  open.push({0, from});
  while (!open.empty()) {
    const auto [reached, place] = open.top();
    open.pop();
    if (reached > distance[place]) continue;
    if (place == to) break;
    for (const Id<Link> id : at[place]) {
      const std::optional<double> step = weight(world[id]);
      const Id<Place> next = world[id].from == place ? world[id].to : world[id].from;
      if (!step || reached + *step >= distance[next]) continue;
      distance[next] = reached + *step;
      by[next] = id;
      open.push({distance[next], next});
    }
  }
  if (distance[to] == far) return std::nullopt;
  std::vector<Id<Link>> path;
  for (Id<Place> place = to; place != from;) {
    path.push_back(by[place]);
    const Link& link = world[by[place]];
    place = link.from == place ? link.to : link.from;
  }
  std::ranges::reverse(path);
  return path;
}

std::optional<std::vector<Id<Link>>> shortest(const World& world,
                                              const Way& way,
                                              const Weight& weight) {
  std::vector<Id<Link>> all;
  for (std::size_t i = 0; i + 1 < way.stops.size(); ++i) {
    const auto part = shortest(world, way.stops[i], way.stops[i + 1], weight);
    if (!part) return std::nullopt;
    all.insert(all.end(), part->begin(), part->end());
  }
  return all;
}

Weight length_over(Over over) {
  return [over](const Link& link) -> std::optional<double> {
    const bool fits = over == Over::kRail ? link.mode == Mode::kRail : link.mode != Mode::kRoad;
    if (!fits) return std::nullopt;
    return link.length.value();
  };
}

std::optional<double> rail_running(const Link& link) {
  if (link.mode != Mode::kRail) return std::nullopt;
  return link.running().value();
}

std::vector<Id<Call>> ordered_calls(const World& world, std::vector<Id<Call>> calls) {
  const auto by_sequence = [&world](Id<Call> a, Id<Call> b) {
    return world[a].sequence < world[b].sequence;
  };
  std::ranges::stable_sort(calls, by_sequence);
  return calls;
}

double hours_to(const World& world, const Call& call) {
  if (call.hours) return call.hours->value();
  double hours = 0;
  for (const Id<Link> link : call.links)
    hours += world[link].running().value();
  return hours;
}

bool touches(const World& world, Id<Link> link, Id<Place> place) {
  return world[link].from == place || world[link].to == place;
}

// Hours from leaving the first stop to arriving at the last, if the service calls at both in this
// order; the stops between may be passed without a call.
std::optional<double> hours_between(const World& world,
                                    const std::vector<Id<Call>>& calls,
                                    const Way& way) {
  std::optional<double> hours;
  std::size_t next = 0;
  for (const Id<Call> id : calls) {
    const Call& call = world[id];
    if (hours) {
      *hours += hours_to(world, call);
      const auto passes = [&](Id<Link> link) { return touches(world, link, way.stops[next]); };
      while (next + 1 < way.stops.size() &&
             (call.place == way.stops[next] || std::ranges::any_of(call.links, passes)))
        ++next;
      if (next + 1 == way.stops.size() && call.place == way.stops[next]) return hours;
      *hours += call.dwell.value();
    } else if (call.place == way.stops.front()) {
      hours = 0;
      next = 1;
    }
  }
  return std::nullopt;
}

}  // namespace

ModelValue length_km(const World& world, const Way& way, Over over) {
  const auto path = shortest(world, way, length_over(over));
  if (!path) return {.value = std::nullopt, .method = "no way over the links meant"};
  double km = 0;
  for (const Id<Link> link : *path)
    km += world[link].length.value();
  return {.value = km, .method = fmt::format("shortest way, {} links", path->size())};
}

ModelValue link_length_km(const World& world, Id<Place> from, Id<Place> to) {
  for (const Id<Link> id : world.ids<Link>()) {
    const Link& link = world[id];
    if (link.mode == Mode::kRoad || !touches(world, id, from) || !touches(world, id, to)) continue;
    return {.value = link.length.value(), .method = "link " + link.code};
  }
  return length_km(world, {.stops = {from, to}}, Over::kAllButRoad);
}

ModelValue running_hours(const World& world, const Way& way) {
  const Column<Service, std::vector<Id<Call>>> calls = group<Service>(world, &Call::service);
  std::optional<double> best;
  Id<Service> fastest;
  for (const Id<Service> id : world.ids<Service>()) {
    const auto hours = hours_between(world, ordered_calls(world, calls[id]), way);
    if (!hours || (best && *hours >= *best)) continue;
    best = hours;
    fastest = id;
  }
  if (best) return {.value = best, .method = "service " + world[fastest].code};
  const auto path = shortest(world, way, rail_running);
  if (!path) return {.value = std::nullopt, .method = "no service and no rail between them"};
  double hours = 0;
  for (const Id<Link> link : *path)
    hours += world[link].running().value();
  return {.value = hours, .method = "speeds of the links, without stops"};
}

namespace {

ModelValue teu_per_year(const World& world, const Observation& observation) {
  const Column<Service, std::vector<Id<Call>>> calls = group<Service>(world, &Call::service);
  const Way way{.stops = {observation.from, observation.to}};
  double teu = 0;
  for (const Id<Service> id : world.ids<Service>()) {
    const Service& service = world[id];
    if (!service.departures_per_week) continue;
    if (!hours_between(world, ordered_calls(world, calls[id]), way)) continue;
    double most = 0;  // load units share the room: the roomiest counts
    for (const Id<Capacity> row : world.ids<Capacity>()) {
      const Capacity& capacity = world[row];
      if (capacity.service != id) continue;
      most = std::max(most, capacity.units * world[capacity.load_unit].teu.value());
    }
    teu += most * *service.departures_per_week * 365.25 / 7;
  }
  if (teu == 0) return {.value = std::nullopt, .method = "no container service between them"};
  return {.value = teu, .method = "services: capacity x departures of a year, one way"};
}

std::optional<double> year_megatonnes(const World& world, Id<Link> id) {
  const Link& link = world[id];
  if (link.capacity_t_per_year) return *link.capacity_t_per_year / 1e6;
  for (const Id<Pipeline> row : world.ids<Pipeline>()) {
    if (world[row].link == id) return world[row].rate_max.value() * 8760 / 1e6;
  }
  return std::nullopt;
}

}  // namespace

ModelValue capacity(const World& world, const Observation& observation) {
  if (!observation.from.valid() || !observation.to.valid())
    return {.value = std::nullopt, .method = "a terminal's capacity is for simulation"};
  if (observation.unit == "TEU/y") return teu_per_year(world, observation);
  const auto path = shortest(world, {.stops = {observation.from, observation.to}},
                             length_over(Over::kAllButRoad));
  if (!path) return {.value = std::nullopt, .method = "no way over links"};
  std::optional<double> least;
  for (const Id<Link> id : *path) {
    const std::optional<double> value =
        observation.unit == "Mt/y"
            ? year_megatonnes(world, id)
            : (observation.unit == "pairs/day" ? world[id].capacity_pairs_per_day : std::nullopt);
    if (value && (!least || *value < *least)) least = value;
  }
  if (!least) return {.value = std::nullopt, .method = "its links have no capacity in this unit"};
  return {.value = least, .method = "least capacity of the links on the way"};
}

}  // namespace karvan::report::detail
