#pragma once
// Plan card: one itinerary told from origin to destination, for people.

#include <cstddef>
#include <string>
#include <vector>

#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"
#include "karvan/report/plan_digest.h"
#include "karvan/report/style.h"

namespace karvan::report {

struct PlanCard {
  const World& world;
  const Clocks& clocks;
  const Style& style;

  // `number` as in the table of options above it.
  std::string text(const Itinerary& itinerary,
                   const OptionDigest& option,
                   std::size_t number) const;

 private:
  struct Entry;
  std::string line(const Entry& entry) const;
  std::string transfer(const Itinerary& itinerary, std::size_t i) const;
  std::string leg(const Itinerary& itinerary, std::size_t i) const;
  std::string departures_text(const Leg& leg) const;
  std::vector<std::string> border_steps(const BorderPassed& border) const;
  std::string border_note(const BorderPassed& border) const;
  std::string borders(const Itinerary& itinerary, std::size_t leg) const;
  std::string documents(const Itinerary& itinerary) const;
  std::string totals(const Itinerary& itinerary) const;
};

}  // namespace karvan::report
