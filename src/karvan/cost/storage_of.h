#pragma once
// What standing at a terminal costs: nothing within free time, then a rate for each started day
// (storage and demurrage are one rate in the data).

#include <vector>

#include "karvan/model/shipment.h"
#include "karvan/model/world.h"

namespace karvan::cost {

struct StorageTerms {
  Id<Storage> row;  // that says so; none: free
  Duration free{};
  Usd per_day;  // for the whole consignment, in whole cents; 0: free for ever

  Usd charge(Duration standing) const;
};

class StorageBook {
 public:
  explicit StorageBook(const World& world);

  // The row of the place before the general one of its kind; without either it is free.
  StorageTerms terms(Id<Place> place, const Consignment& consignment) const;

 private:
  World world_;
  Column<Place, std::vector<Id<Storage>>> at_place_;
  std::vector<Id<Storage>> general_;
};

}  // namespace karvan::cost
