#pragma once
// What moved in a run, for playing it on a map: the event log drawn together to one record for each
// journey of a vehicle from the place where it last loaded or unloaded to the next.

#include <cstdint>
#include <span>
#include <string>

#include "karvan/simulate/answer.h"

namespace karvan::browser {

// Seven numbers of 32 bits each, little-endian, ordered by `arrive`.
struct Trip {
  std::uint32_t depart = 0;   // seconds since 1970: the last work at `from`
  std::uint32_t arrive = 0;   // the first work at `to`
  std::uint32_t service = 0;  // row numbers, those of the scenario's additions after the file's
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t vehicle = 0;
  std::uint32_t kg = 0;  // aboard
};
static_assert(sizeof(Trip) == 28);

// Requires the events in order of time. Pipelines have no vehicles and make no trips; a journey
// without cargo leaves no events and is not seen.
std::string trips_of(std::span<const simulate::EventRow> events);

}  // namespace karvan::browser
