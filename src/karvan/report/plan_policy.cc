#include "karvan/report/plan_policy.h"

#include <fmt/format.h>

#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using plan::PolicyState;
using plan::PolicyStep;

std::string stand_text(const PolicyTold& told, const PolicyState& state) {
  std::string text = one_line(told.world[state.place].name);
  if (state.side == Side::kGate) {
    text += ", at the gate";
  } else {
    text += (state.is_ready ? ", ready for " : ", come by ") + std::string{side_word(state.side)};
    if (state.gauge.is_rail()) text += fmt::format(" of {} mm", state.gauge.mm);
  }
  return text + ", in " + one_line(told.world[state.load_unit].name);
}

Id<Place> place_at(const World& world, Id<Service> service, int sequence) {
  for (const Id<Call> id : world.ids<Call>()) {
    if (world[id].service == service && world[id].sequence == sequence) return world[id].place;
  }
  return {};
}

std::string action_text(const PolicyTold& told, const PolicyState& state, const PolicyStep& step) {
  if (step.next == plan::kStuck) return "nothing leads on before the days are over";
  if (step.next == plan::kDelivered) return "deliver it";
  if (!state.is_ready) {
    const PolicyState& next = told.policy.states[step.next];
    std::string text = "make it ready for " + std::string{side_word(next.side)};
    if (next.gauge.is_rail()) text += fmt::format(" of {} mm", next.gauge.mm);
    if (next.load_unit != state.load_unit)
      text += " as " + one_line(told.world[next.load_unit].name);
    return text + fmt::format(" [{}]", step.next + 1);
  }
  const Service& service = told.world[step.service];
  const std::string name = one_line(service.name.empty() ? service.code : service.name);
  const Id<Place> to = place_at(told.world, step.service, step.to_sequence);
  const std::string where = to.valid() ? " to " + one_line(told.world[to].name) : "";
  if (service.departs == DepartureRule::kOnDemand)
    return "order " + name + where + fmt::format(" [{}]", step.next + 1);
  return "take " + name + " of " + local_time(told.clocks, state.place, step.depart) + where +
         fmt::format(" [{}]", step.next + 1);
}

std::string outlook_text(const PolicyTold& told, const PolicyStep& step) {
  if (step.next == plan::kStuck) return {};
  std::string text =
      "; at best there about " + local_time(told.clocks, told.destination, step.arrive);
  if (told.terms.deadline) text += fmt::format(", on time in {:.0f} %", 100 * step.on_time);
  return text;
}

}  // namespace

std::string PolicyTold::text(const Style& style) const {
  std::string text =
      "\nPolicy: what to do wherever the cargo stands, " +
      std::string{terms.aim == plan::Aim::kOnTime ? "to be on time most surely"
                                                  : "to be there soonest on average"} +
      "\n";
  if (policy.states.empty()) return text + "  Nothing arrives.\n";
  for (std::size_t i = 0; i < policy.states.size(); ++i) {
    const PolicyState& state = policy.states[i];
    text += fmt::format("{:>4}  {}\n", fmt::format("[{}]", i + 1),
                        style.bold(stand_text(*this, state)));
    const std::size_t told = std::min(state.steps.size(), steps_max);
    for (std::size_t k = 0; k < told; ++k) {
      const PolicyStep& step = state.steps[k];
      text += fmt::format("        before {}: {}{}\n", local_time(clocks, state.place, step.until),
                          action_text(*this, state, step), outlook_text(*this, step));
    }
    if (told < state.steps.size())
      text += style.dim(fmt::format("        and {} more, until {}; JSON holds all",
                                    state.steps.size() - told,
                                    local_time(clocks, state.place, state.steps.back().until))) +
              "\n";
  }
  return text;
}

}  // namespace karvan::report
