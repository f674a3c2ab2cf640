// Transit times, prices and borders: what is asked of the planner.

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/report/detail/model_values.h"

namespace karvan::report::detail {
namespace {

constexpr double kBoxes = 40;            // a block train's load, as in the reference question
constexpr std::chrono::days kRoom{150};  // left in the calendar after the last departure asked

struct Asking {
  std::vector<Date> days;
  bool is_moved = false;  // the calendar does not cover the period
};

// Four days of the month observed; of the year, if only that is known.
Asking days_to_ask(const World& world, std::string_view period) {
  const auto year = period.size() >= 4 ? parse_int<int>(period.substr(0, 4)) : std::nullopt;
  const bool has_month = period.size() >= 7 && period[4] == '-';
  const unsigned month = has_month ? parse_int<unsigned>(period.substr(5, 2)).value_or(0) : 0;
  const bool is_month = month >= 1 && month <= 12;
  const Date first = world.info().calendar_from + std::chrono::days{7};
  const Date last = std::max(first, world.info().calendar_until - kRoom);
  Asking asking;
  for (unsigned i = 0; i < 4; ++i) {
    const std::chrono::year_month_day day{std::chrono::year{year.value_or(1)},
                                          std::chrono::month{is_month ? month : 3 * i + 2},
                                          std::chrono::day{is_month ? 1 + 7 * i : 15}};
    const Date date = std::clamp(Date{day}, first, last);
    asking.is_moved = asking.is_moved || date != Date{day};
    if (std::ranges::find(asking.days, date) == asking.days.end()) asking.days.push_back(date);
  }
  return asking;
}

Id<LoadUnit> usual_box(const World& world) {
  for (const Id<LoadUnit> id : world.ids<LoadUnit>()) {
    const LoadUnit& unit = world[id];
    if (unit.kind == LoadUnitKind::kContainer && unit.teu == Teu{2} && !unit.is_refrigerated)
      return id;
  }
  return {};
}

// Ordinary goods that the load unit may carry: the first that are not dangerous, no food and need
// no temperature; else the first.
Id<Goods> usual_goods(const World& world, Id<LoadUnit> load_unit) {
  Id<Goods> best;
  bool best_is_plain = false;
  for (const Id<Goods> id : world.ids<Goods>()) {
    const Goods& goods = world[id];
    if (std::ranges::find(goods.load_units, load_unit) == goods.load_units.end()) continue;
    const bool is_plain = goods.hazard_class.empty() && !goods.is_food &&
                          !goods.temperature_min_c && !goods.temperature_max_c;
    if (best.valid() && (best_is_plain || !is_plain)) continue;
    best = id;
    best_is_plain = is_plain;
  }
  return best;
}

std::optional<Shipment> usual_shipment(const World& world, Id<LoadUnit> load_unit) {
  Shipment shipment;
  shipment.load_unit = load_unit.valid() ? load_unit : usual_box(world);
  if (!shipment.load_unit.valid()) return std::nullopt;
  shipment.goods = usual_goods(world, shipment.load_unit);
  if (!shipment.goods.valid()) return std::nullopt;
  const LoadUnitKind kind = world[shipment.load_unit].kind;
  shipment.unit = QuantityUnit::kUnits;
  shipment.quantity = kind == LoadUnitKind::kContainer || kind == LoadUnitKind::kWagon ? kBoxes : 1;
  return shipment;
}

bool passes(const Itinerary& itinerary, Id<Place> place) {
  const auto touches = [place](const Passage& p) { return p.from == place || p.to == place; };
  const auto leg_passes = [&](const Leg& leg) { return std::ranges::any_of(leg.path, touches); };
  return std::ranges::any_of(itinerary.legs, leg_passes);
}

bool passes_all(const Itinerary& itinerary, const Way& way) {
  return std::ranges::all_of(way.stops, [&](Id<Place> p) { return passes(itinerary, p); });
}

// What one departure takes: the least of a criterion over the options on the way meant. Where the
// options of the whole go another way, the parts are asked one after the other; then the loading at
// each place between is counted once. Hours run as the trade counts them: from the first departure
// to the last arrival, formalities included; neither the work at the two ends nor the wait for the
// first departure.
struct Least {
  double hours = 0;
  double usd = 0;
  bool in_parts = false;
};
enum class Seeking { kHours, kUsd };

Duration on_the_way(const Itinerary& itinerary) {
  return itinerary.transfers.back().begin - itinerary.legs.front().depart;
}

std::optional<Least> least_of(const plan::Answer& answer, const Way& way, Seeking criterion) {
  std::optional<Least> best;
  for (const Itinerary& itinerary : answer.itineraries) {
    if (!passes_all(itinerary, way)) continue;
    const Least one{.hours = to_hours(on_the_way(itinerary)).value(),
                    .usd = itinerary.cost.value(),
                    .in_parts = false};
    const bool is_less =
        !best || (criterion == Seeking::kHours ? one.hours < best->hours : one.usd < best->usd);
    if (is_less) best = one;
  }
  return best;
}

struct Trial {
  const World& world;
  const plan::Planner& planner;
  const Way& way;
  Seeking criterion;

