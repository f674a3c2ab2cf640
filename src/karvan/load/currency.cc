#include "karvan/load/currency.h"

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/table.h"
#include "karvan/base/text.h"
#include "karvan/base/time.h"
#include "karvan/base/units.h"
#include "karvan/load/cell.h"
#include "karvan/model/tariff.h"
#include "karvan/model/world.h"

namespace karvan::load {
namespace {

constexpr std::string_view kUsd = "USD";

CellFault no_rate(const UsdRates& rates) {
  const std::string known = join(rates.currencies(), ", ");
  return {.message = "has no row in exchange_rates.csv",
          .hint = "there are rates for " + (known.empty() ? std::string{kUsd} : "USD, " + known)};
}

}  // namespace

UsdRates::UsdRates(const World& world) {
  for (const Id<ExchangeRate> id : world.ids<ExchangeRate>()) {
    const ExchangeRate& row = world[id];
    rates_[row.currency][row.date] = row.usd_per_unit;
  }
}

std::optional<double> UsdRates::at(std::string_view currency, std::optional<Date> day) const {
  if (currency == kUsd) return 1.0;
  const auto rows = rates_.find(currency);
  if (rows == rates_.end()) return std::nullopt;
  const auto& by_date = rows->second;
  if (!day) return by_date.rbegin()->second;
  const auto after = by_date.upper_bound(*day);
  return after == by_date.begin() ? after->second : std::prev(after)->second;
}

std::vector<std::string> UsdRates::currencies() const {
  std::vector<std::string> names;
  names.reserve(rates_.size());
  for (const auto& [currency, rows] : rates_)
    names.push_back(currency);
  return names;
}

MaybeFault convert_to_usd(Tariff& tariff, const UsdRates& rates) {
  if (tariff.currency == kUsd) return std::nullopt;
  const auto rate = rates.at(tariff.currency, tariff.valid_from);
  if (!rate) return no_rate(rates);
  for (Usd* amount : {&tariff.fixed, &tariff.per_unit, &tariff.per_unit_km, &tariff.per_t,
                      &tariff.per_t_km, &tariff.minimum}) {
    *amount = *amount * *rate;
  }
  tariff.currency = kUsd;
  return std::nullopt;
}

MaybeFault convert_to_usd(ThroughRate& rate, const UsdRates& rates) {
  if (rate.currency == kUsd) return std::nullopt;
  const auto usd = rates.at(rate.currency, rate.valid_from);
  if (!usd) return no_rate(rates);
  rate.per_unit = rate.per_unit * *usd;
  rate.currency = kUsd;
  return std::nullopt;
}

}  // namespace karvan::load
