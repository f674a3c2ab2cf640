#pragma once
// Propagation: the law of the cargo's time carried along one itinerary.
//
// Between two boardings lies a *stretch*: running, storms, borders, work. Its laws do not depend on
// the clock, except for opening hours, so they are summed once into pieces and then applied to
// whatever moments the cargo leaves at: those of the plan and, for each connection, those as if
// that one were held, to see what it costs. Options of one front share their first legs; what is
// known behind legs that the option before had too is kept.

#include <map>

#include "karvan/plan/detail/law_tables.h"
#include "karvan/plan/reliability.h"

namespace karvan::plan::detail {

// Waits for the gate, if there is one; then takes a span, in open time where the work rests.
struct Piece {
  const OpenTimes* gate = nullptr;
  const OpenTimes* rests = nullptr;
  Distribution span;
};

Distribution through(const Piece& piece, const Distribution& moments, Minute step);

// A span that follows a stretch; summed into its last piece where nothing stands between.
void append(std::vector<Piece>& stretch, Piece piece, Minute step);

// From one stop of a course to a later one.
struct Between {
  std::uint32_t board = 0;
  std::uint32_t leave = 0;

  friend bool operator==(const Between&, const Between&) = default;
};

// Whether voyages of the pattern carry cargo so.
bool carries(const TimetableGraph& graph,
             const Course& course,
             const Pattern& pattern,
             Between stops);

// Ships wait in port for calm; those that keep no timetable wait outside the port of arrival too,
// as in `simulate`. For a voyage that leaves `board` then.
Distribution storms_on(const Engine& engine,
                       const LawTables& laws,
                       const Course& course,
                       Between stops,
                       Minute depart);

// Dated departures that the cargo may take, and how.
struct Voyages {
  std::vector<std::span<const Minute>> departs;  // each ascending
  Minute cutoff = 0;                             // cargo must be ready so long before
  Minute booked = 0;                             // one of them
  double slot_chance = 1;                        // of room on a later one
  bool boards_earlier = false;                   // than booked, if ready
  bool is_held = false;                          // the booked one is never missed

  Minute next(Minute from) const;  // kNoMinute if none
};

struct Boarded {
  Distribution departs;  // total below that of `ready` where the voyages end
  double missed = 0;     // the booked voyage
};

Boarded board(const Distribution& ready, const Voyages& voyages, Minute step);

class Propagation {
 public:
  Propagation(const Engine& engine, const LawTables& laws, const Terms& terms);

  Reliability assess(const Itinerary& itinerary);

 private:
  struct Leaving {
    std::size_t leg = 0;
    const Course* course = nullptr;
    Between stops;
    Voyages voyages;                             // on demand: nothing but the cut-off
    std::vector<std::vector<Minute>> with_room;  // departures, where others have booked some
    bool goes_always = false;                    // on demand and never shut: a span like any other
  };
  using Stretch = std::vector<Piece>;

  void read(const Itinerary& itinerary);
  Leaving leaving(const Itinerary& itinerary, std::size_t leg) const;
  void add_departures(const Leg& leg, Leaving& way) const;
  const Stretch& stretch(const Itinerary& itinerary, std::size_t first, std::size_t last);
  void add_key(const Itinerary& itinerary, std::size_t i, std::vector<std::int64_t>& key) const;
  void add_run(Stretch& stretch, const Itinerary& itinerary, std::size_t leg) const;
  void add_borders(Stretch& stretch, const Itinerary& itinerary, std::size_t leg) const;
  void add_work(Stretch& stretch, const Itinerary& itinerary, std::size_t transfer) const;
  // The law behind a way and the stretch after it.
  struct Reached {
    const Stretch* stretch = nullptr;  // that led there
    Minute booked = 0;                 // boarded before it
    Minute cutoff = 0;                 // and its cut-off
    const Course* course = nullptr;
    Between stops;
    double missed = 0;
    Distribution moments;
    // The same with one of the connections held that may be missed, by its way.
    std::vector<std::pair<std::size_t, Distribution>> held;
  };

  Boarded leave(const Leaving& way, const Distribution& ready, bool is_held) const;
  Distribution carried(std::size_t stretch, Distribution moments) const;
  std::size_t known_ways(Minute depart) const;
  Reached next(const Reached& before, std::size_t way) const;
  void describe(const Distribution& arrives, Reliability& result) const;
  Usd detention(const Distribution& arrives, const Itinerary& itinerary) const;

  const Engine& engine_;
  const LawTables& laws_;
  const Terms& terms_;
  std::vector<Leaving> legs_;
  std::vector<std::size_t> ways_;          // legs that wait for something: voyages, windows
  std::vector<const Stretch*> stretches_;  // [0]: before the first of them; [i + 1]: after ways_[i]
  std::map<std::vector<std::int64_t>, Stretch> known_;
  Minute depart_ = 0;             // of the itinerary before
  std::vector<Reached> reached_;  // of it: at the first way, behind each
};

}  // namespace karvan::plan::detail
