#pragma once
// plan::Answer: the Pareto set over arrival, cost, CO2e and risk; or no option, and why.

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
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

}  // namespace karvan::plan

namespace karvan {

template <>
struct EnumTexts<plan::Obstacle> {
  static constexpr std::array values{
      std::pair{plan::Obstacle::kNone, std::string_view{"none"}},
      std::pair{plan::Obstacle::kSamePlace, std::string_view{"same_place"}},
      std::pair{plan::Obstacle::kOutsideCalendar, std::string_view{"outside_calendar"}},
      std::pair{plan::Obstacle::kNoLoadUnit, std::string_view{"no_load_unit"}},
      std::pair{plan::Obstacle::kNotTakenBack, std::string_view{"not_taken_back"}},
      std::pair{plan::Obstacle::kOriginRefused, std::string_view{"origin_refused"}},
      std::pair{plan::Obstacle::kNoServiceAtOrigin, std::string_view{"no_service_at_origin"}},
      std::pair{plan::Obstacle::kNoServiceAtDestination,
                std::string_view{"no_service_at_destination"}},
      std::pair{plan::Obstacle::kRefused, std::string_view{"refused"}},
      std::pair{plan::Obstacle::kClosed, std::string_view{"closed"}},
      std::pair{plan::Obstacle::kHandling, std::string_view{"handling"}},
      std::pair{plan::Obstacle::kDangerous, std::string_view{"dangerous"}},
      std::pair{plan::Obstacle::kBooked, std::string_view{"booked"}},
      std::pair{plan::Obstacle::kCapacity, std::string_view{"capacity"}},
      std::pair{plan::Obstacle::kTariff, std::string_view{"tariff"}},
      std::pair{plan::Obstacle::kBorder, std::string_view{"border"}},
      std::pair{plan::Obstacle::kPapers, std::string_view{"papers"}},
      std::pair{plan::Obstacle::kCutoff, std::string_view{"cutoff"}},
      std::pair{plan::Obstacle::kUnreachable, std::string_view{"unreachable"}},
      std::pair{plan::Obstacle::kTooLate, std::string_view{"too_late"}},
      std::pair{plan::Obstacle::kRequired, std::string_view{"required"}},
      std::pair{plan::Obstacle::kTransshipments, std::string_view{"transshipments"}},
      std::pair{plan::Obstacle::kBudget, std::string_view{"budget"}},
      std::pair{plan::Obstacle::kLimit, std::string_view{"limit"}},
  };
};

}  // namespace karvan

namespace karvan::plan {

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
