#pragma once
// What passing a border takes: the steps of the crossing that fits, shrunk by the regimes that both
// countries belong to on that day.

#include <optional>
#include <vector>

#include "karvan/model/itinerary.h"

namespace karvan::cost {

struct Procedure {
  Id<Crossing> crossing;
  Hours hours;  // expected
  Usd cost;     // expected
  std::vector<StepTaken> steps;
  std::vector<Id<Regime>> regimes;  // whose effects applied
};

class BorderBook {
 public:
  explicit BorderBook(const World& world);

  // The procedure for a consignment on a passage whose ends lie in two countries. Nothing if no
  // crossing row fits, not even a general one: then the border cannot be passed.
  std::optional<Procedure> procedure(const Passage& passage,
                                     Mode mode,
                                     const Consignment& consignment,
                                     Date day) const;

  // The regimes that govern the mode and bind both countries on this day.
  std::vector<Id<Regime>> shared_regimes(Id<Country> a, Id<Country> b, Mode mode, Date day) const;
  bool is_member(Id<Country> country, Id<Regime> regime, Date day) const;

 private:
  std::optional<Id<Crossing>> crossing(const Passage& passage, Mode mode) const;
  double declared_units(const Consignment& consignment) const;
  // What the regimes make of a step of this kind, and which of them say anything about it.
  struct Change {
    double hours_factor = 1;
    double share_factor = 1;
    double fee_factor = 1;
    std::vector<Id<Regime>> by;
  };
  Change change_of(StepKind kind, const std::vector<Id<Regime>>& shared) const;

  World world_;
  Column<Link, std::vector<Id<Crossing>>> crossings_;
  std::vector<Id<Crossing>> crossings_anywhere_;
  Column<Crossing, std::vector<Id<CrossingStep>>> steps_;
  Column<Regime, std::vector<Id<RegimeEffect>>> effects_;
  Column<Country, std::vector<Id<Membership>>> memberships_;
};

}  // namespace karvan::cost
