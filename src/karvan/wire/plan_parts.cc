#include "karvan/wire/plan_parts.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "karvan/wire/itinerary_json.h"

namespace karvan::wire {
namespace {

std::string_view act_of(const plan::PolicyState& state, const plan::PolicyStep& step) {
  if (step.next == plan::kDelivered) return "deliver";
  if (step.next == plan::kStuck) return "stuck";
  return state.is_ready ? "board" : "make_ready";
}

// Null where there is nothing to say.
void text_or_null(JsonWriter& json, std::string_view name, const std::string& text) {
  if (text.empty()) {
    json.null(name);
  } else {
    json.text(name, text);
  }
}

}  // namespace

void PlanWriter::refusal(const plan::Refusal& refusal) const {
  json_.text("obstacle", to_text(refusal.obstacle)).text("message", refusal.message);
  code(json_, "place", world_, refusal.place);
  code(json_, "service", world_, refusal.service);
  json_.list("hints", refusal.hints, [this](const std::string& hint) { json_.text(hint); });
}

void PlanWriter::step(const plan::PolicyState& state,
                      const plan::PolicyStep& step,
                      Id<Place> to) const {
  const bool goes_on = step.next < plan::kStuck;
  json_.object()
      .text("from", clocks_.text(state.place, step.from))
      .text("until", clocks_.text(state.place, step.until))
      .text("act", act_of(state, step));
  if (goes_on) {
    json_.integer("next", static_cast<long long>(step.next));
  } else {
    json_.null("next");
  }
  if (goes_on && step.service.valid()) {
    json_.text("service", world_[step.service].code)
        .text("depart", clocks_.text(state.place, step.depart));
  } else {
    json_.null("service").null("depart");
  }
  json_.text("arrive", clocks_.text(to, step.arrive)).number("on_time", step.on_time, 4).end();
}

void PlanWriter::policy(const plan::Policy& policy, plan::Aim aim, Id<Place> to) const {
  json_.text("aim", aim == plan::Aim::kOnTime ? "on_time" : "arrival");
  json_.list("states", policy.states, [&](const plan::PolicyState& state) {
    json_.object()
        .text("place", world_[state.place].code)
        .boolean("is_ready", state.is_ready)
        .text("side", to_text(state.side))
        .integer("gauge_mm", state.gauge.mm)
        .text("load_unit", world_[state.load_unit].code)
        .list("steps", state.steps, [&](const plan::PolicyStep& one) { step(state, one, to); })
        .end();
  });
}

void PlanWriter::reliability(const plan::Reliability& surety, Id<Place> to) const {
  json_.number("on_time", surety.on_time, 4)
      .number("lost", surety.lost, 4)
      .text("mean", clocks_.text(to, surety.mean))
      .text("p10", clocks_.text(to, surety.p10))
      .text("p50", clocks_.text(to, surety.p50))
      .text("p80", clocks_.text(to, surety.p80))
      .text("p95", clocks_.text(to, surety.p95))
      .number("late_hours", surety.late.value(), 2)
      .number("penalty_usd", surety.penalty.value(), 2)
      .number("detention_usd", surety.detention.value(), 2)
      .list("connections", surety.connections, [this](const plan::ConnectionRisk& one) {
        json_.object()
            .integer("leg", static_cast<long long>(one.leg))
            .number("slack_hours", to_hours(one.slack).value(), 2)
            .number("missed", one.missed, 4)
            .number("hours", one.hours.value(), 2)
            .number("on_time", one.on_time, 4)
            .end();
      });
}

void PlanWriter::lacking(const cost::PaperLacking& lacking) const {
  json_.key("lacking")
      .object()
      .text("id", world_[lacking.document].code)
      .text("name", world_[lacking.document].name)
      .text("place", world_[lacking.place].code)
      .text("ready", clocks_.text(lacking.place, lacking.ready))
      .text("needed", clocks_.text(lacking.place, lacking.needed))
      .end();
}

void PlanWriter::why_not(const plan::WhyNot& why_not,
                         const std::function<void(const Itinerary&)>& nearest) const {
  const auto index = [this](std::size_t i) { json_.integer(static_cast<long long>(i)); };
  code(json_, "place", world_, why_not.subject.place);
  code(json_, "service", world_, why_not.subject.service);
  json_.text("reason", to_text(why_not.reason));
  text_or_null(json_, "message", why_not.message);
  json_.list("used_by", why_not.used_by, index).list("beaten_by", why_not.beaten_by, index);
  if (why_not.nearest) {
    json_.key("nearest");
    nearest(*why_not.nearest);
  }
  if (why_not.missed_departure) {
    json_.number("missed_by_hours", to_hours(why_not.missed_by).value(), 2);
  } else {
    json_.null("missed_by_hours");
  }
  if (why_not.lacking) {
    lacking(*why_not.lacking);
  } else {
    json_.null("lacking");
  }
  text_or_null(json_, "full", why_not.full);
  json_.key("refusal");
  if (why_not.reason == plan::WhyNotReason::kObstacle) {
    json_.object();
    refusal(why_not.refusal);
    json_.end();
  } else {
    json_.null();
  }
}

}  // namespace karvan::wire
