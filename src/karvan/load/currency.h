#pragma once
// Money of other currencies into US dollars, once, when rows are read.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/load/cell.h"
#include "karvan/model/tariff.h"
#include "karvan/model/world.h"

namespace karvan::load {

class UsdRates {
 public:
  explicit UsdRates(const World& world);

  // Dollars for one unit: by the last row not after `day`, or by the first row if all are after it;
  // without a day, by the last row. Nothing for a currency without rows.
  std::optional<double> at(std::string_view currency, std::optional<Date> day) const;
  std::vector<std::string> currencies() const;

 private:
  std::map<std::string, std::map<Date, double>, std::less<>> rates_;
};

// Multiplies the amounts and sets `currency` to USD. A fault (about the column `currency`) if there
// is no rate; the row then stays as it is.
MaybeFault convert_to_usd(Tariff& tariff, const UsdRates& rates);
MaybeFault convert_to_usd(ThroughRate& rate, const UsdRates& rates);
// Rows without money in other currencies.
template <class Row>
MaybeFault convert_to_usd(Row& /*row*/, const UsdRates& /*rates*/) {
  return std::nullopt;
}

}  // namespace karvan::load
