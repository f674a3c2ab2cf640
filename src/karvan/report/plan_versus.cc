#include "karvan/report/plan_versus.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

constexpr double kTwice = 100;  // percent; from there on a factor reads better

std::optional<double> percent(double one, double other) {
  if (!(other > 0)) return std::nullopt;
  return (one / other - 1) * 100;
}

// "18 % cheaper", "3.1 times as dear".
std::string percent_text(std::optional<double> percent,
                         std::string_view less,
                         std::string_view more,
                         std::string_view times) {
  if (!percent || std::abs(*percent) < 0.5) return {};
  if (*percent > kTwice)
    return format_fixed(1 + *percent / 100, 1) + " times " + std::string{times};
  return fmt::format("{} % {}", with_thousands(std::abs(*percent), 0), *percent < 0 ? less : more);
}

Risks minus(Risks one, Risks other) {
  return Risks::from_number(one.number() & ~other.number());
}

}  // namespace

Versus versus(const Itinerary& one, const Itinerary& other) {
  return {.later = one.arrive - other.arrive,
          .cost_percent = percent(one.cost.value(), other.cost.value()),
          .co2e_percent = percent(one.co2e.value(), other.co2e.value()),
          .spared = minus(other.risks, one.risks),
          .added = minus(one.risks, other.risks)};
}

std::string versus_text(const Itinerary& one, const Itinerary& other) {
  const Versus figures = versus(one, other);
  std::vector<std::string> parts;
  const Duration later = figures.later;
  if (std::chrono::abs(later) >= std::chrono::minutes{30})
    parts.push_back(duration_to_text(std::chrono::abs(later)) +
                    (later.count() > 0 ? " later" : " earlier"));
  parts.push_back(percent_text(figures.cost_percent, "cheaper", "dearer", "as dear"));
  parts.push_back(percent_text(figures.co2e_percent, "less CO2e", "more CO2e", "the CO2e"));
  if (!figures.spared.empty())
    parts.push_back("without its risk of " + join(risk_words(figures.spared), ", "));
  if (!figures.added.empty())
    parts.push_back("but with a risk of " + join(risk_words(figures.added), ", "));
  std::erase(parts, std::string{});
  return parts.empty() ? "no different" : join(parts, ", ");
}

std::optional<std::size_t> rival_of(const plan::Answer& answer,
                                    const PlanDigest& digest,
                                    std::size_t n) {
  if (n > 0) return 0;
  std::optional<std::size_t> cheapest;
  for (std::size_t i = 1; i < digest.shown.size(); ++i) {
    const auto cost = [&](std::size_t k) { return answer.itineraries[digest.shown[k]].cost; };
    if (!cheapest || cost(i) < cost(*cheapest)) cheapest = i;
  }
  return cheapest;
}

}  // namespace karvan::report
