#include "karvan/report/plan_rows.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "karvan/base/text.h"
#include "karvan/geo/geojson.h"
#include "karvan/report/plan_report.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

// The number that its text with so many decimals says, so that all who tell it agree.
double told(double value, int decimals) {
  return *parse_double(format_fixed(value, decimals));
}

double days_of(const Itinerary& itinerary) {
  return to_hours(itinerary.arrive - itinerary.depart).value() / 24;
}

// "rail-ship-rail", modes in a row once.
std::string modes_of(const World& world, const Itinerary& itinerary) {
  std::vector<Mode> modes;
  for (const Leg& leg : itinerary.legs) {
    const Mode mode = world[leg.service].mode;
    if (modes.empty() || modes.back() != mode) modes.push_back(mode);
  }
  return mode_chain(modes);
}

std::string stops_of(const World& world, const Itinerary& itinerary) {
  std::vector<std::string> codes;
  for (std::size_t i = 1; i < itinerary.legs.size(); ++i)
    codes.push_back(world[itinerary.legs[i].from].code);
  return join(codes, ";");
}

std::string services_of(const World& world, const Itinerary& itinerary) {
  std::vector<std::string> codes;
  for (const Leg& leg : itinerary.legs)
    codes.push_back(world[leg.service].code);
  return join(codes, ";");
}

auto key_of(const Itinerary& itinerary, Criterion by) {
  const double arrive = static_cast<double>(itinerary.arrive.time_since_epoch().count());
  const double cost = itinerary.cost.value();
  const double co2e = itinerary.co2e.value();
  const auto risk = static_cast<double>(itinerary.miss_risk);
  switch (by) {
    case Criterion::kArrival:
      return std::tuple{arrive, cost, co2e};
    case Criterion::kCost:
      return std::tuple{cost, arrive, co2e};
    case Criterion::kRisk:
      return std::tuple{risk, arrive, cost};
    case Criterion::kCo2e:
      break;
  }
  return std::tuple{co2e, arrive, cost};
}

}  // namespace

std::vector<std::size_t> ranked(const plan::Answer& answer, Criterion by) {
  std::vector<std::size_t> order(answer.itineraries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return key_of(answer.itineraries[a], by) < key_of(answer.itineraries[b], by);
  });
  return order;
}

std::vector<SheetColumn> shipment_columns() {
  return {{"id", "Shipment"},    {"status", "Status"},
          {"option", "#"},       {"depart", ""},
          {"arrive", "Arrives"}, {"days", "Days"},
          {"cost_usd", "USD"},   {"co2e_kg", "kg CO2e"},
          {"distance_km", "km"}, {"legs", "Legs"},
          {"modes", "By"},       {"via", ""},
          {"services", ""},      {"risks", "Risk"},
          {"obstacle", ""},      {"message", "What is wrong"}};
}

std::vector<std::vector<Cell>> shipment_rows(const World& world,
                                             const Clocks& clocks,
                                             const ShipmentAnswered& shipment,
                                             Criterion by,
                                             std::size_t most) {
  const auto& [id, question, answer] = shipment;
  const std::string depart = clocks.text(question.from, question.depart);
  if (answer.itineraries.empty()) {
    return {{id,
             "no",
             {},
             depart,
             {},
             {},
             {},
             {},
             {},
             {},
             {},
             {},
             {},
             {},
             to_text(answer.refusal.obstacle),
             answer.refusal.message}};
  }
  std::vector<std::vector<Cell>> rows;
  for (const std::size_t i : ranked(answer, by)) {
    if (rows.size() == most) break;
    const Itinerary& itinerary = answer.itineraries[i];
    rows.push_back({id,
                    "ok",
                    Cell::count(rows.size() + 1),
                    depart,
                    clocks.text(question.to, itinerary.arrive),
                    Cell{days_of(itinerary), 2},
                    Cell{itinerary.cost.value(), 2},
                    Cell{itinerary.co2e.value(), 1},
                    Cell{itinerary.distance.value(), 1},
                    Cell::count(itinerary.legs.size()),
                    modes_of(world, itinerary),
                    stops_of(world, itinerary),
                    services_of(world, itinerary),
                    join(risk_words(itinerary.risks), ";"),
                    {},
                    {}});
  }
  return rows;
}