  std::optional<Least> operator()(const Shipment& shipment, Instant depart) const {
    plan::Question question;
    question.from = way.stops.front();
    question.to = way.stops.back();
    question.shipment = shipment;
    question.depart = depart;
    if (const auto whole = least_of(planner.answer(question), way, criterion)) return whole;
    if (way.stops.size() == 2) return std::nullopt;
    return in_parts(question);
  }

  std::optional<Least> in_parts(plan::Question question) const {
    Least sum{.hours = 0, .usd = 0, .in_parts = true};
    for (std::size_t i = 0; i + 1 < way.stops.size(); ++i) {
      question.from = way.stops[i];
      question.to = way.stops[i + 1];
      const plan::Answer answer = planner.answer(question);
      const Itinerary* best = nullptr;
      for (const Itinerary& itinerary : answer.itineraries) {
        if (best == nullptr || (criterion == Seeking::kHours ? itinerary.arrive < best->arrive
                                                             : itinerary.cost < best->cost))
          best = &itinerary;
      }
      if (best == nullptr) return std::nullopt;
      const bool is_last = i + 2 == way.stops.size();
      const Transfer& unloading = best->transfers.back();
      const Instant begin = i == 0 ? best->legs.front().depart : question.depart;
      sum.hours += to_hours(unloading.begin - begin).value();
      sum.usd += best->cost.value() - (is_last ? 0 : unloading.cost.value());
      question.depart = unloading.begin;
    }
    return sum;
  }
};

ModelValue mean_of(const Trial& trial, const Asked& asked) {
  const std::optional<Shipment> shipment = usual_shipment(trial.world, asked.load_unit);
  if (!shipment) return {.value = std::nullopt, .method = "no load unit or goods to ask with"};
  const Clocks clocks{trial.world};
  const Asking asking = days_to_ask(trial.world, asked.period);
  double sum = 0;
  int n = 0;
  bool in_parts = false;
  for (const Date day : asking.days) {
    const Instant depart = clocks.instant(trial.way.stops.front(), day, std::chrono::minutes{0});
    const std::optional<Least> least = trial(*shipment, depart);
    if (!least) continue;
    sum += trial.criterion == Seeking::kHours ? least->hours : least->usd / shipment->quantity;
    in_parts = in_parts || least->in_parts;
    ++n;
  }
  if (n == 0) return {.value = std::nullopt, .method = "the planner finds no option on this way"};
  std::string method = fmt::format("{} of the {} options, mean of {} day{}",
                                   trial.criterion == Seeking::kHours ? "fastest" : "cheapest",
                                   in_parts ? "joined" : "planner's", n, n == 1 ? "" : "s");
  if (asking.is_moved) method += ", on the nearest days of the calendar";
  return {.value = sum / n, .method = method};
}

}  // namespace

ModelValue transit_hours(const World& world,
                         const plan::Planner& planner,
                         const Way& way,
                         const Asked& asked) {
  return mean_of({.world = world, .planner = planner, .way = way, .criterion = Seeking::kHours},
                 asked);
}

ModelValue price_per_unit(const World& world,
                          const plan::Planner& planner,
                          const Way& way,
                          const Asked& asked) {
  return mean_of({.world = world, .planner = planner, .way = way, .criterion = Seeking::kUsd},
                 asked);
}

namespace {

// The general procedure of railways, before any regime.
ModelValue general_border_hours(const World& world) {
  double hours = 0;
  bool found = false;
  for (const Id<CrossingStep> id : world.ids<CrossingStep>()) {
    const CrossingStep& step = world[id];
    const Crossing& crossing = world[step.crossing];
    const bool is_general =
        !crossing.from.valid() && !crossing.to.valid() && !crossing.link.valid();
    if (!is_general || crossing.mode != Mode::kRail || step.food_only) continue;
    hours += mean(step.hours).value() * step.share;
    found = true;
  }
  if (!found) return {.value = std::nullopt, .method = "no general procedure of railways"};
  return {.value = hours, .method = "general procedure of railways, before regimes"};
}

}  // namespace

ModelValue border_hours(const World& world,
                        const plan::Planner& planner,
                        const Observation& observation) {
  if (!observation.from.valid() && !observation.to.valid()) return general_border_hours(world);
  const std::optional<Shipment> shipment = usual_shipment(world, {});
  if (!observation.from.valid() || !observation.to.valid() || !shipment)
    return {.value = std::nullopt, .method = "a border needs both its sides"};
  plan::Question question;
  question.from = observation.from;
  question.to = observation.to;
  question.shipment = *shipment;
  question.refuse.modes = {Mode::kRoad};
  const Asking asking = days_to_ask(world, observation.period);
  question.depart =
      Clocks{world}.instant(observation.from, asking.days.front(), std::chrono::minutes{0});
  for (const Itinerary& itinerary : planner.answer(question).itineraries) {
    double hours = 0;
    for (const BorderPassed& border : itinerary.borders) {
      for (const StepTaken& step : border.steps)
        hours += step.hours.value();
    }
    if (itinerary.borders.empty()) continue;
    return {.value = hours, .method = "expected hours of the steps, regimes applied"};
  }
  return {.value = std::nullopt, .method = "the planner finds no option over this border"};
}

}  // namespace karvan::report::detail
