#pragma once
// Local time: what the clock shows at a place, and which instant a clock reading means. Built from
// the time_zones table, so the same on every machine.

#include <string>
#include <vector>

#include "karvan/model/world.h"

namespace karvan {

class Clocks {
 public:
  explicit Clocks(const World& world);

  // Local time minus UTC at this instant.
  std::chrono::minutes offset(Id<Place> place, Instant instant) const;

  // The instant at which the clock at `place` shows `day` and `time_of_day`. A reading that summer
  // time skips means one hour later; one that comes twice means the first.
  Instant instant(Id<Place> place, Date day, std::chrono::minutes time_of_day) const;

  // The first instant at or after `from` at which the local time of day lies in the window
  // [opens, closes); closes <= opens means that it passes midnight.
  struct Window {
    std::chrono::minutes opens{0};
    std::chrono::minutes closes{24 * 60};
  };
  Instant next_open(Id<Place> place, Instant from, Window window) const;

  // ISO 8601 with the place's offset.
  std::string text(Id<Place> place, Instant instant) const;

 private:
  struct Stretch {
    Instant from;
    std::chrono::minutes offset{0};
    SummerTime summer_time = SummerTime::kNone;
  };
  using Zone = std::vector<Stretch>;  // by `from`; the first holds for all time before

  const Zone& zone(Id<Place> place) const { return zones_[zone_of_[place]]; }

  std::vector<Zone> zones_;
  Column<Place, std::size_t> zone_of_;
};

}  // namespace karvan
