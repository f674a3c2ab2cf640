// Invariants of terminals, borders, laws, prices and demand.

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/table.h"
#include "karvan/base/text.h"
#include "karvan/base/units.h"
#include "karvan/model/border.h"
#include "karvan/model/cargo.h"
#include "karvan/model/demand.h"
#include "karvan/model/detail/inspection.h"
#include "karvan/model/fleet.h"
#include "karvan/model/link.h"
#include "karvan/model/place.h"
#include "karvan/model/tariff.h"
#include "karvan/model/terminal.h"
#include "karvan/model/uncertainty.h"
#include "karvan/model/world.h"

namespace karvan::detail {
namespace {

void check_terminals(Inspection& in) {
  in.check_unique<Handling>("handling", "work", [](const Handling& row) {
    return std::tuple{row.place, row.from, row.to, row.from_kind, row.to_kind};
  });
  in.check_unique<Storage>("storage", "place and kind", [](const Storage& row) {
    return std::pair{row.place, row.load_unit_kind};
  });
  in.check_unique<Detention>(
      "detention", "operator, load unit, clock and days", [](const Detention& row) {
        return std::tuple{row.operator_, row.load_unit, row.clock, row.after_days};
      });
  in.check_unique<EmptyReturn>(
      "empty_returns", "operator, load unit and place",
      [](const EmptyReturn& row) { return std::tuple{row.operator_, row.load_unit, row.place}; });
  in.check_unique<Yard>("yards", "place and kind",
                        [](const Yard& row) { return std::pair{row.place, row.of}; });
  in.check_unique<Weather>("weather", "place and month",
                           [](const Weather& row) { return std::pair{row.place, row.month}; });
  in.check_unique<SeaLevel>("sea_levels", "sea and day",
                            [](const SeaLevel& row) { return std::pair{row.sea, row.date}; });
  for (const Id<Tank> id : in.world.ids<Tank>()) {
    if (in.world[id].heel && *in.world[id].heel > in.world[id].capacity) {
      in.say(in.at("tanks", id), "heel_t", "", "is above capacity_t");
    }
  }
  for (const Id<OpeningHours> id : in.world.ids<OpeningHours>()) {
    if (in.world[id].opens == in.world[id].closes) {
      in.say(in.at("opening_hours", id), "closes", "", "is the same as opens",
             "round the clock is 00:00 to 24:00, or no row");
    }
  }
}

void check_memberships(Inspection& in) {
  in.check_unique<RegimeEffect>("regime_effects", "regime and step", [](const RegimeEffect& row) {
    return std::pair{row.regime, row.step};
  });
  std::map<std::pair<Id<Regime>, Id<Country>>, std::vector<Id<Membership>>> memberships;
  for (const Id<Membership> id : in.world.ids<Membership>()) {
    const Membership& row = in.world[id];
    in.check_period("memberships", id, "until", row.from, row.until);
    memberships[{row.regime, row.country}].push_back(id);
  }
  for (const auto& [key, rows] : memberships) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Membership& a = in.world[rows[j]];
        const Membership& b = in.world[rows[i]];
        const bool apart = (a.until && b.from && *a.until <= *b.from) ||
                           (b.until && a.from && *b.until <= *a.from);
        if (apart) continue;
        in.say(in.at("memberships", rows[i]), "from", "", "overlaps '" + a.code + "'");
      }
    }
  }
}

