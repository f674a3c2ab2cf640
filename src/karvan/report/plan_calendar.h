#pragma once
// One option of a plan as an iCalendar (RFC 5545): an event for each leg, for each cut-off before
// it, and for the moment the cargo is free. Times are UTC; lines are folded at 75 octets.
//
// The same question, answered by the same services, gives the same UIDs even where hours differ, so
// that a calendar which imports a refreshed plan moves its events instead of doubling them. No
// clock is read: DTSTAMP is the hand-over.

#include <string>

#include "karvan/model/itinerary.h"
#include "karvan/plan/question.h"

namespace karvan::report {

std::string plan_calendar(const World& world,
                          const plan::Question& question,
                          const Itinerary& itinerary);

}  // namespace karvan::report
