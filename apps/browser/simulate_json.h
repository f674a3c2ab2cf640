#pragma once
// The simulator's answers as JSON for pages: spans in hours, loads in tonnes, series as they are.

#include <span>
#include <string>
#include <string_view>

#include "karvan/simulate/experiment.h"

namespace karvan::browser {

// One run: totals, markets, facilities with their queues, ships, services, ports, dwell, tanks. The
// fingerprints are texts, since a page's numbers have 53 bits.
std::string answer_json(const World& world, const simulate::Answer& answer);
// Figures with the 95 % interval of their mean, without those by month and those that must not be
// told; where `wanted` is not empty, those that it names, one a line.
std::string estimates_json(std::span<const simulate::Estimate> estimates,
                           std::size_t runs,
                           std::string_view wanted);

}  // namespace karvan::browser
