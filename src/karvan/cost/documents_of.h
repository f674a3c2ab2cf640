#pragma once
// Which papers an itinerary needs, and over which stretch each is good.

#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/model/itinerary.h"

namespace karvan::cost {

// Consignment notes follow the legs: one note reaches as far as a note regime (SMGS, CIM, joint
// note, CMR ...) binds all countries on the way by that mode; then the next is issued. Customs
// transit documents likewise over the borders they cover. Custom papers without a regime are needed
// once. `legs` and `borders` of the itinerary must be filled.
std::vector<DocumentNeeded> documents_of(const World& world,
                                         const BorderBook& borders,
                                         const Itinerary& itinerary);

}  // namespace karvan::cost
