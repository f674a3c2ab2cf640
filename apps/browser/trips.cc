#include "trips.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <unordered_map>

namespace karvan::browser {
namespace {

// A vehicle where it last worked.
struct Standing {
  Id<Place> place;
  Instant since{};
  std::int64_t kg = 0;
};

std::uint32_t narrow(std::int64_t value) {
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, kMost));
}

std::uint32_t row(auto id) {
  return static_cast<std::uint32_t>(id.index());
}

void append_trip(std::string& bytes, const Trip& trip) {
  for (const std::uint32_t value :
       {trip.depart, trip.arrive, trip.service, trip.from, trip.to, trip.vehicle, trip.kg}) {
    for (unsigned shift = 0; shift < 32; shift += 8)
      bytes += static_cast<char>((value >> shift) & 0xffU);
  }
}

}  // namespace

std::string trips_of(std::span<const simulate::EventRow> events) {
  using simulate::Step;
  std::string bytes;
  std::unordered_map<std::uint64_t, Standing> standing;  // looked up only, never walked over
  for (const simulate::EventRow& event : events) {
    const bool loads = event.step == Step::kLoading;
    if ((!loads && event.step != Step::kUnloading) || event.vehicle == 0) continue;
    Standing& vehicle = standing[event.vehicle];
    const bool moved = vehicle.place.valid() && vehicle.place != event.place;
    if (moved && vehicle.kg > 0 && event.service.valid()) {
      append_trip(bytes, {.depart = narrow(vehicle.since.time_since_epoch().count()),
                          .arrive = narrow(event.time.time_since_epoch().count()),
                          .service = row(event.service),
                          .from = row(vehicle.place),
                          .to = row(event.place),
                          .vehicle = static_cast<std::uint32_t>(event.vehicle),
                          .kg = narrow(vehicle.kg)});
    }
    vehicle.place = event.place;
    vehicle.since = event.time;
    vehicle.kg += loads ? event.kg : -event.kg;
  }
  return bytes;
}

}  // namespace karvan::browser
