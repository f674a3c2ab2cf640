#pragma once
// Particulars: what follows about a row from several tables together: when a service calls where,
// which services serve a place, who belongs to a regime on a day.

#include <vector>

#include "karvan/model/world.h"
#include "karvan/report/sheet.h"

namespace karvan::report {

// A titled sheet; nothing to tell if it has no rows.
struct Particular {
  std::string title;
  std::string name;  // for programs
  Sheet sheet;
};

std::vector<Particular> particulars_of(const World& world, Id<Service> service);
std::vector<Particular> particulars_of(const World& world, Id<Place> place);
std::vector<Particular> particulars_of(const World& world, Id<Regime> regime, Date date);

}  // namespace karvan::report
