#pragma once
// transfers.txt: the least times for changing at a place. What the model has no room for (ways
// between two places, rules of single routes and trips, changes that are timed or impossible) is
// dropped and counted.

#include <cstddef>
#include <map>

#include "karvan/timetable/detail/feed_places.h"
#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/detail/trip_calls.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

// By place (FeedPlaces::all()): the longest of the least times between its platforms.
std::map<std::size_t, Seconds> read_transfers(const FeedTable& table,
                                              const FeedPlaces& places,
                                              Remarks& remarks);

}  // namespace karvan::timetable::detail
