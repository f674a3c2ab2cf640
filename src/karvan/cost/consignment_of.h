#pragma once
// How a shipment is packed: one consignment for each load unit that may carry it.

#include <optional>
#include <vector>

#include "karvan/model/shipment.h"

namespace karvan::cost {

// The consignment of a shipment in one load unit: whole units, rounded up. Tonnes of goods follow
// from the goods' usual load of a TEU (containers) or the unit's payload (all others); where the
// shipment is given in tonnes they are kept and the units follow.
Consignment pack(const World& world, const Shipment& shipment, Id<LoadUnit> load_unit);

// A load larger than `capacity` (units a departure; a day, of a service on demand) goes by
// successive departures: how long after the first part the last one leaves. Zero if all fit at
// once; nothing for services by timetable, whose next departure may be any day, and for a capacity
// of zero.
std::optional<Duration> last_part_after(const Service& service, double units, double capacity);

// The load units a shipment may travel in: its own if it names one; containers of the usual size if
// its quantity is in TEU (40 ft where the number is even, else 20 ft; refrigerated where the goods
// have a temperature); else all that the goods allow. Where they are hired, only those that the
// operator takes back somewhere.
std::vector<Id<LoadUnit>> load_units_for(const World& world, const Shipment& shipment);

}  // namespace karvan::cost
