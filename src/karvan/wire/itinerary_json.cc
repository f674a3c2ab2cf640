#include "karvan/wire/itinerary_json.h"

#include <cstddef>
#include <string>

#include "karvan/plan/charges.h"

namespace karvan::wire {
namespace {

// "load", "restow_container_to_wagon", "gauge_change_by_bogie_exchange".
std::string what_of(const World& world, const Transfer& transfer) {
  if (transfer.gauge_change.valid())
    return "gauge_change_by_" + std::string{to_text(world[transfer.gauge_change].method)};
  if (!transfer.handling.valid()) return "none";
  const Handling& handling = world[transfer.handling];
  if (handling.from_kind != handling.to_kind)
    return "restow_" + std::string{to_text(handling.from_kind)} + "_to_" +
           std::string{to_text(handling.to_kind)};
  if (transfer.from == Side::kGate) return "load";
  return transfer.to == Side::kGate ? "unload" : "transfer";
}

}  // namespace

void ItineraryWriter::time(std::string_view name, Id<Place> place, Instant instant) const {
  json_.text(name, clocks_.text(place, instant));
}

void ItineraryWriter::leg(const Leg& leg) const {
  const Service& service = world_[leg.service];
  json_.object()
      .text("mode", to_text(service.mode))
      .text("from", world_[leg.from].code)
      .text("to", world_[leg.to].code)
      .text("service", service.code)
      .text("operator", world_[service.operator_].code);
  time("depart", leg.from, leg.depart);
  time("arrive", leg.to, leg.arrive);
  json_.text("load_unit", world_[leg.consignment.load_unit].code)
      .number("units", leg.consignment.units, 3)
      .number("tonnes", leg.consignment.tonnes.value(), 3)
      .number("distance_km", leg.distance.value(), 1)
      .number("cost_usd", leg.cost.value(), 2)
      .number("co2e_kg", leg.co2e.value(), 1)
      .number("co2e_ttw_kg", leg.co2e_ttw.value(), 1)
      .list("links", leg.path, [this](const Passage& p) { json_.text(world_[p.link].code); })
      .end();
}

void ItineraryWriter::transfer(const Transfer& transfer) const {
  json_.object()
      .text("place", world_[transfer.place].code)
      .text("from_side", to_text(transfer.from))
      .text("to_side", to_text(transfer.to))
      .text("what", what_of(world_, transfer));
  time("begin", transfer.place, transfer.begin);
  time("end", transfer.place, transfer.end);
  json_.number("cost_usd", transfer.cost.value(), 2)
      .number("storage_usd", transfer.storage.value(), 2)
      .number("slack_hours", to_hours(transfer.slack).value(), 2)
      .number("probability", transfer.probability, 4)
      .number("co2e_kg", transfer.co2e.value(), 1)
      .end();
}

void ItineraryWriter::border(const BorderPassed& border) const {
  const Id<Place> from = border.passage.from;
  const Id<Place> to = border.passage.to;
  json_.object()
      .text("name", world_[border.crossing].name)
      .integer("leg", static_cast<long long>(border.leg))
      .text("from_country", world_[world_[from].country].code)
      .text("to_country", world_[world_[to].country].code)
      .text("from", world_[from].code)
      .text("to", world_[to].code);
  time("begin", to, border.begin);
  time("end", to, border.end);
  json_
      .list("steps", border.steps,
            [this](const StepTaken& taken) {
              json_.object()
                  .text("kind", to_text(world_[taken.step].kind))
                  .number("hours", taken.hours.value(), 2)
                  .number("cost_usd", taken.cost.value(), 2)
                  .end();
            })
      .list("regimes", border.regimes, [this](Id<Regime> id) { json_.text(world_[id].code); })
      .number("cost_usd", border.cost.value(), 2)
      .end();
}

void ItineraryWriter::through_rate(const ThroughPrice& through) const {
  json_.object()
      .text("id", world_[through.rate].code)
      .integer("first_leg", static_cast<long long>(through.first_leg))
      .integer("last_leg", static_cast<long long>(through.last_leg))
      .number("cost_usd", through.cost.value(), 2)
      .number("discount_usd", through.discount.value(), 2)
      .end();
}

void ItineraryWriter::document(const DocumentNeeded& needed) const {
  json_.object()
      .text("id", world_[needed.document].code)
      .text("name", world_[needed.document].name);
  code(json_, "from", world_, needed.from);
  code(json_, "to", world_, needed.to);
  json_.number("cost_usd", needed.cost.value(), 2);
  time("needed", needed.from, needed.needed);
  time("apply_by", needed.from, needed.apply_by);
  json_.end();
}

void ItineraryWriter::hire(const Itinerary& itinerary) const {
  json_.key("hire");
  if (!itinerary.hire) {
    json_.null();
    return;
  }
  const Hire& hire = *itinerary.hire;
  const Id<Place> depot = plan::depot_of(world_, itinerary);
  json_.object()
      .text("operator", world_[world_[hire.back].operator_].code)
      .text("empty_return", world_[hire.back].code)
      .text("depot", world_[depot].code);
  time("returned", depot, hire.returned);
  json_.number("empty_return_usd", hire.empty_return.value(), 2)
      .number("detention_usd", hire.detention.value(), 2)
      .end();
}

void ItineraryWriter::summary(const Itinerary& itinerary) const {
  const Id<Place> from = itinerary.legs.front().from;
  const Id<Place> to = itinerary.legs.back().to;
  json_.text("from", world_[from].code).text("to", world_[to].code);
  time("depart", from, itinerary.depart);
  time("arrive", to, itinerary.arrive);
  json_.number("duration_hours", to_hours(itinerary.arrive - itinerary.depart).value(), 2)
      .number("cost_usd", itinerary.cost.value(), 2)
      .number("co2e_kg", itinerary.co2e.value(), 1)
      .number("co2e_ttw_kg", itinerary.co2e_ttw.value(), 1)
      .number("distance_km", itinerary.distance.value(), 1)
      .number("probability", itinerary.probability, 4);
  json_.key("risks").array();
  for (const auto& [risk, text] : EnumTexts<Risk>::values)
    if (itinerary.risks.contains(risk)) json_.text(text);
  json_.end();
}

void ItineraryWriter::chain(const Itinerary& itinerary) const {
  json_.list("legs", itinerary.legs, [this](const Leg& one) { leg(one); })
      .list("handling", itinerary.transfers, [this](const Transfer& one) { transfer(one); })
      .list("crossings", itinerary.borders, [this](const BorderPassed& one) { border(one); })
      .list("through_rates", itinerary.through,
            [this](const ThroughPrice& one) { through_rate(one); })
      .list("documents", itinerary.documents, [this](const DocumentNeeded& one) { document(one); });
  hire(itinerary);
}

}  // namespace karvan::wire
