#include "karvan/plan/detail/engine.h"

#include <algorithm>

namespace karvan::plan::detail {
namespace {

void add_day(std::vector<Minute>& minutes, Epoch epoch, const std::optional<Date>& day) {
  if (day) minutes.push_back(epoch.start_of(*day));
}

}  // namespace

void sort_unique(std::vector<Minute>& minutes) {
  std::ranges::sort(minutes);
  const auto doubles = std::ranges::unique(minutes);
  minutes.erase(doubles.begin(), doubles.end());
}

Engine::Engine(const World& seen, Closures closures)
    : world{seen},
      clocks{seen},
      epoch{seen.info().calendar_from},
      graph{seen, clocks, epoch, closures},
      rooms{seen, clocks, epoch, graph},
      tariffs{seen},
      carbon{seen},
      handling{seen},
      borders{seen},
      risks{seen},
      storage{seen},
      hire{seen},
      hazards{seen},
      capacities{group(seen, &Capacity::service)},
      terminals{seen.size<Place>()} {
  const Span span = compiled_span(world.info());
  read_openings(span);
  for (const Course& course : graph.courses())
    read_course(course, span);
  DCHECK(graph.courses().empty() || !kg_per_t.empty());
  read_changes();
}

double Engine::capacity(Id<Service> service, Id<LoadUnit> unit) const {
  double most = -1;
  for (const Id<Capacity> id : capacities[service]) {
    if (world[id].load_unit == unit) most = std::max(most, world[id].units);
  }
  return most;
}

// A load for several departures fills all but the last, which counts as full too.
Load Engine::load(Id<Service> service, const Consignment& cargo, Minute extra) const {
  const double most = capacity(service, cargo.load_unit);
  return {.share = cargo.units < most ? cargo.units / most : 1, .last = extra};
}

void Engine::read_openings(Span span) {
  Column<Place, std::vector<DailyOpening>> hours{world.size<Place>()};
  for (const Id<OpeningHours> id : world.ids<OpeningHours>()) {
    const OpeningHours& row = world[id];
    hours[row.place].push_back({.days = row.days, .opens = row.opens, .closes = row.closes});
  }
  for (const Id<Place> place : world.ids<Place>()) {
    if (!hours[place].empty())
      terminals[place] = OpenTimes{clocks, epoch, place, span, hours[place]};
  }
}

void Engine::read_course(const Course& course, Span span) {
  const Mode mode = world[course.service].mode;
  auto& passages_here = border_passages.emplace_back();
  double kg = 0;
  cost::Lateness late;
  for (std::uint32_t i = 0; i < course.stop_count; ++i) {
    kg += carbon.emitted(course.service, graph.hop(course, i), Tonnes{1}).wtw.value();
    kg_per_t.push_back(kg);
    if (i > 0) {
      const Minute run = graph.stop(course, i).arrive - graph.stop(course, i - 1).depart;
      late = late + risks.of_run(mode, graph.hop(course, i), std::chrono::minutes{run});
    }
    lateness.push_back(late);
    for (const Passage& passage : graph.hop(course, i)) {
      if (!crosses_border(world, passage)) continue;
      passages_here.push_back({.stop = i, .passage = passage});
      read_gate(passage, mode, span);
    }
  }
}

void Engine::read_gate(const Passage& passage, Mode mode, Span span) {
  const std::vector<Id<Goods>> goods = world.ids<Goods>();
  if (goods.empty()) return;
  // Which crossing it is depends neither on the goods nor on the day.
  const auto found =
      borders.procedure(passage, mode, {.goods = goods.front()}, world.info().calendar_from);
  if (!found) return;
  const Crossing& crossing = world[found->crossing];
  if (!crossing.opens && !crossing.closes) return;
  const std::pair key{found->crossing, passage.to};
  if (gates.contains(key)) return;
  const Id<Place> clock = crossing.place.valid() ? crossing.place : passage.to;
  const DailyOpening daily{.opens = crossing.opens.value_or(std::chrono::minutes{0}),
                           .closes = crossing.closes.value_or(std::chrono::minutes{kDayMinutes})};
  gates.emplace(key, OpenTimes{clocks, epoch, clock, span, {daily}});
}

void Engine::read_changes() {
  for (const Id<Tariff> id : world.ids<Tariff>()) {
    add_day(tariff_changes, epoch, world[id].valid_from);
    add_day(tariff_changes, epoch, world[id].valid_until);
  }
  for (const Id<Membership> id : world.ids<Membership>()) {
    add_day(membership_changes, epoch, world[id].from);
    add_day(membership_changes, epoch, world[id].until);
  }
  for (const Id<Regime> id : world.ids<Regime>())
    add_day(membership_changes, epoch, world[id].in_force_from);
  for (const Id<ThroughRate> id : world.ids<ThroughRate>()) {
    add_day(through_changes, epoch, world[id].valid_from);
    add_day(through_changes, epoch, world[id].valid_until);
  }
  sort_unique(tariff_changes);
  sort_unique(membership_changes);
  sort_unique(through_changes);
}

const OpenTimes& Engine::opening(Id<Crossing> crossing, Id<Place> arrival) const {
  const auto found = gates.find({crossing, arrival});
  return found == gates.end() ? always : found->second;
}

}  // namespace karvan::plan::detail
