#include "plan_json.h"

#include <utility>

#include "karvan/base/check.h"
#include "karvan/model/clock.h"
#include "karvan/plan/charges.h"

#include "json.h"

namespace karvan::browser {
namespace {

// Writes one itinerary; holds what each part needs.
struct ItineraryWriter {
  const World& world;
  const Clocks& clocks;
  Json& json;

  void time(std::string_view name, Id<Place> place, Instant instant) const {
    json.text(name, clocks.text(place, instant));
  }

  void leg(const Leg& leg) const {
    const Service& service = world[leg.service];
    json.object()
        .text("mode", to_text(service.mode))
        .text("from", world[leg.from].code)
        .text("to", world[leg.to].code)
        .text("service", service.code)
        .text("operator", world[service.operator_].code);
    time("depart", leg.from, leg.depart);
    time("arrive", leg.to, leg.arrive);
    json.text("load_unit", world[leg.consignment.load_unit].code)
        .number("units", leg.consignment.units, 3)
        .number("tonnes", leg.consignment.tonnes.value(), 3)
        .number("distance_km", leg.distance.value(), 1)
        .number("cost_usd", leg.cost.value(), 2)
        .number("co2e_kg", leg.co2e.value(), 1)
        .list("links", leg.path, [this](const Passage& p) { json.text(world[p.link].code); })
        .end();
  }

