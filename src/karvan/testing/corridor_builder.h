#pragma once
// CorridorBuilder: a corridor made row by row in a test, with what every corridor needs in place
// (one general handling, crossing, tariff and emission factor of each kind), so that a test says
// only what it is about. Codes are the names given; a code used twice is a bug of the test.

#include <string>
#include <vector>

#include "karvan/model/corridor.h"

namespace karvan::testing {

class CorridorBuilder {
 public:
  // Calendar: 2026-03-01 until 2026-06-01.
  CorridorBuilder();

  Corridor corridor;

  Id<Country> country(const std::string& code);  // made if new
  Id<Place> place(const std::string& code, Id<Country> country, std::chrono::minutes utc_offset);
  Id<Operator> operator_of(const std::string& code);            // made if new
  Id<Regime> regime(const std::string& code, RegimeKind kind);  // made if new
  Id<LoadUnit> unit(std::string_view code) const;
  Id<Goods> goods(std::string_view code) const;
  std::optional<Id<Place>> find_place(std::string_view code) const;
  std::optional<Id<Service>> find_service(std::string_view code) const;

  // The link between two places by this mode; made if new. Speed is set so that it takes `hours`.
  Id<Link> link(Id<Place> from, Id<Place> to, Mode mode, Km length, Hours hours);

  // Handling of every kind of load unit between all sides, taking no time.
  void add_general_handling();
  // A price of each mode by kilometre and unit, where nothing more specific is said.
  void add_general_tariffs();

 private:
  void add_load_units_and_goods();
  void add_emission_factors();
};

}  // namespace karvan::testing
