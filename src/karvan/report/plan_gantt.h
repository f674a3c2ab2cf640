#pragma once
// What a shipment does when: an itinerary as rows of spans, and drawn so for a terminal.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"
#include "karvan/report/style.h"

namespace karvan::report {

enum class Doing { kMoves, kWaits, kHandling, kBorder };

struct Span {
  Doing doing = Doing::kMoves;
  Instant begin{};
  Instant end{};
};

// A place with its work and waiting, a leg, or a border that takes time of its own.
struct GanttRow {
  Id<Place> place;  // whose clock tells when it begins
  std::string text;
  std::vector<Span> spans;  // in order; the row begins with the first
};

// In order of time and without gaps: each row begins where the one before ends.
std::vector<GanttRow> gantt_rows(const World& world, const Itinerary& itinerary);

// The time spent on each, by number of Doing.
std::array<Duration, 4> time_by_doing(const std::vector<GanttRow>& rows);

// At most 100 columns wide; dates of the origin's clock above, of the destination's below. `number`
// is that of the option in the table.
std::string gantt_text(const World& world,
                       const Clocks& clocks,
                       const Itinerary& itinerary,
                       std::size_t number,
                       const Style& style);

}  // namespace karvan::report

namespace karvan {

template <>
struct EnumTexts<report::Doing> {
  static constexpr std::array values{
      std::pair{report::Doing::kMoves, std::string_view{"moving"}},
      std::pair{report::Doing::kWaits, std::string_view{"waiting"}},
      std::pair{report::Doing::kHandling, std::string_view{"handling"}},
      std::pair{report::Doing::kBorder, std::string_view{"border"}},
  };
};

}  // namespace karvan
