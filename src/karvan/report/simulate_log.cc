// What a run's shipments went through, row by row.

#include <chrono>

#include "karvan/base/text.h"
#include "karvan/report/simulate_report.h"

namespace karvan::report {

std::string simulate_events_csv(const World& world, const simulate::Answer& answer) {
  const auto number = [](std::uint64_t n) { return n == 0 ? std::string{} : std::to_string(n); };
  std::string text = csv_line({"event_time", "shipment", "business_step", "place", "service",
                               "vehicle", "load_unit", "units", "kg", "parent", "demand"});
  for (const simulate::EventRow& row : answer.events) {
    text += csv_line({instant_to_text(row.time, std::chrono::minutes{0}),
                      std::to_string(row.shipment), std::string{to_text(row.step)},
                      world[row.place].code, row.service.valid() ? world[row.service].code : "",
                      number(row.vehicle), row.load_unit.valid() ? world[row.load_unit].code : "",
                      number(static_cast<std::uint64_t>(row.units)), std::to_string(row.kg),
                      number(row.parent), row.demand.valid() ? world[row.demand].code : ""});
  }
  return text;
}

std::string simulate_shipments_csv(const World& world, const simulate::Answer& answer) {
  const std::chrono::minutes utc{0};
  std::vector<std::string> head{"shipment", "demand",    "market", "from",      "to",
                                "released", "delivered", "kg",     "planned_h", "transit_h"};
  for (std::size_t a = 0; a < simulate::kActivities; ++a)
    head.push_back(std::string{to_text(static_cast<simulate::Activity>(a))} + "_h");
  head.insert(head.end(), {"usd", "kg_co2e"});
  std::string text = csv_line(head);
  for (const simulate::ShipmentRow& row : answer.delivered) {
    const Demand& demand = world[row.demand];
    std::vector<std::string> cells{std::to_string(row.shipment),
                                   demand.code,
                                   demand.market,
                                   world[demand.from].code,
                                   world[demand.to].code,
                                   instant_to_text(row.released, utc),
                                   instant_to_text(row.delivered, utc),
                                   std::to_string(row.kg),
                                   format_fixed(row.planned_hours, 2),
                                   format_fixed(to_hours(row.delivered - row.released).value(), 4)};
    for (const double hours : row.hours)
      cells.push_back(format_fixed(hours, 4));
    cells.push_back(format_fixed(row.usd, 2));
    cells.push_back(format_fixed(row.kg_co2e, 2));
    text += csv_line(cells);
  }
  return text;
}

}  // namespace karvan::report
