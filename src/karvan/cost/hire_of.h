#pragma once
// What load units cost that are hired from an operator (carrier's own boxes): detention for each
// started day that they are kept beyond free time, and giving them back empty. Source of the
// method: the detention and empty-return clauses of carriers' tariffs; rows `detention` and
// `empty_returns`.

#include <array>
#include <optional>
#include <vector>

#include "karvan/model/shipment.h"
#include "karvan/model/world.h"

namespace karvan::cost {

// For a consignment that ends at one place.
struct HireTerms {
  // Each started day after so many costs so much, until the next step; ascending.
  struct Step {
    int after_days = 0;
    Usd per_day;  // for the whole consignment, in whole cents
  };

  Id<EmptyReturn> back;                    // the row that says where the units go
  Duration until_back{};                   // whole minutes: from free at the destination
  Usd empty_return;                        // for the whole consignment, in whole cents
  std::array<std::vector<Step>, 2> steps;  // by DetentionClock

  // Of cargo that is free at the destination so long (>= 0) after it was handed over. Grows with
  // it: earlier cargo never pays more.
  Usd detention(Duration on_the_way) const;
};

class HireBook {
 public:
  explicit HireBook(const World& world);

  // Nothing: the operator does not take these load units back there.
  std::optional<HireTerms> terms(Id<Operator> from,
                                 Id<Place> destination,
                                 const Consignment& consignment) const;

  // Where the operator takes back units that may carry the shipment, ascending. Empty where a
  // general row covers every place, or no row any.
  std::vector<Id<Place>> places(const Shipment& shipment) const;

 private:
  World world_;
  Column<Operator, std::vector<Id<Detention>>> detention_;
  Column<Operator, std::vector<Id<EmptyReturn>>> returns_;
};

}  // namespace karvan::cost
