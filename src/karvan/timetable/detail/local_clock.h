#pragma once
// From the clock of a feed to the clock of a place: how many minutes lie between the two, day by
// day.

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/timetable/detail/corridor_draft.h"
#include "karvan/timetable/detail/zones.h"

namespace karvan::timetable::detail {

// Between two days the place's clock is so far ahead of the feed's.
struct ClockStretch {
  Date from{};
  Date until{};
  std::chrono::minutes ahead{0};
};

class LocalClock {
 public:
  LocalClock(ZoneBook& zones, std::string feed_zone, Date from, Date until)
      : zones_{zones}, feed_zone_{std::move(feed_zone)}, from_{from}, until_{until} {}

  // Both zones must be known to the book.
  const std::vector<ClockStretch>& stretches(const std::string& zone);

  // A run at `seconds` after midnight of the feed's days as departures at a place in this zone,
  // within the days given; added to `out`, all with this code and these cells. Seconds of a minute
  // are cut.
  void add_departures(const std::string& zone,
                      const DraftDeparture& pattern,
                      Seconds seconds,
                      std::vector<DraftDeparture>& out);

 private:
  ZoneBook& zones_;
  std::string feed_zone_;
  Date from_{};  // of the corridor's calendar
  Date until_{};
  std::map<std::string, std::vector<ClockStretch>, std::less<>> stretches_;
};

}  // namespace karvan::timetable::detail
