#pragma once
// plan::Answer: the Pareto set over arrival, cost, CO2e and risk; or no option, and why.

#include <string>
#include <vector>

#include "karvan/model/itinerary.h"

namespace karvan::plan {

// The first obstacle on the way of a question without an option.
enum class Obstacle {
  kNone,
  kSamePlace,          // from and to are the same
  kOutsideCalendar,    // the departure day lies outside the timetables
  kNoLoadUnit,         // no load unit may carry the goods in this quantity
  kNotTakenBack,       // the operator takes no hired load unit back at the destination
  kOriginRefused,      // origin or destination lies in what was refused
  kNoServiceAtOrigin,  // nothing that takes the cargo leaves the origin
  kNoServiceAtDestination,
  kRefused,         // an option exists, but only over something refused
  kClosed,          // an option exists, but only over something closed
  kHandling,        // a terminal on the only ways cannot do the transfer (gauge, load unit)
  kDangerous,       // the goods are of a class that a service on the only ways does not take
  kBooked,          // others have booked the departures on the only ways
  kCapacity,        // the load is larger than any departure takes
  kTariff,          // services on the only ways have no price for the load unit
  kBorder,          // no procedure for a border on the only ways
  kPapers,          // papers are not ready in time for the only ways
  kCutoff,          // all departures within days_max are missed
  kUnreachable,     // no chain of services joins the two places
  kTooLate,         // options exist, but take longer than days_max
  kRequired,        // no way passes or uses what it must (Question::via, ::require)
  kTransshipments,  // every way needs more of them than are allowed
  kBudget,          // every way costs more
  kLimit,           // the search reached labels_max before an option
};

struct Refusal {
  Obstacle obstacle = Obstacle::kNone;
  std::string message;             // one sentence that names places, services and figures
  Id<Place> place;                 // where, if at a place
  Id<Service> service;             // which, if one
  std::vector<std::string> hints;  // what could be changed
};

struct Statistics {
  std::size_t voyages = 0;  // dated departures in the timetable graph
  std::size_t labels_made = 0;
  std::size_t labels_kept = 0;
  std::size_t labels_pruned = 0;  // by bounds
  bool is_complete = true;        // false: a limit of the question was reached, or it was stopped
};

struct Answer {
  // By arrival, then cost, CO2e, risk (Itinerary::miss_risk); first by `depart` if there is a
  // window. No other is as good as one in all of them (Question::window) while bearing no risk that
  // the one does not bear.
  std::vector<Itinerary> itineraries;
  Refusal refusal;  // set when there is none
  Statistics statistics;
};

}  // namespace karvan::plan
