#include "karvan/simulate/warm_up.h"

#include <algorithm>
#include <map>

#include "karvan/des/intervals.h"

namespace karvan::simulate {
namespace {

// Sums over the runs by market.
std::map<std::string, std::vector<double>> sums_of(const std::vector<std::vector<Filling>>& runs) {
  std::map<std::string, std::vector<double>> sums;
  for (const std::vector<Filling>& run : runs) {
    for (const Filling& one : run) {
      std::vector<double>& sum = sums[one.market];
      sum.resize(std::max(sum.size(), one.tonnes.size()));
      for (std::size_t day = 0; day < one.tonnes.size(); ++day)
        sum[day] += one.tonnes[day];
    }
  }
  return sums;
}

double total(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum;
}

std::optional<int> cut(const std::vector<double>& series) {
  const std::optional<std::size_t> days = des::warm_up(series);
  if (!days) return std::nullopt;
  return static_cast<int>(*days);
}

}  // namespace

std::vector<Filling> filling(const World& world, const Question& question, const Answer& answer) {
  const Instant begin = question.from - std::chrono::days{question.warm_up_days};
  const auto days = static_cast<std::size_t>(question.warm_up_days + question.days);
  std::map<std::string, std::vector<double>> change;
  for (const EventRow& row : answer.events) {
    if (!row.demand.valid() || row.time < begin) continue;
    if (row.step != Step::kCommissioning && row.step != Step::kDecommissioning) continue;
    const auto day = static_cast<std::size_t>((row.time - begin) / std::chrono::hours{24});
    if (day >= days) continue;
    std::vector<double>& list = change[world[row.demand].market];
    list.resize(days);
    list[day] += (row.step == Step::kCommissioning ? 1e-3 : -1e-3) * static_cast<double>(row.kg);
  }
  std::vector<Filling> fillings;
  for (auto& [market, list] : change) {
    double level = 0;
    for (double& value : list)
      value = level += value;
    fillings.push_back({.market = market, .tonnes = std::move(list)});
  }
  return fillings;
}

std::vector<WarmUp> warm_ups(const std::vector<std::vector<Filling>>& runs) {
  std::vector<WarmUp> list;
  for (const auto& [market, series] : sums_of(runs))
    list.push_back({.market = market, .days = cut(series)});
  return list;
}

std::optional<int> warm_up_days(const std::vector<std::vector<Filling>>& runs) {
  double settled = 0;
  double open = 0;
  int most = 0;
  for (const auto& [market, series] : sums_of(runs)) {
    const std::optional<int> days = cut(series);
    (days ? settled : open) += total(series);
    most = std::max(most, days.value_or(0));
  }
  if (settled + open <= 0 || open > settled) return std::nullopt;
  return most;
}

}  // namespace karvan::simulate