void check_crossings(Inspection& in) {
  in.check_unique<CrossingStep>(
      "crossing_steps", "crossing and sequence",
      [](const CrossingStep& row) { return std::pair{row.crossing, row.sequence}; });
  const auto steps = group<Crossing>(in.world, &CrossingStep::crossing);
  for (const Id<Crossing> id : in.world.ids<Crossing>()) {
    const Crossing& crossing = in.world[id];
    const At here = in.at("crossings", id);
    if (steps[id].empty()) in.warn(here, "", crossing.code, "has no row in crossing_steps");
    if (crossing.opens.has_value() != crossing.closes.has_value()) {
      in.say(here, "closes", "", "opens and closes go together");
    }
    if (crossing.from.valid() && crossing.from == crossing.to) {
      in.say(here, "to_country", in.world[crossing.to].code, "is also from_country");
    }
    if (!crossing.link.valid()) continue;
    const Link& link = in.world[crossing.link];
    const Id<Country> one = in.world[link.from].country;
    const Id<Country> other = in.world[link.to].country;
    const auto is_end = [&](Id<Country> country) {
      return !country.valid() || country == one || country == other;
    };
    if (!is_end(crossing.from) || !is_end(crossing.to) || link.mode != crossing.mode) {
      in.say(here, "link", link.code, "does not join these countries by this mode");
    }
  }
}

// Every way over a border has a procedure, in both directions.
void check_border_links(Inspection& in) {
  const std::vector<Id<Crossing>> crossings = in.world.ids<Crossing>();
  for (const Id<Link> id : in.world.ids<Link>()) {
    const Link& link = in.world[id];
    const Id<Country> one = in.world[link.from].country;
    const Id<Country> other = in.world[link.to].country;
    if (one == other) continue;
    const auto has_crossing = [&](Id<Country> from, Id<Country> to) {
      return std::ranges::any_of(crossings, [&](Id<Crossing> crossing_id) {
        const Crossing& crossing = in.world[crossing_id];
        return crossing.mode == link.mode && (!crossing.link.valid() || crossing.link == id) &&
               (!crossing.from.valid() || crossing.from == from) &&
               (!crossing.to.valid() || crossing.to == to);
      });
    };
    for (const auto& [from, to] : {std::pair{one, other}, std::pair{other, one}}) {
      if (has_crossing(from, to)) continue;
      in.say(in.at("links", id), "", link.code,
             "goes from " + in.world[from].code + " to " + in.world[to].code +
                 ", but no row of crossings fits",
             "add one for the link, the countries, or the mode in general");
    }
  }
}

void check_laws(Inspection& in) {
  for (const auto id : in.world.ids<Handling>())
    in.check_law("handling", id, "hours", in.world[id].hours);
  for (const auto id : in.world.ids<GaugeChange>()) {
    in.check_law("gauge_changes", id, "hours", in.world[id].hours);
  }
  for (const auto id : in.world.ids<CrossingStep>()) {
    in.check_law("crossing_steps", id, "hours", in.world[id].hours);
  }
  for (const auto id : in.world.ids<Weather>()) {
    in.check_law("weather", id, "closure_hours", in.world[id].closure);
  }
  for (const auto id : in.world.ids<Breakdown>()) {
    in.check_law("breakdowns", id, "between_hours", in.world[id].between);
    in.check_law("breakdowns", id, "repair_hours", in.world[id].repair);
  }
  for (const auto id : in.world.ids<Delay>()) {
    in.check_law("delays", id, "factor", in.world[id].factor);
    if (mean(in.world[id].factor) < Hours{1}) {
      in.warn(in.at("delays", id), "factor", "", "has a mean below 1: early on the average");
    }
  }
}

