#pragma once
// Rooms: what others have taken of dated departures (Booking), by course and minute. Most courses
// have no bookings and are asked nothing more.

#include <cstdint>
#include <vector>

#include "karvan/plan/detail/timetable_graph.h"

namespace karvan::plan::detail {

// What a shipment needs of each departure it goes by.
struct Load {
  double share = 0;  // of the departure, 0 to 1
  Minute last = 0;   // minutes after the first departure until the last one, if it takes several
};

class Rooms {
 public:
  Rooms(const World& world, const Clocks& clocks, Epoch epoch, const TimetableGraph& graph);

  bool is_booked(std::uint32_t course) const { return !taken_[course].empty(); }

  // What is taken of a voyage that leaves the course's first stop then: a share, more than 1 if
  // overbooked.
  double taken(std::uint32_t course, Minute leaves) const;

  // Whether the voyage that leaves the first stop then has room for a load. A load that takes
  // several departures needs room at each moment until the last of them has left.
  bool has_room(std::uint32_t course, Minute leaves, const Load& load) const;

 private:
  // From `from` until the next one's.
  struct Taken {
    Minute from = 0;
    double share = 0;
  };
  std::vector<Taken>::const_iterator at(std::uint32_t course, Minute leaves) const;

  std::vector<std::vector<Taken>> taken_;  // by course, ascending
};

}  // namespace karvan::plan::detail