std::vector<Cell> faulty_shipment_row(const std::string& id, const std::string& fault) {
  return {id, "bad", {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, fault};
}

std::vector<SheetColumn> matrix_columns() {
  return {{"from", "From"},
          {"to", "To"},
          {"options", "Options"},
          {"earliest_arrive", "Earliest"},
          {"earliest_days", "Days"},
          {"earliest_modes", "By"},
          {"cheapest_usd", "Cheapest, USD"},
          {"cheapest_days", "Days"},
          {"cheapest_modes", "By"},
          {"lowest_co2e_kg", "Least kg CO2e"},
          {"lowest_co2e_days", "Days"},
          {"lowest_co2e_modes", "By"},
          {"obstacle", "Why not"}};
}

std::vector<Cell> matrix_row(const World& world,
                             const Clocks& clocks,
                             const plan::Question& question,
                             const plan::Answer& answer) {
  const std::string& from = world[question.from].code;
  const std::string& to = world[question.to].code;
  if (answer.itineraries.empty()) {
    return {from,
            to,
            Cell::count(0),
            {},
            {},
            {},
            {},
            {},
            {},
            {},
            {},
            {},
            to_text(answer.refusal.obstacle)};
  }
  const auto best = [&answer](Criterion by) -> const Itinerary& {
    return answer.itineraries[ranked(answer, by).front()];
  };
  const Itinerary& earliest = best(Criterion::kArrival);
  const Itinerary& cheapest = best(Criterion::kCost);
  const Itinerary& lowest = best(Criterion::kCo2e);
  return {from,
          to,
          Cell::count(answer.itineraries.size()),
          clocks.text(question.to, earliest.arrive),
          Cell{days_of(earliest), 2},
          modes_of(world, earliest),
          Cell{cheapest.cost.value(), 2},
          Cell{days_of(cheapest), 2},
          modes_of(world, cheapest),
          Cell{lowest.co2e.value(), 1},
          Cell{days_of(lowest), 2},
          modes_of(world, lowest),
          {}};
}

Sheet reached_sheet(const World& world,
                    const Clocks& clocks,
                    const std::vector<plan::Reached>& reached) {
  Sheet sheet{.columns = {{"days", "Days"},
                          {"arrive", "Free at the earliest"},
                          {"place", ""},
                          {"name", "Place"},
                          {"country", "Country"},
                          {"cost_usd", "USD"},
                          {"co2e_kg", "kg CO2e"},
                          {"modes", "By"},
                          {"via", "Via"}},
              .rows = {}};
  for (const plan::Reached& one : reached) {
    const Place& place = world[one.place];
    sheet.rows.push_back({Cell{days_of(one.earliest), 2},
                          clocks.text(one.place, one.earliest.arrive), place.code,
                          one_line(place.name), world[place.country].code,
                          Cell{one.earliest.cost.value(), 2}, Cell{one.earliest.co2e.value(), 1},
                          modes_of(world, one.earliest), stops_of(world, one.earliest)});
  }
  return sheet;
}

std::string reached_geojson(const World& world,
                            const Clocks& clocks,
                            const std::vector<plan::Reached>& reached) {
  GeoJsonWriter map;
  for (const plan::Reached& one : reached) {
    const Place& place = world[one.place];
    map.add_point(place.point(), {{"id", place.code},
                                  {"name", place.name},
                                  {"days", told(days_of(one.earliest), 2)},
                                  {"arrive", clocks.text(one.place, one.earliest.arrive)},
                                  {"cost_usd", told(one.earliest.cost.value(), 2)},
                                  {"co2e_kg", told(one.earliest.co2e.value(), 1)},
                                  {"modes", modes_of(world, one.earliest)}});
  }
  return std::move(map).finish();
}

}  // namespace karvan::report
