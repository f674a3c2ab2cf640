#pragma once
// Route types of GTFS, basic and extended, as modes and back.

#include <optional>
#include <string_view>

#include "karvan/model/mode.h"

namespace karvan::timetable::detail {

// Nothing for what flies, hangs on a rope, or is no type.
// https://gtfs.org/documentation/schedule/reference/#routestxt and
// https://developers.google.com/transit/gtfs/reference/extended-route-types
std::optional<Mode> mode_of_route_type(std::string_view text);

// A basic type that every reader of feeds knows.
std::string_view route_type_of(Mode mode);

}  // namespace karvan::timetable::detail
