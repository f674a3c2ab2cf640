#pragma once
// Cargo as people write it: "80TEU", "40x40ft", "40FEU", "9000 t", "44wagons", "20trucks",
// "12 x box40hc".

#include <optional>
#include <string_view>

#include "karvan/base/result.h"
#include "karvan/model/shipment.h"

namespace karvan::cli {

// The shipment of these goods; `load_unit` is what --load-unit says, if anything. Counted things
// need a load unit: it follows from their name ("40ft") and from what the goods allow, and has to
// be said where that leaves several.
Result<Shipment> parse_cargo(const World& world,
                             std::string_view text,
                             Id<Goods> goods,
                             Id<LoadUnit> load_unit);

}  // namespace karvan::cli
