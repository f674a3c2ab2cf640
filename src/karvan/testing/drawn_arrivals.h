#pragma once
// The oracle of plan::ReliabilityBook: an itinerary lived through again and again by chance,
// straight from the tables, second by second. Shares Clocks with the planner and nothing else:
// timetables, closures, opening hours and laws are read here anew; laws are drawn by des::Sampler.

#include <optional>
#include <vector>

#include "karvan/des/sampler.h"
#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"
#include "karvan/plan/reliability.h"

namespace karvan::testing {

// The same family and parameters, to draw from.
des::Sampler sampler_of(const Law& law);

struct Drawn {
  std::optional<Instant> arrive;  // nothing: it was lost
  std::vector<bool> missed;       // by leg: the booked voyage
};

class DrawnArrivals {
 public:
  // Both must outlive it.
  DrawnArrivals(const World& world, const Itinerary& itinerary, const plan::Terms& terms);

  // The same for the same number.
  Drawn draw(std::uint64_t number) const;

 private:
  struct Hop {
    double hours = 0;
    std::optional<des::Sampler> factor;
  };
  struct Way {
    std::vector<std::vector<Hop>> hops;  // between calls of the service, from the first
    std::vector<Duration> scheduled;     // from the first call to leaving each
    std::vector<Duration> dwell;         // at each
    std::size_t board = 0;               // index of the call
    std::size_t leave = 0;
    Duration cutoff{};
    Duration extra{};                 // of a load larger than a departure
    std::vector<Instant> departures;  // from the boarding call, ascending; timetabled only
  };
  struct Daily {
    Weekdays days = Weekdays::daily();
    std::chrono::minutes opens{0};
    std::chrono::minutes closes{24 * 60};
  };

  Way read(const Leg& leg) const;
  std::vector<Instant> departures(const Leg& leg, const Way& way) const;
  std::vector<Instant> first_departures(Id<Service> service, Id<Place> first) const;
  bool is_shut(ClosureReach reach, const std::string& code, Date day) const;
  bool is_passable(const Leg& leg, const Passage& passage, Date day) const;
  bool runs(const Leg& leg, const Way& way, Instant first) const;
  bool is_offered(const Leg& leg, Instant at) const;  // on demand
  Instant next_open(Id<Place> clock, const std::vector<Daily>& daily, Instant from) const;
  std::optional<Period> open_period(Id<Place> clock,
                                    const std::vector<Daily>& daily,
                                    Instant from) const;
  Instant worked(const Transfer& work, double units, Instant from, des::Draws& draws) const;
  std::optional<Instant> boarded(std::size_t leg,
                                 Instant ready,
                                 des::Draws& draws,
                                 Drawn& drawn) const;
  Instant ridden(std::size_t leg, Instant depart, des::Draws& draws) const;
  Instant cleared(std::size_t leg, Instant arrive, des::Draws& draws) const;
  Duration weather(Id<Place> place, Instant at, des::Draws& draws) const;

  World world_;
  Clocks clocks_;
  const Itinerary& itinerary_;
  const plan::Terms& terms_;
  std::vector<Way> ways_;
};

}  // namespace karvan::testing
