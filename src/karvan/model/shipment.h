#pragma once
// Shipment: what a customer sends. Consignment: the same, packed into one kind of load unit.

#include <optional>

#include "karvan/model/world.h"

namespace karvan {

enum class QuantityUnit { kTeu, kTonnes, kUnits };

struct Shipment {
  Id<Goods> goods;
  double quantity = 0;                        // > 0
  QuantityUnit unit = QuantityUnit::kTonnes;  // kUnits: boxes, wagons or trucks of `load_unit`
  Id<LoadUnit> load_unit;                     // empty: any that the goods may use
  // Whose load units they are: hired from this operator at the origin, kept to the destination,
  // given back empty (cost/hire_of.h). Empty: the shipper's own, or the carriers' with the
  // carriage.
  Id<Operator> hired_from;

  friend bool operator==(const Shipment&, const Shipment&) = default;
};

struct Consignment {
  Id<Goods> goods;
  Id<LoadUnit> load_unit;
  double units = 0;
  Tonnes tonnes;  // of goods, without tare
};

}  // namespace karvan
