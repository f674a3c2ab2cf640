#pragma once
// What moves on a tiny corridor in tests of `simulate`: demand, ships, a month; and one corridor
// with every kind of chance, whose history is known.

#include <cstdint>
#include <string>
#include <vector>

#include "karvan/model/corridor.h"
#include "karvan/simulate/question.h"

namespace karvan::testing {

// A demand row whose arrivals come evenly: `batch` TEU in boxes of 40 ft, so many times a year.
void add_demand(
    Corridor& corridor, const std::string& from, const std::string& to, double batch, double times);

// A container ship of 10 knots that may run any of these services.
void add_ship(Corridor& corridor, const std::vector<std::string>& services);

// March 2026 without warm-up, with its events.
simulate::Question month_of_march();

// A train and two ships with Poisson arrivals, storms, breakdowns and delays of every family.
Corridor chancy_corridor();

// The fingerprint of its March. It changes with the model, and only then: g++, clang, any
// sanitizer, WebAssembly, any machine.
inline constexpr std::uint64_t kChancyFingerprint = 14140344768163681364U;

}  // namespace karvan::testing
