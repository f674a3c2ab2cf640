#include "karvan/cost/money_of.h"

#include <algorithm>
#include <utility>

namespace karvan::cost {

// What is asked of the price list for one passage.
struct TariffBook::Query {
  Id<Service> service;
  Id<Operator> operator_;
  Id<Country> country;
  Mode mode = Mode::kRail;
  const Consignment& consignment;
  Date day{};
};

namespace {

template <class Row>
bool fits(Id<Row> wanted, Id<Row> given) {
  return !wanted.valid() || wanted == given;
}

bool is_valid_on(const Tariff& tariff, Date day) {
  return (!tariff.valid_from || *tariff.valid_from <= day) &&
         (!tariff.valid_until || day < *tariff.valid_until);
}

// Service before operator before country; load unit before its kind; goods before none.
int specificity(const Tariff& tariff) {
  return (tariff.service.valid() ? 32 : 0) + (tariff.operator_.valid() ? 16 : 0) +
         (tariff.country.valid() ? 8 : 0) + (tariff.load_unit.valid() ? 4 : 0) +
         (tariff.load_unit_kind ? 2 : 0) + (tariff.goods.valid() ? 1 : 0);
}

}  // namespace

TariffBook::TariffBook(const World& world)
    : world_{world},
      by_service_{group(world, &Tariff::service)},
      by_operator_{world.size<Operator>()},
      by_mode_(EnumTexts<Mode>::values.size()) {
  for (const Id<Tariff> id : world.ids<Tariff>()) {
    const Tariff& tariff = world[id];
    if (tariff.service.valid()) continue;
    if (tariff.operator_.valid()) {
      by_operator_[tariff.operator_].push_back(id);
    } else {
      by_mode_[static_cast<std::size_t>(tariff.mode)].push_back(id);
    }
  }
}

std::optional<Id<Tariff>> TariffBook::best(const Query& query) const {
  const LoadUnitKind kind = world_[query.consignment.load_unit].kind;
  std::optional<Id<Tariff>> best;
  const auto rank = [this](Id<Tariff> id) {
    return std::pair{specificity(world_[id]), world_[id].quantity_from};
  };
  for (const std::vector<Id<Tariff>>* list :
       {&by_service_[query.service], &by_operator_[query.operator_],
        &by_mode_[static_cast<std::size_t>(query.mode)]}) {
    for (const Id<Tariff> id : *list) {
      const Tariff& tariff = world_[id];
      const bool is_fit =
          tariff.mode == query.mode && fits(tariff.country, query.country) &&
          fits(tariff.load_unit, query.consignment.load_unit) &&
          (!tariff.load_unit_kind || *tariff.load_unit_kind == kind) &&
          fits(tariff.operator_, query.operator_) && fits(tariff.goods, query.consignment.goods) &&
          tariff.quantity_from <= query.consignment.units && is_valid_on(tariff, query.day);
      if (is_fit && (!best || rank(id) > rank(*best))) best = id;
    }
  }
  return best;
}

std::optional<Id<Tariff>> TariffBook::tariff_for(Id<Service> service,
                                                 Id<Country> country,
                                                 const Consignment& consignment,
                                                 Date day) const {
  return best({.service = service,
               .operator_ = world_[service].operator_,
               .country = country,
               .mode = world_[service].mode,
               .consignment = consignment,
               .day = day});
}

Usd TariffBook::charge(Id<Tariff> id, const Consignment& consignment, Km km) const {
  const Tariff& tariff = world_[id];
  const Usd price = tariff.fixed +
                    (tariff.per_unit + tariff.per_unit_km * km.value()) * consignment.units +
                    (tariff.per_t + tariff.per_t_km * km.value()) * consignment.tonnes.value();
  return std::max(price, tariff.minimum);
}

std::optional<Usd> TariffBook::price(Id<Service> service,
                                     std::span<const Passage> path,
                                     const Consignment& consignment,
                                     Date day) const {
  Usd total;
  std::optional<Id<Tariff>> current;  // links in a row under one tariff are priced together
  Km km;
  for (const Passage& passage : path) {
    const auto next = tariff_for(service, world_[passage.from].country, consignment, day);
    if (!next) return std::nullopt;
    if (next != current) {
      if (current) total += charge(*current, consignment, km);
      current = next;
      km = Km{};
    }
    km += world_[passage.link].length;
  }
  if (current) total += charge(*current, consignment, km);
  return total;
}

}  // namespace karvan::cost
