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

// "rail to ship", "loads rail, restowed from wagon to bulk", "gauge change 1435 to 1520 mm by
// transshipment": the work of transfers[i].
std::string work_text(const World& world, const Itinerary& itinerary, std::size_t i);

struct PlanCard {
  const World& world;
  const Clocks& clocks;
  const Style& style;

  struct Standing {
    std::size_t number = 1;  // as in the table of options above it
    std::string versus;      // how it stands against another, in words; may be empty
    std::string surety;      // how surely it arrives, in words; may be empty
  };
  std::string text(const Itinerary& itinerary,
                   const OptionDigest& option,
                   const Standing& standing) const;

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
  std::string hire(const Itinerary& itinerary) const;
  std::string totals(const Itinerary& itinerary) const;
};

}  // namespace karvan::report
