#pragma once
// TimetableRouter: the plain question of passengers: when is one there, and how often does one
// change? Services by timetable and rate only, changing takes no time, nothing is priced. Built
// once from a world; queries are const, allocate nothing once a Workspace is warm, and may run in
// many threads with a Workspace each.
//
// Method: the Connection Scan Algorithm (Dibbelt, Pajor, Strasser, Wagner, "Connection Scan
// Algorithm", J. Experimental Algorithmics 2018). For arrival and legs each place holds its
// arrivals by number of legs, each voyage the fewest legs with which it was boarded; the scan ends
// when the option with the fewest legs is found, known before from a table of fewest legs.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "karvan/model/world.h"

namespace karvan::plan {

class TimetableRouter {
 public:
  static constexpr std::size_t kMostLegs = 8;
  static constexpr std::chrono::hours kAnyTime{1'000'000};  // longer than any calendar

  // Closures are not looked at.
  explicit TimetableRouter(const World& world);

  // Scratch of one thread.
  class Workspace {
    friend class TimetableRouter;
    std::vector<std::int32_t> arrivals_;  // by place and, for options, legs
    std::vector<std::uint32_t> boarded_;  // by voyage: the query's number, and the fewest legs
    std::uint32_t query_ = 0;
  };

  struct Option {
    Instant arrives;
    std::size_t legs = 0;
    friend bool operator==(const Option&, const Option&) = default;
  };

  // When one who is at `from` at `depart` can be at `to`; nothing if no voyages that leave `within`
  // so many hours, and within the calendar, lead there.
  // Rounded up to whole minutes. At once if the two are the same.
  std::optional<Instant> earliest_arrival(Id<Place> from,
                                          Id<Place> to,
                                          Instant depart,
                                          Workspace& workspace,
                                          std::chrono::hours within = kAnyTime) const;

  // Options with at most kMostLegs legs of which none arrives no later with no more legs than
  // another, fewest legs first.
  std::vector<Option> options(Id<Place> from,
                              Id<Place> to,
                              Instant depart,
                              Workspace& workspace,
                              std::chrono::hours within = kAnyTime) const;

  std::size_t connection_count() const { return connections_.size(); }
  std::size_t voyage_count() const { return voyage_count_; }

 private:
  // One hop of one voyage. `from` and `to` carry in their top bit that nothing boards or leaves.
  struct Connection {
    std::int32_t depart = 0;  // minutes since the epoch
    std::int32_t arrive = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t voyage = 0;
  };
  class Builder;

  void begin(Workspace& workspace, std::size_t values) const;
  std::size_t first_from(std::int32_t minute) const;

  Date epoch_{};
  std::size_t place_count_ = 0;
  std::size_t voyage_count_ = 0;
  std::vector<Connection> connections_;     // by departure
  std::vector<std::size_t> first_of_hour_;  // connection of each hour since the first one
  std::vector<std::uint8_t> fewest_;        // legs by destination and origin; 255: never
};

}  // namespace karvan::plan