  std::string what(const Transfer& transfer) const {
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

  void transfer(const Transfer& transfer) const {
    json.object()
        .text("place", world[transfer.place].code)
        .text("from_side", to_text(transfer.from))
        .text("to_side", to_text(transfer.to))
        .text("what", what(transfer));
    time("begin", transfer.place, transfer.begin);
    time("end", transfer.place, transfer.end);
    json.number("cost_usd", transfer.cost.value(), 2)
        .number("storage_usd", transfer.storage.value(), 2)
        .number("slack_hours", to_hours(transfer.slack).value(), 2)
        .number("probability", transfer.probability, 4)
        .number("co2e_kg", transfer.co2e.value(), 1)
        .end();
  }

  void border(const BorderPassed& border) const {
    const Id<Place> to = border.passage.to;
    json.object()
        .text("name", world[border.crossing].name)
        .integer("leg", static_cast<long long>(border.leg))
        .text("from", world[border.passage.from].code)
        .text("to", world[to].code);
    time("begin", to, border.begin);
    time("end", to, border.end);
    json.list("steps", border.steps,
              [this](const StepTaken& taken) {
                json.object()
                    .text("kind", to_text(world[taken.step].kind))
                    .number("hours", taken.hours.value(), 2)
                    .number("cost_usd", taken.cost.value(), 2)
                    .end();
              })
        .list("regimes", border.regimes, [this](Id<Regime> id) { json.text(world[id].code); })
        .number("cost_usd", border.cost.value(), 2)
        .end();
  }

  void through_rate(const ThroughPrice& through) const {
    json.object()
        .text("id", world[through.rate].code)
        .integer("first_leg", static_cast<long long>(through.first_leg))
        .integer("last_leg", static_cast<long long>(through.last_leg))
        .number("cost_usd", through.cost.value(), 2)
        .number("discount_usd", through.discount.value(), 2)
        .end();
  }

  void document(const DocumentNeeded& needed) const {
    json.object()
        .text("id", world[needed.document].code)
        .text("name", world[needed.document].name)
        .number("cost_usd", needed.cost.value(), 2)
        .text("needed", clocks.text(needed.from, needed.needed))
        .text("apply_by", clocks.text(needed.from, needed.apply_by))
        .end();
  }

  void hire(const Itinerary& itinerary) const {
    json.key("hire");
    if (!itinerary.hire) {
      json.null();
      return;
    }
    const Hire& hire = *itinerary.hire;
    const Id<Place> depot = plan::depot_of(world, itinerary);
    json.object()
        .text("operator", world[world[hire.back].operator_].code)
        .text("depot", world[depot].code)
        .text("returned", clocks.text(depot, hire.returned))
        .number("empty_return_usd", hire.empty_return.value(), 2)
        .number("detention_usd", hire.detention.value(), 2)
        .end();
  }

  void risks(Risks risks) const {
    json.key("risks").array();
    for (const auto& [risk, text] : EnumTexts<Risk>::values) {
      if (risks.contains(risk)) json.text(text);
    }
    json.end();
  }

  void operator()(const Itinerary& itinerary) const {
    json.object();
    time("depart", itinerary.legs.front().from, itinerary.depart);
    time("arrive", itinerary.legs.back().to, itinerary.arrive);
    json.number("duration_hours", to_hours(itinerary.arrive - itinerary.depart).value(), 2)
        .number("cost_usd", itinerary.cost.value(), 2)
        .number("co2e_kg", itinerary.co2e.value(), 1)
        .number("co2e_ttw_kg", itinerary.co2e_ttw.value(), 1)
        .number("distance_km", itinerary.distance.value(), 1)
        .number("probability", itinerary.probability, 4);
    risks(itinerary.risks);
    json.list("legs", itinerary.legs, [this](const Leg& l) { leg(l); })
        .list("handling", itinerary.transfers, [this](const Transfer& t) { transfer(t); })
        .list("crossings", itinerary.borders, [this](const BorderPassed& b) { border(b); })
        .list("through_rates", itinerary.through,
              [this](const ThroughPrice& t) { through_rate(t); })
        .list("documents", itinerary.documents, [this](const DocumentNeeded& d) { document(d); });
    hire(itinerary);
    json.end();
  }
};

void add_refusal(Json& json, const World& world, const plan::Refusal& refusal) {
  json.object().text("message", refusal.message);
  if (refusal.place.valid()) json.text("place", world[refusal.place].code);
  if (refusal.service.valid()) json.text("service", world[refusal.service].code);
  json.list("hints", refusal.hints, [&json](const std::string& hint) { json.text(hint); }).end();
}

void add_step(Json& json,
              const Clocks& clocks,
              const World& world,
              const plan::PolicyState& state,
              const plan::PolicyStep& step,
              Id<Place> to) {
  std::string_view act = state.is_ready ? "board" : "make_ready";
  if (step.next == plan::kDelivered) act = "deliver";
  if (step.next == plan::kStuck) act = "stuck";
  json.object()
      .text("from", clocks.text(state.place, step.from))
      .text("until", clocks.text(state.place, step.until))
      .text("act", act);
  json.key("next");
  if (step.next < plan::kStuck) {
    json.integer(static_cast<long long>(step.next));
  } else {
    json.null();
  }
  if (step.next < plan::kStuck && step.service.valid())
    json.text("service", world[step.service].code)
        .text("depart", clocks.text(state.place, step.depart));
  json.text("arrive", clocks.text(to, step.arrive)).number("on_time", step.on_time, 4).end();
}

void add_policy(Json& json,
                const Clocks& clocks,
                const World& world,
                const plan::Policy& policy,
                const plan::Question& question) {
  json.key("policy").object().text("aim", question.deadline ? "on_time" : "arrival");
  json.list("states", policy.states, [&](const plan::PolicyState& state) {
    json.object().text("place", world[state.place].code).key("is_ready").boolean(state.is_ready);
    json.text("side", to_text(state.side))
        .integer("gauge_mm", state.gauge.mm)
        .text("load_unit", world[state.load_unit].code);
    json.list("steps", state.steps, [&](const plan::PolicyStep& step) {
      add_step(json, clocks, world, state, step, question.to);
    });
    json.end();
  });
  json.end();
}

}  // namespace

std::string plan_json(const World& world,
                      const plan::Answer& answer,
                      const plan::Policy* policy,
                      const plan::Question& question) {
  const Clocks clocks{world};
  Json json;
  json.object().key("ok").boolean(true);
  json.list("itineraries", answer.itineraries, ItineraryWriter{world, clocks, json});
  json.key("refusal");
  if (answer.itineraries.empty()) {
    add_refusal(json, world, answer.refusal);
  } else {
    json.null();
  }
  if (policy != nullptr) add_policy(json, clocks, world, *policy, question);
  json.key("complete").boolean(answer.statistics.is_complete);
  return std::move(json).finish();
}

std::string reach_json(const World& world, const std::vector<plan::Reached>& reached) {
  const Clocks clocks{world};
  Json json;
  json.object().key("ok").boolean(true);
  json.list("places", reached, [&](const plan::Reached& one) {
    const Itinerary& way = one.earliest;
    json.object()
        .text("place", world[one.place].code)
        .number("days", to_hours(way.arrive - way.depart).value() / 24, 2)
        .text("arrive", clocks.text(one.place, way.arrive))
        .number("cost_usd", way.cost.value(), 2)
        .end();
  });
  return std::move(json).finish();
}

std::string why_not_json(const World& world, const plan::WhyNot& why_not) {
  const Clocks clocks{world};
  Json json;
  const auto index = [&json](std::size_t i) { json.integer(static_cast<long long>(i)); };
  json.object().key("ok").boolean(true);
  json.text("reason", to_text(why_not.reason)).text("message", why_not.message);
  json.list("used_by", why_not.used_by, index).list("beaten_by", why_not.beaten_by, index);
  if (why_not.nearest) {
    json.key("nearest");
    ItineraryWriter{world, clocks, json}(*why_not.nearest);
  }
  if (why_not.missed_departure)
    json.number("missed_by_hours", to_hours(why_not.missed_by).value(), 2);
  if (why_not.lacking) {
    const cost::PaperLacking& lacking = *why_not.lacking;
    json.key("lacking")
        .object()
        .text("id", world[lacking.document].code)
        .text("name", world[lacking.document].name)
        .text("place", world[lacking.place].code)
        .text("ready", clocks.text(lacking.place, lacking.ready))
        .text("needed", clocks.text(lacking.place, lacking.needed))
        .end();
  }
  if (why_not.reason == plan::WhyNotReason::kObstacle) {
    json.key("refusal");
    add_refusal(json, world, why_not.refusal);
  }
  return std::move(json).finish();
}

std::string reliability_json(const World& world, Id<Place> to, const plan::Reliability& surety) {
  const Clocks clocks{world};
  Json json;
  json.object()
      .key("ok")
      .boolean(true)
      .number("on_time", surety.on_time, 4)
      .number("lost", surety.lost, 4)
      .text("mean", clocks.text(to, surety.mean))
      .text("p10", clocks.text(to, surety.p10))
      .text("p50", clocks.text(to, surety.p50))
      .text("p80", clocks.text(to, surety.p80))
      .text("p95", clocks.text(to, surety.p95))
      .number("detention_usd", surety.detention.value(), 2)
      .list("connections", surety.connections, [&json](const plan::ConnectionRisk& one) {
        json.object()
            .integer("leg", static_cast<long long>(one.leg))
            .number("slack_hours", to_hours(one.slack).value(), 2)
            .number("missed", one.missed, 4)
            .number("hours", one.hours.value(), 2)
            .end();
      });
  return std::move(json).finish();
}

}  // namespace karvan::browser