void check_market(Inspection& in) {
  for (const Id<Tariff> id : in.world.ids<Tariff>()) {
    const Tariff& tariff = in.world[id];
    const At here = in.at("tariffs", id);
    in.check_period("tariffs", id, "valid_until", tariff.valid_from, tariff.valid_until);
    if (tariff.service.valid() && in.world[tariff.service].mode != tariff.mode) {
      in.say(here, "mode", to_text(tariff.mode), "is not that of its service");
    }
    const Usd sum = tariff.fixed + tariff.per_unit + tariff.per_unit_km + tariff.per_t +
                    tariff.per_t_km + tariff.minimum;
    if (!(sum > Usd{0})) in.warn(here, "", tariff.code, "costs nothing");
  }
  for (const Id<ThroughRate> id : in.world.ids<ThroughRate>()) {
    in.check_period("through_rates", id, "valid_until", in.world[id].valid_from,
                    in.world[id].valid_until);
    if (in.world[id].from == in.world[id].to) {
      in.say(in.at("through_rates", id), "to_place", in.world[in.world[id].to].code,
             "is also from_place");
    }
  }
  in.check_unique<ExchangeRate>("exchange_rates", "currency and day", [](const ExchangeRate& row) {
    return std::pair{row.currency, row.date};
  });
  in.check_unique<EmissionFactor>("emission_factors", "case", [](const EmissionFactor& row) {
    return std::tuple{row.mode, row.traction, row.vessel_kind};
  });
  for (const Id<EmissionFactor> id : in.world.ids<EmissionFactor>()) {
    const EmissionFactor& factor = in.world[id];
    if (!factor.wtw_g_per_tkm && !factor.kwh_per_tkm) {
      in.say(in.at("emission_factors", id), "wtw_g_per_tkm", "",
             "neither this nor kwh_per_tkm is given");
    }
    if (factor.ttw_g_per_tkm && factor.wtw_g_per_tkm &&
        *factor.ttw_g_per_tkm > *factor.wtw_g_per_tkm) {
      in.say(in.at("emission_factors", id), "ttw_g_per_tkm", "",
             "is above wtw_g_per_tkm, of which it is a part");
    }
  }
}

bool exists(const Inspection& in, ClosureReach reach, std::string_view code) {
  switch (reach) {
    case ClosureReach::kLink:
      return in.world.find<Link>(code).has_value();
    case ClosureReach::kPlace:
      return in.world.find<Place>(code).has_value();
    case ClosureReach::kService:
      return in.world.find<Service>(code).has_value();
    case ClosureReach::kCrossing:
      return in.world.find<Crossing>(code).has_value();
  }
  return false;
}

void check_closures(Inspection& in) {
  for (const Id<Closure> id : in.world.ids<Closure>()) {
    const Closure& closure = in.world[id];
    in.check_period("closures", id, "until", closure.from, closure.until);
    if (!exists(in, closure.reach, closure.code_of)) {
      in.say(in.at("closures", id), "code_of", closure.code_of,
             "is not the id of a " + std::string{to_text(closure.reach)});
    }
  }
}

void check_demand(Inspection& in) {
  for (const Id<MonthProfile> id : in.world.ids<MonthProfile>()) {
    const std::vector<double>& weights = in.world[id].weights;
    const bool has_negative = std::ranges::any_of(weights, [](double w) { return w < 0; });
    const bool has_positive = std::ranges::any_of(weights, [](double w) { return w > 0; });
    if (weights.size() != 12 || has_negative || !has_positive) {
      in.say(in.at("month_profiles", id), "weights", "",
             "has " + std::to_string(weights.size()) +
                 " weights; expected 12, none below 0 and one above");
    }
  }
  for (const Id<Demand> id : in.world.ids<Demand>()) {
    const Demand& demand = in.world[id];
    if (demand.from == demand.to) {
      in.say(in.at("demand", id), "to_place", in.world[demand.to].code, "is also from_place");
    }
    const std::vector<Id<LoadUnit>>& units = in.world[demand.goods].load_units;
    if (std::ranges::find(units, demand.load_unit) == units.end()) {
      in.say(in.at("demand", id), "load_unit", in.world[demand.load_unit].code,
             "does not carry " + in.world[demand.goods].code, "see load_units in goods");
    }
  }
  for (const Id<Observation> id : in.world.ids<Observation>()) {
    if (in.world[id].low > in.world[id].high) {
      in.say(in.at("observations", id), "low", format_fixed(in.world[id].low, 2), "is above high");
    }
  }
}

}  // namespace

void inspect_rules(Inspection& in) {
  check_terminals(in);
  check_memberships(in);
  check_crossings(in);
  check_border_links(in);
  check_laws(in);
  check_market(in);
  check_closures(in);
  check_demand(in);
}

}  // namespace karvan::detail
