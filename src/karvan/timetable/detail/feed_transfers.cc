#include "karvan/timetable/detail/feed_transfers.h"

#include <algorithm>
#include <string_view>

#include "karvan/base/text.h"

namespace karvan::timetable::detail {
namespace {

constexpr Seconds kLongest = 24 * 3600;

// The column that keeps a row to single routes or trips, if any does.
std::size_t narrowed_by(const FeedTable& table, std::size_t row) {
  for (const std::string_view name :
       {"from_route_id", "to_route_id", "from_trip_id", "to_trip_id"}) {
    const std::size_t column = table.column(name);
    if (!table.cell(row, column).empty()) return column;
  }
  return FeedTable::kAbsent;
}

}  // namespace

std::map<std::size_t, Seconds> read_transfers(const FeedTable& table,
                                              const FeedPlaces& places,
                                              Remarks& remarks) {
  std::map<std::size_t, Seconds> times;
  const std::size_t from = table.column("from_stop_id");
  const std::size_t to = table.column("to_stop_id");
  const std::size_t type = table.column("transfer_type");
  const std::size_t least = table.column("min_transfer_time");
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto drop = [&](std::size_t column, std::string_view what) {
      remarks.dropped(table.origin(row, column), what);
    };
    const auto one = places.find(table.cell(row, from));
    const auto other = places.find(table.cell(row, to));
    const auto seconds = parse_int<Seconds>(table.cell(row, least));
    if (const std::size_t special = narrowed_by(table, row); special != FeedTable::kAbsent) {
      drop(special, "rule for changing between single routes or trips");
    } else if (!one || !other) {
      drop(one ? to : from, "changing at a stop that is not there");
    } else if (*one != *other) {
      drop(to, "way between two places");
    } else if (table.cell(row, type) != "2") {
      drop(type, "kind of changing that is not a least time");
    } else if (!seconds || *seconds < 0 || *seconds > kLongest) {
      drop(least, "least time that is no number of seconds up to a day");
    } else {
      Seconds& longest = times[*one];
      longest = std::max(longest, *seconds);
    }
  }
  return times;
}

}  // namespace karvan::timetable::detail
