#pragma once
// The two pictures of a quote, as SVG without scripts: the way on the map, the days on a strip.

#include <string>

#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"

namespace karvan::report::detail {

// The legs over the corridor's other links, places where cargo changes named.
std::string way_svg(const World& world, const Itinerary& itinerary);

// What the cargo does when, one strip with the origin's dates.
std::string days_svg(const World& world, const Clocks& clocks, const Itinerary& itinerary);

// The colors that both use; for legends.
std::string_view color_of(Mode mode);

}  // namespace karvan::report::detail
