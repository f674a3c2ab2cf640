#include "karvan/report/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "karvan/plan/plan.h"
#include "karvan/report/detail/model_values.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using detail::ModelValue;

bool has_ends(const Observation& observation) {
  return observation.from.valid() && observation.to.valid();
}

detail::Way way_of(const Observation& observation) {
  detail::Way way{.stops = {observation.from}};
  way.stops.insert(way.stops.end(), observation.via.begin(), observation.via.end());
  way.stops.push_back(observation.to);
  return way;
}

ModelValue none(std::string why) {
  return {.value = std::nullopt, .method = std::move(why)};
}

// Hours in the observation's unit.
ModelValue in_time_unit(ModelValue hours, const std::string& unit) {
  if (!hours.value) return hours;
  if (unit == "h") return hours;
  if (unit == "day" || unit == "d") return {.value = *hours.value / 24, .method = hours.method};
  if (unit == "min") return {.value = *hours.value * 60, .method = hours.method};
  return none("no unit of time: " + unit);
}

ModelValue speed(const World& world, const Observation& observation) {
  ModelValue hours = detail::running_hours(world, way_of(observation));
  const ModelValue km = detail::length_km(world, way_of(observation), detail::Over::kRail);
  if (!hours.value || !km.value || *hours.value <= 0) return hours;
  if (observation.unit == "km/day")
    return {.value = *km.value / *hours.value * 24, .method = hours.method};
  if (observation.unit == "km/h")
    return {.value = *km.value / *hours.value, .method = hours.method};
  return none("no unit of speed: " + observation.unit);
}

ModelValue model_value(const World& world,
                       const plan::Planner& planner,
                       const Observation& observation) {
  const detail::Asked asked{.load_unit = observation.load_unit, .period = observation.period};
  switch (observation.measure) {
    case Measure::kRailLength:
      if (!has_ends(observation) || observation.unit != "km") break;
      return detail::length_km(world, way_of(observation), detail::Over::kRail);
    case Measure::kLinkLength:
      if (!has_ends(observation) || observation.unit != "km") break;
      return detail::link_length_km(world, observation.from, observation.to);
    case Measure::kRunningTime:
      if (!has_ends(observation)) break;
      return in_time_unit(detail::running_hours(world, way_of(observation)), observation.unit);
    case Measure::kSpeed:
      if (!has_ends(observation)) break;
      return speed(world, observation);
    case Measure::kTransitTime:
      if (!has_ends(observation)) break;
      return in_time_unit(detail::transit_hours(world, planner, way_of(observation), asked),
                          observation.unit);
    case Measure::kPrice:
      if (!has_ends(observation) || observation.unit != "USD") break;
      return detail::price_per_unit(world, planner, way_of(observation), asked);
    case Measure::kBorderTime:
      return in_time_unit(detail::border_hours(world, planner, observation), observation.unit);
    case Measure::kCapacity:
      return detail::capacity(world, observation);
    case Measure::kOther:
      if (!has_ends(observation) || observation.unit != "km") break;
      return detail::length_km(world, way_of(observation), detail::Over::kAllButRoad);
    case Measure::kHandlingTime:
    case Measure::kThroughput:
      return none("for simulation to answer");
  }
  return none("nothing in the model has this form");
}

Verdict judge(const Observation& observation, double difference_percent) {
  if (!observation.tolerance_percent) return Verdict::kShown;
  return std::abs(difference_percent) <= *observation.tolerance_percent + 1e-9 ? Verdict::kInside
                                                                               : Verdict::kOutside;
}

double difference(const Observation& observation, double model) {
  const double nearest = std::clamp(model, observation.low, observation.high);
  return nearest == 0 ? 0 : (model - nearest) / std::abs(nearest) * 100;
}

std::string range_text(const Observation& observation) {
  if (observation.low == observation.high) return plain(observation.low);
  return plain(observation.low) + " to " + plain(observation.high);
}

int compared_decimals(double value) {
  if (std::abs(value) >= 100) return 0;
  return std::abs(value) >= 10 ? 1 : 2;
}

Cell place_cell(const World& world, Id<Place> place) {
  return place.valid() ? Cell{world[place].code} : Cell{};
}

}  // namespace

std::vector<Comparison> compare(const World& world) {
  const plan::Planner planner{world};
  std::vector<Comparison> all;
  for (const Id<Observation> id : world.ids<Observation>()) {
    const Observation& observation = world[id];
    Comparison one;
    one.observation = id;
    ModelValue value = model_value(world, planner, observation);
    one.model = value.value;
    one.method = std::move(value.method);
    if (one.model) {
      one.difference_percent = difference(observation, *one.model);
      one.verdict = judge(observation, one.difference_percent);
    }
    all.push_back(std::move(one));
  }
  return all;
}

Sheet comparison_sheet(const World& world, const std::vector<Comparison>& all, bool without_value) {
  Sheet sheet{.columns = {{"id", "Observation"},
                          {"quantity", "Quantity"},
                          {"from", "From"},
                          {"to", "To"},
                          {"period", "When"},
                          {"low", ""},
                          {"high", ""},
                          {"published", "Published"},
                          {"model", "Model"},
                          {"unit", "Unit"},
                          {"difference_percent", "Off, %"},
                          {"tolerance_percent", "Allowed, %"},
                          {"verdict", "Verdict"},
                          {"method", "Model's value"}},
              .rows = {}};
  for (const Comparison& one : all) {
    if (!one.model && !without_value) continue;
    const Observation& observation = world[one.observation];
    sheet.rows.push_back(
        {observation.code, observation.quantity, place_cell(world, observation.from),
         place_cell(world, observation.to), observation.period, Cell{observation.low, 3},
         Cell{observation.high, 3}, range_text(observation),
         one.model ? Cell{*one.model, compared_decimals(*one.model)} : Cell{}, observation.unit,
         one.model ? Cell{one.difference_percent, 1} : Cell{},
         observation.tolerance_percent ? Cell{*observation.tolerance_percent, 1} : Cell{},
         verdict_text(one.verdict), one.method});
  }
  return sheet;
}

std::string comparison_summary(const std::vector<Comparison>& all) {
  std::array<int, 4> counts{};
  for (const Comparison& one : all)
    ++counts[static_cast<std::size_t>(one.verdict)];
  return fmt::format(
      "{} observations: {} inside their tolerance, {} outside, {} without a tolerance, {} not held "
      "against this model",
      all.size(), counts[0], counts[1], counts[2], counts[3]);
}

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::kInside:
      return "inside";
    case Verdict::kOutside:
      return "outside";
    case Verdict::kShown:
      return "shown";
    case Verdict::kNone:
      return "none";
  }
  return "";
}

}  // namespace karvan::report
