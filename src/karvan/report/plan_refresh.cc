#include "karvan/report/plan_refresh.h"

#include <cmath>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

// Handles keep seconds; a shift below a minute is rounding.
bool is_shift(Duration shift) {
  return std::chrono::abs(shift) >= std::chrono::minutes{1};
}

std::string shift_text(Duration shift) {
  return duration_to_text(std::chrono::abs(shift)) + (shift.count() > 0 ? " later" : " earlier");
}

}  // namespace

std::vector<std::string> changes_of(const World& world,
                                    const plan::Handle& handle,
                                    const plan::Answer& today) {
  CHECK(handle.promise.has_value());
  const plan::Promise& promise = *handle.promise;
  if (today.itineraries.empty()) return {"No longer possible: " + one_line(today.refusal.message)};
  const Itinerary& now = today.itineraries.front();
  const Clocks clocks{world};
  std::vector<std::string> changes;
  for (std::size_t i = 0; i < now.legs.size(); ++i) {
    const Leg& leg = now.legs[i];
    const Duration shift = leg.depart - promise.legs[i].depart;
    if (!is_shift(shift)) continue;
    changes.push_back(fmt::format("{} leaves {} {}: {} instead of {}",
                                  one_line(world[leg.service].name), one_line(world[leg.from].name),
                                  shift_text(shift), local_time(clocks, leg.from, leg.depart),
                                  local_time(clocks, leg.from, promise.legs[i].depart)));
  }
  if (const Duration shift = now.arrive - promise.arrive; is_shift(shift))
    changes.push_back(fmt::format("The cargo is free {}: {} instead of {}", shift_text(shift),
                                  local_time(clocks, handle.question.to, now.arrive),
                                  local_time(clocks, handle.question.to, promise.arrive)));
  const double usd = now.cost.value() - promise.cost.value();
  if (std::abs(usd) >= 0.005)
    changes.push_back(fmt::format("It is USD {} {}: {} instead of {}",
                                  with_thousands(std::abs(usd), 2), usd > 0 ? "dearer" : "cheaper",
                                  usd_text(now.cost), usd_text(promise.cost)));
  const double kg = now.co2e.value() - promise.co2e.value();
  if (std::abs(kg) >= 0.05)
    changes.push_back(fmt::format("It emits {} {}: {} instead of {}",
                                  co2e_text(KgCo2e{std::abs(kg)}), kg > 0 ? "more" : "less",
                                  co2e_text(now.co2e), co2e_text(promise.co2e)));
  return changes;
}

std::string refresh_text(const World& world,
                         const plan::Handle& handle,
                         const plan::Answer& today,
                         const Style& style) {
  const std::vector<std::string> changes = changes_of(world, handle, today);
  if (changes.empty()) return style.green("Nothing has changed since the handle was made.") + '\n';
  std::string text;
  for (const std::string& change : changes)
    text += "  " + (today.itineraries.empty() ? style.red("!") : style.yellow("~")) + " " +
            wrapped(change, 94, 4) + '\n';
  return style.bold("Changed since the handle was made:") + '\n' + text;
}

}  // namespace karvan::report
