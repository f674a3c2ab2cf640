#include "karvan/cost/connection_risk.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace karvan::cost {
namespace {

constexpr double kHourMinutes = 60;

// Root of the second moment of each class, minutes.
constexpr std::array<std::int64_t, 11> kReserve{0,   30,   60,   120,  240, 480,
                                                720, 1080, 1440, 2160, 2880};

// -10,000 ln(1 - P(Z > x)) for x = 0, 1/2, 1, ..., where P(Z > x) = 1 / (1 + exp((x - m) / b)),
// m = 1/sqrt(2), b = m sqrt(3) / pi.
constexpr std::array<MissRisk, 5> kMissed{19'648, 9'936, 3'864, 1'230, 356};
constexpr std::int64_t kStepsOfReserve = 2;

// Variance over squared mean of a law; of a Weibull law by cv = shape^-1, within 10 % for 0.8..2.
double relative_variance(const Law& law) {
  switch (law.family) {
    case LawFamily::kConstant:
      return 0;
    case LawFamily::kExponential:
      return 1;
    case LawFamily::kLognormal:
    case LawFamily::kGamma:
      return law.b * law.b;
    case LawFamily::kWeibull:
      return law.b > 0 ? 1 / (law.b * law.b) : 0;
    case LawFamily::kTriangular: {
      const double variance = (law.a * law.a + law.b * law.b + law.c * law.c - law.a * law.b -
                               law.a * law.c - law.b * law.c) /
                              18;
      const double m = mean(law).value();
      return m > 0 ? variance / (m * m) : 0;
    }
    case LawFamily::kUniform: {
      const double m = mean(law).value();
      return m > 0 ? (law.b - law.a) * (law.b - law.a) / 12 / (m * m) : 0;
    }
  }
  return 0;
}

std::int64_t whole(double value) {
  return std::llround(std::min(value, 1e12));
}

}  // namespace

RiskBook::RiskBook(const World& world)
    : world_{world},
      general_(EnumTexts<Mode>::values.size()),
      own_(general_.size(), Column<Country, Factor>{world.size<Country>()}) {
  std::vector<Column<Country, char>> is_own(general_.size(),
                                            Column<Country, char>{world.size<Country>()});
  for (const Id<Delay> id : world.ids<Delay>()) {
    const Delay& row = world[id];
    const double m = mean(row.factor).value();
    const Factor factor{.excess = std::max(m - 1, 0.0),
                        .variance = relative_variance(row.factor) * m * m};
    const auto mode = static_cast<std::size_t>(row.mode);
    if (row.country.valid()) {
      own_[mode][row.country] = factor;
      is_own[mode][row.country] = 1;
    } else {
      general_[mode] = factor;
    }
  }
  for (std::size_t mode = 0; mode < general_.size(); ++mode) {
    for (const Id<Country> country : world.ids<Country>()) {
      if (is_own[mode][country] == 0) own_[mode][country] = general_[mode];
    }
  }
}

Lateness RiskBook::of_run(Mode mode, std::span<const Passage> hop, Duration scheduled) const {
  double by_speed = 0;
  for (const Passage& passage : hop)
    by_speed += world_[passage.link].running().value();
  if (by_speed <= 0) return {};
  const double stretch = static_cast<double>(scheduled.count()) / 60 / by_speed;  // min per h
  Lateness sum;
  for (const Passage& passage : hop) {
    const Factor& factor = own_[static_cast<std::size_t>(mode)][world_[passage.from].country];
    const double minutes = world_[passage.link].running().value() * stretch;
    sum.mean += whole(factor.excess * minutes);
    sum.variance += whole(factor.variance * minutes * minutes);
  }
  return sum;
}

// A step of mean m that a share p undergoes: p E[X^2] - m^2, E[X^2] = (m/p)^2 (1 + v).
std::int64_t RiskBook::of_border(const Procedure& procedure) const {
  std::int64_t variance = 0;
  for (const StepTaken& taken : procedure.steps) {
    const CrossingStep& step = world_[taken.step];
    if (step.share <= 0) continue;
    const double minutes = taken.hours.value() * kHourMinutes;
    const double relative = (1 + relative_variance(step.hours)) / std::min(step.share, 1.0) - 1;
    variance += whole(minutes * minutes * relative);
  }
  return variance;
}

std::int64_t RiskBook::of_work(const Work& work) const {
  Law law;
  if (work.handling.valid()) law = world_[work.handling].hours;
  if (work.gauge_change.valid()) law = world_[work.gauge_change].hours;
  const double minutes = mean(law).value() * kHourMinutes;
  return whole(minutes * minutes * relative_variance(law));
}

// The nearest class.
SpreadClass spread_class(std::int64_t second_moment) {
  SpreadClass spread = 0;
  for (std::size_t i = 1; i < kReserve.size(); ++i) {
    const std::int64_t between = (kReserve[i - 1] + kReserve[i]) / 2;
    if (second_moment < between * between) break;
    spread = static_cast<SpreadClass>(i);
  }
  return spread;
}

SpreadClass widened(SpreadClass spread, std::int64_t second_moment) {
  return spread_class(kReserve[spread] * kReserve[spread] + second_moment);
}

MissRisk miss_risk(SpreadClass spread, std::int64_t slack_minutes) {
  if (slack_minutes < 0) return kSurelyMissed;
  if (spread == 0) return 0;
  const std::int64_t steps = slack_minutes * kStepsOfReserve / kReserve[spread];
  if (steps >= static_cast<std::int64_t>(kMissed.size())) return 0;
  return kMissed[static_cast<std::size_t>(steps)];
}

// exp(-x) = exp(-x / 1024)^1024, the inner one by its series.
double probability(std::int64_t risk) {
  const double x = static_cast<double>(std::min<std::int64_t>(risk, 1'000'000)) / 10'000 / 1024;
  double term = 1;
  double sum = 1;
  for (int i = 1; i < 8; ++i) {
    term *= -x / i;
    sum += term;
  }
  for (int i = 0; i < 10; ++i)
    sum *= sum;
  return sum;
}

}  // namespace karvan::cost
