#pragma once
// Parts of the text of a simulated span: what waits and why, and what stands still and why. Each is
// a block with its head, or empty where there is nothing to tell.

#include <string>

#include "karvan/report/detail/figures.h"
#include "karvan/report/style.h"

namespace karvan::report::detail {

inline constexpr int kWide = 98;  // columns of a line of text

// "Alat: Rail ferry Alat-Kuryk" for a wait for a service at a place, else the name: cut at its end
// it still tells where.
std::string place_first(const simulate::FacilityResult& facility);

std::string headline(const SimulateCase& run, const Means& means, const Style& style);
// Where cargo waits for want of capacity, by its share of all waiting.
std::string bottlenecks(const SimulateCase& run, const Means& means, const Style& style);
// Where it waits for the next departure although that has room.
std::string departures(const SimulateCase& run, const Means& means, const Style& style);
std::string borders(const SimulateCase& run, const Means& means, const Style& style);
// Where cargo stays longest between two rides.
std::string stays(const SimulateCase& run, const Means& means, const Style& style);
// What the berths do with their time, and the ships with theirs; ships of one class together.
std::string quays(const SimulateCase& run, const Means& means, const Style& style);
std::string ships(const SimulateCase& run, const Means& means, const Style& style);

}  // namespace karvan::report::detail
